"""What is out there: asks, reads and collects what the web says."""

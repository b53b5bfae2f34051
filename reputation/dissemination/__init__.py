"""What she wants said, everywhere the same."""

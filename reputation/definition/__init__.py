"""What it says, and whether that is true and fair."""

"""What is kept, what changed, and what to do about it."""

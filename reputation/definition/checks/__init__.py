"""Accuracy checks: one a file.  Add a check here."""

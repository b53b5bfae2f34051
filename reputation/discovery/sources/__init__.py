"""Sources: one small file each with two pure functions, `plan` and `parse`.  Add a source here."""

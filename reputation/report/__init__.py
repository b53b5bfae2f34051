"""The sealed record told in every form.  Add a format here."""

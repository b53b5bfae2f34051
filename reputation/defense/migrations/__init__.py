"""The database's versions; run by `defense.database.migrate` when the version row differs."""

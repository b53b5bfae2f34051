"""The command line: one file a room; parse, call, print."""

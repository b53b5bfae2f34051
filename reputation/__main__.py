"""Runs the command line as `python -m reputation`."""

from __future__ import annotations

from reputation.cli import main

if __name__ == "__main__":
    main()

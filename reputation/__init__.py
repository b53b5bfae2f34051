"""repaudit: what the web says about a clinician.  The public names; see docs/house.md for the rest."""

from __future__ import annotations

__version__ = "0.1.0"

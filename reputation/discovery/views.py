"""Whose view a query gives: what a patient would type before a first visit, or a colleague before a referral.

Both begin with the plain name.  Beside it a patient puts the town, the specialty, "reviews" or the practice, and opens sites
that rate clinicians; a colleague puts the institution, the credentials or the publications, and opens societies, records
and networks.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from reputation import resources
from reputation.discovery.shape import words
from reputation.model import View

_PATIENTS = words("city specialty reviews practice state malpractice endorsement phone")
_COLLEAGUES = words("institution credentials publications npi email handle")
_PATIENTS_SITES = words("ratings community")
_COLLEAGUES_SITES = words("society registry literature networking")
_SITE = re.compile(r"^site:(\S+)")


def view_of(context: str | None, query: str | None = None) -> View | None:
    """Return whose view a query with this context gives, None where it has none."""
    if context == "none":
        return View.BOTH
    if context == "site":
        at = _SITE.match(query or "")
        category = _categories().get(at[1]) if at else None
        return _of(category, _PATIENTS_SITES, _COLLEAGUES_SITES) or View.BOTH
    return _of(context, _PATIENTS, _COLLEAGUES)


def _of(word: str | None, patients: frozenset[str], colleagues: frozenset[str]) -> View | None:
    if word in patients:
        return View.PATIENT
    return View.COLLEAGUE if word in colleagues else None


@cache
def _categories() -> dict[str, str]:
    """Return the category of each site that is asked for through an engine."""
    tables: dict[str, Any] = resources.table("sources.toml")
    return {
        site: table["category"]
        for table in reversed(tables.values())
        if (site := table.get("options", {}).get("site"))
    }

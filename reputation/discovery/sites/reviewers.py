"""Reviewers as initials: what is kept of a patient's name, and what is no name at all."""

from __future__ import annotations

import re

from reputation.normalize import fold
from reputation.normalize import initials as initials_of

NOBODY = frozenset(
    {
        "anonymous",
        "anon",
        "guest",
        "patient",
        "verified patient",
        "a google user",
        "google user",
        "unknown",
        "n/a",
        "user",
    }
    | {
        "[deleted]",
        "anonimo",
        "paciente",
        "paciente verificado",
        "usuario anonimo",
        "пользователь",
        "пациент",
        "гость",
        "аноним",
    }
)
"""What sites print, folded, for a reviewer without a name."""


def initials(name: str) -> str:
    """Return a reviewer's name as initials, "Jane Q. Doe" as "J. Q. D."; what names nobody stays as it is.

    A second time changes nothing.
    """
    return name if fold(name) in NOBODY else initials_of(name)


def known_as(name: str | None) -> str | None:
    """Return a reviewer's initials, None where the site gives no name."""
    if not name or fold(name) in NOBODY:
        return None
    return initials_of(name) or None


def without_name(url: str, name: str) -> str:
    """Return `url` with the reviewer's name in it as initials: "/r/jane-doe-77" becomes "/r/j-d-77"."""
    parts = [part for part in re.split(r"[\W_]+", fold(name)) if len(part) > 1]
    if not parts or (len(parts) == 1 and len(parts[0]) < 4):
        return url
    if parts[0][:2] not in fold(url) or parts[-1] not in fold(url):
        return url
    pattern = r"(?<![a-z0-9])" + _BETWEEN.join(map(re.escape, parts)) + r"(?![a-z])"
    return re.sub(pattern, "-".join(part[0] for part in parts), url, flags=re.IGNORECASE)


_BETWEEN = r"(?:[\W_]|%20){0,3}(?:[a-z](?:[\W_]|%20){1,3})?"
"""What may stand between two parts of a name in an address: signs, and a middle initial."""

"""Whose own page bears out a sanction: the state's medical board, or a court."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from reputation import resources
from reputation.definition.adverse import fact_in
from reputation.model import Mention, Profile
from reputation.normalize import host, state_code

_COURTS = re.compile(r"(?:^|\.)(?:uscourts\.gov|(?:\w+\.)*courts?\.(?:\w+\.)*(?:gov|us))$")
_CLEAN = re.compile(
    r"\bno\s+(?:public\s+|formal\s+|board\s+|record of\s+)*(?:disciplin\w+|sanctions?|adverse|board actions?|public record actions?)"
    r"|\b(?:disciplin\w+(?:\s+(?:actions?|history|record))?|board actions?|public record actions?|sanctions?)\s*(?:on (?:file|record))?\s*[:\-]?\s*(?:none|no\b|n/a|false|not found)"
    r"|\bhas not been disciplined\b|\bnever been disciplined\b",
    re.IGNORECASE,
)
_CLEAN_SUIT = re.compile(
    r"\bno\s+(?:\w+\s+)?(?:malpractice|judgments?|settlements?)|\bmalpractice\b[^.;]{0,40}?[:\-]?\s*(?:none|no claims|n/a|not found)",
    re.IGNORECASE,
)
_SUIT = re.compile(
    r"\b(?:malpractice|law ?suits?|suits?|sued|jury|verdict|settle[ds]?|settlement|negligence|court)\b",
    re.IGNORECASE,
)


@cache
def _boards() -> dict[str, tuple[str, tuple[str, ...], str]]:
    """Return name, hosts and page of each state's board by the state's code."""
    found = {}
    for line in resources.table("data/state_boards.toml")["table"].strip().splitlines():
        state, name, url, further = (part.strip() for part in f"{line} ".split("|"))
        found[state] = (name, (_bare(host(url) or ""), *further.split()), url)
    return found


def _bare(name: str) -> str:
    return name.removeprefix("www.")


def board_of(mention: Mention) -> str | None:
    """Return whose official page a mention is, such as "the medical board of Massachusetts"; None for any other."""
    name = _bare(host(mention.url) or "")
    for state, hosts, _ in _boards().values():
        if name in hosts:
            return f"the medical board of {state}"
    return "the court" if _COURTS.search(name) else None


def where_to_look(profile: Profile) -> str:
    """Return the pages on which the boards of her states let anyone look; every state's finder where none is known."""
    states = [state_code(item.state) for item in profile.licenses] or [
        state_code(place.state or "") for place in profile.locations
    ]
    known = [_boards()[state] for state in dict.fromkeys(states) if state in _boards()]
    return "; ".join(f"{name}: {url}" for name, _, url in known) or "https://www.docinfo.org finds it"


def is_of_suit(text: str) -> bool:
    """Whether an adverse statement is of a suit, which boards need not know, and not of a sanction."""
    return bool(_SUIT.search(text))


def bears_out(texts: Iterable[str], *, suit: bool) -> bool | None:
    """Return whether an official page's words state a sanction (or a suit), or that there is none; None for neither."""
    said = ". ".join(texts)
    clean = (_CLEAN_SUIT if suit else _CLEAN).search(said)
    rest = (_CLEAN_SUIT if suit else _CLEAN).sub(" ", said)
    if fact_in(rest) == "adverse" and is_of_suit(rest) is suit:
        return True
    return False if clean else None

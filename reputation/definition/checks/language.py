"""Whether a page lists the languages that she speaks, no more and no fewer; English goes without saying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reputation.definition.authority import Check, held_against
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import fold

CHECK = Check(code="language_wrong", field="language", severity=Severity.LOW, about="languages")

_CODES = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "espanol": "spanish",
    "fr": "french",
    "hi": "hindi",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "pt": "portuguese",
    "ru": "russian",
    "te": "telugu",
    "tl": "tagalog",
    "vi": "vietnamese",
    "zh": "chinese",
}


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the languages that `mention` claims, if both it and the profile have any."""
    printed = mention.claimed("language")
    said, mine = _folded(printed), _folded(profile.languages)
    if not said or not mine:
        return
    expected = ", ".join(profile.languages)
    yield held_against(
        CHECK,
        profile,
        mention,
        ["languages"],
        Outcome.CONFORMS if said ^ mine <= {"english"} else Outcome.DIFFERS,
        observed=", ".join(printed),
        expected=expected,
        remedy=f"Have the page list {expected}.",
    )


def _folded(texts: Iterable[str]) -> set[str]:
    words = (fold(part).strip(" .") for text in texts for part in re.split(r"[,;/]|\band\b", text))
    return {_CODES.get(word.split("-")[0], word) for word in words if word}

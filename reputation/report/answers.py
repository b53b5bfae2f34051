"""The answers that a report saved: read back as the user's own judgements.

The file travels by mail or stick, so it is read as a stranger's: small, known words, this audit's keys.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reputation.errors import UsageError
from reputation.model import Judgement, Signoff
from reputation.render import clean

if TYPE_CHECKING:
    from reputation.model import Audit

MOST_BYTES = 2_000_000
NOTE_LENGTH = 500
WORDS = frozenset({"mine", "not-mine", "fair", "unfair", "resolved", "waived"})
_SIGNOFF = {
    "signoff:accuracy": {"accurate": True, "inaccurate": False},
    "signoff:fairness": {"fair": True, "unfair": False},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What the user said in the report."""

    judgements: tuple[Judgement, ...]
    signoff: Signoff | None
    """None unless both accuracy and fairness were answered."""


def read_answers(data: bytes, audit: Audit, now: datetime) -> Answers:
    """Return what an answers.json says about `audit`.

    Raises UsageError for a file of another audit, one that is no answers.json, or a key or word that
    the report cannot have offered; nothing of such a file is applied.
    """
    document = _parsed(data)
    if document.get("audit") != audit.id:
        raise UsageError("these answers belong to another audit; open the newest report and answer there")
    mentions = {one.key: one for one in audit.mentions}
    known = {*mentions, *(one.key for one in audit.actions), *(one.key for one in audit.findings)}
    judgements: list[Judgement] = []
    whole: dict[str, bool] = {}
    for entry in document["answers"]:
        key, word, note = _fields(entry)
        if key in _SIGNOFF:
            if word not in _SIGNOFF[key]:
                raise UsageError(f"answers.json: {clean(word)!r} is no answer to {key}")
            whole[key] = _SIGNOFF[key][word]
            continue
        if key not in known or word not in WORDS:
            raise UsageError(
                f"answers.json: {clean(word)[:40]!r} for {clean(key)[:80]!r} was not offered by this report"
            )
        mention = mentions.get(key)
        judgements.append(
            Judgement(
                key=key,
                word=word,
                note=note,
                decided_at=now,
                url=mention.url if mention else None,
                source=mention.source if mention else None,
            )
        )
    both = len(whole) == len(_SIGNOFF)
    signoff = (
        Signoff(accurate=whole["signoff:accuracy"], fair=whole["signoff:fairness"], signed_at=now)
        if both
        else None
    )
    return Answers(judgements=tuple(judgements), signoff=signoff)


def _parsed(data: bytes) -> dict[str, Any]:
    wrong = UsageError("this is no answers.json of a report; save it again from the report")
    if len(data) > MOST_BYTES:
        raise wrong
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise wrong from error
    if not isinstance(document, dict) or not isinstance(document.get("answers"), list):
        raise wrong
    if document.get("schema_version") != 1:
        raise UsageError("this answers.json is of a newer report than this program knows; update repaudit")
    return document


def _fields(entry: Any) -> tuple[str, str, str | None]:
    if not isinstance(entry, dict):
        raise UsageError("answers.json holds an entry without a key; save it again from the report")
    key, word, note = entry.get("key"), entry.get("word"), entry.get("note")
    if not isinstance(key, str) or not isinstance(word, str) or not (note is None or isinstance(note, str)):
        raise UsageError(
            "answers.json holds an entry without a key and a word; save it again from the report"
        )
    return key, word, clean(note).strip()[:NOTE_LENGTH] or None if note else None

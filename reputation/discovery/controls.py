"""Does a source still work?  Two controls tell: a name that is certainly there, and one that nobody bears.

A source that finds nothing for the first has changed; a search engine that finds something for the second answers about
something else, and its "results" about the clinician are worth as little.  The user's own name is never sent.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from reputation.discovery.adapters import Skip, adapter_of
from reputation.discovery.hearing import Parsed
from reputation.discovery.lanes import Job, ask
from reputation.discovery.parsing import parse
from reputation.discovery.variants import name_variants
from reputation.model import (
    Capture,
    Category,
    CoverageStatus,
    Ids,
    License,
    Location,
    Mention,
    PersonName,
    Profile,
    Request,
    Right,
    Source,
    Specialty,
)
from reputation.normalize import fold

REQUESTS = 4
"""The most requests that one check sends to one source: each control and a second step of each."""
_CONSONANTS = "bcdfghjklmnpqrstvwxz"
_EXAMPLE_NPI = "1234567893"
"""The number that the standard itself gives as its example; nobody bears it."""
_EVERYWHERE = PersonName(given="John", family="Smith")
_PLACE = PersonName(given="Massachusetts General", family="Hospital")

Ask = Callable[[Source, Request], Capture]
S = CoverageStatus


class Verdict(StrEnum):
    """What the controls say of a source."""

    WORKS = "works"
    BESIDE_THE_POINT = "answers about something else"
    CHANGED = "changed"
    BLOCKED = "blocked"
    QUOTA = "quota used up"
    KEY_REFUSED = "key refused"
    FAILED = "does not answer"
    NOT_CHECKED = "not checked"


_TROUBLES = {S.BLOCKED: Verdict.BLOCKED, S.QUOTA: Verdict.QUOTA, S.AUTH: Verdict.KEY_REFUSED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """How one check ended, why, and how many requests it sent."""

    source: str
    verdict: Verdict
    detail: str
    requests: int = 0


def present(category: Category) -> Profile:
    """Return somebody whom every source of `category` must know: a name that thousands bear, or a great hospital."""
    return _profile(_PLACE if category is Category.RATINGS else _EVERYWHERE, None)


def absent(seed: int | None = None) -> Profile:
    """Return somebody whom no source can know; another one each time, so that no cache answers."""
    letters = random.Random(seed)  # noqa: S311 - a name that nobody bears is no secret
    given, family = ("".join(letters.choices(_CONSONANTS, k=10)).capitalize() for _ in range(2))
    return _profile(PersonName(given=given, family=family), _EXAMPLE_NPI)


def _profile(name: PersonName, npi: str | None) -> Profile:
    return Profile(
        right=Right(is_self=True),
        name=name,
        ids=Ids(npi=npi),
        specialties=(Specialty(label="Oncology"),),
        licenses=(License(state="MA", number="1"),),
        locations=(Location(city="Boston", state="MA"),),
    )


def check(source: Source, fetch: Ask, *, budget: int = REQUESTS, seed: int | None = None) -> Checked:
    """Put both controls to `source` through `fetch`, with at most `budget` requests, and say what they show."""
    asking = _Asking(source, fetch, budget)
    known = asking.put(present(source.category))
    if isinstance(known, Parsed) and (trouble := _trouble(known)):
        return asking.checked(*trouble)
    if isinstance(known, Parsed) and (odd := _odd_about_the_known(source, known)):
        return asking.checked(*odd)
    unknown = asking.put(absent(seed))
    if isinstance(unknown, Parsed) and (trouble := _trouble(unknown)):
        return asking.checked(*trouble)
    if isinstance(known, str) and isinstance(unknown, str):
        return asking.checked(Verdict.NOT_CHECKED, unknown)
    told = "finds the name that is certainly there" if isinstance(known, Parsed) else "answers"
    if isinstance(unknown, str):
        return asking.checked(
            Verdict.WORKS, f"{told}; the name that nobody bears was not asked for: {unknown}"
        )
    return asking.checked(*_about_the_unknown(source, unknown, told))


class _Asking:
    """Puts questions to one source within a budget."""

    def __init__(self, source: Source, fetch: Ask, budget: int) -> None:
        self._source = replace(source, max_requests=1)
        self._fetch = fetch
        self._left = budget
        self._sent = 0

    def put(self, profile: Profile) -> Parsed | str:
        """Return what the source says of the first question about `profile`, or in words why it was not asked."""
        try:
            plan = adapter_of(self._source).plan(self._source, profile, name_variants(profile))
            question = next(iter(plan), None)
        except Skip as skip:
            return str(skip)
        except ModuleNotFoundError as error:
            return f"{error.name} is not installed"
        if question is None:
            return "it cannot be asked by program"
        heard = self._ask(question)
        if isinstance(heard, Parsed) and not heard.mentions and heard.steps:
            further = self._ask(heard.steps[0])
            return heard if isinstance(further, str) else further
        return heard

    def _ask(self, request: Request) -> Parsed | str:
        if self._left < 1:
            return "the budget of requests is used up"
        self._left -= 1
        self._sent += 1
        return parse(ask(self._fetch, Job(self._source, request, (0,))))

    def checked(self, verdict: Verdict, detail: str) -> Checked:
        return Checked(source=self._source.id, verdict=verdict, detail=detail, requests=self._sent)


def _trouble(heard: Parsed) -> tuple[Verdict, str] | None:
    """Return what stands in the way of an answer, None where there is one."""
    answer = heard.answer
    why = answer.why or answer.status.value
    if answer.status in _TROUBLES:
        return _TROUBLES[answer.status], why
    if answer.status is not S.FAILED:
        return None
    was_answered = answer.capture is not None and 200 <= answer.capture.status < 300
    return (Verdict.CHANGED if was_answered else Verdict.FAILED), why


def _odd_about_the_known(source: Source, known: Parsed) -> tuple[Verdict, str] | None:
    name = present(source.category).name
    told = f"{name.given} {name.family}"
    if not known.mentions:
        if known.steps:
            return None
        return Verdict.CHANGED, f"it finds nothing for {told}, which is certainly there"
    if not any(fold(name.family) in fold(_said(mention)) for mention in known.mentions):
        return Verdict.BESIDE_THE_POINT, f"{len(known.mentions)} results for {told}, and not one names it"
    return None


def _about_the_unknown(source: Source, unknown: Parsed, told: str) -> tuple[Verdict, str]:
    count = len(unknown.mentions)
    silent = f"; {unknown.answer.why}" if unknown.answer.why else ""
    if not count:
        return Verdict.WORKS, f"{told}, and nothing for one that nobody bears{silent}"
    if source.category is Category.SEARCH:
        return Verdict.BESIDE_THE_POINT, f"{told}, but also has {count} results for a name that nobody bears"
    return (
        Verdict.WORKS,
        f"{told}; gives {count} near matches for one that nobody bears, which matching sorts out",
    )


def _said(mention: Mention) -> str:
    return " ".join([mention.title, mention.text or "", mention.url, *(one.value for one in mention.claims)])

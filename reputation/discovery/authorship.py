"""Weighs an article against the profile: author's name, co-authors, affiliation, subject, years.

The weights of `[article]` in `data/linkage.toml` are estimated from pairs of articles whose authors are known
to be one person or two (`scripts/estimate_linkage_weights.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from reputation import resources
from reputation.discovery.institutions import plain_words, tokens_of
from reputation.discovery.naming import Naming, judge
from reputation.discovery.subject import Subject, person_key
from reputation.model import Mention, Weight
from reputation.names.compare import folded
from reputation.names.frequency import family_frequency
from reputation.normalize import fold

_AUTHOR_FIELDS = ("co_author", "author", "first_author")
_SUBJECT_FIELDS = frozenset(
    [
        "keywords",
        "keyword",
        "about",
        "subject",
        "subjects",
        "mesh",
        "topic",
        "topics",
        "knows_about",
        "specialty",
        "interest",
        "interests",
        "medical_specialty",
    ]
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """One author of an article, with the affiliations and ORCID iDs printed behind the name."""

    printed: str
    affiliations: tuple[str, ...] = ()
    orcids: tuple[str, ...] = ()


def authors_of(mention: Mention) -> tuple[Author, ...]:
    """Return the authors in the order printed; an affiliation or ORCID iD belongs to the author before it.

    A claimed `name` is an author as well, the first.  What stands before any author belongs to the first.
    """
    names: list[str] = []
    behind: list[dict[str, list[str]]] = [{"affiliation": [], "orcid": []}]
    for claim in mention.claims:
        if claim.field == "name" or claim.field in _AUTHOR_FIELDS:
            for printed in claim.value.split(";"):
                names.append(_as_author(printed))
                behind.append({"affiliation": [], "orcid": []})
        elif claim.field in behind[-1]:
            behind[-1][claim.field].append(claim.value)
    before, *rest = behind
    if rest:
        for field, values in before.items():
            rest[0][field] = values + rest[0][field]
    return tuple(
        Author(printed=name, affiliations=tuple(said["affiliation"]), orcids=tuple(said["orcid"]))
        for name, said in zip(names, rest, strict=True)
    )


_BIBLIOGRAPHIC = re.compile(r"([^,]*[^\W\d_]{2,}) ([A-Z]{1,3})")


def _as_author(printed: str) -> str:
    """Return "Johnson MD" as "Johnson, M. D.": behind an author's family name stand initials, never degrees."""
    found = _BIBLIOGRAPHIC.fullmatch(printed.strip())
    return f"{found[1]}, {' '.join(f'{letter}.' for letter in found[2])}" if found else printed


@dataclass(frozen=True, kw_only=True, slots=True)
class Byline:
    """Who of the authors may be the clinician, and the others."""

    naming: Naming
    own: Author | None
    others: tuple[Author, ...]
    affiliations: tuple[str, ...]
    orcids: tuple[str, ...]


def byline_of(subject: Subject, mention: Mention) -> Byline:
    """Return the author whose name agrees best with the clinician's; a claimed `name` goes before."""
    authors = authors_of(mention)
    claimed = tuple(_as_author(one) for one in mention.claimed("name"))
    order = ("same", "compatible", "different", "family_only", "absent")
    judged = [
        (judge(subject, one.printed), one) for one in authors if not claimed or one.printed == claimed[0]
    ]
    naming, own = min(
        judged, key=lambda pair: order.index(pair[0].level), default=(Naming(level="absent"), None)
    )
    if naming.level == "different" and not claimed:
        naming, own = Naming(level="absent"), None
    me = (person_key(own.printed) if own else None) or person_key(subject.name)
    others = tuple(one for one in authors if person_key(one.printed) != me)
    places = own.affiliations if own else ()
    everywhere = tuple(place for one in authors for place in one.affiliations)
    orcids = own.orcids if own else ()
    return Byline(naming=naming, own=own, others=others, affiliations=places or everywhere, orcids=orcids)


# ---------------------------------------------------------------------------- levels


def levels_of(subject: Subject, mention: Mention, byline: Byline) -> Iterator[tuple[str, str, str]]:
    """Yield feature, level and sentence of everything that an article lets one compare."""
    yield from _name_levels(subject, byline)
    yield from _people_level(subject, byline)
    yield from _affiliation_level(subject, byline)
    yield from _subject_level(subject, mention)
    yield from _years_level(subject, mention)


def _name_levels(subject: Subject, byline: Byline) -> Iterator[tuple[str, str, str]]:
    printed = byline.naming.printed or ""
    if byline.naming.level == "absent":
        yield "name", "absent", "none of its authors has the name"
        return
    if byline.naming.level == "different":
        yield "name", "different", f"its author is {printed}, which is another name"
        return
    own, one = subject.folded, folded(printed)
    given, other = (own.given or ("",))[0], (one.given or ("",))[0]
    if len(given) > 1 and len(other) > 1:
        level = "full" if given.replace("-", "") == other.replace("-", "") else "variant"
        yield "name", level, f'the author "{printed}" agrees by the whole given name'
    elif len(given) == len(other) == 1:
        yield "name", "initials", f'the author "{printed}" agrees by an initial, more is not known'
    else:
        yield "name", "initial", f'the author "{printed}" agrees by an initial'
    middles = bool(own.given[1:]), bool(one.given[1:])
    level = {(True, True): "both", (False, False): "neither"}.get(middles, "one")
    yield (
        "middle",
        level,
        {
            "both": "the middle initial agrees",
            "neither": "neither has a middle name",
            "one": "only one has a middle name",
        }[level],
    )
    bits = -log2(subject.family_share)
    level = "common" if bits < 11.5 else "usual" if bits < 15 else "rare" if bits < 20 else "unlisted"
    yield "family", level, f"the family name is {level}"


def _people_level(subject: Subject, byline: Byline) -> Iterator[tuple[str, str, str]]:
    theirs = {key: one.printed for one in byline.others if (key := person_key(one.printed))}
    known = subject.people - {person_key(subject.name)}
    if not known or not theirs:
        return
    shared = sorted(known & set(theirs))
    if not shared and not subject.has_people:
        return
    if not shared:
        yield "co_author", "none", "no co-author is known from the profile"
        return
    rarest = max(-log2(family_frequency(family)) for family, _ in shared)
    level = "several" if len(shared) > 1 else "rare" if rarest > 13 else "common"
    yield (
        "co_author",
        level,
        f"co-authors are known from the profile: {', '.join(theirs[key] for key in shared[:3])}",
    )


def _place_words(texts: Iterable[str]) -> set[str]:
    return {token for text in texts for token in tokens_of(text) if len(token) > 1 and not token.isdigit()}


def _affiliation_level(subject: Subject, byline: Byline) -> Iterator[tuple[str, str, str]]:
    known = [*subject.institutions, *subject.short_names]
    if not known or not byline.affiliations:
        return
    places = [text for own in subject.places for text in (own.city or "", own.state or "")]
    mine = _place_words([*known, *places]) - plain_words("affiliation")
    theirs = _place_words(byline.affiliations) - plain_words("affiliation")
    shared = (mine & theirs) - plain_words("countries")
    smaller = min(len(mine - plain_words("countries")), len(theirs - plain_words("countries"))) or 1
    share = len(shared) / smaller
    if len(shared) >= 3 and share >= 0.5:
        yield "affiliation", "close", f"the affiliation agrees: {_listed(shared)}"
    elif len(shared) >= 2 and share >= 0.25:
        yield "affiliation", "near", f"the affiliation agrees in part: {_listed(shared)}"
    elif shared:
        yield "affiliation", "word", f"the affiliations share {_listed(shared)}"
    elif mine & theirs & plain_words("countries"):
        yield "affiliation", "country", "the affiliations share a country alone"
    else:
        yield "affiliation", "none", "the affiliations have nothing in common"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)[:4])


_FEW_WORDS = 6
"""A profile that says less of its subjects is not contradicted by an article on something else."""

_WORD = re.compile(r"[^\W\d_][^\W_]{3,}")


@lru_cache(maxsize=8192)
def _subject_words(text: str) -> frozenset[str]:
    return frozenset(
        _stem(word) for word in _WORD.findall(fold(text[:5000])) if word not in plain_words("subject")
    )


def _stem(word: str) -> str:
    for ending in ("ies", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def _subject_level(subject: Subject, mention: Mention) -> Iterator[tuple[str, str, str]]:
    if not subject.subjects:
        return
    mine = frozenset[str]().union(*(_subject_words(text) for text in subject.subjects))
    said = [claim.value for claim in mention.claims if claim.field in _SUBJECT_FIELDS]
    theirs = frozenset[str]().union(*(_subject_words(text) for text in (mention.title, *said)))
    if mention.text:
        theirs |= _subject_words(mention.text)
    smaller = min(len(mine), len(theirs))
    shared = mine & theirs
    if smaller < 2 or (not shared and len(mine) < _FEW_WORDS):
        return
    telling = shared - plain_words("common_subject")
    level = "many" if len(telling) >= 4 else "some" if len(telling) >= 2 else "few" if telling else "none"
    told = (
        f"the subjects share {_listed(telling)}" if telling else "the subjects have no telling word in common"
    )
    yield "subject", level, told
    share = len(shared) / smaller
    level = "most" if share >= 0.4 else "much" if share >= 0.25 else "part" if share >= 0.1 else "little"
    yield (
        "subject_share",
        level if shared else "nothing",
        f"{share:.0%} of the words of the subjects are shared",
    )


def _years_level(subject: Subject, mention: Mention) -> Iterator[tuple[str, str, str]]:
    said = mention.date_published or next(iter(mention.claimed("date_published")), "")
    published = re.match(r"[12][0-9]{3}", said)
    if not published or not subject.years:
        return
    year = int(published[0])
    first, last = subject.years
    gap = max(first - year, year - last, 0)
    level = "near" if gap <= 3 else "decade" if gap <= 10 else "two_decades" if gap <= 20 else "far"
    yield (
        "years",
        level,
        "the years agree" if gap <= 3 else f"{gap} years lie between it and the profile's dates",
    )


# ---------------------------------------------------------------------------- weights


def article_weights(subject: Subject, mention: Mention, byline: Byline) -> list[Weight]:
    """Return the prior and the weights of an article."""
    tables = resources.table("data/linkage.toml")
    table = tables["article"]
    prior = "before any evidence, an article under the same family name and initial"
    found = [Weight(feature="prior", level="namesakes", bits=table["prior"]["namesakes"], text=prior)]
    for feature, level, text in levels_of(subject, mention, byline):
        bits = tables["name"]["absent"] if level == "absent" else table[feature].get(level, 0.0)
        found.append(Weight(feature=feature, level=level, bits=bits, text=text))
    return found

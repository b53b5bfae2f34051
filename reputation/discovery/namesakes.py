"""What is left to ask, and the other people who bear the name: told by field, place and link alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reputation import resources
from reputation.model import Kind, MatchDecision, Mention
from reputation.normalize import canonical_url, state_code
from reputation.taxonomy import everyday_words, fields_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Namesake:
    """Another person with the clinician's name: never with anything that is said of that person."""

    label: str
    """Such as "cardiologist in OH"."""
    specialty: str | None
    place: str | None
    urls: tuple[str, ...]
    keys: tuple[str, ...]


def namesakes(mentions: Iterable[Mention]) -> tuple[Namesake, ...]:
    """Return the people whom the clinician may be confused with, the one with the most pages first.

    Mentions that are about someone else of the same name are one person where field and state are the same.
    Those of which neither is known are nobody that can be described, and are left out; so are reviews, news and
    lists of sanctioned people, whose very address would tell what is said of that person.
    """
    sanctions = resources.table("data/linkage.toml")["decision"]["needs_identifier"]
    groups: dict[tuple[str, str], list[Mention]] = {}
    for one in mentions:
        if one.match is None or one.match.decision is not MatchDecision.NON_MATCH or not _bears_the_name(one):
            continue
        field, state = _field(one), _state(one)
        if (field or state) and one.kind in _ENTRIES and one.source not in sanctions:
            groups.setdefault((field, state), []).append(one)
    made = (_namesake(field, state, group) for (field, state), group in groups.items())
    return tuple(sorted(made, key=lambda one: (-len(one.urls), one.label)))


_ENTRIES = frozenset({Kind.LISTING, Kind.PROFILE, Kind.RECORD})


def _bears_the_name(mention: Mention) -> bool:
    levels = {one.level for one in mention.match.weights if one.feature == "name"} if mention.match else set()
    return bool(levels - {"absent", "different", "family_only"})


def _field(mention: Mention) -> str:
    for said in mention.claimed("specialty"):
        if fields := fields_of(said):
            return min(fields)
    return ""


def _state(mention: Mention) -> str:
    return next((code for said in mention.claimed("address_region") if (code := state_code(said))), "")


def _namesake(field: str, state: str, group: list[Mention]) -> Namesake:
    specialty = _person_word(field) if field else None
    cities = Counter(city for one in group for city in one.claimed("address_locality")[:1])
    city = min(cities, key=lambda one: (-cities[one], one)) if len(cities) == 1 else None
    place = ", ".join(filter(None, (city, state))) or None
    label = f"{specialty or 'someone'} in {place}" if place else f"{specialty}"
    return Namesake(
        label=label,
        specialty=specialty,
        place=place,
        urls=tuple(sorted({canonical_url(one.url) for one in group})),
        keys=tuple(sorted(one.key for one in group)),
    )


def _person_word(field: str) -> str:
    """Return the word for one who practises a field: cardiologist for cardiology."""
    words = everyday_words(field.replace("_", " ")) or (field.replace("_", " "),)
    return next((word for word in words if word.endswith(("ist", "ian", "er", "or"))), words[0])


def questions(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions that only the user can decide, the most telling first.

    A listing settles its reviews and its page's result, so that it comes before those; then what stands high
    in a search, then what is nearest to even odds.
    """
    doubtful = [one for one in mentions if one.match and one.match.decision is MatchDecision.POSSIBLE]
    leaning = Counter(one.listing_key for one in doubtful if one.listing_key)
    pages = Counter(canonical_url(one.url) for one in doubtful)

    def telling(one: Mention) -> tuple[int, int, float, str]:
        settles = leaning[one.key] + pages[canonical_url(one.url)] - 1
        best = min((rank.position for rank in one.ranks), default=100)
        odds = abs((one.match.probability if one.match else 0.5) - 0.5)
        return (-settles, best, odds, one.key)

    keys = {one.key for one in doubtful}
    return tuple(sorted((one for one in doubtful if one.listing_key not in keys), key=telling))

"""Whether a page that bears her name carries another person's facts.

It is asked before every other check and instead of them: one mix-up would else yield ten false errors.  An NPI names one
person for life, so that another's NPI on a page that is surely hers is enough.  So it is on a page that the NPI alone has
made a stranger's, where her name stands beside what is hers alone: her telephone, licence, address or website.  A
namesake's own page has none of these and is left alone, and so is the record that a registry keeps under a stranger's NPI.
Without another NPI it takes more: her own NPI under another's name, another's middle name or licence together with a
second fact that is not hers, or three such facts without either.  An old page has an old address and an old number: the two
count as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reputation import normalize
from reputation.definition.authority import Check, authority_for, confirm_first, is_surely_hers
from reputation.definition.checks import (
    credential,
    education,
    gender,
    license_number,
    location,
    name,
    phone,
    specialty,
)
from reputation.definition.places import own_places, printed_places
from reputation.model import Control, Finding, MatchDecision, Mention, Outcome, Profile, Severity
from reputation.names import compare_names, parse

CHECK = Check(code="identity_mixup", field="npi", severity=Severity.CRITICAL, about="ids")

BY_NUMBER = frozenset({"nppes", "cms-clinicians", "open-payments", "leie", "payer-directories"})
"""Sources that keep their records by NPI: another NPI there is another person's own record."""

_MARKS = frozenset({"middle name", "licence"})
"""What tells two people of one name apart; of other facts a page may simply be wrong."""

_ENOUGH_WITH_MARK = 2
_ENOUGH_WITHOUT = 3


@dataclass(frozen=True, slots=True)
class _Strange:
    """A fact on the page that is not hers: what, as printed, where hers stands in the profile, and who vouches for it."""

    what: str
    printed: str
    path: str
    authority: str | None


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield at most one finding: differs or cannot tell for a mix-up, conforms for her own NPI."""
    numbers = [text for text in mention.claimed("npi") if normalize.npi_is_valid(_digits(text))]
    strange_number = bool(numbers) and profile.ids.npi not in {_digits(text) for text in numbers}
    if profile.ids.npi and strange_number:
        is_elsewhere = mention.source not in BY_NUMBER and mention.control is not Control.OWNED
        if is_elsewhere and (is_surely_hers(mention) or _is_entangled(profile, mention)):
            yield _mixup(profile, mention, [_strange(profile, "NPI", ", ".join(numbers), "ids.npi")])
        return
    has_her_npi = profile.ids.npi is not None and [profile.ids.npi] == [_digits(text) for text in numbers]
    if not has_her_npi and not _may_be_hers(profile, mention):
        return
    strange = _strange_facts(profile, mention, has_her_npi=has_her_npi)
    if strange:
        yield _mixup(profile, mention, strange)
    elif numbers and is_surely_hers(mention) and (authority := authority_for(profile, ("ids.npi",))):
        yield CHECK.finding(
            mention,
            Outcome.CONFORMS,
            expected=profile.ids.npi,
            observed=", ".join(numbers),
            authority=authority,
        )


def is_mixup(finding: Finding) -> bool:
    """Whether `finding` tells of two people mixed up."""
    return finding.check == CHECK.code and finding.outcome is not Outcome.CONFORMS


def _strange(profile: Profile, what: str, printed: str, path: str) -> _Strange:
    return _Strange(what, printed, path, authority_for(profile, (path,)))


def _mixup(profile: Profile, mention: Mention, strange: list[_Strange]) -> Finding:
    unsure = next((fact.path for fact in strange if fact.authority is None), None)
    observed = "; ".join(f"{fact.what} {fact.printed}" for fact in strange)
    by_number = strange[0].path == "ids.npi"
    of = CHECK if by_number else replace(CHECK, field="identity")
    if unsure is not None:
        return of.finding(mention, Outcome.CANNOT_TELL, observed=observed, remedy=confirm_first(unsure))
    whole = " ".join(part for part in (profile.name.given, profile.name.middle, profile.name.family) if part)
    return of.finding(
        mention,
        Outcome.DIFFERS,
        expected=profile.ids.npi if by_number else f"the facts of {whole}",
        observed=strange[0].printed if by_number else observed,
        authority=min(fact.authority for fact in strange if fact.authority),
        remedy="The page mixes you up with another person: ask the site to part the two, and give it your NPI and "
        "licence. Do not correct anything else on it before that."
        + (" If the number is your group's own NPI, waive this." if by_number else ""),
    )


# ---------------------------------------------------------------------------- is it about her at all?


def _may_be_hers(profile: Profile, mention: Mention) -> bool:
    """Whether the page is surely hers, or possibly and bears her name beside what is hers alone."""
    if is_surely_hers(mention):
        return True
    is_possible = mention.match is not None and mention.match.decision is MatchDecision.POSSIBLE
    return is_possible and _is_entangled(profile, mention)


def _is_entangled(profile: Profile, mention: Mention) -> bool:
    """Whether the page bears her name, given name written out, beside something that is hers alone."""
    if mention.decision == "not-mine":
        return False
    printed = next(iter(mention.claimed("name")), mention.title)
    if len((parse(printed).given or "").strip(".")) < 2:
        return False
    bears = any(compare_names(printed, known) != "different" for known in name.known_names(profile))
    return bears and (_shares_mark(profile, mention) or _shares_office(profile, mention))


def _shares_mark(profile: Profile, mention: Mention) -> bool:
    phones = {number for text in mention.claimed("telephone") if (number := phone.number_of(text))}
    if phones & {number for place in profile.locations if (number := phone.number_of(place.phone or ""))}:
        return True
    if license_number.is_hers(profile, mention):
        return True
    own = {
        normalize.canonical_url(url) for url in (*profile.websites, *(one.url for one in profile.profiles))
    }
    linked = (mention.url, *mention.claimed("url"), *mention.claimed("same_as"))
    return bool(own) and not own.isdisjoint(normalize.canonical_url(url) for url in linked if url)


def _shares_office(profile: Profile, mention: Mention) -> bool:
    """Whether her street and a specialty that may be hers are printed; a hospital's address alone is many people's."""
    own = own_places(profile)
    here = any(
        normalize.same_street(place.address, mine.address)
        for place in printed_places(mention)
        for mine in own
    )
    return here and specialty.best_agreement(profile, mention) in {"same", "broader"}


# ---------------------------------------------------------------------------- what on it is not hers?


def _strange_facts(profile: Profile, mention: Mention, *, has_her_npi: bool) -> list[_Strange]:
    """Return the facts that together make it another person's page; empty where they do not suffice."""
    printed = next(iter(mention.claimed("name")), "")
    if has_her_npi and printed and _is_another_name(profile, printed):
        return [_strange(profile, "name", printed, "name")]
    found = list(_contradictions(profile, mention, printed))
    has_mark = any(fact.what in _MARKS for fact in found)
    return found if len(found) >= (_ENOUGH_WITH_MARK if has_mark else _ENOUGH_WITHOUT) else []


def _is_another_name(profile: Profile, printed: str) -> bool:
    """Whether neither the given nor the family name is hers: one of them alone may be a marriage or a nickname."""
    said = parse(printed)
    if not said.given or not said.family or len(said.given.strip(".")) < 2:
        return False
    return all(name.is_other_person(printed, known) for known in name.known_names(profile))


def _contradictions(profile: Profile, mention: Mention, printed: str) -> Iterator[_Strange]:
    if middle := _other_middle(profile, printed):
        yield _strange(profile, "middle name", middle, "name")
    if number := license_number.other(profile, mention):
        yield _strange(profile, "licence", number[1], f"licenses.{number[0]}")
    checks = (
        ((specialty,), "specialty", "specialties.0"),
        ((gender,), "gender", "personal.gender"),
        ((credential,), "degree", "name.credentials"),
        ((education,), "school", "education"),
        ((location, phone), "office", "locations"),
    )
    for modules, what, path in checks:
        found = (one for module in modules for one in module.check(profile, mention))
        wrong = next((one for one in found if one.outcome is Outcome.DIFFERS), None)
        if wrong:
            yield _Strange(what, wrong.observed or "", path, wrong.authority)


def _other_middle(profile: Profile, printed: str) -> str | None:
    """Return the middle name where it contradicts hers; an initial contradicts by its letter."""
    if not profile.name.middle or not printed:
        return None
    said = " ".join(parse(printed).middle)
    names = name.known_names(profile)
    bare = f"{profile.name.given} {profile.name.family}"
    if not said or any(compare_names(printed, known) != "different" for known in names):
        return None
    without = printed.replace(said, " ", 1)
    return said if compare_names(without, bare) == "same" else None


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))

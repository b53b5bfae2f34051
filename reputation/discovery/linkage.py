"""Weighs what a mention says against the profile: one `Weight` for each thing that agrees or contradicts.

After Fellegi and Sunter (1969).  The weights stand in `data/linkage.toml`, in bits.  What is missing on either
side weighs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache

from reputation import resources
from reputation.discovery.institutions import is_named_in, is_same_institution
from reputation.discovery.naming import Naming
from reputation.discovery.subject import Subject
from reputation.model import Kind, Mention, Weight
from reputation.names import parse
from reputation.normalize import (
    Address,
    address,
    canonical_url,
    fold,
    npi_is_valid,
    phone,
    phones_in,
    postal_code,
    same_street,
    state_code,
)
from reputation.taxonomy import agree_fields, fields_of, phrases_in

_TEXT_LIMIT = 20_000
_DIGITS = re.compile(r"\(?[2-9][0-9]{2}\)?[-. ]{0,2}[0-9]{3}[-. ][0-9]{4}|\+[0-9][0-9 .()-]{8,16}[0-9]")
_CITY_STATE = re.compile(
    r"([A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,2}),\s+([A-Z]{2}\b|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
)


def weight(table: str, level: str, text: str, feature: str | None = None) -> Weight:
    """Return the weight that `data/linkage.toml` gives to a level of a table."""
    bits = float(resources.table("data/linkage.toml")[table][level])
    return Weight(feature=feature or table, level=level, bits=bits, text=text)


def evidence(subject: Subject, mention: Mention, naming: Naming) -> list[Weight]:
    """Return the weights of place, profession and institution."""
    return [made for one in _FEATURES if (made := one(subject, mention, naming))]


# ---------------------------------------------------------------------------- identifiers


def identifiers(subject: Subject, mention: Mention, orcids: Iterable[str]) -> Iterator[Weight]:
    """Yield the weights of what belongs to one person or practice alone; `orcids` are those of the one named."""
    yield from _npi(subject, mention)
    yield from _orcid(subject, orcids)
    yield from _license(subject, mention)
    yield from _own_pages(subject, mention)
    yield from _phone(subject, mention)
    if subject.email and subject.email in {one.casefold().strip() for one in mention.claimed("email")}:
        yield weight("identifier", "email_same", "the mail address is the same", "email")


def _npi(subject: Subject, mention: Mention) -> Iterator[Weight]:
    claimed = {one.strip() for one in mention.claimed("npi") if npi_is_valid(one.strip())}
    if not claimed or not subject.npi:
        return
    if subject.npi in claimed:
        yield weight("identifier", "npi_same", f"the NPI is the same, {subject.npi}", "npi")
    else:
        yield weight("identifier", "npi_other", f"it gives another NPI, {min(claimed)}", "npi")


def _orcid(subject: Subject, orcids: Iterable[str]) -> Iterator[Weight]:
    claimed = {one.strip().rsplit("/", 1)[-1].upper() for one in orcids}
    if subject.orcid is None or not claimed:
        return
    if subject.orcid in claimed:
        yield weight("identifier", "orcid_same", f"the ORCID iD is the same, {subject.orcid}", "orcid")
    else:
        yield weight("identifier", "orcid_other", f"it gives another ORCID iD, {min(claimed)}", "orcid")


_LICENSE_FIELDS = ("license_number", "license", "licence_number", "licence")


def _license(subject: Subject, mention: Mention) -> Iterator[Weight]:
    own = {number for _, number in subject.licenses}
    claimed = {
        re.sub(r"[^0-9A-Z]", "", one.upper()).lstrip("0")
        for f in _LICENSE_FIELDS
        for one in mention.claimed(f)
    } - {""}
    if own & claimed:
        yield weight("identifier", "license_same", "the licence number is the same", "license")
        return
    states = {state_code(one) for one in mention.claimed("license_state")}
    if claimed and own and states and states <= {state for state, _ in subject.licenses}:
        yield weight(
            "identifier", "license_other", "it gives another licence number in the same state", "license"
        )


def _own_pages(subject: Subject, mention: Mention) -> Iterator[Weight]:
    page = canonical_url(mention.url)
    if page in subject.urls:
        yield weight("identifier", "own_url", "it is a page that the profile lists as her own", "url")
        return
    if any(page.startswith(site.rstrip("/") + "/") for site in subject.sites):
        yield weight("identifier", "own_site", "it lies on a web site of the profile", "url")
        return
    if _shows_handle(subject, mention):
        yield weight("identifier", "handle", "it shows a handle of the profile", "url")
        return
    linked = {canonical_url(one) for f in ("url", "same_as") for one in mention.claimed(f)}
    if linked & subject.urls:
        yield weight("identifier", "linked_to_own_url", "it links to a page of the profile", "url")


def _shows_handle(subject: Subject, mention: Mention) -> bool:
    if not subject.handles:
        return False
    claimed = {
        fold(one).removeprefix("@")
        for f in ("handle", "username", "alternate_name")
        for one in mention.claimed(f)
    }
    if claimed & subject.handles:
        return True
    text = fold(f"{mention.title} {(mention.text or '')[:_TEXT_LIMIT]}")
    return any(found[1] in subject.handles for found in _HANDLE.finditer(text))


_HANDLE = re.compile(r"(?<![\w.])@([a-z0-9_.-]*[a-z0-9_])")
_PHONE_FIELDS = ("telephone", "phone", "fax_number", "fax")


def _phone(subject: Subject, mention: Mention) -> Iterator[Weight]:
    if not subject.phones:
        return
    texts = [one for field in _PHONE_FIELDS for one in mention.claimed(field)]
    claimed = {number for text in texts if (number := phone(text))}
    if not claimed and mention.text and _DIGITS.search(mention.text[:_TEXT_LIMIT]):
        claimed = set(phones_in(mention.text[:_TEXT_LIMIT]))
    if common := subject.phones & claimed:
        yield weight(
            "identifier", "phone_same", f"the telephone number is the same, {min(common)}", "telephone"
        )
    elif claimed:
        yield weight("identifier", "phone_other", "it gives another telephone number", "telephone")


# ---------------------------------------------------------------------------- place


def _place(subject: Subject, mention: Mention, _: Naming) -> Weight | None:
    if not subject.places and not subject.states:
        return None
    return _claimed_place(subject, mention) or _place_in_text(subject, mention)


def _claimed_place(subject: Subject, mention: Mention) -> Weight | None:
    streets = [address(one) for field in ("street_address", "address") for one in mention.claimed(field)]
    cities = {city for one in mention.claimed("address_locality") if (city := address("", None, one).city)}
    cities |= {one.city for one in streets if one.city}
    states = {code for one in mention.claimed("address_region") if (code := state_code(one))}
    states |= {one.state for one in streets if one.state}
    zips = {code for one in mention.claimed("postal_code") if (code := postal_code(one))}
    zips |= {one.postal_code for one in streets if one.postal_code}
    if not (streets or cities or states or zips):
        return None
    if any(_is_same_house(own, one, states, cities) for own in subject.places for one in streets):
        return weight("place", "street", "the street is the same")
    if zips & {own.postal_code for own in subject.places if own.postal_code}:
        return weight("place", "postal_code", "the ZIP code is the same")
    own_states = subject.states
    in_state = not states or not own_states or bool(states & own_states)
    if in_state and (common := cities & subject.cities):
        return weight("place", "city", f"the city is the same, {min(common).title()}")
    if states and own_states and not states & own_states:
        return weight("place", "other_state", f"it is in another state, {', '.join(sorted(states))}")
    if states & own_states:
        if cities and subject.cities:
            return weight("place", "other_city", f"it is in another city of the state, {min(cities).title()}")
        return weight("place", "state", f"the state is the same, {min(states & own_states)}")
    return None


def _is_same_house(own: Address, one: Address, states: set[str], cities: set[str]) -> bool:
    if own.state and states and own.state not in states:
        return False
    if own.city and cities and own.city not in cities and not states:
        return False
    return same_street(own, one) is True


def _place_in_text(subject: Subject, mention: Mention) -> Weight | None:
    raw = f"{mention.title} | {(mention.text or '')[:_TEXT_LIMIT]}"
    text = fold(raw)
    if found := _phrases(subject.cities).search(text):
        return weight("place", "city_in_text", f"it names the city, {found[0].title()}")
    states = {code for hit in _CITY_STATE.finditer(raw) if (code := _state_of(subject, hit))}
    if states & subject.states:
        return weight("place", "state_in_text", f"it names the state, {min(states & subject.states)}")
    if states and subject.states:
        return weight("place", "other_state_in_text", f"it names a place in {', '.join(sorted(states))}")
    return None


def _state_of(subject: Subject, hit: re.Match[str]) -> str | None:
    """Return the state of "Duluth, MN"; in "Jane Roe, MD" the letters are a degree."""
    if fold(hit[1]).endswith(subject.family_keys) or (hit[2] in _DEGREES and len(hit[1].split()) > 1):
        return None
    return state_code(hit[2])


_DEGREES = frozenset({"MD", "PA", "MA", "DE", "ND", "AL", "MS"})
_NEVER = re.compile(r"(?!)")


@lru_cache(maxsize=64)
def _phrases(phrases: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern for any of the folded phrases as whole words; for none, one that never matches."""
    if not phrases:
        return _NEVER
    spelt = (re.escape(phrase).replace(r"st\ ", r"(?:st\.?|saint)\ ") for phrase in sorted(phrases))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelt)})(?![^\W_])")


# ---------------------------------------------------------------------------- profession


_SPECIALTY_FIELDS = ("taxonomy_code", "specialty", "medical_specialty", "job_title")


def _specialty(subject: Subject, mention: Mention, naming: Naming) -> Weight | None:
    if not subject.fields:
        return None
    claimed = (
        *mention.claimed("taxonomy_code"),
        *mention.claimed("specialty"),
        *mention.claimed("job_title"),
    )
    if fields := frozenset[str]().union(*(fields_of(one) for one in claimed)):
        agreement = agree_fields(subject.fields, fields)
        said = min(claimed, key=len)
        if agreement in ("same", "broader"):
            return weight("specialty", agreement, f"the specialty agrees, {said}")
        if agreement == "different":
            return weight("specialty", "different", f"it gives another specialty, {said}")
        return None
    if naming.level in ("absent", "different"):
        return None
    return _specialty_in_text(subject, mention)


def _specialty_in_text(subject: Subject, mention: Mention) -> Weight | None:
    title = list(phrases_in(_without_institutions(subject, mention.title)))
    text = _without_institutions(subject, (mention.text or "")[:2000])
    for phrase, fields in (*title, *phrases_in(text)):
        agreement = agree_fields(subject.fields, fields)
        if agreement in ("same", "broader"):
            return weight("specialty", f"{agreement}_in_text", f"it speaks of the specialty, {phrase}")
    others = [phrase for phrase, fields in title if agree_fields(subject.fields, fields) == "different"]
    others = others or [
        phrase
        for phrase, fields in phrases_in(text[:300])
        if agree_fields(subject.fields, fields) == "different"
    ]
    if others:
        return weight("specialty", "different_in_text", f"it speaks of another specialty, {others[0]}")
    return None


def _without_institutions(subject: Subject, text: str) -> str:
    """Return `text` without her institutions' names, which speak of their own trade, not of hers."""
    for own in subject.institutions:
        text = text.replace(own, " ")
    return text


_PROFESSIONS = {
    "physician": "MD DO MBBS MBCHB MBBCH MDPHD FACP FACS FACOG",
    "dentist": "DDS DMD",
    "nurse": "RN NP DNP APRN CRNA CNM MSN BSN FNP ARNP CRNP FNP-BC FNP-C NP-C CNS LPN",
    "assistant": "PA PA-C",
    "chiropractor": "DC",
    "optometrist": "OD",
    "podiatrist": "DPM",
    "pharmacist": "PHARMD RPH",
    "therapist": "PT DPT OT OTR SLP",
    "counselor": "LCSW LICSW LMFT LPC LMHC LCPC PSYD",
    "lawyer": "ESQ JD",
    "veterinarian": "DVM VMD",
}


@cache
def _profession_of() -> dict[str, str]:
    return {word: name for name, words in _PROFESSIONS.items() for word in words.split()}


def _credential(subject: Subject, mention: Mention, naming: Naming) -> Weight | None:
    if not subject.credentials or naming.level in ("absent", "different", "family_only"):
        return None
    said = (*mention.claimed("credential"), *mention.claimed("honorific_suffix"))
    printed = [*said, *_credentials_shown(subject, mention, naming)]
    claimed = {re.sub(r"[.\s]", "", word).upper() for one in printed for word in re.split(r"[,/;]", one)} - {
        ""
    }
    own, other = _professions(subject.credentials), _professions(claimed)
    if own and other and not own & other:
        return weight("credential", "other_profession", f"it gives the credential {min(claimed)}")
    if common := claimed & subject.credentials:
        level = "same" if common & {"MD"} and len(common) == 1 else "same_rare"
        return weight("credential", level, f"the credential agrees, {min(common)}")
    return None


def _credentials_shown(subject: Subject, mention: Mention, naming: Naming) -> Iterable[str]:
    """Return the credentials printed behind the name: in the claimed name, or in the title's first part."""
    heads = mention.claimed("name") or (re.split(r"\s[|–—-]\s|[|:]", mention.title)[0],)
    for head in heads:
        read = parse(head)
        if read.credentials and (naming.printed or "").split()[-1:] != [] and subject.folded.family:
            yield ", ".join(read.credentials)


def _professions(credentials: Iterable[str]) -> set[str]:
    known = _profession_of()
    return {known[one] for one in credentials if one in known}


def _gender(subject: Subject, mention: Mention, _: Naming) -> Weight | None:
    claimed = {fold(one)[:1] for one in mention.claimed("gender")} & {"f", "m"}
    if subject.gender and claimed and subject.gender[:1] not in claimed:
        return weight("gender", "other", "it gives another gender")
    return None


def _dates(subject: Subject, mention: Mention, _: Naming) -> Weight | None:
    published = re.match(r"[12][0-9]{3}", mention.date_published or "")
    if published is None or subject.graduated is None:
        return None
    if int(published[0]) < subject.graduated - _BEFORE_GRADUATION_YEARS:
        return weight("dates", "before", f"it is of {published[0]}, long before the training of the profile")
    return None


_BEFORE_GRADUATION_YEARS = 15


def _occupation(_: Subject, mention: Mention, naming: Naming) -> Weight | None:
    if mention.kind is not Kind.RESULT or naming.level in ("absent", "different"):
        return None
    text = fold(f"{mention.title} {(mention.text or '')[:600]}")
    if found := _phrases(_occupations()).search(text):
        return weight("occupation", "other", f"it speaks of another walk of life: {found[0]}")
    return None


@cache
def _occupations() -> frozenset[str]:
    words = resources.table("data/linkage.toml")["occupation"]["words"]
    return frozenset(word.strip() for line in words.strip().splitlines() for word in line.split(";"))


# ---------------------------------------------------------------------------- institution


_INSTITUTION_FIELDS = (
    "affiliation",
    "works_for",
    "hospital_affiliation",
    "practice",
    "practice_name",
    "organization",
)


def _institution(subject: Subject, mention: Mention, _: Naming) -> Weight | None:
    if not (subject.institutions or subject.short_names or subject.schools):
        return None
    claimed = [one for field in _INSTITUTION_FIELDS for one in mention.claimed(field)]
    for own in (*subject.institutions, *subject.short_names):
        if any(is_same_institution(own, one) for one in claimed):
            return weight("institution", "same", f"the institution agrees, {own}")
    text = f"{mention.title} | {(mention.text or '')[:_TEXT_LIMIT]}"
    for own in (*subject.institutions, *subject.short_names):
        if is_named_in(own, text):
            return weight("institution", "in_text", f"it names the institution, {own}")
    trained = [one for field in ("alumni_of", "education") for one in mention.claimed(field)]
    for own in subject.schools:
        if any(is_same_institution(own, one) for one in trained):
            return weight("institution", "school", f"the school agrees, {own}")
    return None


_FEATURES: tuple[Callable[[Subject, Mention, Naming], Weight | None], ...] = (
    _place,
    _specialty,
    _institution,
    _credential,
    _gender,
    _dates,
    _occupation,
)

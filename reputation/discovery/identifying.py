"""Weighs what belongs to one person or practice alone: NPI, ORCID iD, licence, own pages, telephone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reputation.discovery.exports import FOOTPRINT
from reputation.discovery.subject import Subject
from reputation.discovery.weighing import TEXT_LIMIT, said_by, weight
from reputation.model import Mention, Weight
from reputation.normalize import canonical_url, fold, npi_is_valid, phone, state_code

_DIGITS = re.compile(r"\(?[2-9][0-9]{2}\)?[-. ]{0,2}[0-9]{3}[-. ][0-9]{4}|\+[0-9][0-9 .()-]{8,16}[0-9]")


def identifiers(subject: Subject, mention: Mention, orcids: Iterable[str]) -> Iterator[Weight]:
    """Yield the weights of what belongs to one person or practice alone; `orcids` are those of the one named."""
    yield from _npi(subject, mention)
    yield from _orcid(subject, orcids)
    yield from _license(subject, mention)
    yield from _own_pages(subject, mention)
    yield from _phone(subject, mention)
    if subject.email and subject.email in {one.casefold().strip() for one in mention.claimed("email")}:
        yield weight("identifier", "email_same", "the mail address is the same", "email")


_ORCID_PAGE = re.compile(
    r"https?://(?:www\.)?orcid\.org/([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])\b", re.IGNORECASE
)


def orcids_of(mention: Mention) -> tuple[str, ...]:
    """Return the ORCID iDs of the person whom a mention that is no article shows: claimed, linked as same, its address."""
    pages = (_ORCID_PAGE.match(url) for url in (mention.url, *mention.claimed("same_as")))
    return (*mention.claimed("orcid"), *(found[1] for found in pages if found))


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
    if FOOTPRINT[1] in mention.claimed(FOOTPRINT[0]):
        text = "it comes out of the export of an account, which its holder alone is given"
        yield weight("identifier", "own_url", text, "url")
        return
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
    text = fold(said_by(mention))
    return any(found[1] in subject.handles for found in _HANDLE.finditer(text))


_HANDLE = re.compile(r"(?<![\w.])@([a-z0-9_.-]*[a-z0-9_])")
_PHONE_FIELDS = ("telephone", "phone", "fax_number", "fax")


def _phone(subject: Subject, mention: Mention) -> Iterator[Weight]:
    """Compare numbers by their digits, which is much faster than to check that each can be dialled."""
    if not subject.phones:
        return
    texts = [one for field in _PHONE_FIELDS for one in mention.claimed(field)]
    if not texts and mention.text:
        texts = [found[0] for found in _DIGITS.finditer(mention.text[:TEXT_LIMIT])]
    own = {number[-_NATIONAL_DIGITS:]: number for number in subject.phones}
    claimed = {digits for text in texts if (digits := _national(text))}
    if common := own.keys() & claimed:
        number = own[min(common)]
        yield weight("identifier", "phone_same", f"the telephone number is the same, {number}", "telephone")
    elif claimed:
        yield weight("identifier", "phone_other", "it gives another telephone number", "telephone")


_NATIONAL_DIGITS = 10
_NOT_DIGITS = re.compile(r"[^0-9]+")


def _national(text: str) -> str | None:
    """Return the ten digits of a North American number, without country code and extension."""
    found = _DIGITS.search(text)
    digits = _NOT_DIGITS.sub("", found[0] if found else text)
    if len(digits) == _NATIONAL_DIGITS:
        return digits
    if len(digits) == _NATIONAL_DIGITS + 1 and digits[0] == "1":
        return digits[1:]
    number = phone(text)
    return number[-_NATIONAL_DIGITS:] if number else None

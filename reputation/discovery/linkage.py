"""Weighs what a mention says of place, profession and institution against the profile.

After Fellegi and Sunter (1969): one `Weight` for each thing that agrees or contradicts.  What is missing on
either side weighs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from reputation import resources
from reputation.discovery.institutions import is_named_in, is_same_institution
from reputation.discovery.locating import place
from reputation.discovery.naming import Naming
from reputation.discovery.subject import Subject
from reputation.discovery.weighing import any_phrase, said_by, weight
from reputation.model import Kind, Mention, Weight
from reputation.names import parse
from reputation.normalize import fold
from reputation.taxonomy import agree_fields, fields_of, phrases_in


def evidence(subject: Subject, mention: Mention, naming: Naming) -> list[Weight]:
    """Return the weights of place, profession and institution."""
    found = [place(subject, mention)]
    found += [one(subject, mention, naming) for one in _FEATURES]
    return [made for made in found if made]


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
    return before_training(subject, mention)


def before_training(subject: Subject, mention: Mention) -> Weight | None:
    """Return what speaks against a mention from so long before her degree that she was a child or not born."""
    said = mention.date_published or next(iter(mention.claimed("date_published")), "")
    published = re.match(r"[12][0-9]{3}", said)
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
    if found := any_phrase(_occupations()).search(text):
        told = "" if found[0] in _unsaid() else f": {found[0]}"
        return weight("occupation", "other", f"it speaks of another walk of life{told}")
    return None


def _occupations() -> frozenset[str]:
    return _listed("words")


def _unsaid() -> frozenset[str]:
    """Return the words that would be bad news of somebody else: what is said of a namesake is not repeated."""
    return _listed("unsaid")


@cache
def _listed(key: str) -> frozenset[str]:
    words = resources.table("data/linkage.toml")["occupation"][key]
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
    text = said_by(mention)
    for own in (*subject.institutions, *subject.short_names):
        if is_named_in(own, text):
            return weight("institution", "in_text", f"it names the institution, {own}")
    trained = [one for field in ("alumni_of", "education") for one in mention.claimed(field)]
    for own in subject.schools:
        if any(is_same_institution(own, one) for one in trained):
            return weight("institution", "school", f"the school agrees, {own}")
    return None


_FEATURES: tuple[Callable[[Subject, Mention, Naming], Weight | None], ...] = (
    _specialty,
    _institution,
    _credential,
    _gender,
    _dates,
    _occupation,
)

"""Finds the Safe Harbor identifiers in a text about care: numbers, contacts, names, places and dates.

A name or a place is an identifier only beside words about a patient's care: a colleague's prize and a running
partner are nobody's health information.  Whoever is unsure leaves it in the text; this net has holes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reputation import resources
from reputation.defense.people import first_names

_NUMBER_WORDS = (
    r"(?:mrn|medical record|record|chart|account|acct|insurance|policy|plan|member(?:ship)?|subscriber|beneficiary|health plan|medicare|medicaid"
    r"|ssn|social security|patient|case|claim|certificate|licen[cs]e|device|serial|vin|plate|passport|visit|encounter|specimen|accession|hpn|hpb|hbp|hmo|unique)"
)
_NUMBERS = (
    re.compile(r"\b\d{3}-\d{2}-\d{4}\b"),
    re.compile(
        rf"\b{_NUMBER_WORDS}(?:\s+(?:record|plan|id|identifier|identification|no|number|num|security|card|beneficiary))*[.:]?\s*(?:(?:is|was|of|#|no\.?|:|under|number)\s*)*"
        r"#?\s*((?=[A-Z0-9-]*\d)[A-Z0-9]{1,}(?:-[A-Z0-9]+)*(?:-?\d[\w-]*)?)(?![\w%])",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w.])#\s?(?=[A-Z0-9-]*\d{3})[A-Z]{0,6}-?\d[\w-]{2,}"),
    re.compile(
        r"\b(?!NCT\d)(?!ISRCTN)(?!COVID)(?!PMID)(?!ICD)(?!CPT)[A-Z]{1,6}-?\d{4,}(?:-\w+)*\b|\b[A-Z]{1,4}-\d{4,}[A-Z]*\b|\b\d{3,}-[A-Z]{1,4}\d*\b|\b\d{3,}-[A-Z0-9]{2,}-?\d*\b"
    ),
    re.compile(
        r"(?<![\d.,$/-])\d{6,}(?:-\d+)?(?![\d.,]*\s?(?:patients|people|adults|cases|women|men|deaths|participants|dollars|%))\b|\b\d{4,}-\d{3,}(?:-\d+)?\b|\b\d{3,4}-\d{4}\b"
    ),
)
_CONTACTS = (
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    re.compile(r"(?<![\w-])(?:\+?1[-. ])?(?:\(\d{3}\)\s?|\d{3}[-. ])\d{3}[-. ]\d{4}(?!\d)"),
    re.compile(
        r"\b\d{1,5}\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w’]*\s+){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Ln|Lane|Dr|Drive|Ct|Court|Way|Pl|Place|Ter|Terrace|Hwy|Highway|Cir|Circle|Pkwy)\b\.?"
    ),
    re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"),
)
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DATES = (
    re.compile(
        rf"\b{_MONTH}\.?\s+(?:19|20)\d\d\b|\b\d{{1,2}}-{_MONTH}-\d{{2,4}}\b|\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\.?(?:,?\s+\d{{4}})?\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-](?:\d{2}){1,2}\b|\b\d{4}-\d{2}-\d{2}\b"),
    re.compile(r"\b(?:on|since|dated|from)\s+\d{1,2}/\d{1,4}\b", re.IGNORECASE),
    re.compile(r"\b(?:9\d|1[01]\d)[- ]?(?:y/?o|year[- ]old|yr[- ]old|years? old)\b", re.IGNORECASE),
)
_SURNAMED = re.compile(
    r"\b([A-Z][a-z’é]+)\s+(?:[A-Z]\.\s+)?(?:(?:Mc|Mac|O’|D’|De|Van |Von |Le)?[A-Z][a-zé’]+(?:-[A-Z][a-z]+)?|[A-Z]\.(?![A-Za-z]))"
)
_INITIALED = re.compile(r"\b([A-Z][a-zé]{2,})\s+[A-Z]\.(?=[\s,;:)?!’]|$)")
_SHORT = re.compile(
    r"\b([A-Z][a-zé]{2,})\s+[A-Z](?=[,;:)?!]|\s+(?:with|who|was|is|has|seen|admitted|at|on|from|presenting|dob|mrn|mr)\b|$)"
)
_TITLED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Miss|Prof)[.․]?\s+(?:[A-Z][\w’.-]*)(?:\s+[A-Z][\w’-]*\.?)?")
_NAMED = re.compile(
    r"\b(?:named|called|name is|name:|pt|patient|for|mother|father|son|daughter|wife|husband|female|male|woman|man|girl|boy|baby|infant|child|like|little)[,:]?\s+([A-Z][a-zé]{2,})\b(?!\s+(?:[A-Z]|disease|syndrome|score|criteria|scale|test))"
)
_ORG = (
    r"(?:Hospitals?|Clinics?|clinics?|Medical|Health|Healthcare|HealthCare|Centers?|Centre|Institute|University|Infirmary|Presbyterian|Hosp|Medicine|Memorial|General"
    r"|Office|Practice|Associates|Oncology|Cancer|Children’s|Physicians|Urgent|Care|ER|ED|Surgery|Rehab|Wellness)"
)
_PLACES = (
    re.compile(
        rf"\b(?:(?:St|Mt|Dr)[.․]?\s+)?(?:[A-Z][\w’.&-]*\s+(?:(?:and|of|the|at)\s+)?){{1,4}}{_ORG}(?:\s+(?:of\s+)?[A-Z][\w’-]*){{0,3}}"
    ),
    re.compile(
        r"\b(?:at|near|from|in|into|outside|visiting|(?:admitted|transferred|referred|taken|presented|sent|discharged) to)\s+(?:the (?=[A-Z][a-z]+ (?:area|region|suburbs)\b|Bronx\b))?((?:(?:St|Mt|Ft)[.․]?\s+)?[A-Z][\w’&-]*(?:[- ](?:[A-Z][\w’&-]*|of|and(?= [A-Z])))*)"
    ),
    re.compile(
        r"\b(?:our|the|my|their) ((?:[A-Z][\w’-]*\s+){1,3})(?:office|branch|clinic|location|campus|site|practice|hospital|ward|facility)\b"
    ),
    re.compile(r"\b(?:NYC|UCSF|UCLA|MGH|NYU|NYP|USC|UCSD|UPMC|VA hospital|BWH|CHOP|MSK|MSKCC|UNC|UAB|UVA)\b"),
)
_NO_PLACE = re.compile(
    r"(?:the\s+)?(?:Hispanic|African|Asian|Caucasian|Black|White|American|Latin[oax]?|Native|European|Indian|Chinese|Japanese|Korean|Jewish|Ashkenazi|Stage|Type|Grade|Class|Phase|Level"
    r"|COVID|GERD|PAD|COPD|CKD|HIV|AIDS|DVT|PE|AF|AFib|CHF|HF|MI|MS|ALS|RA|SLE|IBD|IBS|UTIs?|T[12]DM|ADHD|PTSD|ICU|NICU|ED|ER|OR|PACU|BMI|GFR|ESR|LDL|BP|A1c|HbA1c|MRI|CT|EKG|ECG|NSAIDs?|ACE|GI|ARBs?|SGLT2|GLP-1|DASH|US|USA|ASCO|ESMO|ASH|SABCS"
    r"|ASTRO|ACR|AHA|ACC|ADA|ACOG|USPSTF|CDC|FDA|NIH|WHO|NCCN|KDIGO|GOLD|GINA|JAMA|NEJM|Lancet|BMJ|Medicare|Medicaid|Twitter|X|Facebook|Instagram|LinkedIn|TikTok|YouTube|Google|Dr|Mr|Mrs|Ms|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|I|II|III|IV|English|Spanish)\b"
)


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    words = resources.table("data/post.toml")["words"]
    doubtful = frozenset(resources.table("data/reply.toml")["words"]["ambiguous_names"].split("|"))
    return (
        re.compile(words["health_context"], re.IGNORECASE),
        re.compile(rf"^(?:{words['eponyms']})\b", re.IGNORECASE),
        doubtful,
    )


def speaks_of_care(text: str) -> bool:
    """Whether a text holds words about a patient's care."""
    return bool(_words()[0].search(text))


def find(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the kind (number, contact, name, place, date) and place of each identifier in a text about care."""
    yield from _each("contact", _CONTACTS, text)
    yield from _each("number", _NUMBERS, text)
    yield from _each("date", _DATES, text)
    named = list(_names(text))
    yield from (("name", span) for span in named)
    yield from (("place", span) for span in _places(text, named))


def numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield numbers that belong to one person whatever the text is about: a social security or record number."""
    for pattern in _NUMBERS[:2]:
        for found in pattern.finditer(text):
            if re.search(
                r"ssn|social|mrn|record|member|account|policy|claim|insurance|\d{3}-\d{2}-\d{4}",
                found.group(),
                re.IGNORECASE,
            ):
                yield found.span()


def _each(
    kind: str, patterns: tuple[re.Pattern[str], ...], text: str
) -> Iterator[tuple[str, tuple[int, int]]]:
    for pattern in patterns:
        for found in pattern.finditer(text):
            value = found.group(found.lastindex or 0)
            if kind != "number" or not re.fullmatch(r"(?:19|20)\d\d|\d{1,2}", value):
                yield kind, found.span()


def _names(text: str) -> Iterator[tuple[int, int]]:
    _, eponym, doubtful = _words()
    for found in _SURNAMED.finditer(text):
        first, second = found.group(1).lower(), found.group().split()[-1]
        known = first in first_names() and (
            first not in doubtful
            or re.search(r"\b(?:named|called|patient|pt|for|,)\s*$", text[: found.start()][-20:])
        )
        if known and not eponym.match(found.group()) and not re.fullmatch(_ORG, second):
            yield found.span()
    for pattern in (_INITIALED, _SHORT):
        for found in pattern.finditer(text):
            if (
                not eponym.match(found.group(1))
                and not _NO_PLACE.match(found.group(1))
                and (pattern is _INITIALED or found.group(1).lower() in first_names())
            ):
                yield found.span()
    for found in _TITLED.finditer(text):
        yield found.span()
    for found in _NAMED.finditer(text):
        if found.group(1).lower() in first_names() and found.group(1).lower() not in doubtful:
            yield found.span(1)


_STUDY_AFTER = re.compile(
    r"\s*(?:clinical )?(?:trials?|stud(?:y|ies)|scores?|criteria|guidelines?|diet|registry)\b", re.IGNORECASE
)
_STUDY = re.compile(
    r"\b(?:Study|Trial|Score|Criteria|Guidelines?|Registry|Act)\b|^(?:the )?[A-Z-]{4,} clinic\b"
)


def _places(text: str, named: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    _, eponym, _ = _words()
    for pattern in _PLACES:
        for found in pattern.finditer(text):
            start, end = found.span(1) if found.lastindex else found.span()
            value = text[start:end]
            if _STUDY_AFTER.match(text[end:]) or _STUDY.search(value):
                continue
            if found.lastindex and (eponym.match(value) or _NO_PLACE.match(value)):
                continue
            if found.lastindex and any(start < one_end and one_start < end for one_start, one_end in named):
                continue
            yield start, end

"""How a biography names a person, what she does and where; plain words, nothing that praises."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from reputation.render import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reputation.model import PersonName

PHYSICIAN = frozenset({"MD", "DO", "MBBS", "MBCHB", "MBBCH", "BMBS"})
DOCTOR = PHYSICIAN | {"PHD", "DPM", "DDS", "DMD", "OD", "DC", "PHARMD", "PSYD", "DPT", "AUD", "SCD", "DRPH"}
NURSING = frozenset({"NP", "FNP", "APRN", "CRNP", "DNP", "PA", "PAC", "RN", "CNM", "CRNA"})
_LINKING = frozenset({"and", "of", "in", "the", "for", "with", "&"})
_EPONYMS = frozenset(
    [
        "Alzheimer",
        "Barrett",
        "Burkitt",
        "Crohn",
        "Cushing",
        "Down",
        "Ehlers",
        "Ewing",
        "Graves",
        "Hashimoto",
        "Hirschsprung",
        "Hodgkin",
        "Huntington",
        "Kaposi",
        "Lyme",
        "Lynch",
        "Marfan",
        "Meniere",
        "Merkel",
        "Mohs",
        "Paget",
        "Parkinson",
        "Tourette",
        "Turner",
        "Waldenstrom",
        "Whipple",
        "Wilms",
        "African",
        "American",
        "Asian",
        "Black",
        "English",
        "French",
        "German",
        "Hispanic",
        "Indigenous",
        "Latina",
        "Latino",
        "Spanish",
        "Medicaid",
        "Medicare",
    ]
)
_PROFESSION = {
    "NP": "nurse practitioner", "FNP": "nurse practitioner", "APRN": "nurse practitioner",
    "CRNP": "nurse practitioner", "DNP": "nurse practitioner", "PA": "physician assistant",
    "PAC": "physician assistant", "RN": "registered nurse", "CNM": "nurse midwife",
    "CRNA": "nurse anesthetist", "PHARMD": "pharmacist", "PSYD": "psychologist", "DDS": "dentist",
    "DMD": "dentist", "DPM": "podiatrist", "OD": "optometrist", "DPT": "physical therapist",
    "PT": "physical therapist", "LCSW": "clinical social worker", "RD": "dietitian",
    "DC": "chiropractor", "AUD": "audiologist",
}  # fmt: skip
_PRACTITIONER = {
    "family medicine": "family physician",
    "family practice": "family physician",
    "internal medicine": "internist",
    "emergency medicine": "emergency physician",
    "hospitalist": "hospitalist",
    "pediatrics": "pediatrician",
    "geriatrics": "geriatrician",
    "geriatric medicine": "geriatrician",
    "obstetrics": "obstetrician",
    "orthopedics": "orthopedist",
    "psychiatry": "psychiatrist",
    "allergy": "allergist",
    "general practice": "general practitioner",
    "preventive medicine": "preventive medicine physician",
    "sports medicine": "sports medicine physician",
    "palliative medicine": "palliative medicine physician",
    "palliative care": "palliative care physician",
}
_A_PERSON = re.compile(r"(ist|ian|surgeon|physician|practitioner|nurse|assistant|midwife|dentist)$")


@lru_cache(maxsize=4096)
def tidy(text: str | None) -> str:
    """Return `text` on one line, without what cannot be seen."""
    return " ".join(clean(text or "").split())


def listed(items: Sequence[str]) -> str:
    """Return `a`, `a and b` or `a, b and c`; `a; b, b; and c` where an item holds a comma."""
    if len(items) < 2:
        return "".join(items)
    if len(items) > 2 and any("," in item for item in items):
        return f"{'; '.join(items[:-1])}; and {items[-1]}"
    return f"{', '.join(items[:-1])} and {items[-1]}"


def ended(sentence: str) -> str:
    """Return `sentence` with a full stop, unless it ends as a sentence does."""
    bare = sentence.rstrip()
    return bare if re.search(r"[.!?…。！？]['\"”’)\]]*$", bare) else f"{bare}."


def capital(text: str) -> str:
    """Return `text` with its first letter large."""
    return text[:1].upper() + text[1:]


def letters(credential: str) -> str:
    """Return a credential as it is compared: capitals without dots, `PH.D.` as `PHD`."""
    return re.sub(r"[^A-Z]", "", credential.upper())


def is_doctor(name: PersonName) -> bool:
    """Whether to call her Dr.: a doctoral degree, but not a nurse's or assistant's, whom states forbid the title."""
    held = {letters(credential) for credential in name.credentials}
    return bool(held & PHYSICIAN) or bool(held & DOCTOR and not held & NURSING)


@lru_cache(maxsize=4096)
def full_name(name: PersonName, *, middle: bool = True, credentials: int | None = None) -> str:
    """Return the name as printed, with the first `credentials` of the credentials (None: all)."""
    middle_name = tidy(name.middle)
    if len(middle_name) == 1 and middle_name.isascii():
        middle_name += "."
    parts = [tidy(name.given), middle_name if middle else "", tidy(name.family), tidy(name.suffix)]
    kept = [tidy(one) for one in name.credentials[:credentials] if tidy(one)]
    return ", ".join([" ".join(part for part in parts if part), *kept])


def name_ladder(name: PersonName) -> list[str]:
    """Return the name in every length, longest first; never cut inside a word or a credential."""
    degrees = range(len(name.credentials), -1, -1)
    forms = [full_name(name, credentials=n) for n in degrees]
    forms += [full_name(name, middle=False, credentials=n) for n in degrees]
    family = tidy(name.family)
    if is_doctor(name):
        forms.append(f"Dr. {family}")
    initial = tidy(name.given)[:1]
    forms += [f"{initial}. {family}" if initial.isalpha() and initial.isascii() else family, family]
    return sorted(dict.fromkeys(form for form in forms if form), key=lambda form: -len(form))


def short_name(name: PersonName) -> str:
    """Return how later sentences call her: `Dr. Roe`, or the plain name where no doctorate stands."""
    if is_doctor(name):
        return f"Dr. {tidy(name.family)}"
    return f"{tidy(name.given)} {tidy(name.family)}".strip()


def possessive(name: str) -> str:
    """Return `Dr. Roe's`."""
    return f"{name}'s"


@lru_cache(maxsize=4096)
def lower(label: str) -> str:
    """Return a label in small letters inside a sentence; abbreviations and people's names keep theirs.

    A phrase that is not written with capitals throughout is taken to mean those that it has.
    """
    parts = label.split()
    titled = all(part[:1].isupper() or not part[:1].isalpha() or part in _LINKING for part in parts)
    words = [
        part if _keeps_capitals(part) or not (titled or n == 0) else part.lower()
        for n, part in enumerate(parts)
    ]
    return " ".join(words).replace(" & ", " and ")


def _keeps_capitals(word: str) -> bool:
    bare = re.sub(r"[^\w]", "", word.removesuffix("'s").removesuffix("’s"))
    inner = len(bare) > 1 and any(letter.isupper() for letter in bare[1:])
    return inner or word.endswith(("'s", "’s")) or re.split(r"\W", word)[0] in _EPONYMS


@lru_cache(maxsize=4096)
def role(name: PersonName, label: str) -> str:
    """Return what she is in a sentence, from a specialty's label and her credentials.

    Only a physician is told as an -ist of her field; a nurse practitioner in oncology is no oncologist.
    NUCC's labels name the group first (`Internal Medicine, Medical Oncology`): the last part counts.
    """
    field = tidy(re.split(r"[,:/]| - ", tidy(label))[-1]) or tidy(label)
    text = lower(field)
    held = {letters(credential) for credential in name.credentials}
    if held & PHYSICIAN:
        return _practitioner(text)
    profession = next(
        (_PROFESSION[one] for one in map(letters, name.credentials) if one in _PROFESSION), None
    )
    if _A_PERSON.search(text):
        return text
    if profession and lower(tidy(label)).startswith(profession):
        return profession if text == profession else f"{text} {profession}"
    return f"{profession} in {text}" if profession else f"clinician in {text}"


def _practitioner(text: str) -> str:
    if _A_PERSON.search(text):
        return text
    parts = [_one_practitioner(part) for part in re.split(r"\s+and\s+", text)]
    if all(parts):
        return " and ".join(part for part in parts if part)
    return f"physician in {text}"


def _one_practitioner(text: str) -> str | None:
    if text in _PRACTITIONER:
        return _PRACTITIONER[text]
    if text.endswith("ology"):
        return f"{text[:-1]}ist"
    if text.endswith("surgery"):
        return f"{text[: -len('surgery')]}surgeon"
    if text.endswith(("psychiatry", "pediatrics")):
        head, _, last = text.rpartition(" ")
        return f"{head} {_PRACTITIONER[last]}".strip() if last in _PRACTITIONER else None
    return None


def article(text: str) -> str:
    """Return `a` or `an` for what follows."""
    first = text[:1].lower()
    if first == "u":
        return "an" if re.match(r"(?i)u(?!ni|ro|s)", text) else "a"
    return "an" if first in "aeio" else "a"


_TAKES_THE = re.compile(
    r"(?i)^(?!the\b)(?:(?:american|european|international|national|royal)\s+\S|(?:.*\s)?(?:society|association|college|academy"
    r"|board|federation|council|alliance)\b)"
)


def with_article(name: str) -> str:
    """Return a body's name as a sentence takes it: `the American Board of Surgery`, but ASCO."""
    return f"the {name}" if _TAKES_THE.match(name) else name


_NOT_DECOMPOSED = {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "Ae"}


def in_ascii(text: str) -> str:
    """Return the ASCII letters and digits of `text`, diacritics folded; empty for other scripts."""
    plain = "".join(_NOT_DECOMPOSED.get(letter, letter) for letter in text)
    folded = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum())

"""What profile.toml and sources.toml may hold: pydantic tables, strict and complete in their complaints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from reputation import normalize
from reputation.config.toml import did_you_mean, line_of
from reputation.errors import Problem
from reputation.model import Access, Category, Control, Proved

ALIASES = {"is_self": "self"}


class Table(BaseModel):
    """A TOML table in which an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; leave the key out where it is unknown")
    return text.strip()


def _npi(text: str) -> str:
    if not re.fullmatch(r"\d{10}", text):
        raise ValueError(f'"{text}" is not an NPI; write its ten digits in quotes')
    if not normalize.npi_is_valid(text):
        raise ValueError(
            f'"{text}" is not an NPI: its check digit is wrong; look it up at npiregistry.cms.hhs.gov'
        )
    return text


def _orcid(text: str) -> str:
    bare = text.removeprefix("https://orcid.org/").removeprefix("http://orcid.org/")
    if not normalize.orcid_is_valid(bare):
        raise ValueError(f'"{text}" is not an ORCID iD; write it as "0000-0002-1825-0097"')
    return bare


def _phone(text: str) -> str:
    digits = sum(character.isdigit() for character in text)
    if not 7 <= digits <= 20 or re.search(r"[@/<>]", text):  # other countries' numbers are welcome
        raise ValueError(f'"{text}" is not a telephone number; write it as "617-555-0134"')
    return text


def _state(text: str) -> str:
    code = normalize.state_code(text)
    if code is None and len(text.strip()) <= 2:
        raise ValueError(f'"{text}" is not a state; write its two letters, such as "MA"')
    return code or _filled(text)  # a province or region of another country stays as written


def _postal_code(text: str) -> str:
    american = re.fullmatch(r"\d{5}(-?\d{4})?|\d{6}", text)
    foreign = re.fullmatch(r"(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9 -]{2,9}", text)
    if not american and not foreign:
        raise ValueError(f'"{text}" is not a ZIP code; write it in quotes as "02115" or "02115-1234"')
    return text


def _url(text: str) -> str:
    if not re.match(r"https?://[^\s/@]+\.?[^\s/@]*(/|$|\?|#|:)", text):
        raise ValueError(
            f'"{text}" is not a web address; write it whole, such as "https://example.org/jane-roe"'
        )
    return text


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", text):
        raise ValueError(f'"{text}" is not an e-mail address')
    return text


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        raise ValueError(f'"{value}" is text; write a date without quotes, such as 2024-07-01')  # noqa: TRY004
    return value


Text = Annotated[str, AfterValidator(_filled)]
Npi = Annotated[str, AfterValidator(_npi)]
Orcid = Annotated[str, AfterValidator(_orcid)]
Phone = Annotated[str, AfterValidator(_phone)]
State = Annotated[str, AfterValidator(_state)]
PostalCode = Annotated[str, AfterValidator(_postal_code)]
Url = Annotated[str, AfterValidator(_url)]
Email = Annotated[str, AfterValidator(_email)]
Day = Annotated[date, BeforeValidator(_day)]
Texts = list[Text]


class RightTable(Table):
    """By what right the audit is made."""

    is_self: bool = Field(default=False, alias="self")
    delegate_of: Text | None = None
    consented_on: Day | None = None

    @model_validator(mode="after")
    def _one_right(self) -> RightTable:
        if self.is_self and self.delegate_of:
            raise ValueError("holds both `self` and `delegate_of`; keep the one that is true")
        if not self.is_self and not self.delegate_of:
            raise ValueError('write `self = true`, or `delegate_of = "…"` with the date `consented_on`')
        if self.delegate_of and not self.consented_on:
            raise ValueError("a delegate needs the date of consent; write `consented_on = 2026-01-31`")
        return self


class NameTable(Table):
    """The clinician's name."""

    given: Text
    family: Text
    middle: Text | None = None
    suffix: Text | None = None
    credentials: Texts = Field(default_factory=list)
    former: Texts = Field(default_factory=list)
    nicknames: Texts = Field(default_factory=list)


class IdsTable(Table):
    """Identifiers."""

    npi: Npi | None = None
    orcid: Orcid | None = None


class PersonalTable(Table):
    """Facts of the person."""

    gender: Text | None = None
    photo_url: Url | None = None
    email: Email | None = None


class SpecialtyTable(Table):
    """A specialty."""

    label: Text
    taxonomy_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{9}X$")] | None = None


class LocationTable(Table):
    """A place of practice."""

    name: Text | None = None
    street: Text | None = None
    suite: Text | None = None
    city: Text | None = None
    state: State | None = None
    postal_code: PostalCode | None = None
    phone: Phone | None = None
    fax: Phone | None = None
    hours: Text | None = None
    accepting_new_patients: bool | None = None


class Period(Table):
    """Something that began and may have ended."""

    since: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"`since` {self.since} is later than `until` {self.until}")
        return self


class AffiliationTable(Period):
    """An employer, hospital or university."""

    name: Text
    short_names: Texts = Field(default_factory=list)
    title: Text | None = None


class LicenseTable(Table):
    """A licence."""

    state: State
    number: Text | None = None


class CertificationTable(Table):
    """A board certification."""

    board: Text
    specialty: Text | None = None
    since: Day | None = None


class EducationTable(Table):
    """A school or residency."""

    institution: Text
    degree: Text | None = None
    year: Annotated[int, Field(ge=1920, le=2100)] | None = None


class OwnProfileTable(Table):
    """A page that she owns or controls."""

    url: Url
    platform: Text | None = None
    control: Literal["owned", "controlled"] = Control.CONTROLLED.value
    purpose: Literal["professional", "personal"] = "professional"


class DisclosureTable(Period):
    """A conflict of interest."""

    what: Text


class BioTable(Table):
    """What the biography needs."""

    statement: Text | None = None
    interests: Texts = Field(default_factory=list)
    disclosures: list[DisclosureTable] = Field(default_factory=list)
    views_are_my_own: bool = False
    identity_strategy: Literal["separate", "integrated"] | None = None


class PolicyTable(Table):
    """The institution's policy."""

    institution_url: Url | None = None
    date_read: Day | None = None
    contact: Text | None = None
    second_person: bool = True
    cooling_off_h: Annotated[int, Field(ge=1, le=168)] = 24


class PracticeTable(Table):
    """The practice."""

    name: Text | None = None
    logo: Text | None = None
    recipients: list[Email] = Field(default_factory=list)


class SentimentTable(Table):
    """How sentiment is judged."""

    model: Literal["lexicon", "ngram"] | None = None


class PageOneTable(Table):
    """How the attention that each place of a results page gets is counted."""

    exposure: Literal["dcg", "reciprocal", "backlinko_2019", "sistrix_2020"] | None = None


class ConfirmationTable(Table):
    """Where a fact came from and when it was confirmed."""

    as_of: Day | None = None
    source: Text | None = None
    confirmed_on: Day | None = None


class ProfileTable(Table):
    """The whole of profile.toml."""

    right: RightTable
    name: NameTable
    ids: IdsTable = Field(default_factory=IdsTable)
    personal: PersonalTable = Field(default_factory=PersonalTable)
    specialties: list[SpecialtyTable] = Field(default_factory=list)
    locations: list[LocationTable] = Field(default_factory=list)
    affiliations: list[AffiliationTable] = Field(default_factory=list)
    licenses: list[LicenseTable] = Field(default_factory=list)
    certifications: list[CertificationTable] = Field(default_factory=list)
    education: list[EducationTable] = Field(default_factory=list)
    profiles: list[OwnProfileTable] = Field(default_factory=list)
    memberships: Texts = Field(default_factory=list)
    websites: list[Url] = Field(default_factory=list)
    languages: Texts = Field(default_factory=list)
    insurance: Texts = Field(default_factory=list)
    bio: BioTable = Field(default_factory=BioTable)
    policy: PolicyTable = Field(default_factory=PolicyTable)
    practice: PracticeTable = Field(default_factory=PracticeTable)
    sentiment: SentimentTable = Field(default_factory=SentimentTable)
    page_one: PageOneTable = Field(default_factory=PageOneTable)
    confirmed: dict[str, ConfirmationTable] = Field(default_factory=dict)


class SourceTable(Table):
    """One table of sources.toml."""

    title: Text
    category: Annotated[Category, BeforeValidator(lambda word: _word(word, Category))]
    access: Annotated[Access, BeforeValidator(lambda word: _word(word, Access))]
    adapter: Text
    base_url: Url | None = None
    key_env: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")] | None = None
    terms: Text | None = None
    terms_checked: Day | None = None
    pause_s: Annotated[float, Field(ge=0, le=3600)] = 1.0
    max_requests: Annotated[int, Field(ge=0)] = 20
    authority: Texts = Field(default_factory=list)
    retention: Literal["keep", "id_only", "none"] = "keep"
    proved: Annotated[Proved, BeforeValidator(lambda word: _word(word, Proved))] = Proved.UNPROVED
    enabled: bool = True
    retired_on: Day | None = None
    replaced_by: Text | None = None
    engine: Text | None = None
    options: dict[str, Any] = Field(default_factory=dict)


class NetworkTable(Table):
    """How the web is reached from here: `[network]` of the workspace's sources.toml."""

    proxy: Url | None = None
    ca_file: Text | None = None


def _word(value: Any, words: type[Category | Access | Proved]) -> Any:
    known = [word.value for word in words]
    if value not in known:
        raise ValueError(f'"{value}" is not one of: {", ".join(known)}')
    return words(value)


PLAIN = {
    "missing": "is missing and is needed",
    "string_type": "must be text in double quotes",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number without quotes",
    "float_type": "must be a number without quotes",
    "list_type": 'must be a list, such as ["…"]',
    "date_type": "must be a date without quotes, such as 2024-07-01",
    "dict_type": "must be a table",
    "model_type": "must be a table, such as [name]",
}


def problems_in(
    error: ValidationError, file: Path, text: str, table: type[Table], above: Sequence[str] = ()
) -> list[Problem]:
    """Return every mistake that pydantic found in `file`, each with its line and what to write instead."""
    return [_problem(detail, file, text, table, above) for detail in error.errors(include_url=False)]


def _problem(
    detail: ErrorDetails, file: Path, text: str, table: type[Table], above: Sequence[str]
) -> Problem:
    location = tuple(ALIASES.get(str(part), part) for part in detail["loc"])
    location = tuple(part for part in location if not str(part).startswith(("function-", "literal")))
    where = (*above, *location)
    return Problem(
        file=file,
        line=line_of(text, where),
        key=".".join(map(str, where)),
        what=_what(detail, table, location),
    )


def _what(detail: ErrorDetails, table: type[Table], location: tuple[str | int, ...]) -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown(table, location)
    if kind == "literal_error":
        return f"{_shown(detail['input'])} is not one of: {detail['ctx']['expected']}"
    if kind == "string_pattern_mismatch":
        return f"{_shown(detail['input'])} has the wrong form; the pattern is {detail['ctx']['pattern']}"
    if kind == "greater_than_equal":
        return f"{_shown(detail['input'])} is too small; write {detail['ctx']['ge']:g} or more"
    if kind == "less_than_equal":
        return f"{_shown(detail['input'])} is too large; write {detail['ctx']['le']:g} or less"
    return PLAIN.get(kind) or detail["msg"].removeprefix("Value error, ")


def _unknown(table: type[Table], location: tuple[str | int, ...]) -> str:
    word = str(location[-1])
    if len(location) > 1 and word in table.model_fields and _is_list(table, word):
        return f"`{word}` stands inside [{location[0]}]; move the line above the first [table]"
    parent: type[Table] | None = table
    for part in location[:-1]:
        if isinstance(part, str) and parent is not None:
            parent = _inner(parent, part)
    known = [] if parent is None else [ALIASES.get(name, name) for name in parent.model_fields]
    return f"`{word}` is not a key here{did_you_mean(word, known)}"


def _is_list(table: type[Table], name: str) -> bool:
    return str(table.model_fields[name].annotation).startswith("list[")


def _inner(table: type[Table], name: str) -> type[Table] | None:
    found = table.model_fields.get(name)
    kinds = [found.annotation, *getattr(found.annotation, "__args__", ())] if found else []
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Table)), None)


def _shown(value: Any) -> str:
    text = repr(value) if not isinstance(value, str) else f'"{value}"'
    return text if len(text) <= 60 else f"{text[:57]}…"

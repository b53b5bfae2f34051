"""The platforms that a biography is told for; `data/platforms.toml`."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache

from reputation import resources
from reputation.errors import UsageError
from reputation.model import BioUnit, Trust

_TRUST = {"yes": Trust.VERIFIED, "secondary": Trust.SECONDARY, "no": Trust.UNVERIFIED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One field of a platform; `limit` None where nobody published one."""

    platform: str
    name: str
    unit: BioUnit | None
    """How the platform counts; None for a field that takes no free text."""
    limit: int | None = None
    limit_bytes: int | None = None
    """A second limit in UTF-8 bytes; both must be kept."""
    target: int | None = None
    """The length to aim at where the limit is unknown."""
    tells: str | None = None
    """What goes into it: bio, name, handle, headline, place …; None for nothing of a biography."""
    format: str = "plain"
    url: str | None = None
    trust: Trust = Trust.UNVERIFIED
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Platform:
    """A place where the clinician can be present."""

    id: str
    title: str
    category: str
    person: str
    """first or third: in which person its biographies are written."""
    main: str | None
    """The field that holds the biography; None where the platform is built from records."""
    fields: tuple[Field, ...]
    sources: tuple[str, ...]
    """Ids of the sources, with underscores, whose mentions show this platform's page."""
    hosts: tuple[str, ...]
    form: str | None
    """Where it is edited, where that is not the address of the field; empty where there is no form."""
    contact: bool
    """Whether its biographies tell where and how to reach the practice; an introduction or an ORCID record do not."""

    def edit_url(self, field: Field) -> str | None:
        """Return where `field` is edited, as far as is known."""
        return field.url if self.form is None else self.form or None

    def field(self, name: str | None = None) -> Field:
        """Return the field called `name`, or the one for the biography.  Raises UsageError."""
        wanted = name or self.main or self.fields[0].name
        for field in self.fields:
            if field.name == wanted:
                return field
        known = ", ".join(field.name for field in self.fields)
        raise UsageError(f"{self.id} has no field {wanted!r}; it has {known}")


@cache
def platforms() -> tuple[Platform, ...]:
    """Return every platform, in the order of the file."""
    return tuple(_read(name, table) for name, table in resources.table("data/platforms.toml").items())


def platform(name: str) -> Platform:
    """Return the platform with the id `name`.  Raises UsageError, with what may have been meant."""
    known = {entry.id: entry for entry in platforms()}
    if name in known:
        return known[name]
    close = difflib.get_close_matches(name.lower().replace("-", "_"), known, n=1)
    hint = f"did you mean {close[0]}?" if close else "see `repaudit bio` for the list"
    raise UsageError(f"there is no platform {name!r}; {hint}")


def _read(name: str, table: dict[str, object]) -> Platform:
    fields = table["fields"]
    assert isinstance(fields, dict)
    return Platform(
        id=name,
        title=str(table["title"]),
        category=str(table["category"]),
        person=str(table["person"]),
        main=str(table["main"]) if "main" in table else None,
        fields=tuple(_read_field(name, field, entry) for field, entry in fields.items()),
        sources=_words(table.get("sources")) or (name,),
        hosts=_words(table.get("hosts")),
        form=str(table["form"]) if "form" in table else None,
        contact=bool(table.get("contact", True)),
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _read_field(platform_id: str, name: str, entry: dict[str, object]) -> Field:
    def whole(key: str) -> int | None:
        value = entry.get(key)
        return value if isinstance(value, int) else None

    def words(key: str) -> str | None:
        value = entry.get(key)
        return value if isinstance(value, str) else None

    count = words("count")
    return Field(
        platform=platform_id,
        name=name,
        unit=BioUnit(count) if count else None,
        limit=whole("limit"),
        limit_bytes=whole("limit_bytes"),
        target=whole("target"),
        tells=words("tells"),
        format=words("format") or "plain",
        url=words("url"),
        trust=_TRUST[words("verified") or "no"],
        note=words("note"),
    )

"""ORCID: her own record and works by iD, and everybody of her name who has an iD.

Source: https://info.orcid.org/documentation/api-tutorials/ (public API, version 3.0; for non-commercial use).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.replies import (
    Row,
    at,
    items,
    must_rows,
    plain,
    read_object,
    rows,
    text,
    web,
)
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for her record where the iD is known, its works being a second step, and for people of her name."""
    if profile.ids.orcid:
        yield get(source, f"/{profile.ids.orcid}/person")
    query = f'given-names:"{profile.name.given}" AND family-name:"{profile.name.family}"'
    yield get(source, "/expanded-search/", {"q": query, "rows": 25})


def parse(source: Source, capture: Capture) -> Iterator[Mention | Request]:
    """Yield a profile a person, whose works are asked for next, or an article a work."""
    reply = read_object(capture)
    if "response-code" in reply:
        said = text(reply.get("developer-message")) or "an error"
        raise Unreadable(f'ORCID says "{said}"; check ids.orcid in the profile')
    if "expanded-result" in reply:
        yield from (_found(source, row) for row in must_rows(reply, "expanded-result"))
    elif "result" in reply:
        yield from (_found(source, row.get("orcid-identifier") or row) for row in must_rows(reply, "result"))
    elif "group" in reply:
        yield from _works(source, reply, capture.request.variant)
    elif "name" in reply and "path" in reply:
        person = _person(source, reply)
        yield person
        path = person.url.removeprefix("https://orcid.org")
        yield get(source, f"{path}/works", variant=next(iter(person.claimed("name")), None))
    else:
        raise Unreadable("the reply is no record, work list or search of ORCID; it may have changed its form")


def _found(source: Source, row: Row) -> Mention:
    ident = text(row.get("orcid-id") or row.get("path"))
    if ident is None:
        raise Unreadable("a person in the reply has no iD; ORCID may have changed its form")
    name = " ".join(filter(None, (text(row.get("given-names")), text(row.get("family-names")))))
    facts: list[Fact] = [("name", name), ("orcid", ident)]
    facts += [("alternate_name", text(other)) for other in items(row, "other-name")]
    facts += [("affiliation", text(place)) for place in items(row, "institution-name")]
    return mention(
        source,
        Kind.PROFILE,
        f"https://orcid.org/{ident}",
        name or f"ORCID iD {ident}",
        site_id=ident,
        facts=facts,
    )


def _person(source: Source, reply: Row) -> Mention:
    ident = (text(reply.get("path")) or "").strip("/").split("/")[0]
    given, family = text(at(reply, "name.given-names.value")), text(at(reply, "name.family-name.value"))
    name = text(at(reply, "name.credit-name.value")) or " ".join(filter(None, (given, family)))
    facts: list[Fact] = [("name", name), ("orcid", ident)]
    facts += [
        ("alternate_name", text(row.get("content"))) for row in rows(reply.get("other-names"), "other-name")
    ]
    facts += [
        ("url", web(at(row, "url.value"))) for row in rows(reply.get("researcher-urls"), "researcher-url")
    ]
    facts += [("knows_about", text(row.get("content"))) for row in rows(reply.get("keywords"), "keyword")]
    said = plain(at(reply, "biography.content"))
    return mention(
        source,
        Kind.PROFILE,
        f"https://orcid.org/{ident}",
        name or f"ORCID iD {ident}",
        site_id=ident,
        text=said,
        facts=facts,
    )


def _works(source: Source, reply: Row, name: str | None) -> Iterator[Mention]:
    """Yield a work each, with the iD and the name of the record that lists it, since the list names no authors."""
    ident = (text(reply.get("path")) or "").strip("/").split("/")[0]
    for group in must_rows(reply, "group"):
        work = at(group, "work-summary.0")
        if not isinstance(work, dict):
            continue
        doi = next(
            (
                text(at(i, "external-id-value"))
                for i in rows(work.get("external-ids"), "external-id")
                if i.get("external-id-type") == "doi"
            ),
            None,
        )
        code = text(work.get("put-code"))
        url = web(at(work, "url.value")) or (
            f"https://doi.org/{doi}" if doi else f"https://orcid.org/{ident}"
        )
        date = [text(at(work, f"publication-date.{part}.value")) for part in ("year", "month", "day")]
        yield mention(
            source,
            Kind.ARTICLE,
            url,
            plain(at(work, "title.title.value")) or f"Work {code}",
            site_id=f"{ident}-{code}",
            date_published="-".join(filter(None, date)) or None,
            facts=[
                ("co_author", name),
                ("orcid", ident),
                ("journal", text(at(work, "journal-title.value"))),
                ("doi", doi),
                ("publication_type", text(work.get("type"))),
            ],
        )

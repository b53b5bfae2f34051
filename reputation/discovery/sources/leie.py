"""OIG's List of Excluded Individuals/Entities: the whole public file, asked for one NPI.

Source: https://oig.hhs.gov/exclusions/exclusions_list.asp.  Only about one row in ten carries an NPI, so that no hit proves
little, and a hit is "the list holds a record with this NPI", to be verified at https://exclusions.oig.hhs.gov/.  Names alone are
never a hit; dates of birth and home addresses of the file are not read.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from reputation import normalize
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import npi_of
from reputation.discovery.sources.replies import refusal, text
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

PAGE = "https://exclusions.oig.hhs.gov/"
_COLUMNS = [
    "LASTNAME",
    "FIRSTNAME",
    "MIDNAME",
    "BUSNAME",
    "GENERAL",
    "SPECIALTY",
    "UPIN",
    "NPI",
    "DOB",
    "ADDRESS",
    "CITY",
    "STATE",
    "ZIP",
    "EXCLTYPE",
    "EXCLDATE",
    "REINDATE",
    "WAIVERDATE",
    "WVRSTATE",
]


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask for the file; the NPI to look for is the request's context and is not sent."""
    yield get(source, "/UPDATED.csv", headers=(("Accept", "text/csv"),), context=npi_of(profile))


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield the records with the NPI asked for; of a file without a question, all that carry an NPI.

    Raises:
        Unreadable: the file is cut off or has other columns; it then clears nobody.
    """
    if capture.status >= 400:
        raise refusal(capture.status, "")
    wanted = capture.request.context
    for row in _rows(capture.body):
        npi = row["NPI"].strip()
        if (npi == wanted) if wanted else normalize.npi_is_valid(npi):
            name = _name(row)
            yield mention(
                source,
                Kind.RECORD,
                PAGE,
                f"The list of excluded individuals holds a record with this NPI: {name}",
                site_id=f"{npi}-{row['EXCLDATE']}",
                text="To be verified with OIG at https://exclusions.oig.hhs.gov/; this is no screening and no legal advice.",
                date_published=_date(row["EXCLDATE"]),
                facts=_facts(row, npi, name),
            )


def _rows(body: bytes) -> Iterator[dict[str, str]]:
    try:
        table = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        table = body.decode("latin-1")
    lines = csv.reader(StringIO(table))
    header = [name.strip() for name in next(lines, [])]
    if header != _COLUMNS:
        raise Unreadable("the file is not the list of exclusions with its 18 columns; it clears nobody")
    try:
        for line in lines:
            if len(line) != len(_COLUMNS):
                raise Unreadable(
                    "the list of exclusions is cut off or damaged; it clears nobody, ask again later"
                )
            yield dict(zip(_COLUMNS, line, strict=True))
    except csv.Error as error:
        raise Unreadable(
            f"the list of exclusions is damaged ({error}); it clears nobody, ask again later"
        ) from None


def _name(row: dict[str, str]) -> str:
    parts = filter(None, (text(row[part]) for part in ("FIRSTNAME", "MIDNAME", "LASTNAME")))
    return " ".join(parts) or text(row["BUSNAME"]) or "without a name"


def _facts(row: dict[str, str], npi: str, name: str) -> list[Fact]:
    return [
        ("name", name),
        ("npi", npi),
        ("specialty", text(row["SPECIALTY"])),
        ("address_locality", text(row["CITY"])),
        ("address_region", text(row["STATE"])),
        ("exclusion_type", text(row["EXCLTYPE"])),
        ("exclusion_date", _date(row["EXCLDATE"])),
        ("reinstatement_date", _date(row["REINDATE"])),
        ("waiver_date", _date(row["WAIVERDATE"])),
        ("waiver_state", text(row["WVRSTATE"])),
    ]


def _date(digits: str) -> str | None:
    if len(digits) != 8 or not digits.isdigit() or digits == "00000000":
        return None
    return normalize.iso_date(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")

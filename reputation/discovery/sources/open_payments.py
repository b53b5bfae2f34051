"""CMS Open Payments: what manufacturers reported to have given her, a record a programme year.

Source: https://openpaymentsdata.cms.gov/about/api.  A payment is legal and common; it is shown with its context, to her alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reputation.discovery.adapters import Skip
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.cms_clinicians import rows_of, where
from reputation.discovery.sources.mentions import Fact, mention
from reputation.discovery.sources.person import npi_of
from reputation.discovery.sources.replies import Row, distinct, number, text
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source

PAGE = "https://openpaymentsdata.cms.gov/search/physicians/by-name-and-location"
_MAKER = "applicable_manufacturer_or_applicable_gpo_making_payment_name"
_AMOUNT = "total_amount_of_payment_usdollars"
_NATURE = "nature_of_payment_or_transfer_of_value"
_LIMIT = 500


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask each year's data set of general payments for her NPI."""
    npi = npi_of(profile)
    datasets = source.options.get("datasets") or ()
    if not datasets:
        raise Skip("no options.datasets; name a year's data set in sources.toml under [open-payments]")
    for dataset in datasets:
        params = where("covered_recipient_npi", npi, _LIMIT)
        yield get(source, f"/datastore/query/{dataset['id']}/0", params)


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a record a person and year: how many payments, how much in all (US dollars), from whom, for what."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows_of(capture):
        npi, year = text(row.get("covered_recipient_npi")), text(row.get("program_year"))
        if npi and year:
            groups.setdefault((npi, year), []).append(row)
    for (npi, year), own in groups.items():
        total = sum(number(row.get(_AMOUNT)) or 0.0 for row in own)
        more = " or more" if len(own) >= _LIMIT else ""
        title = f"Open Payments {year}: {len(own)}{more} payments, ${total:,.2f}{more}"
        facts = _facts(npi, year, total, own)
        yield mention(
            source, Kind.RECORD, PAGE, title, site_id=f"{npi}-{year}", date_published=year, facts=facts
        )


def _facts(npi: str, year: str, total: float, own: list[Row]) -> Iterator[Fact]:
    first = own[0]
    parts = (first.get(f"covered_recipient_{part}_name") for part in ("first", "middle", "last"))
    yield "name", " ".join(filter(None, map(text, parts)))
    yield "npi", npi
    yield "program_year", year
    yield "payment_total", f"{total:.2f}"
    makers: dict[str, float] = {}
    for row in own:
        maker = text(row.get(_MAKER)) or "not named"
        makers[maker] = makers.get(maker, 0.0) + (number(row.get(_AMOUNT)) or 0.0)
    for maker, amount in sorted(makers.items(), key=lambda item: (-item[1], item[0])):
        yield "payer", f"{maker}: ${amount:,.2f}"
    for nature in distinct(text(row.get(_NATURE)) for row in own):
        yield "payment_nature", nature

"""One spelling for everything that is compared: text, phones, addresses, URLs, dates, identifiers.

Every function is pure, and idempotent where it gives back what it takes.  The door to phonenumbers,
usaddress, w3lib, tldextract and dateparser, which are imported on first use.
"""

from __future__ import annotations

from reputation.normalize.addresses import (
    Address,
    address,
    postal_code,
    same_street,
    same_unit,
    state_code,
)
from reputation.normalize.dates import iso_date
from reputation.normalize.ids import npi_is_valid, orcid_is_valid
from reputation.normalize.institutions import institution_words, stands_in
from reputation.normalize.phones import phone, phones_in
from reputation.normalize.text import fold, initials
from reputation.normalize.urls import canonical_url, host, mention_key, site

__all__ = [
    "Address",
    "address",
    "canonical_url",
    "fold",
    "host",
    "initials",
    "institution_words",
    "iso_date",
    "mention_key",
    "npi_is_valid",
    "orcid_is_valid",
    "phone",
    "phones_in",
    "postal_code",
    "same_street",
    "same_unit",
    "site",
    "stands_in",
    "state_code",
]

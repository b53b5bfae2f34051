"""Any page: what its structured data says, else what it shows."""

from __future__ import annotations

from reputation.discovery.reading import Page
from reputation.discovery.sites import schema_org
from reputation.discovery.sites.schema_org import Place
from reputation.model import Mention


def read(page: Page, place: Place) -> tuple[Mention, ...]:
    """Return what the page says; nothing where it says nothing of anybody."""
    subject = schema_org.subject_of(page)
    if subject is None:
        return ()
    listed = schema_org.listing(subject, place)
    return (listed, *schema_org.reviews(schema_org.review_items(page, subject), listed))

"""Forums of clinicians and patients: the messages of a thread."""

from __future__ import annotations

import re

from reputation.discovery.reading import Page
from reputation.discovery.sites import article
from reputation.discovery.sites.schema_org import Place
from reputation.discovery.sites.site import Site
from reputation.model import Mention


def read(page: Page, place: Place) -> tuple[Mention, ...] | None:
    """Return the messages of a thread; None where the page is none."""
    return article.posts(page, place) or None


SITE = Site(
    source="student-doctor",
    hosts=("studentdoctor.net",),
    site_id=re.compile(r"/threads/([^/?#]+)"),
    read=read,
)

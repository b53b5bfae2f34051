"""Directories that need no reader of their own: structured data, else heading and sentences."""

from __future__ import annotations

import re

from reputation.discovery.sites.directory import read_any_profile
from reputation.discovery.sites.site import Site


def _site(source: str, host: str, site_id: str, brand: str | None = None) -> Site:
    """`brand` is with what the titles of the site's pages end."""
    ends = re.compile(rf"(?:^|[|–—•·-]\s*){brand}\W*$", re.IGNORECASE) if brand else None
    return Site(
        source=source,
        hosts=(host,),
        site_id=re.compile(site_id, re.IGNORECASE),
        mark=(lambda page: ends.search(page.title or "") is not None) if ends else None,
        read=read_any_profile,
    )


SITES = (
    _site("zocdoc", "zocdoc.com", r"/(?:doctor|dentist|practice)/([\w-]+)", "zocdoc"),
    _site("prodoctorov", "prodoctorov.ru", r"/vrach/(\d+[\w-]*)", "про ?докторов(?:\\.ру)?"),
    _site("us-news", "health.usnews.com", r"/doctors/([\w-]+)", r"us news(?: doctors| health)?"),
    _site("sharecare", "sharecare.com", r"/(?:doctor|find-a-doctor)/([\w-]+)"),
    _site("castle-connolly", "castleconnolly.com", r"/top-doctors/([\w-]+)"),
    _site("doximity", "doximity.com", r"/(?:pub|profiles)/([\w-]+)"),
    _site("realself", "realself.com", r"/(?:dr|find)/([\w-]+)"),
    _site("findatopdoc", "findatopdoc.com", r"/doctor/(\d[\w-]*)"),
    _site("wellness", "wellness.com", r"/dir/(\d+)"),
    _site("caredash", "caredash.com", r"/doctors/([\w-]+)"),
    _site("medifind", "medifind.com", r"/doctors/([\w-]+)"),
    _site("practo", "practo.com", r"/doctor/([\w-]+)"),
    _site("doctolib", "doctolib.", r"/[\w-]+/[\w-]+/([\w-]+)/?(?:[?#]|$)"),
)

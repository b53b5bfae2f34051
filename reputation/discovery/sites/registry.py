"""The sites whose pages are told apart; the first that claims a page reads it.  Add a site here."""

from __future__ import annotations

from reputation.discovery.sites import (
    doctoralia,
    facebook,
    forum,
    google_maps,
    healthgrades,
    instagram,
    linkedin,
    other_directories,
    psychology_today,
    ratemds,
    reddit,
    scholar,
    webmd,
    x,
    yelp,
)
from reputation.discovery.sites.site import Site

SITES: tuple[Site, ...] = (
    healthgrades.SITE,
    ratemds.SITE,
    webmd.WEBMD,
    webmd.VITALS,
    doctoralia.SITE,
    psychology_today.SITE,
    yelp.SITE,
    google_maps.SITE,
    *other_directories.SITES,
    facebook.SITE,
    linkedin.SITE,
    x.SITE,
    reddit.SITE,
    instagram.SITE,
    scholar.SITE,
    forum.SITE,
)

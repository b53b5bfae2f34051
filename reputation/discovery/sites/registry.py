"""The sites whose pages are told apart; the first that claims a page reads it.  Add a site here."""

from __future__ import annotations

from reputation.discovery.sites import (
    doctoralia,
    google_maps,
    healthgrades,
    other_directories,
    psychology_today,
    ratemds,
    social,
    webmd,
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
    *social.SITES,
)

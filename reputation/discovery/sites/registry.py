"""The sites whose pages are told apart; the first that claims a page reads it."""

from __future__ import annotations

from reputation.discovery.sites import healthgrades, ratemds, webmd
from reputation.discovery.sites.site import Site

SITES: tuple[Site, ...] = (healthgrades.SITE, ratemds.SITE, webmd.WEBMD, webmd.VITALS)

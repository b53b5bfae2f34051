"""Who decides what a page says: the clinician, she and a site together, or others."""

from __future__ import annotations

from functools import cache

from reputation import resources
from reputation.discovery.exports import FOOTPRINT
from reputation.model import Control, Kind, MatchDecision, Mention, Profile
from reputation.normalize import canonical_url, site


class Ownership:
    """The pages that a profile says are the clinician's own."""

    def __init__(self, profile: Profile) -> None:
        self._sites = tuple(canonical_url(url).rstrip("/") + "/" for url in profile.websites)
        self._pages = {canonical_url(one.url): one.control for one in profile.profiles}

    def of(self, mention: Mention) -> Control:
        """Return who controls what a mention says.

        Not about her: not_about_me.  A web site of the profile: owned.  A profile that she has: as she says, and what she
        published there, out of its export, likewise; an account that is not listed: controlled.
        A listing or profile that she may claim: influenced.  All else, and all that is only possible:
        uncontrolled.
        """
        page = canonical_url(mention.url)
        if mention.match is not None and mention.match.decision is MatchDecision.NON_MATCH:
            return Control.NOT_ABOUT_ME
        if mention.kind is not Kind.REVIEW:
            if page in self._pages:
                return self._pages[page]
            if any((page.rstrip("/") + "/").startswith(own) for own in self._sites):
                return Control.OWNED
        if mention.match is None or mention.match.decision is not MatchDecision.MATCH:
            return Control.UNCONTROLLED
        if FOOTPRINT[1] in mention.claimed(FOOTPRINT[0]):
            own = (self._pages.get(canonical_url(url)) for url in mention.claimed("same_as"))
            return next(filter(None, own), Control.CONTROLLED)
        is_entry = mention.kind in (Kind.LISTING, Kind.PROFILE)
        may_be_claimed = mention.kind is Kind.RESULT and _site_of(mention) in _claimable()
        return Control.INFLUENCED if is_entry or may_be_claimed else Control.UNCONTROLLED


def _site_of(mention: Mention) -> str:
    """Return the site of a page; of a result behind a sealed link, that which the engine displays."""
    shown = next(iter(mention.claimed("display_url")), None)
    return site(shown.split(" ")[0] if shown else mention.url)


@cache
def _claimable() -> frozenset[str]:
    return frozenset(str(resources.table("data/linkage.toml")["control"]["claimable_sites"]).split())

"""Whether the website that a page links for her is hers."""

from __future__ import annotations

from collections.abc import Iterator

from reputation.definition.authority import Check, held_against
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import site

CHECK = Check(code="website_missing", field="url", severity=Severity.LOW, about="websites")


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the links that `mention` claims to other sites, if the profile has a website.

    Her accounts elsewhere are links of another kind; a page that links nothing may do so where no program reads.
    """
    own = {site(url) for url in profile.websites}
    known = {site(one.url) for one in profile.profiles} | {site(mention.url)}
    urls = [url for url in mention.claimed("url") if url.startswith("http") and site(url) not in known - own]
    if not own or not urls:
        return
    expected = ", ".join(profile.websites)
    yield held_against(
        CHECK,
        profile,
        mention,
        ["websites"],
        Outcome.CONFORMS if any(site(url) in own for url in urls) else Outcome.DIFFERS,
        observed=", ".join(urls),
        expected=expected,
        remedy=f"Have the page link {expected}.",
    )

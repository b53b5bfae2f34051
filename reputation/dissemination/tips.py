"""ASCO's ten tips for clinicians on social media, each against what the audit saw and the profile says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reputation import resources
from reputation.dissemination import wording
from reputation.dissemination.accounts import network_of
from reputation.dissemination.drift import shown_bio
from reputation.model import Kind
from reputation.names import compare_names

if TYPE_CHECKING:
    from reputation.dissemination.accounts import Account
    from reputation.model import Mention, Profile


@dataclass(frozen=True, kw_only=True, slots=True)
class Tip:
    """One tip: done, open or cannot_tell, and because of what."""

    id: int
    what: str
    state: str
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    profile: Profile
    networks: Sequence[Mention]
    """Her pages on networks that were read."""
    accounts: Sequence[Account]
    cadence: Mapping[str, str]


def ten_tips(
    profile: Profile, hers: Sequence[Mention], accounts: Sequence[Account], cadence: Mapping[str, str]
) -> tuple[Tip, ...]:
    """Return the ten tips; `cadence` is how each network's plan is kept.  What nobody read is cannot_tell, never done."""
    networks = [one for one in hers if one.kind is Kind.PROFILE and network_of(one.url)]
    seen = _Seen(profile=profile, networks=networks, accounts=accounts, cadence=cadence)
    rows = resources.table("data/engagement.toml")["tip"]
    return tuple(
        Tip(id=row["id"], what=row["what"], state=state, why=why)
        for row in rows
        for state, why in [_CHECKS[row["id"]](seen)]
    )


def _involved(seen: _Seen) -> tuple[str, str]:
    professional = [
        one for one in seen.accounts if one.purpose == "professional" and network_of(one.url, one.platform)
    ]
    if professional:
        return (
            "done",
            f"{len(professional)} professional account{'s' if len(professional) > 1 else ''} in your profile",
        )
    if seen.networks:
        return "open", f"{seen.networks[0].url} looks like yours; name it under [[profiles]] with its purpose"
    return "open", "no professional account on a network in your profile; one, kept well, is enough"


def _often(seen: _Seen) -> tuple[str, str]:
    if not seen.cadence:
        return "open", "no account with a plan; begin with one post a week on one network"
    told = ", ".join(f"{network}: {state.replace('_', ' ')}" for network, state in seen.cadence.items())
    states = set(seen.cadence.values())
    if states == {"not_seen"}:
        return "cannot_tell", f"no posts of yours were read ({told})"
    return ("done" if states <= {"kept", "not_seen"} else "open"), told


def _named(seen: _Seen) -> tuple[str, str]:
    if not seen.networks:
        return "cannot_tell", "no account of yours was read"
    canonical = wording.full_name(seen.profile.name, credentials=0)
    other = [
        one
        for one in seen.networks
        if str(compare_names(canonical, (one.claimed("name") or (one.title,))[0])) == "different"
    ]
    if other:
        return "open", f"{other[0].url} bears another name; write yours, with your degree and role"
    bare = [one for one in seen.networks if not _names_degree(seen.profile, one)]
    if bare:
        return "open", f"{bare[0].url} bears your name without your degree or role"
    return "done", "every account that was read bears your name and your degree or role"


def _names_degree(profile: Profile, page: Mention) -> bool:
    text = " ".join((page.title, *page.claimed("name"), *shown_bio(page)))
    words = {wording.letters(word) for word in text.replace(",", " ").split()}
    if words & {wording.letters(one) for one in profile.name.credentials} - {""}:
        return True
    roles = [wording.role(profile.name, one.label) for one in profile.specialties]
    return any(role in text.lower() for role in roles)


def _opinion(seen: _Seen) -> tuple[str, str]:
    shown = [(one, " ".join(shown_bio(one)).lower()) for one in seen.networks]
    without = [one for one, text in shown if text and not ("views" in text or "opinions" in text)]
    if without:
        return "open", f"{without[0].url} does not say whose views it tells"
    if any(text for _, text in shown):
        return "done", "every account that was read says whose views it tells"
    if seen.profile.bio.views_are_my_own:
        return "cannot_tell", "your biography says it; no account of yours was read"
    return "open", "write views_are_my_own under [bio], or say for whom you speak"


def _disclosed(seen: _Seen) -> tuple[str, str]:
    ties = seen.profile.bio.disclosures
    if not ties:
        return "cannot_tell", "no disclosures under [bio]; if you have none, nothing is to be done"
    undated = [one.what for one in ties if one.since is None]
    if undated:
        return "open", f"a disclosure has no date: {undated[0]}"
    return "done", f"{len(ties)} dated disclosure{'s' if len(ties) > 1 else ''} in your biography"


def _apart(seen: _Seen) -> tuple[str, str]:
    mixed = [one for one in seen.accounts if one.mixes]
    if mixed and seen.profile.bio.identity_strategy == "integrated":
        return "done", f"you chose one identity; {mixed[0].url}: {mixed[0].mixes[0]}"
    if mixed:
        return "open", f"{mixed[0].url}: {mixed[0].mixes[0]}"
    unlabelled = [one for one in seen.accounts if one.purpose == "unlabelled"]
    if unlabelled:
        return "open", f"{unlabelled[0].url} has no purpose yet; name it under [[profiles]]"
    if not seen.accounts:
        return "cannot_tell", "no accounts in your profile"
    return "done", "every account has a purpose, and nothing that was read mixes them"


def _guidelines(seen: _Seen) -> tuple[str, str]:
    policy = seen.profile.policy
    if policy.date_read is None:
        return "open", "no day under [policy] on which you read your institution's policy"
    if not policy.contact:
        return "open", "no contact under [policy] whom to ask"
    return "done", f"read on {policy.date_read.isoformat()}; ask {policy.contact}"


def _each_draft(why: str) -> Callable[[_Seen], tuple[str, str]]:
    return lambda _seen: ("cannot_tell", why)


_CHECKS: Mapping[int, Callable[[_Seen], tuple[str, str]]] = {
    1: _involved,
    2: _often,
    3: _named,
    4: _each_draft("for each draft: `repaudit check-post` stops what could identify a patient"),
    5: _opinion,
    6: _disclosed,
    7: _each_draft("for each draft: name author and source, note the licence of a picture"),
    8: _each_draft("for each draft: `repaudit check-post` names insult, profanity and haste"),
    9: _apart,
    10: _guidelines,
}

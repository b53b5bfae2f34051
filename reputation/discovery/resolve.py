"""Says which mentions are about the clinician, and makes one mention of each page found many ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reputation.model import Judgement, Match, MatchDecision, Mention, Profile
from reputation.names import compare_names
from reputation.normalize import mention_key


def match(profile: Profile, mention: Mention) -> Match:
    """Return whether `mention` is about the clinician, how probably, and because of what."""
    name = f"{profile.name.given} {profile.name.middle or ''} {profile.name.family}"
    npis = mention.claimed("npi")
    if npis and profile.ids.npi:
        same = profile.ids.npi in npis
        return Match(
            decision=MatchDecision.MATCH if same else MatchDecision.NON_MATCH,
            probability=0.999 if same else 0.001,
            because=("the NPI is the same",) if same else ("the NPI is another's",),
        )
    words = [compare_names(name, claimed) for claimed in (*mention.claimed("name"), *mention.claimed("co_author"))]
    if words and all(word == "different" for word in words):
        return Match(decision=MatchDecision.NON_MATCH, probability=0.01, because=("the name is another's",))
    return Match(decision=MatchDecision.POSSIBLE, probability=0.5, because=("the name agrees",))


def resolve(
    profile: Profile, mentions: Iterable[Mention], judgements: tuple[Judgement, ...] = ()
) -> tuple[Mention, ...]:
    """Return the mentions with their matches, each page once, sorted by key."""
    by_key: dict[str, Mention] = {}
    for mention in mentions:
        key = mention.key or mention_key(mention.source, None, mention.url)
        by_key.setdefault(key, replace(mention, key=key, match=match(profile, mention)))
    return tuple(by_key[key] for key in sorted(by_key))

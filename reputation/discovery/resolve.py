"""Says which mentions are about the clinician, and makes one mention of each page found many ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reputation import resources
from reputation.discovery.authorship import article_weights, byline_of
from reputation.discovery.linkage import evidence, identifiers
from reputation.discovery.naming import Naming, name_weights, naming_of
from reputation.discovery.subject import Subject, subject_of
from reputation.model import Judgement, Kind, Match, MatchDecision, Mention, Profile, Weight
from reputation.normalize import mention_key


_OF_THE_NAME = frozenset({"prior", "name"})


def match(profile: Profile, mention: Mention) -> Match:
    """Return whether `mention` is about the clinician, how probably, and because of what.

    `match` needs something beside the name that agrees, `non_match` something that contradicts, or that the
    name is not there at all; everything else is `possible`.  Missing evidence weighs nothing.
    """
    return match_subject(subject_of(profile), mention)


def match_subject(subject: Subject, mention: Mention) -> Match:
    """Do as `match` for a profile that has been prepared."""
    if mention.kind is Kind.ARTICLE:
        byline = byline_of(subject, mention)
        weights = (*article_weights(subject, mention, byline), *identifiers(subject, mention, byline.orcids))
        return decide(mention, byline.naming, weights)
    naming = naming_of(subject, mention)
    orcids = mention.claimed("orcid")
    known = (*identifiers(subject, mention, orcids), *evidence(subject, mention, naming))
    return decide(mention, naming, (*name_weights(subject, naming), *known))


def decide(mention: Mention, naming: Naming, weights: tuple[Weight, ...]) -> Match:
    """Add the weights up and draw the two lines."""
    table = resources.table("data/linkage.toml")["decision"]
    bits = sum(one.bits for one in weights)
    probability = 1 / (1 + 2.0 ** -max(-60.0, min(60.0, bits)))
    others = [one for one in weights if one.feature not in _OF_THE_NAME]
    agrees = any(one.bits >= table["agreement_bits"] for one in others)
    contradicts = any(one.bits <= table["contradiction_bits"] for one in weights if one.feature != "prior")
    is_serious = naming.level == "different" or any(
        one.bits <= table["serious_bits"] for one in weights if one.feature != "prior"
    )
    is_identified = any(one.bits >= table["identifier_bits"] for one in others)
    line = table["match_article" if mention.kind is Kind.ARTICLE else "match"]
    if probability >= line and agrees and (is_identified or not is_serious):
        decision = MatchDecision.MATCH
    elif probability <= table["non_match"] and (contradicts or _is_silent(mention, naming)):
        decision = MatchDecision.NON_MATCH
    else:
        decision = MatchDecision.POSSIBLE
    return Match(
        decision=decision, probability=round(probability, 4), because=_because(weights), weights=weights
    )


def _is_silent(mention: Mention, naming: Naming) -> bool:
    """Whether the name would have to be there and is not; a review seldom names the one it is about."""
    return naming.level == "absent" and mention.kind is not Kind.REVIEW


def _because(weights: tuple[Weight, ...]) -> tuple[str, ...]:
    """Return the sentences of the weights, the heaviest first; the prior says nothing about this mention."""
    told = sorted((one for one in weights if one.feature != "prior"), key=lambda one: -abs(one.bits))
    return tuple(one.text for one in told)


def resolve(
    profile: Profile, mentions: Iterable[Mention], judgements: tuple[Judgement, ...] = ()
) -> tuple[Mention, ...]:
    """Return the mentions with their matches, each page once, sorted by key."""
    subject = subject_of(profile)
    by_key: dict[str, Mention] = {}
    for mention in mentions:
        key = mention.key or mention_key(mention.source, None, mention.url)
        by_key.setdefault(key, replace(mention, key=key, match=match_subject(subject, mention)))
    return tuple(by_key[key] for key in sorted(by_key))

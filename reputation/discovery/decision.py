"""Adds weights up and draws the two lines: match, possible, non-match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reputation import resources
from reputation.model import Kind, Match, MatchDecision, Mention, Weight

_OF_THE_NAME = frozenset({"prior", "name"})
_UNNAMED = "it does not say whom it is about, and its listing is not known"


def decide(mention: Mention, naming: str, weights: Sequence[Weight]) -> Match:
    """Return the judgement that `weights` come to; `naming` is the level at which the name agrees.

    A match needs enough probability, something beside the name that agrees, and nothing serious against it
    unless an identifier agrees, as it must on a list of sanctioned people.  A non-match needs something that contradicts, or a name that is not there.
    """
    kind = mention.kind
    if (
        kind is Kind.REVIEW
        and naming == "absent"
        and not any(one.feature not in _OF_THE_NAME for one in weights)
    ):
        return Match(decision=MatchDecision.POSSIBLE, probability=0.5, because=(_UNNAMED,))
    lines: dict[str, Any] = resources.table("data/linkage.toml")["decision"]
    if kind is Kind.ARTICLE:
        lines = lines | lines["article"]
    bits = sum(one.bits for one in weights)
    probability = 1 / (1 + 2.0 ** -max(-60.0, min(60.0, bits)))
    told = [one for one in weights if one.feature != "prior"]
    others = [one for one in weights if one.feature not in _OF_THE_NAME]
    agrees = any(one.bits >= lines["agreement_bits"] for one in others)
    contradicts = any(one.bits <= lines["contradiction_bits"] for one in told)
    is_serious = naming == "different" or any(one.bits <= lines["serious_bits"] for one in told)
    is_identified = any(one.bits >= lines["identifier_bits"] for one in others)
    line = lines[_line_of(kind, weights)]
    must_identify = is_serious or mention.source in lines["needs_identifier"]
    if probability >= line and agrees and (is_identified or not must_identify):
        decision = MatchDecision.MATCH
    elif probability <= lines["non_match"] and (contradicts or _is_silent(kind, naming)):
        decision = MatchDecision.NON_MATCH
    else:
        decision = MatchDecision.POSSIBLE
    because = tuple(one.text for one in sorted(told, key=lambda one: -abs(one.bits)))
    return Match(
        decision=decision, probability=round(probability, 4), because=because, weights=tuple(weights)
    )


def _line_of(kind: Kind, weights: Sequence[Weight]) -> str:
    if kind is not Kind.ARTICLE:
        return "match"
    return "match_article" if any(one.feature == "co_author" for one in weights) else "match_article_alone"


def _is_silent(kind: Kind, naming: str) -> bool:
    """Whether the name would have to be there and is not; a review seldom names the one it is about."""
    return naming == "absent" and kind is not Kind.REVIEW


def reweighed(mention: Mention, more: Weight) -> Mention:
    """Return `mention` judged again with one more weight."""
    if mention.match is None:
        return mention
    naming = next((one.level for one in mention.match.weights if one.feature == "name"), "absent")
    return replace(mention, match=decide(mention, naming, (*mention.match.weights, more)))

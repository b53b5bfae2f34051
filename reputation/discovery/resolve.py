"""Says which mentions are about the clinician, and makes one mention of each page found many ways.

merge -> match each -> page and result together -> the user's word -> reviews as their listing -> control
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reputation.discovery.authorship import article_weights, byline_of
from reputation.discovery.decision import decide, reweighed
from reputation.discovery.identifying import identifiers, orcids_of
from reputation.discovery.linkage import before_training, evidence
from reputation.discovery.merging import merge_same
from reputation.discovery.naming import name_weights, naming_of
from reputation.discovery.ownership import Ownership
from reputation.discovery.spoken import Spoken
from reputation.discovery.subject import Subject, subject_of
from reputation.discovery.weighing import weight
from reputation.model import By, Judgement, Kind, Match, MatchDecision, Mention, Profile
from reputation.normalize import canonical_url


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
        if (too_early := before_training(subject, mention)) is not None:
            weights = (*weights, too_early)
        return decide(mention, byline.naming.level, weights)
    naming = naming_of(subject, mention)
    known = (
        *identifiers(subject, mention, orcids_of(mention)),
        *evidence(subject, mention, naming),
    )
    return decide(mention, naming.level, (*name_weights(subject, naming), *known))


def resolve(
    profile: Profile,
    mentions: Iterable[Mention],
    judgements: tuple[Judgement, ...] = (),
    earlier: Iterable[Mention] = (),
) -> tuple[Mention, ...]:
    """Return the mentions with match and control, each thing once, sorted by key.

    What is not about the query at all stays, as `non_match` with the reason.  The user's word (mine,
    not-mine) decides, for a key, for a page or for a listing of `earlier` that has moved, and is told in the
    reasons.
    """
    subject = subject_of(profile)
    merged = merge_same(mentions)
    matched = [replace(one, match=_noted(one) or match_subject(subject, one)) for one in merged]
    matched = _strengthened(matched)
    matched = Spoken(judgements, matched, earlier).applied()
    by_key = {one.key: one for one in matched}
    owners = Ownership(profile)
    told = (_as_its_listing(one, by_key) for one in matched)
    return tuple(replace(one, control=owners.of(one)) for one in told)


def _noted(mention: Mention) -> Match | None:
    """Return a match for what the user saw herself and noted without a name: she noted it as her own."""
    if not any(proof.by is By.OBSERVED for proof in mention.evidence) or mention.claimed("name"):
        return None
    because = ("you saw it yourself and noted it as yours",)
    return Match(decision=MatchDecision.MATCH, probability=1.0, because=because)


_PAGES = frozenset({Kind.LISTING, Kind.PROFILE, Kind.RECORD, Kind.ARTICLE})


def _strengthened(mentions: list[Mention]) -> list[Mention]:
    """Let a result and the one entry on the page behind it speak for each other."""
    pages: dict[str, list[Mention]] = {}
    results: dict[str, list[Mention]] = {}
    for one in mentions:
        if one.kind in _PAGES:
            pages.setdefault(canonical_url(one.url), []).append(one)
        elif one.kind is Kind.RESULT:
            results.setdefault(canonical_url(one.url), []).append(one)
    return [_with_other(one, pages, results) for one in mentions]


def _with_other(
    mention: Mention, pages: dict[str, list[Mention]], results: dict[str, list[Mention]]
) -> Mention:
    url = canonical_url(mention.url)
    if mention.kind is Kind.RESULT and len(behind := pages.get(url, [])) == 1:
        decision = _decision(behind[0])
        if decision is MatchDecision.MATCH:
            text = "the page behind it is about the clinician"
            return reweighed(mention, weight("across", "page_behind_match", text, "page"))
        if decision is MatchDecision.NON_MATCH:
            text = "the page behind it is about someone else"
            return reweighed(mention, weight("across", "page_behind_non_match", text, "page"))
    if mention.kind in _PAGES and len(pages[url]) == 1:
        found = [_decision(one) for one in results.get(url, [])]
        if MatchDecision.MATCH in found:
            text = "a search engine shows it as being about the clinician"
            return reweighed(mention, weight("across", "result_match", text, "result"))
    return mention


def _decision(mention: Mention) -> MatchDecision | None:
    return mention.match.decision if mention.match else None


def _as_its_listing(mention: Mention, by_key: dict[str, Mention]) -> Mention:
    """Return a review with the match of the listing that it stands on, unless the user judged it itself."""
    listing = by_key.get(mention.listing_key or "")
    if mention.kind is not Kind.REVIEW or listing is None or listing.match is None:
        return mention
    if mention.decision in ("mine", "not-mine"):
        return mention
    told = {
        MatchDecision.MATCH: "it stands on a listing that is about the clinician",
        MatchDecision.POSSIBLE: "it stands on a listing that may be about the clinician",
        MatchDecision.NON_MATCH: "it stands on a listing that is about someone else",
    }[listing.match.decision]
    return replace(mention, match=replace(listing.match, because=(told, *listing.match.because)))

"""Finds accounts that may pass for the clinician's own, and her name lent to cures and products.

Nobody is called an impostor here: whether an account is hers, a namesake's or a stranger's cannot be told from outside, so
every finding says "possible" and asks her.  Only where she has said that an account is not hers, and it prints her own NPI,
telephone or mail address, is it certain.  An account of a namesake is told by what contradicts it, and left alone; so is one
that calls itself a fan's or a parody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import log2

from reputation import resources
from reputation.discovery.endorsements import Endorsement, Lender, is_selling
from reputation.discovery.naming import judge
from reputation.discovery.resolve import match_subject
from reputation.discovery.subject import Subject, subject_of
from reputation.model import (
    Control,
    Finding,
    Kind,
    Match,
    MatchDecision,
    Mention,
    Outcome,
    Profile,
    Severity,
)
from reputation.names.compare import folded
from reputation.normalize import canonical_url, fold, mention_key
from reputation.taxonomy import phrases_in

CHECK = "identity_mixup"
_ACCOUNTS = frozenset({Kind.PROFILE, Kind.RESULT})
_LENT = frozenset({Kind.RESULT, Kind.PROFILE, Kind.POST, Kind.ARTICLE, Kind.ANSWER})
_HEAD = re.compile(r"\s[|–—•·/-]\s|[(|:@•]")
_UNCOMMON_BITS = 20.0
"""A name that fewer than one person in 2**20 bears."""
_IDENTIFIERS = frozenset({"npi", "orcid", "license", "url", "telephone", "email"})
_COPIED = {"place": "your city", "institution": "your institution", "specialty": "your specialty"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Platform:
    """A place where anybody may open an account, and where it takes reports of impersonation."""

    name: str
    site: str
    account: re.Pattern[str]
    is_open: bool
    form: str | None
    trust: str


@dataclass(frozen=True, slots=True)
class _Look:
    """What an account shows: her own accounts there, what it copies of her, and what identifies her."""

    platform: Platform
    own: tuple[str, ...]
    copied: tuple[str, ...]
    identifiers: tuple[str, ...]
    sells: bool


def lookalikes(profile: Profile, mentions: Iterable[Mention]) -> tuple[Finding, ...]:
    """Return what may pass for the clinician among `mentions`, resolved already, sorted by key.

    Critical: a cure under her name, or an account that copies two things of her.  High: all else.
    """
    watch = _Watch(profile)
    found: dict[tuple[str, str], Finding] = {}
    for one in sorted((made for mention in mentions if (made := watch.finding(mention))), key=_gravest):
        # A result and the profile behind it are one page.
        found.setdefault((one.field, canonical_url(one.url or one.key)), one)
    return tuple(sorted(found.values(), key=lambda one: one.key))


def _gravest(one: Finding) -> tuple[int, str]:
    return -one.severity.rank, one.key


class _Watch:
    """Looks at mentions one by one on behalf of one clinician."""

    def __init__(self, profile: Profile) -> None:
        self._subject = subject_of(profile)
        self._lender = Lender(profile)
        self._credentials = tuple(fold(one) for one in profile.name.credentials)
        self._own = _own_accounts(profile)

    def finding(self, mention: Mention) -> Finding | None:
        """Return what is possibly wrong with `mention`: her name lent, or an account like hers."""
        is_own = mention.control in (Control.OWNED, Control.CONTROLLED)
        if is_own or canonical_url(mention.url) in self._subject.urls:
            return None
        at = account_of(mention.url)
        if mention.decision == "mine" and at:
            return None
        if mention.kind in _LENT:
            lent = self._lender.find(mention.title, mention.text or "")
            if lent and self._may_be_hers(mention):
                return _of_endorsement(mention, lent, at)
        if at and mention.kind in _ACCOUNTS:
            look = self._look(mention, *at)
            return _of_account(mention, look) if look else None
        return None

    def _may_be_hers(self, mention: Mention) -> bool:
        """Whether nothing says that a namesake is meant."""
        if mention.decision == "not-mine":
            return False
        judged = mention.match or match_subject(self._subject, mention)
        return judged.decision is not MatchDecision.NON_MATCH

    def _look(self, mention: Mention, platform: Platform, handle: str) -> _Look | None:
        """Return what an account shows that may pass for hers; None where it need not be looked at."""
        handles = self._own.get(platform.site, ())
        if handle in handles or not self._bears_name(mention) or not self._has_face(mention, handle):
            return None
        judged = match_subject(self._subject, mention)
        look = _Look(
            platform,
            own=handles,
            copied=_copied(judged),
            identifiers=_identifiers(judged),
            sells=is_selling(f"{mention.title} . {mention.text or ''}"),
        )
        if mention.decision == "not-mine":
            return look if look.identifiers or len(look.copied) > 1 else None
        if (look.identifiers and not look.sells) or _is_contradicted(judged):
            return None
        if handles:
            # She has an account there: another that bears her name is worth a look, unless the name is common.
            return look if look.copied or look.sells or _is_uncommon(self._subject) else None
        is_hers = (mention.match or judged).decision is MatchDecision.MATCH
        return look if platform.is_open and (look.sells or (look.copied and not is_hers)) else None

    def _bears_name(self, mention: Mention) -> bool:
        """Whether the account's own name is hers, with the given name written out."""
        names = mention.claimed("name") or (_head(mention.title),)
        for name in names:
            given = folded(name).given
            is_hers = judge(self._subject, name).level in ("same", "compatible")
            if is_hers and given and len(given[0]) > 1:
                return True
        return False

    def _has_face(self, mention: Mention, handle: str) -> bool:
        """Whether the account looks like a clinician's, and does not say that it is something else."""
        said = fold(" ".join((mention.title, (mention.text or "")[:2000], *mention.claimed("job_title"))))
        words = resources.table("data/lookalikes.toml")["account"]
        if _stands(said, words["labelled"]):
            return False
        named = fold(" ".join((_head(mention.title), *mention.claimed("name"))))
        is_titled = _TITLED_HANDLE.search(handle) or _stands(named, (*words["titles"], *self._credentials))
        return bool(is_titled) or _stands(said, words["face"]) or next(phrases_in(said), None) is not None


# ---------------------------------------------------------------------------- accounts


def _head(title: str) -> str:
    """Return the name at the head of an account's title, without the reader's unread messages: "(3) Jane Roe / X"."""
    return _HEAD.split(re.sub(r"^\(\d+\+?\)\s*", "", title))[0]


_TITLED_HANDLE = re.compile(r"^(?:dr|doctor)|(?:^|[._-])(?:dr|md|doctor)(?:$|[._-])|md$")


def account_of(url: str) -> tuple[Platform, str] | None:
    """Return the platform and handle of an account's address; None where it is no account's."""
    bare = re.sub(r"^https?://(?:www\.)?|[?#].*$", "", url.strip(), flags=re.IGNORECASE)
    for platform in _platforms():
        found = platform.account.fullmatch(bare)
        if found:
            return platform, found[1].lower()
    return None


def _own_accounts(profile: Profile) -> dict[str, tuple[str, ...]]:
    """Return the handles of her own accounts by the site of their platform."""
    found: dict[str, tuple[str, ...]] = {}
    for url in (*(one.url for one in profile.profiles), *profile.websites):
        if at := account_of(url):
            found[at[0].site] = (*found.get(at[0].site, ()), at[1])
    return found


def _copied(judged: Match) -> tuple[str, ...]:
    agreeing = {one.feature for one in judged.weights if one.bits > 0}
    return tuple(words for feature, words in _COPIED.items() if feature in agreeing)


def _identifiers(judged: Match) -> tuple[str, ...]:
    least = _lines("identifier_bits")
    return tuple(one.text for one in judged.weights if one.feature in _IDENTIFIERS and one.bits >= least)


def _is_contradicted(judged: Match) -> bool:
    return any(one.bits <= _lines("contradiction_bits") for one in judged.weights if one.feature != "prior")


def _lines(name: str) -> float:
    return float(resources.table("data/linkage.toml")["decision"][name])


def _stands(text: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) for one in words)


def _is_uncommon(subject: Subject) -> bool:
    return -log2(subject.given_share) - log2(subject.family_share) >= _UNCOMMON_BITS


# ---------------------------------------------------------------------------- findings


def _of_account(mention: Mention, look: _Look) -> Finding:
    is_certain = mention.decision == "not-mine" and bool(look.identifiers)
    is_grave = look.sells or len(look.copied) > 1 or is_certain
    shown = [*look.copied, *(["a product for sale"] if look.sells else []), *look.identifiers]
    told = ", ".join(shown) if shown else "a clinician's title"
    key = mention.key or mention_key(mention.source, None, mention.url)
    if is_certain:
        ask = "You have said that it is not yours: report it."
    else:
        ask = f"If it is yours, say so (`repaudit decide {key} mine`) and list it in profile.toml; if not, report it."
    return _made(
        mention,
        "account",
        Outcome.DIFFERS if is_certain else Outcome.CANNOT_TELL,
        Severity.CRITICAL if is_grave else Severity.HIGH,
        expected=f"your account there is {', '.join(look.own)}" if look.own else None,
        observed=f"{mention.title}: your name with {told}",
        remedy=f"A possible look-alike on {look.platform.name}. {ask} {_form(look.platform)}",
    )


def _of_endorsement(mention: Mention, lent: Endorsement, at: tuple[Platform, str] | None) -> Finding:
    where = (
        _form(at[0])
        if at
        else "Save the page, then report it to its host and at https://reportfraud.ftc.gov/."
    )
    return _made(
        mention,
        "endorsement",
        Outcome.CANNOT_TELL,
        Severity.CRITICAL if lent.is_cure else Severity.HIGH,
        observed=lent.phrase,
        remedy="Your name possibly lent to a product. If you never said this, report it as impersonation or as a "
        f"false endorsement; counsel may ask for its removal. {where}",
    )


def _form(platform: Platform) -> str:
    if platform.form is None:
        return f"{platform.name} takes the report in the menu beside the account, as impersonation."
    proof = "" if platform.trust == "verified" else " (address from a secondary source)"
    return f"{platform.name}'s form for impersonation: {platform.form}{proof}."


def _made(
    mention: Mention,
    field: str,
    outcome: Outcome,
    severity: Severity,
    *,
    observed: str,
    remedy: str,
    expected: str | None = None,
) -> Finding:
    key = mention.key or mention_key(mention.source, None, mention.url)
    return Finding(
        key=f"{CHECK}:{key}:{field}",
        check=CHECK,
        outcome=outcome,
        severity=severity,
        field=field,
        expected=expected,
        observed=observed,
        mention_key=key,
        url=mention.url,
        remedy=remedy,
    )


@cache
def _platforms() -> tuple[Platform, ...]:
    return tuple(_read_platforms())


def _read_platforms() -> Iterator[Platform]:
    for row in resources.table("data/lookalikes.toml")["platform"]:
        yield Platform(
            name=row["name"],
            site=row["site"],
            account=re.compile(row["account"], re.IGNORECASE),
            is_open=row["open"],
            form=row.get("form"),
            trust=row["trust"],
        )

"""Whether a page prints her professional degree: an MD is no DO, and a nurse practitioner neither.

Only degrees that a licence stands on are compared; fellowships, certificates and second degrees come and go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from reputation.definition.authority import Check, held_against
from reputation.definition.witnesses import disagreements
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.names import parse

CHECK = Check(code="credential_wrong", field="credential", severity=Severity.HIGH, about="name")

_NAMES = """
MD md mbbs mbchb mbbch mbbchbao bmbs mbchir doctorofmedicine medicaldoctor
DO do doctorofosteopathicmedicine doctorofosteopathy osteopath
DDS dds dmd bds doctorofdentalsurgery doctorofdentalmedicine doctorofmedicineindentistry
DPM dpm doctorofpodiatricmedicine
DC dc doctorofchiropractic
OD od doctorofoptometry
PsyD psyd doctorofpsychology
PharmD pharmd doctorofpharmacy
AuD aud doctorofaudiology
DPT dpt pt physicaltherapist
DVM dvm vmd
NP np npc fnp fnpbc fnpc pnp pnpbc agnp agnpc agacnp agacnpbc agpcnp acnp acnpbc anp anpbc whnp whnpbc pmhnp pmhnpbc crnp cnp arnp aprn apn nursepractitioner
CNM cnm
CRNA crna
PA pa pac physicianassistant physicianassociate
CSW lcsw licsw lisw lcsww lmsw lsw csw lcswr lcswc
MFT lmft mft lmhcmft
LPC lpc lpcc lmhc lcpc lpcs lcmhc
PhD phd dphil doctorofphilosophy
RN rn registerednurse
"""
_DEGREES = {word: line.split()[0] for line in _NAMES.strip().splitlines() for word in line.split()[1:]}
"""Degrees and titles on which a licence stands; those of one licence fold into one."""

_LESSER = frozenset({"PhD", "RN"})
"""What people hold beside the degree that they practise with: alone it does not contradict one."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the degrees that `mention` prints, where both it and the profile have one."""
    said, mine = set(_printed(mention)), _degrees(profile.name.credentials)
    if not said or not mine:
        return
    expected = ", ".join(sorted(mine))
    yield held_against(
        CHECK,
        profile,
        mention,
        ["name.credentials"],
        _outcome(said, mine),
        observed=", ".join(sorted(said)),
        expected=expected,
        remedy=f"Have the page print {expected} after the name.",
    )


def compare(profile: Profile, mentions: Sequence[Mention], now: datetime) -> Iterator[Finding]:  # noqa: ARG001 - one signature for all
    """Yield the records whose degrees contradict one another, where she has confirmed none."""
    if not (_degrees(profile.name.credentials) and profile.is_confirmed("name.credentials")):
        yield from disagreements(CHECK, mentions, _printed, _agree)


def _outcome(said: AbstractSet[str], mine: AbstractSet[str]) -> Outcome:
    if not said.isdisjoint(mine):
        return Outcome.CONFORMS
    return Outcome.CANNOT_TELL if said <= _LESSER else Outcome.DIFFERS


def _agree(a: Mapping[str, str], b: Mapping[str, str]) -> bool | None:
    found = {_outcome(a.keys(), b.keys()), _outcome(b.keys(), a.keys())}
    return Outcome.CONFORMS in found or (None if Outcome.CANNOT_TELL in found else False)


def _printed(mention: Mention) -> dict[str, str]:
    """Return the degrees that `mention` prints, in its credentials or behind the name."""
    claimed = mention.claimed("credential")
    named = next(iter(mention.claimed("name")), "" if claimed else mention.title)
    behind = () if _PLACE.search(named) else parse(named).credentials
    return {degree: degree for degree in _degrees((*claimed, *behind))}


_PLACE = re.compile(
    r"\bWashington,? D\.?C\.?|\b(?:Baltimore|Bethesda|Rockville|Annapolis|Columbia|Towson),? MD\b"
)
"""Towns whose state reads like a degree."""


def _degrees(printed: Iterable[str]) -> set[str]:
    """Return the degrees in texts such as "MD, PhD", "M.D. FACP" or "MBBS, MD (General Medicine)"."""
    found = set()
    for part in (part for text in printed for part in re.split(r"[,;/()|]", text)):
        words = [part, *part.split()]
        spelt = ("".join(filter(str.isalpha, word)).casefold() for word in words)
        found |= {_DEGREES[word] for word in spelt if word in _DEGREES}
    return found

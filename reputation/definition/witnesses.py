"""What records of different origin say of one fact that nobody has confirmed.

While a fact is not confirmed nobody can be called wrong; but two records about one person that contradict each other cannot
both be right, and that is worth a look.  Where most of them agree, the odd one is told; where they stand one against one,
the record that others copy from is.  Records of one origin (two rows of one directory) are one witness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from reputation.definition.authority import Check
from reputation.definition.wording import listed
from reputation.model import Finding, Mention, Outcome
from reputation.resources import source_title

UPSTREAM = ("nppes", "cms-clinicians", "payer-directories")
"""Where others copy from, the first of all first."""

_SHOWN = 3
"""Values of one witness that a finding quotes."""

_MOST = 20
"""Values of one witness that are compared: nobody has so many offices, and every pair of witnesses is held together."""

T = TypeVar("T")


@dataclass(slots=True)
class _Witness(Generic[T]):
    """One origin: its name, its records, and what they print by the form in which it is compared."""

    name: str
    source: str
    mentions: list[Mention] = field(default_factory=list)
    values: dict[T, str] = field(default_factory=dict)

    @property
    def says(self) -> str:
        more = len(self.values) - _SHOWN
        told = "; ".join(list(self.values.values())[:_SHOWN])
        return f"{told} and {more} more" if more > 0 else told


def disagreements(
    check: Check,
    mentions: Sequence[Mention],
    read: Callable[[Mention], Mapping[T, str]],
    agree: Callable[[Mapping[T, str], Mapping[T, str]], bool | None],
) -> Iterator[Finding]:
    """Yield a `cannot_tell` on each record that stands against others of another origin.

    Args:
        check: what the findings are findings of.
        mentions: what is surely hers.
        read: gives what a mention prints, by the form in which it is compared.
        agree: tells whether two witnesses agree; None where they cannot be compared.
    """
    witnesses = _witnesses(check, mentions, read)
    verdicts = {
        (n, m): agree(one.values, other.values)
        for n, one in enumerate(witnesses)
        for m, other in enumerate(witnesses[:n])
    }
    groups = _groups(len(witnesses), verdicts)
    sizes = Counter(groups)
    (most, size), *rest = sizes.most_common(2) or [(0, 0)]
    if len(sizes) < 2:
        return
    has_majority = size > 1 and size > rest[0][1]
    for n, witness in enumerate(witnesses):
        if has_majority and groups[n] == most:
            continue
        against = [
            other
            for m, other in enumerate(witnesses)
            if (groups[m] == most if has_majority else groups[m] != groups[n])
            and verdicts.get((max(n, m), min(n, m))) is False
        ]
        if against:
            for mention in witness.mentions:
                yield _finding(check, mention, witness, against)
            if not has_majority:
                return  # the first is the most upstream, and one is enough


def _witnesses(
    check: Check, mentions: Sequence[Mention], read: Callable[[Mention], Mapping[T, str]]
) -> list[_Witness[T]]:
    found: dict[str, _Witness[T]] = {}
    for mention in mentions:
        values = read(mention) if mention.kind in check.kinds else {}
        if values:
            publisher = next(iter(mention.claimed("publisher")), None)
            is_directory = mention.source == "payer-directories" and publisher
            name = f"{publisher}'s directory" if is_directory else source_title(mention.source)
            witness = found.setdefault(name, _Witness(name, mention.source))
            witness.mentions.append(mention)
            for value, text in values.items():
                if len(witness.values) < _MOST:
                    witness.values.setdefault(value, text)
    return sorted(found.values(), key=lambda one: (_distance(one.source), one.name))


def _distance(source: str) -> int:
    return UPSTREAM.index(source) if source in UPSTREAM else len(UPSTREAM)


def _groups(size: int, verdicts: Mapping[tuple[int, int], bool | None]) -> list[int]:
    """Return for each of `size` witnesses the number of its group: those that agree, directly or through another."""
    groups = list(range(size))
    for (n, m), agreed in verdicts.items():
        if agreed and groups[n] != groups[m]:
            groups = [groups[m] if group == groups[n] else group for group in groups]
    return groups


def _finding(check: Check, mention: Mention, witness: _Witness[T], against: list[_Witness[T]]) -> Finding:
    names = listed([other.name for other in against])
    says = list(dict.fromkeys(other.says for other in against))
    told = " or ".join(says)
    verb = "says" if len(against) == 1 else "say"
    remedy = f"Look at both and confirm the right one (`repaudit confirm {check.about}`)."
    if witness.source == "nppes":
        remedy += " If the registry is out of date, correct it there first: the others copy from it."
    finding = check.finding(
        mention,
        Outcome.CANNOT_TELL,
        observed=f"{witness.name} has {witness.says}; {names} {'has' if len(against) == 1 else 'have'} {told}",
        authority=f"{names} {verb} {told}",
        remedy=remedy,
    )
    others = (item.key for other in (witness, *against) for item in other.mentions)
    return replace(finding, against=tuple(key for key in others if key != mention.key))

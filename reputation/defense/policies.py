"""The policies that a clinician is bound by: which they are, when each was read, whom to ask, and who on the staff signed.

The register is drawn from `data/policy.toml`, the guidance in `data/compliance.toml` and the profile: its
institution, its states of licence and practice, its specialties and its accounts.  When a policy was read stands
in the journal; the newest entry holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from reputation import resources
from reputation.defense.journal import Entry
from reputation.defense.violation import register
from reputation.model import Control, Profile, Trust

JOURNAL = "policy"
"""The kind of this room's entries in the journal."""
READ, SIGNED, WITHDRAWN = "read", "signed", "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """One policy: `kind` is institution, insurer, profession, federal, state or platform."""

    id: str
    kind: str
    title: str
    point: str
    trust: Trust = Trust.UNVERIFIED
    url: str | None = None
    contact: str | None = None
    read_on: date | None = None

    def due_on(self) -> date | None:
        """Return when it is to be read again, None where nobody has read it yet."""
        return self.read_on + timedelta(days=_table()["read_again_after_days"]) if self.read_on else None

    def is_open(self, today: date) -> bool:
        """Whether it was never read, or not within a year."""
        due = self.due_on()
        return due is None or due <= today


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffSignature:
    """A member of the staff who read the policy, was trained and signed."""

    name: str
    role: str | None
    signed_on: date
    version: str
    """The version of the staff policy that was signed."""


def policies(profile: Profile, entries: Iterable[Entry] = ()) -> tuple[Policy, ...]:
    """Return the register for this profile, each with the day on which it was last read."""
    read = {entry.key: entry.data for entry in entries if entry.data.get("what") == READ}
    return tuple(_as_read(profile, one, read.get(one.id)) for one in _drawn(profile))


def staff_signatures(entries: Iterable[Entry]) -> tuple[StaffSignature, ...]:
    """Return who signed, each by the last signature, by name."""
    signed = {entry.key: entry.data for entry in entries if entry.data.get("what") in {SIGNED, WITHDRAWN}}
    return tuple(
        StaffSignature(
            name=name,
            role=data.get("role"),
            signed_on=date.fromisoformat(data["on"]),
            version=data["version"],
        )
        for name, data in sorted(signed.items())
        if data["what"] == SIGNED
    )


def training() -> tuple[str, ...]:
    """Return what the staff is taught, a sentence each."""
    return tuple(row["text"] for row in _table()["training"])


def _table() -> dict[str, Any]:
    return resources.table("data/policy.toml")


def _drawn(profile: Profile) -> Iterator[Policy]:
    guidance = {row["id"]: row for row in register()["rule"]}
    for row in _table()["policy"]:
        if _is_for(row, profile):
            rule = guidance.get(row.get("rule", ""), {})
            source = str(rule.get("source", ""))
            yield Policy(
                id=row["id"],
                kind=row["kind"],
                title=row["title"],
                point=row.get("point") or f"{rule['point']} ({rule['cite']})",
                trust=Trust(row.get("trust") or rule.get("trust", "unverified")),
                url=source if source.startswith("https://") else None,
            )
    for kind, name in (*_states(profile), *_platforms(profile)):
        row = _table()[kind]
        yield Policy(
            id=f"{kind}-{name.lower()}",
            kind=kind,
            title=row["title"].format(**{kind: name}),
            point=row["point"],
            trust=Trust(row["trust"]),
            url=row.get("url"),
        )


def _is_for(row: dict[str, Any], profile: Profile) -> bool:
    words = row.get("specialty_words")
    said = " ".join(one.label.lower() for one in profile.specialties)
    return words is None or any(word in said for word in words)


def _states(profile: Profile) -> list[tuple[str, str]]:
    states = [one.state for one in profile.licenses] + [one.state for one in profile.locations if one.state]
    return [("state", state) for state in dict.fromkeys(states) if state]


def _platforms(profile: Profile) -> list[tuple[str, str]]:
    """Return the platforms of other people's making: her own site has no rules but hers."""
    theirs = (one.platform for one in profile.profiles if one.control is not Control.OWNED)
    return [("platform", name) for name in dict.fromkeys(theirs) if name]


def _as_read(profile: Profile, policy: Policy, read: Any) -> Policy:
    """Return `policy` with what profile.toml and the journal say of it; the later day holds."""
    is_own = policy.kind == "institution"
    days = [date.fromisoformat(read["on"])] if read else []
    if is_own and profile.policy.date_read:
        days.append(profile.policy.date_read)
    contact = (read.get("contact") if read else None) or (profile.policy.contact if is_own else None)
    return Policy(
        id=policy.id,
        kind=policy.kind,
        title=policy.title,
        point=policy.point,
        trust=policy.trust,
        url=(profile.policy.institution_url if is_own else None) or policy.url,
        contact=contact,
        read_on=max(days, default=None),
    )

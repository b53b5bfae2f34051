"""What `disputes` does and says: from a key to a request, its evidence, its letter and where it stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reputation.cli.session import chosen_key, say
from reputation.cli.telling import clean
from reputation.errors import UsageError
from reputation.model import Audit, Finding, Kind, Mention, Outcome, Trust

if TYPE_CHECKING:
    from reputation.defense.disputes import Dispute
    from reputation.defense.store import Store

_MOST_PROOFS = 10
_LETTERS = (".eml", ".txt")


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """What a key is about: the findings, the pages, and the usual route."""

    subject: str
    what: str
    site: str
    recipient: str
    route: str
    where_url: str | None
    trust: Trust
    url: str | None
    findings: tuple[Finding, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @property
    def told(self) -> dict[str, Any]:
        """The fields of the dispute's entry."""
        return {
            "what": self.what,
            "site": self.site,
            "recipient": self.recipient,
            "route": self.route,
            "where_url": self.where_url,
            "trust": self.trust.value,
            "url": self.url,
            "finding_keys": [one.key for one in self.findings],
            "mention_keys": [one.key for one in self.mentions],
        }


def matter_of(audit: Audit, beginning: str) -> Matter:
    """Return what the item of `audit` whose key begins so is about.

    Raises:
        UsageError: where no item, or several, are meant.
    """
    findings = {one.key: one for one in audit.findings}
    mentions = {one.key: one for one in audit.mentions}
    actions = {one.key: one for one in audit.actions}
    key = _chosen([*findings, *mentions, *actions], beginning, audit.findings)
    if key in actions:
        about = _on_one_page([findings[one] for one in actions[key].finding_keys if one in findings])
        if not about:
            raise UsageError(f"{key} asks nothing of a site: do it, then `repaudit decide {key} resolved`")
        matter = _of_findings(key, about, mentions)
        action = actions[key]
        return replace(matter, what=action.what, where_url=action.where_url, trust=action.trust)
    if key in findings:
        if findings[key].outcome is Outcome.CONFORMS:
            raise UsageError(f"{key} shows what it should: there is nothing to dispute")
        return _of_findings(key, (findings[key],), mentions)
    about = tuple(one for one in audit.findings if one.mention_key == key and one.outcome is Outcome.DIFFERS)
    return _of_findings(key, about, mentions) if about else _of_page(mentions[key])


def _chosen(keys: list[str], beginning: str, findings: Iterable[Finding]) -> str:
    """Return the key meant; among several that begin alike, the only finding that shows something wrong."""
    wrong = [one.key for one in findings if one.outcome is Outcome.DIFFERS and one.key.startswith(beginning)]
    return wrong[0] if len(wrong) == 1 and beginning not in keys else chosen_key(keys, beginning)


def _on_one_page(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings on the first page among `findings`: its copies elsewhere are nobody's to ask here."""
    source = (findings[0].mention_key or "").partition(":")[0] if findings else ""
    return tuple(one for one in findings if (one.mention_key or "").partition(":")[0] == source)


def _of_findings(key: str, findings: tuple[Finding, ...], mentions: dict[str, Mention]) -> Matter:
    from reputation.defense.remedies import kind_of, recipient_of, remedy_for, site_title, subject_of

    first = findings[0]
    pages = tuple(mentions[one.mention_key] for one in findings if one.mention_key in mentions)
    source = pages[0].source if pages else (first.mention_key or "").partition(":")[0]
    route = remedy_for(source, first.url, kind_of(first.check, first.field))
    subjects = ", ".join(dict.fromkeys(map(subject_of, findings)))
    site = site_title(source, first.url, pages[0] if pages else None)
    return Matter(
        subject=key,
        what=f"Correct {site}: {subjects}",
        site=site,
        recipient=recipient_of(route.site),
        route=route.path,
        where_url=route.begins_at(first.url),
        trust=route.trust,
        url=first.url,
        findings=findings,
        mentions=tuple({one.key: one for one in pages}.values()),
    )


def _of_page(mention: Mention) -> Matter:
    """Return the matter of a page or review of which no check says that it is wrong."""
    from reputation.defense.grounds import grounds_at, route_of_review
    from reputation.defense.remedies import recipient_of, remedy_for, site_title

    site = site_title(mention.source, mention.url, mention)
    if mention.kind is Kind.REVIEW:
        route, ground = route_of_review(mention)
        named = ", ".join(grounds_at(mention)) or "what its own rules name"
        may = "" if ground else "; no word of this one speaks for any of these"
        say(
            f"note: {site} takes reviews down for: {named}{may}. "
            "A genuine negative opinion has no removal route: leave it standing, or answer in general words (`repaudit reply`)"
        )
        what = f"Report a review on {site}"
    else:
        route = remedy_for(mention.source, mention.url, "facts")
        what = f"Correct or remove a page on {site}"
    return Matter(
        subject=mention.key,
        what=what,
        site=site,
        recipient=recipient_of(route.site),
        route=route.path,
        where_url=route.begins_at(mention.url),
        trust=route.trust,
        url=mention.url,
        mentions=(mention,),
    )


# ---------------------------------------------------------------------------- what the user gives


def no_harm(*texts: str | None) -> bool:
    """Return whether a plan may be kept: it names no patient, and does nothing that the tool refuses; else say why."""
    from reputation.cli.noting import may_be_kept
    from reputation.defense.refusals import refused

    for text in texts:
        if refusal := refused(text):
            say(f"repaudit: refused, and nothing was kept: {refusal}")
            return False
        if not may_be_kept(text):
            return False
    return True


def day_of(name: str, text: str | None) -> date | None:
    """Return a day in ISO 8601.

    Raises:
        UsageError: where it is none.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f'{name} "{text}" is no day; write 2026-11-22') from None


def proofs(given: Iterable[str], mentions: Iterable[Mention] = ()) -> list[dict[str, str]]:
    """Return evidence as the journal keeps it: what the user named, and the latest captures of the pages.

    Raises:
        UsageError: where one is neither a file, nor a link, nor a digest.
    """
    found = [_proof(text) for text in given]
    for mention in mentions:
        latest = sorted(mention.evidence, key=lambda one: one.fetched_at)[-1:]
        found += [{"url": one.url, "sha256": one.sha256} for one in latest]
    return found[:_MOST_PROOFS]


def _proof(text: str) -> dict[str, str]:
    if re.fullmatch(r"[0-9a-fA-F]{64}", text):
        return {"sha256": text.lower()}
    if re.match(r"https?://\S+$", text):
        return {"url": text}
    path = Path(text).expanduser()
    try:
        if path.is_file():
            return {"url": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    except (OSError, ValueError) as error:
        raise UsageError(f"--evidence {text}: {getattr(error, 'strerror', None) or error}") from error
    raise UsageError(f"--evidence {text[:80]} is no file, no link and no SHA-256 digest; name one of these")


def meant(known: Sequence[Dispute], beginning: str) -> Dispute:
    """Return the dispute that a key means: its own, or that of the finding, action or page it is about.

    Raises:
        UsageError: where none or several do.
    """
    if not known:
        raise UsageError("there is no dispute yet; begin one with `repaudit disputes add KEY`")
    found = [one for one in known if one.key.startswith(beginning)] or [
        one
        for one in known
        if any(key.startswith(beginning) for key in (one.subject, *one.finding_keys, *one.mention_keys))
    ]
    if len(found) > 1:
        found = [one for one in found if one.is_open] or found[-1:]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f"no dispute has a key that begins with {beginning}, or is about one; see `repaudit disputes list`"
        )
    raise UsageError(
        f"{len(found)} disputes are meant by {beginning}, such as {found[0].key} and {found[1].key}; give one of these"
    )


def letter_bytes(
    audit: Audit, matter: Matter, output: Path, *, recipient: str | None, to: str | None
) -> bytes | str:
    """Return a letter about a matter as the file's ending asks: .eml, a draft of mail, or .txt.

    Raises:
        UsageError: for another ending, a wrong address, or a review: those go through the site's own form.
    """
    from reputation.defense import letters
    from reputation.report.mail import address

    if output.suffix.lower() not in _LETTERS:
        raise UsageError(f"{output.name}: a letter is written as .eml (a draft of mail) or as .txt")
    wanted = recipient or matter.recipient
    if wanted not in letters.RECIPIENTS:
        raise UsageError(
            f"--for {wanted}: there is no such letter; known are {', '.join(letters.RECIPIENTS)}"
        )
    if not matter.findings:
        raise UsageError(
            f"there is nothing to correct by letter in {matter.subject}; use the site's own form: {matter.where_url or matter.route}"
        )
    if audit.profile is None:
        raise UsageError("this audit kept no profile to sign with; make one with `repaudit run`")
    now = datetime.now(UTC)
    letter = letters.write(
        audit.profile, matter.findings, matter.url, recipient=wanted, site=matter.site, on=now.date()
    )
    if output.suffix.lower() == ".txt":
        return letters.as_text(letter)
    return letters.as_eml(letter, address(to).addr_spec if to else None, now)


# ---------------------------------------------------------------------------- what is said


def alarm_lines(known: Iterable[Dispute]) -> Iterator[str]:
    """Yield a line for each dispute of which something mended is wrong again."""
    from reputation.defense.disputes import regressed

    for one in regressed(known):
        told = f", confirmation {one.confirmation}" if one.confirmation else ""
        yield (
            f"WRONG AGAIN since {one.came_back_on}: {clean(one.site, 60)}, {clean(one.what, 120)} "
            f"(mended by {one.closed_on}{told}; {one.key})"
        )


def alarms(store: Store) -> list[str]:
    """Return the alarms of a store: what was mended and is wrong again."""
    from reputation.defense.disputes import disputes

    return list(alarm_lines(disputes(store.entries("dispute"))))


def dispute_lines(one: Dispute, today: date) -> Iterator[str]:
    """Yield what is known of one dispute: a line for where it stands, and one for how it got there."""
    late = f", answer overdue since {one.deadline}" if one.is_overdue(today) else ""
    again = ", WRONG AGAIN" if one.came_back_on else ""
    yield f"{one.key}  {one.state}{late}{again}  {clean(one.what, 110)}"
    where = f" ({clean(one.where_url, 120)})" if one.where_url else ""
    yield f"    route [{one.trust.value}]: {clean(one.route, 140) or 'none named'}{where}"
    days = {"opened": one.opened_on, "sent": one.sent_on, "answer due": one.deadline}
    if one.closed_on:
        days[one.state] = one.closed_on
    told = [f"{name} {day}" for name, day in days.items() if day]
    told += [f"confirmation {clean(one.confirmation, 60)}"] if one.confirmation else []
    told += [f"{len(one.evidence)} piece{'s' if len(one.evidence) != 1 else ''} of evidence"]
    yield f"    {', '.join(told)}"
    if one.note:
        yield f"    note: {clean(one.note, 160)}"


def list_lines(known: Sequence[Dispute], today: date, *, only_open: bool) -> Iterator[str]:
    """Yield the alarms, the disputes, the open ones first, and how each site has answered."""
    from reputation.defense.disputes import by_site

    yield from alarm_lines(known)
    shown = [one for one in known if one.is_open or not only_open]
    for one in sorted(shown, key=lambda one: (not one.is_open, one.deadline or date.max, one.key)):
        yield from dispute_lines(one, today)
    records = by_site(known)
    if records:
        yield "How sites have answered:"
    for record in records:
        days = f", {record.median_days:g} days in the median" if record.median_days is not None else ""
        more = [
            f"{n} {word}"
            for n, word in (
                (record.refused, "refused"),
                (record.waiting, "waiting"),
                (record.came_back, "came back"),
            )
            if n
        ]
        tail = f"; {', '.join(more)}" if more else ""
        yield f"  {clean(record.site, 60)}: {record.mended} of {record.asked} mended{days}{tail}"


def list_document(known: Sequence[Dispute], today: date) -> dict[str, Any]:
    """Return the disputes as one JSON object."""
    from reputation.codec import to_plain
    from reputation.defense.disputes import by_site, regressed

    return {
        "schema_version": 1,
        "alarms": [one.key for one in regressed(known)],
        "disputes": [dispute_document(one, today) for one in known],
        "sites": to_plain(by_site(known)),
    }


def dispute_document(one: Dispute, today: date) -> dict[str, Any]:
    """Return one dispute as a JSON object."""
    from reputation.codec import to_plain

    return {**to_plain(one), "open": one.is_open, "overdue": one.is_overdue(today), "days": one.days}


def begin_lines(audit: Audit | None) -> Iterator[str]:
    """Yield what a dispute may be begun about, where there is none yet."""
    yield "no dispute yet"
    for one in [one for one in audit.actions if one.finding_keys][:5] if audit else ():
        yield f"  {one.key}  [{one.trust.value}]  {clean(one.what, 110)}"

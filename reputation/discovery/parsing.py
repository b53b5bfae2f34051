"""Reads an answer with its source's adapter, and says what the answer then amounts to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reputation.discovery.adapters import adapter_of
from reputation.discovery.exports import MEDIA_TYPE as EXPORT
from reputation.discovery.exports import read_export
from reputation.discovery.hearing import SPOKEN, Parsed, combine
from reputation.discovery.lanes import Answer
from reputation.discovery.observe import read_observation
from reputation.discovery.printed_dates import dated
from reputation.errors import SourceError, Unreadable
from reputation.model import Access, By, Capture, Cell, CoverageStatus, Mention, Request, Source

READ = frozenset({CoverageStatus.OK, CoverageStatus.EMPTY})


def parse(answer: Answer) -> Parsed:
    """Read `answer`; what cannot be read is told by its status.

    A reply that is known to be no good is read all the same: the adapter may say better what its vendor
    means, and a metasearch without a result still tells which of its engines were silent.
    """
    capture = answer.capture
    if capture is None:
        return Parsed(answer)
    said: list[Mention | Request | Cell] = []
    try:
        said = list(_read(answer.job.source, capture))
    except SourceError as error:
        answer = _corrected(answer, error)
    except Exception as error:  # noqa: BLE001 - a broken adapter costs one reply, not the audit
        if answer.status in READ:
            why = f"the adapter {answer.job.source.adapter!r} failed: {type(error).__name__}: {error}"
            answer = replace(answer, status=CoverageStatus.FAILED, why=why)
    cells = tuple(one for one in said if isinstance(one, Cell))
    if answer.status not in READ:
        return Parsed(answer, cells=cells)
    seen_on = capture.fetched_at.date()
    mentions = tuple(dated(one, seen_on) for one in said if isinstance(one, Mention))
    steps = tuple(one for one in said if isinstance(one, Request))
    return Parsed(_as_heard(answer, is_found=bool(mentions or steps), cells=cells), mentions, steps, cells)


def _read(source: Source, capture: Capture) -> Iterable[Mention | Request | Cell]:
    if capture.by is By.OBSERVED:
        return read_observation(capture)
    if capture.media_type == EXPORT:
        return read_export(source, capture)
    if capture.by is By.SAVED_PAGE and _is_page(source, capture):
        source = replace(source, adapter="saved-page", access=Access.MANUAL)
    return adapter_of(source).parse(source, capture)


def _corrected(answer: Answer, error: SourceError) -> Answer:
    """Return the answer as its adapter sees it; a wall stays a wall, a known error is not made less of."""
    is_vague = isinstance(error, Unreadable)
    if answer.status is CoverageStatus.BLOCKED or (is_vague and answer.status not in READ):
        return answer
    return replace(answer, status=CoverageStatus(error.status), why=str(error))


def _as_heard(answer: Answer, *, is_found: bool, cells: Sequence[Cell]) -> Answer:
    found = CoverageStatus.OK if is_found else CoverageStatus.EMPTY
    silent = [cell for cell in cells if cell.status not in SPOKEN]
    if not silent:
        return replace(answer, status=found)
    why = ", ".join(f"{cell.engine}: {cell.detail or cell.status}" for cell in silent)
    is_heard = is_found or len(silent) < len(cells)
    status = (
        combine((found, *(cell.status for cell in cells))) if is_heard else combine(c.status for c in silent)
    )
    return replace(answer, status=status, why=why)


def _is_page(source: Source, capture: Capture) -> bool:
    """Return whether a saved capture is a page for people, where the source itself answers a program."""
    starts = capture.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return source.access in (Access.API, Access.FEED, Access.RETIRED) and starts not in (b"{", b"[")

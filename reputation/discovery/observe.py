"""What the user saw with her own eyes: a rating, a count, a phone, or nothing there; marked as her word.

An observation is a tiny JSON capture, so it is stored, replayed and cited like any other evidence, and it
waits in the inbox like a saved page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from reputation.discovery.saved import OBSERVATION
from reputation.errors import Unreadable, UsageError
from reputation.model import By, Capture, Claim, Kind, Mention, Rank, Request, Source
from reputation.normalize import mention_key

_AHEAD = timedelta(hours=14)
"""The zone that is first to begin a day: a date later than there is nobody's today."""


def observation(
    source: Source,
    *,
    rating: float | None = None,
    best: float | None = None,
    count: int | None = None,
    phone: str | None = None,
    url: str | None = None,
    nothing: bool = False,
    on: date,
    name: str | None = None,
    rank: int | None = None,
    query: str | None = None,
) -> Capture:
    """Return what the user saw at `source` on the day `on` as a capture, marked as her word.

    `rating` is 0..`best`, and `best` is 5 where only a rating is given.  `nothing` says that she looked and
    there was nothing.  At a search engine `query` is what she searched for, and `rank` (1..) where the result
    at `url` stood.

    Raises:
        UsageError: when a value is out of its range, the day is to come, or nothing at all was said.
    """
    seen: dict[str, Any] = {
        "rating": rating,
        "best": best if best is not None or rating is None else 5.0,
        "count": count,
        "phone": _given(phone),
        "url": _given(url),
        "name": _given(name),
        "rank": rank,
    }
    seen = {key: value for key, value in seen.items() if value is not None}
    _check(seen, nothing=nothing, on=on)
    asked = {"query": query} if query and source.engine else {}
    body = json.dumps(
        {"observed": {**seen, **asked, "nothing": nothing, "on": on.isoformat(), "source": source.id}},
        ensure_ascii=False,
        sort_keys=True,
    ).encode()
    address = seen.get("url") or source.base_url or f"observed:{source.id}"
    return Capture(
        source=source.id,
        request=Request(url=address, engine=source.engine, query=asked.get("query")),
        url=address,
        status=200,
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
        fetched_at=datetime.combine(on, time(), UTC),
        media_type=OBSERVATION,
        by=By.OBSERVED,
    )


def _given(text: str | None) -> str | None:
    return (text or "").strip() or None


def _check(seen: dict[str, Any], *, nothing: bool, on: date) -> None:
    rating, best, count = seen.get("rating"), seen.get("best"), seen.get("count")
    if on > (datetime.now(UTC) + _AHEAD).date():
        raise UsageError(f"{on} is to come; give the day on which you looked")
    if nothing and seen:
        raise UsageError("either nothing was there or something was; leave out --nothing or the rest")
    if not nothing and not seen:
        raise UsageError("nothing was said; give --rating, --count, --phone or --url, or --nothing")
    if best is not None and not 0 < best <= 1000:
        raise UsageError(
            f"the best rating {best:g} is not between 0 and 1000; give the site's highest, such as 5"
        )
    if rating is not None and not 0 <= rating <= best:
        raise UsageError(
            f"the rating {rating:g} is not between 0 and {best:g}; give --best as well, such as --best 10"
        )
    if count is not None and count < 0:
        raise UsageError(f"the count {count} is below 0; give how many ratings the site shows")
    if "rank" in seen and ("url" not in seen or not 1 <= seen["rank"] <= 100):
        raise UsageError("a rank is 1 to 100, and needs the --url of the result that stood there")
    if "url" in seen and not str(seen["url"]).startswith(("http://", "https://")):
        raise UsageError(f"{seen['url']} is not a web address; copy it from the browser, with https://")


def read_observation(capture: Capture) -> tuple[Mention, ...]:
    """Return the listing that the user saw, her claims as she gave them; nothing where she saw nothing.

    Raises:
        Unreadable: when the capture is no observation.
    """
    seen = _seen(capture.body)
    if seen.get("nothing"):
        return ()
    names = {"name": "name", "telephone": "phone", "url": "url"}
    claims = [Claim(field, str(seen[key])) for field, key in names.items() if seen.get(key)]
    rating, count = seen.get("rating"), seen.get("count")
    if count == 0:
        rating = None
    ranks: tuple[Rank, ...] = ()
    if seen.get("rank") and capture.request.engine:
        place = Rank(
            engine=capture.request.engine, query=str(seen.get("query") or ""), position=int(seen["rank"])
        )
        ranks = (place,)
    return (
        Mention(
            source=capture.source,
            kind=Kind.RESULT if ranks else Kind.LISTING,
            url=str(seen.get("url") or capture.url),
            title=str(seen.get("name") or "Seen by the user"),
            key=mention_key(
                capture.source, None if seen.get("url") else "observed", str(seen.get("url") or "")
            ),
            rating_value=rating,
            best_rating=seen.get("best") if rating is not None else None,
            rating_count=count,
            claims=tuple(claims),
            ranks=ranks,
        ),
    )


def _seen(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("the observation is damaged; run `repaudit observe` again") from error
    seen = value.get("observed") if isinstance(value, dict) else None
    if not isinstance(seen, dict):
        raise Unreadable("this is no observation; run `repaudit observe` again")
    return seen


def from_saved(body: bytes, sources: Sequence[Source]) -> Capture:
    """Return the observation that lies in the inbox as `body`, checked again, for the source that it names.

    Raises:
        Unreadable: when it is damaged, out of range, or names a source that is not in sources.toml.
    """
    seen = _seen(body)
    source = next((s for s in sources if s.id == seen.get("source")), None)
    if source is None:
        raise Unreadable(f"no source is called {seen.get('source')!r}; see `repaudit sources list`")
    try:
        return observation(
            source,
            rating=_number(seen.get("rating")),
            best=_number(seen.get("best")),
            count=None if seen.get("count") is None else int(seen["count"]),
            phone=seen.get("phone"),
            url=seen.get("url"),
            nothing=bool(seen.get("nothing")),
            on=date.fromisoformat(str(seen.get("on"))),
            name=seen.get("name"),
            rank=None if seen.get("rank") is None else int(seen["rank"]),
            query=seen.get("query"),
        )
    except (UsageError, ValueError, TypeError, AttributeError) as error:
        raise Unreadable(f"the observation is wrong: {error}") from error


def _number(value: Any) -> float | None:
    return None if value is None else float(value)

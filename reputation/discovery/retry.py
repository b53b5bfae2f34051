"""When to ask again: how long a server asks us to wait, and how long we wait on our own."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

ATTEMPTS = 3
RETRIED = frozenset({429, 502, 503, 504})
MAX_WAIT_S = 30.0
"""A host that asks for more than this is not waited for: it is left alone until then."""


def asked_wait_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that Retry-After asks for (a number, or an HTTP date), None without one."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def backoff_s(attempt: int, base_s: float) -> float:
    """Return how long to wait after failed `attempt` 0.., with jitter of half either way."""
    return base_s * 2.0**attempt * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, no secret

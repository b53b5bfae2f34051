"""The one Jinja environment; every template of the house is filled here.

Whatever is printed passes `clean` and, but in plain-text templates, HTML escaping: pages that others
wrote are quoted in our reports, and none of it may run, hide or turn the text around it.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from reputation import resources

if TYPE_CHECKING:
    from jinja2 import Environment

PLAIN_TEXT = (".txt.j2", ".md.j2", ".txt", ".md")
"""Endings of templates that are not HTML and are not escaped; everything else is."""

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_UNPRINTABLE = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters but tab, line feed, carriage return
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates
    "\u2028\u2029\ufeff\ufff9-\ufffb"  # line separators of scripts, marks of interlinear text
    "\ud800-\udfff\ufffe\uffff"  # surrogates without a partner, non-characters
    "\U000e0000-\U000e007f"  # invisible tags
    "]"
)
_NOT_IN_URL = re.compile(r"[\s<>\"'`\\^{|}\x00-\x20\x7f-\x9f]")


def clean(text: str) -> str:
    """Return `text` without what a reader cannot see but a terminal, browser or mail program obeys.

    Control characters, bidirectional overrides and lone surrogates go; letters of every script stay.
    """
    return _UNPRINTABLE.sub("", text)


def safe_url(value: str | None) -> str | None:
    """Return `value` if it is a web, mail or telephone link that may be clicked, else None."""
    if not value:
        return None
    text = clean(value).strip()
    if _NOT_IN_URL.search(text):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in SAFE_SCHEMES:
        return None
    if parts.scheme.lower() in {"http", "https"} and (not host or "@" in parts.netloc):
        return None
    return text


def in_words(value: date | datetime | str | None) -> str:
    """Return a date as `21 November 2026`; less where less is known, `unknown` where nothing is.

    Accepts ISO 8601 text (a year, a month or a day); what is not a date comes back as it was.
    """
    if value is None or value == "":
        return "unknown"
    if isinstance(value, datetime):
        value = value.astimezone(UTC) if value.tzinfo else value
        return f"{value.day} {value:%B} {value.year}"
    if isinstance(value, date):
        return f"{value.day} {value:%B} {value.year}"
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = int(match[1]), int(match[2])
        return f"{date(year, month, 1):%B} {year}" if 1 <= month <= 12 else value
    try:
        return in_words(datetime.fromisoformat(value))
    except ValueError:
        return value


def number(value: float | None, digits: int = 2) -> str:
    """Return a number with thousands set apart and no needless zeros; `unknown` for None or NaN."""
    if value is None or not math.isfinite(value):
        return "unknown"
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: float | None) -> str:
    """Return a valence, -1..1, with its sign and two digits."""
    if value is None or not math.isfinite(value):
        return "unknown"
    return f"{value:+.2f}".replace("-", "\u2212")


def percent(share: float | None) -> str:
    """Return a share, 0..1, as a whole percentage."""
    return "unknown" if share is None or not math.isfinite(share) else f"{share * 100:.0f}%"


def _printed(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return clean(value)
    return value


def is_html(template: str | None) -> bool:
    """Whether what `template` makes is escaped: all but plain text, whatever its ending is."""
    return not (template or "").endswith(PLAIN_TEXT)


@cache
def _environment() -> Environment:
    import jinja2  # noqa: PLC0415 - 60 ms that `--help` must not pay

    def load(name: str) -> str | None:
        try:
            return resources.text(f"templates/{name}")
        except (FileNotFoundError, NotADirectoryError):
            return None

    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=is_html,  # noqa: S701 - true for every template but plain text
        undefined=jinja2.StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(
        safe_url=safe_url, date=in_words, number=number, signed=signed, percent=percent, clean=clean
    )
    return made


def render(template: str, **context: Any) -> str:
    """Return `templates/TEMPLATE` filled with `context`; a name it lacks is an error, never a blank."""
    return _environment().get_template(template).render(**context)

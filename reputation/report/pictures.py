"""The mail's pictures: PNG bars without letters, so that they need no font; their words stand beside them and in `alt`.

Drawn as SVG in a light palette of their own, since mail programs show no SVG and know no variables of style.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reputation.render import render
from reputation.report.bars import tiles
from reputation.report.wording import in_words

if TYPE_CHECKING:
    from reputation.model import PageOne
    from reputation.report.digest import Digest

WIDTH_PX, HEIGHT_PX = 260, 18
SCALE = 2
"""Pixels drawn for one shown: screens are finer than a mail's pixels."""
MOST_ENGINES = 4
COLOURS = {
    "owned": "#0f6070",
    "controlled": "#4a93a3",
    "influenced": "#b9a23c",
    "uncontrolled": "#8b94a0",
    "not_about_me": "#dcd9cf",
    "heard": "#0f6070",
    "unheard": "#dcd9cf",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A bar: what it is of, what it shows in words, and its bytes."""

    title: str
    alt: str
    png: bytes
    width_px: int = WIDTH_PX
    height_px: int = HEIGHT_PX

    @property
    def cid(self) -> str:
        """The name under which the HTML finds it inside the message."""
        return f"{hashlib.sha256(self.png + self.title.encode('utf-8', 'replace')).hexdigest()[:20]}@repaudit.invalid"


def digest_pictures(digest: Digest, pages: Sequence[PageOne]) -> tuple[Picture, ...]:
    """Return the bars of a digest: who holds page one of each engine, and how many sources were heard."""
    heard = (("heard", digest.n_heard), ("unheard", digest.n_unheard))
    sources = Picture(
        title="Sources",
        alt=f"{digest.n_heard} of {digest.n_heard + digest.n_unheard} sources heard",
        png=_bar(heard),
    )
    return (*_of_engines(pages), sources)


def _of_engines(pages: Sequence[PageOne]) -> Iterator[Picture]:
    """Yield a bar an engine, of its first query: the plainest one stands first."""
    first = {page.engine: page for page in reversed(pages)}
    for engine in sorted(first)[:MOST_ENGINES]:
        drawn = tiles(first[engine])
        if drawn:
            yield Picture(
                title=f"Page one of {engine.title()}",
                alt=", ".join(f"{one.n} {in_words(one.kind)}" for one in drawn),
                png=_bar([(one.kind, one.n) for one in drawn]),
            )


def _bar(parts: Sequence[tuple[str, int]]) -> bytes:
    from resvg_py import svg_to_bytes  # noqa: PLC0415  wanted for mail alone

    total = sum(n for _, n in parts) or 1
    placed, x = [], 0.0
    for kind, n in parts:
        width = WIDTH_PX * n / total
        placed.append((round(x, 2), round(width, 2), n, COLOURS[kind]))
        x += width
    svg = render("email/bar.svg.j2", parts=placed, width=WIDTH_PX, height=HEIGHT_PX)
    return bytes(svg_to_bytes(svg_string=svg, zoom=SCALE, skip_system_fonts=True))

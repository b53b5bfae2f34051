"""The card as a QR code (ISO/IEC 18004), which a telephone's camera takes into its address book."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reputation.dissemination.vcard import to_vcard

if TYPE_CHECKING:
    from segno import QRCode

    from reputation.dissemination.facts import Facts
    from reputation.model import Profile

QUIET_ZONE = 4
"""Modules of white around the code; the standard asks for four."""
LARGEST_VERSION = 20
"""97 modules a side: what a telephone still reads off a card of 5 cm; facts are left out before it is larger."""

_EVER_SHORTER = (
    ("links",),
    ("links", "address"),
    ("links", "address", "title", "workplace"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CardCode:
    """A vCard and its code."""

    text: str
    code: QRCode

    def svg(self) -> str:
        """Return one SVG file, black on white whatever stands around it."""
        made = io.BytesIO()
        self.code.save(made, kind="svg", border=QUIET_ZONE, scale=4, light="#fff", title="vCard")
        return made.getvalue().decode()

    def inline(self) -> str:
        """Return an `<svg>` element to stand inside a page."""
        drawn = str(self.code.svg_inline(border=QUIET_ZONE, scale=3, light="#fff", omitsize=True))
        return drawn.replace("<svg ", '<svg role="img" aria-label="QR code of the card" ', 1)

    def png(self) -> bytes:
        """Return a PNG file, eight pixels a module."""
        made = io.BytesIO()
        self.code.save(made, kind="png", border=QUIET_ZONE, scale=8)
        return made.getvalue()


def card_code(profile: Profile, facts: Facts) -> CardCode | None:
    """Return the code of the fullest card that a camera still reads; None where not even the name fits."""
    from segno import DataOverflowError, make_qr  # noqa: PLC0415 - 30 ms that `--help` need not pay

    for left_out in _EVER_SHORTER:
        text = to_vcard(profile, facts, without=left_out)
        try:
            code = make_qr(text, error="m", encoding="utf-8", boost_error=False)
        except DataOverflowError:
            continue
        if isinstance(code.version, int) and code.version <= LARGEST_VERSION:
            return CardCode(text=text, code=code)
    return None

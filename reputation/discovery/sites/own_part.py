"""Which lines of a profile page are about its subject: not those under a heading about other doctors."""

from __future__ import annotations

import re

from reputation.discovery.reading import Node, Page, text_of

OTHERS = re.compile(
    r"compare (?:with|providers|dr\b)|similar (?:doctors|providers|specialists|businesses)|people also (?:search|view)|(?:doctors|providers|specialists|therapists)"
    r" (?:near|nearby|you may)|nearby (?:doctors|providers|specialists)|other (?:doctors|providers|specialists|businesses)|you (?:may|might) also|related (?:doctors|providers)"
    r"|are accepting new patients$|more (?:doctors|providers|therapists)|sponsored|(?:doctors|providers) (?:who|that) treat|patients also (?:viewed|searched)"
    r"|(?:похожие|другие|рекомендуемые|ближайшие) (?:врачи|специалисты|клиники)|врачи рядом|(?:otros|más) (?:doctores|médicos|especialistas|profesionales)|(?:doctores|especialistas) (?:similares|relacionados|cercanos)"
    r"|(?:autres|d.autres) (?:médecins|praticiens|spécialistes)|médecins (?:similaires|à proximité)|(?:weitere|ähnliche|andere) (?:ärzte|ärztinnen|fachärzte|spezialisten)"
    r"|(?:altri|simili) (?:dottori|medici|specialisti)|outros (?:médicos|especialistas|profissionais)|inni (?:lekarze|specjaliści)|podobni lekarze",
    re.IGNORECASE,
)
"""What stands over other doctors on a page about one."""
_HEADINGS = "h1, h2, h3, h4, h5, h6, [role=heading]"
_LONGEST = 80
_TOP = 15
"""Lines of a page's menus, among which "Doctors near you" cuts nothing off."""


def own_lines(page: Page, name: str | None = None) -> list[str]:
    """Return the lines of the page that are about its subject, called `name` there: those before the first other doctors.

    Near the top, where the subject's own sections may follow, only the section of the others is left out.
    """
    lines = list(page.lines)
    levels = _levels(page)
    start = next((n for n, line in enumerate(lines) if name and line == name), 0)
    kept: list[str] = []
    left_out: int | None = None
    for n, line in enumerate(lines):
        level = levels.get(line)
        is_others = n > start and len(line) < _LONGEST and OTHERS.search(line) is not None
        if is_others and n > _TOP and n > len(lines) // 5:
            return kept
        if left_out is not None and level is not None and level <= left_out and not is_others:
            left_out = None
        if is_others and level is not None and left_out is None:
            left_out = level
        if left_out is None:
            kept.append(line)
    return kept


def _levels(page: Page) -> dict[str, int]:
    """Return the level of each line that is a heading; the highest where it stands twice."""
    found: dict[str, int] = {}
    for node in page.css(_HEADINGS)[:500]:
        level = int(node.tag[1]) if node.tag in ("h1", "h2", "h3", "h4", "h5", "h6") else 2
        text = text_of(node)
        found[text] = min(level, found.get(text, level))
    return found


def first_others(page: Page) -> Node | None:
    """Return the first heading over other doctors."""
    return next(
        (
            node
            for node in page.css(_HEADINGS)[:500]
            if len(said := text_of(node)) < _LONGEST and OTHERS.search(said)
        ),
        None,
    )

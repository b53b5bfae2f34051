"""Writes docs/sources.md from sources.toml: `python docs/generate_sources.py`.  A test says when it is stale."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reputation import config
from reputation.model import Access, Category, Source

INTRODUCTION = """\
# Sources

Written from `sources.toml` by `docs/generate_sources.py`; do not edit it by hand.

**way**: *api* and *feed* are asked by program, *page* too and robots.txt is obeyed; *manual* is for a person alone: save the page
or say what you saw (`repaudit import`, `repaudit observe`); *retired* is gone. **proof**: *recorded* means that the reader was measured
on a real recording, *documented* on replies written after the vendor's documentation, *unproved* neither. **terms read** is empty
where nobody has read them lately: do so before you rely on a source.

No key is shipped. `repaudit key add NAME` keeps yours; a source without its key is skipped, and the report says so.
Names that are sent to third parties are those of the clinician alone; `repaudit plan` lists them before anything is asked.
"""
HEADER = "| id | source | way | key | terms | terms read | proof | on |\n|---|---|---|---|---|---|---|---|"


def page(sources: Sequence[Source]) -> str:
    """Return docs/sources.md: a table a category, in the order of sources.toml."""
    asked = [source for source in sources if source.access not in (Access.MANUAL, Access.RETIRED)]
    keyless = [source for source in asked if source.key_env is None or source.options.get("key_optional")]
    parts = [
        INTRODUCTION,
        f"{len(sources)} sources: {len(asked)} asked by program, {len(keyless)} of them without a key.\n",
    ]
    for category in Category:
        own = [source for source in sources if source.category is category]
        if own:
            parts.append(f"## {category.value}\n\n{HEADER}\n" + "\n".join(map(_row, own)) + "\n")
    return "\n".join(parts)


def _row(source: Source) -> str:
    key = f"`{source.key_env}`" if source.key_env else ""
    if key and source.options.get("key_optional"):
        key += " (optional)"
    cells = [
        f"`{source.id}`",
        source.title,
        _way(source),
        key,
        source.terms or "",
        source.terms_checked.isoformat() if source.terms_checked else "",
        source.proved.value,
        "yes" if source.enabled else "no",
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _way(source: Source) -> str:
    if source.access is not Access.RETIRED:
        return source.access.value + (f", ends {source.retired_on}" if source.retired_on else "")
    when = f" {source.retired_on}" if source.retired_on else ", the date is not known"
    successor = f"; now `{source.replaced_by}`" if source.replaced_by else ""
    return f"retired{when}{successor}"


if __name__ == "__main__":
    Path(__file__).with_name("sources.md").write_text(page(config.load_sources()), encoding="utf-8")

"""What `sources check` and `key test` do: put controls to a source, live and on request only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reputation.errors import UsageError

if TYPE_CHECKING:
    from reputation.discovery.controls import Checked
    from reputation.model import Source

BUDGET = 120
"""The most requests that `sources check` sends in all; about four a source that is ready."""


def probe(named: Path | None, source: Source) -> tuple[str, str]:
    """Return the coverage status of one request to `source`, and a detail; the user's own name is not sent.

    Raises:
        UsageError: where the source is not asked by program, or needs more than a name.
    """
    from reputation.cli.auditing import web_to
    from reputation.cli.registry import network_of, registered
    from reputation.discovery.adapters import Skip, adapter_of
    from reputation.discovery.controls import absent
    from reputation.discovery.lanes import Job, ask
    from reputation.discovery.parsing import parse
    from reputation.discovery.variants import name_variants

    nobody = absent()
    try:
        question = next(iter(adapter_of(source).plan(source, nobody, name_variants(nobody))), None)
    except Skip as skip:
        raise UsageError(f"{source.id} cannot be asked yet: {skip}") from skip
    if question is None:
        raise UsageError(f"{source.id} cannot be asked by program; see `repaudit sources show {source.id}`")
    with web_to(network_of(named), registered(named)) as fetch:
        answer = parse(ask(fetch, Job(source, question, (0,)))).answer
    return answer.status.value, answer.why or ""


def check_all(named: Path | None, wanted: str | None, budget: int) -> Iterator[Checked]:
    """Put the controls to one source, or to each that is ready, and yield how each check ended.

    Raises:
        UsageError: where there is no such source, or it is not asked by program.
    """
    from reputation.cli.auditing import web_to
    from reputation.cli.registry import network_of, registered
    from reputation.discovery.controls import REQUESTS, check

    sources = registered(named)
    with web_to(network_of(named), sources) as fetch:
        for source in _to_check(sources, wanted):
            if (why := _not_ready(source)) is not None or budget < 1:
                yield _unchecked(source, why or "the budget of requests is used up")
                continue
            checked = check(source, fetch, budget=min(REQUESTS, budget))
            budget -= checked.requests
            yield checked


def _to_check(sources: tuple[Source, ...], wanted: str | None) -> list[Source]:
    from reputation.config.toml import did_you_mean
    from reputation.model import Access

    known = {source.id: source for source in sources}
    asked = (Access.API, Access.FEED)
    if wanted is None:
        return [one for one in sources if one.access in asked and one.enabled]
    if wanted not in known:
        raise UsageError(
            f"there is no source {wanted}{did_you_mean(wanted, known)}; see `repaudit sources list`"
        )
    if known[wanted].access not in asked:
        raise UsageError(f"{wanted} cannot be asked by program; see `repaudit sources show {wanted}`")
    return [known[wanted]]


def _not_ready(source: Source) -> str | None:
    from reputation import config

    if config.has_key(source) or source.options.get("key_optional"):
        return None
    return f"needs {source.key_env}"


def _unchecked(source: Source, why: str) -> Checked:
    from reputation.discovery.controls import Checked, Verdict

    return Checked(source=source.id, verdict=Verdict.NOT_CHECKED, detail=why)

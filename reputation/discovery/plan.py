"""What an audit would ask, source by source, before anything is asked; pure.

`collect` walks this plan, and the `plan` command prints it: which third party will see which names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from reputation.discovery.adapters import Skip, adapter_of
from reputation.discovery.reach import is_never_fetched, never_fetched
from reputation.model import Access, Category, CoverageStatus, NameVariant, Profile, Request, Source

MOST_CELLS = 400
"""Of the requests beyond a source's budget, how many are drawn up, to be listed as not asked."""

HasKey = Callable[[Source], bool]


LEFT_OUT = "left out by --"
"""How the reason begins for which a narrower question leaves a source out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowing:
    """A narrower question: these sources, these categories (either set empty: all), no network."""

    source_ids: frozenset[str] = frozenset()
    categories: frozenset[Category] = frozenset()
    offline: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """What one source would be asked; `status` and `reason` say why it is not, None where it is."""

    source: Source
    requests: tuple[Request, ...] = ()
    unasked: tuple[Request, ...] = ()
    """What is not asked for want of a key or beyond `max_requests`; told as skipped cells."""
    never_fetched: tuple[Request, ...] = ()
    """What lies on the host of a manual or retired source."""
    status: CoverageStatus | None = None
    reason: str | None = None


def always(_source: Source) -> bool:
    """Say that every key is there."""
    return True


def plan_requests(
    profile: Profile,
    sources: Sequence[Source],
    variants: Sequence[NameVariant],
    *,
    has_key: HasKey = always,
    narrowing: Narrowing | None = None,
    today: date | None = None,
) -> tuple[Planned, ...]:
    """Return what each source would be asked, one `Planned` a source, in the order of `sources`.

    A source whose `retired_on` has come by `today` is retired, whatever its access.

    Raises:
        ConfigError: a source names an adapter that does not exist.
    """
    narrowing = narrowing or Narrowing()
    refused = never_fetched(sources)
    plans = []
    for source in sources:
        shut = _retired(source, today) or _shut(source, narrowing)
        if shut is not None:
            plans.append(Planned(source=source, status=shut[0], reason=shut[1]))
            continue
        planned = _planned(source, profile, variants, refused)
        is_keyless = not narrowing.offline and planned.status is None and _lacks_key(source, has_key)
        plans.append(_without_key(planned) if is_keyless else planned)
    return tuple(plans)


def _shut(source: Source, narrowing: Narrowing) -> tuple[CoverageStatus, str] | None:
    """Return why a source is not asked whatever the profile says, None where it is."""
    if not source.enabled:
        return CoverageStatus.SKIPPED, "disabled in sources.toml"
    if narrowing.source_ids and source.id not in narrowing.source_ids:
        return CoverageStatus.SKIPPED, f"{LEFT_OUT}source"
    if narrowing.categories and source.category not in narrowing.categories:
        return CoverageStatus.SKIPPED, f"{LEFT_OUT}category"
    if source.access is Access.MANUAL:
        return CoverageStatus.MANUAL, "only a person may open it: save the page and import it"
    return None


def _retired(source: Source, today: date | None) -> tuple[CoverageStatus, str] | None:
    is_over = source.retired_on is not None and today is not None and source.retired_on <= today
    if source.access is not Access.RETIRED and not is_over:
        return None
    when = f"retired on {source.retired_on}" if source.retired_on else "retired"
    after = f"replaced by {source.replaced_by}" if source.replaced_by else "nothing replaces it"
    return CoverageStatus.RETIRED, f"{when}; {after}"


def _lacks_key(source: Source, has_key: HasKey) -> bool:
    return bool(source.key_env) and not source.options.get("key_optional") and not has_key(source)


def _without_key(planned: Planned) -> Planned:
    source = planned.source
    return Planned(
        source=source,
        unasked=planned.requests,
        status=CoverageStatus.SKIPPED,
        reason=f"no key: set {source.key_env}, or run `repaudit key add {source.id}`",
    )


def _planned(
    source: Source, profile: Profile, variants: Sequence[NameVariant], refused: frozenset[str]
) -> Planned:
    try:
        adapter = adapter_of(source)
    except ModuleNotFoundError as error:
        return Planned(source=source, status=CoverageStatus.SKIPPED, reason=f"{error.name} is not installed")
    # With a budget of 0 one request is drawn all the same, to tell "no budget" from "nothing to ask with".
    budgeted = replace(source, max_requests=max(source.max_requests, 1))
    try:
        drawn = list(islice(adapter.plan(budgeted, profile, variants), source.max_requests + MOST_CELLS))
    except Skip as skip:
        return Planned(source=source, status=CoverageStatus.SKIPPED, reason=str(skip))
    except Exception as error:  # noqa: BLE001 - a broken adapter costs one source, not the audit
        why = f"the adapter {source.adapter!r} failed to plan: {type(error).__name__}: {error}"
        return Planned(source=source, status=CoverageStatus.FAILED, reason=why)
    wanted = _once(drawn)
    shut = tuple(request for request in wanted if is_never_fetched(request.url, refused, source))
    allowed = tuple(request for request in wanted if request not in shut)
    asked, rest = allowed[: source.max_requests], allowed[source.max_requests :]
    status = None if asked else CoverageStatus.SKIPPED
    reason = None if asked else _nothing_asked(source, wanted, allowed)
    return Planned(
        source=source, requests=asked, unasked=rest, never_fetched=shut, status=status, reason=reason
    )


def beyond_budget(planned: Planned, profile: Profile, variants: Sequence[NameVariant]) -> tuple[Request, ...]:
    """Return the queries that an engine would be put with a larger budget, at most `MOST_CELLS`.

    Drawn up apart from the plan, and only for the ledger: there are hundreds, and nobody waits for them.
    """
    source = planned.source
    if source.category is not Category.SEARCH or not planned.requests:
        return planned.unasked
    most = source.max_requests + MOST_CELLS
    richer = replace(source, max_requests=most)
    known = {request.digest for request in (*planned.requests, *planned.never_fetched)}
    try:
        drawn = list(islice(adapter_of(source).plan(richer, profile, variants), most))
    except Exception:  # noqa: BLE001 - what was to be asked is planned; this is but the list of the rest
        return ()
    return tuple(request for request in _once(drawn) if request.digest not in known)


def _nothing_asked(source: Source, wanted: tuple[Request, ...], allowed: tuple[Request, ...]) -> str:
    if allowed:
        return f"its budget is max_requests = {source.max_requests}"
    return (
        "its pages lie on hosts that are never fetched"
        if wanted
        else "the profile has nothing to ask it with"
    )


def _once(requests: Sequence[Request]) -> tuple[Request, ...]:
    """Return the requests without those that ask the same again."""
    first: dict[str, Request] = {}
    for request in requests:
        first.setdefault(request.digest, request)
    return tuple(first.values())

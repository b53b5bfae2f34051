"""What an audit would ask, source by source, before anything is asked; pure.

`collect` walks this plan, and the `plan` command prints it: which third party will see which names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from reputation.discovery.adapters import Skip, adapter_of
from reputation.discovery.reach import is_never_fetched, netloc_of, never_fetched
from reputation.model import Access, Category, CoverageStatus, NameVariant, Profile, Request, Source

MOST_CELLS = 2000
"""Of the requests beyond a source's budget, how many are listed as not asked."""

HasKey = Callable[[Source], bool]


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
    over_budget: tuple[Request, ...] = ()
    """What would have been asked with a larger `max_requests`."""
    status: CoverageStatus | None = None
    reason: str | None = None

    @property
    def hosts(self) -> tuple[str, ...]:
        """The third parties: host and port of the requests, in order of first use."""
        return tuple(dict.fromkeys(netloc_of(request.url) for request in self.requests))


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
) -> tuple[Planned, ...]:
    """Return what each source would be asked, one `Planned` a source, in the order of `sources`.

    Raises:
        ConfigError: a source names an adapter that does not exist.
    """
    narrowing = narrowing or Narrowing()
    refused = never_fetched(sources)
    plans = []
    for source in sources:
        shut = _shut(source, narrowing) or _keyless(source, has_key)
        if shut is not None:
            plans.append(Planned(source=source, status=shut[0], reason=shut[1]))
        else:
            plans.append(_planned(source, profile, variants, refused))
    return tuple(plans)


def _shut(source: Source, narrowing: Narrowing) -> tuple[CoverageStatus, str] | None:
    """Return why a source is not asked whatever the profile says, None where it is."""
    if source.access is Access.RETIRED:
        when = f"retired on {source.retired_on}" if source.retired_on else "retired"
        return CoverageStatus.RETIRED, f"{when}; {_successor(source)}"
    if not source.enabled:
        return CoverageStatus.SKIPPED, "disabled in sources.toml"
    if narrowing.source_ids and source.id not in narrowing.source_ids:
        return CoverageStatus.SKIPPED, "left out by --source"
    if narrowing.categories and source.category not in narrowing.categories:
        return CoverageStatus.SKIPPED, "left out by --category"
    if source.access is Access.MANUAL:
        return CoverageStatus.MANUAL, "only a person may open it: save the page and import it"
    return None


def _successor(source: Source) -> str:
    return f"replaced by {source.replaced_by}" if source.replaced_by else "nothing replaces it"


def _keyless(source: Source, has_key: HasKey) -> tuple[CoverageStatus, str] | None:
    if source.key_env and not source.options.get("key_optional") and not has_key(source):
        return CoverageStatus.SKIPPED, f"no key: set {source.key_env}, or `repaudit key add {source.id}`"
    return None


def _planned(
    source: Source, profile: Profile, variants: Sequence[NameVariant], refused: frozenset[str]
) -> Planned:
    try:
        adapter = adapter_of(source)
    except ModuleNotFoundError as error:
        return Planned(source=source, status=CoverageStatus.SKIPPED, reason=f"{error.name} is not installed")
    try:
        drawn = list(islice(adapter.plan(source, profile, variants), source.max_requests + MOST_CELLS))
    except Skip as skip:
        return Planned(source=source, status=CoverageStatus.SKIPPED, reason=str(skip))
    except Exception as error:  # noqa: BLE001 - a broken adapter costs one source, not the audit
        why = f"the adapter {source.adapter!r} failed to plan: {type(error).__name__}: {error}"
        return Planned(source=source, status=CoverageStatus.FAILED, reason=why)
    wanted = list({request.digest: request for request in reversed(drawn)}.values())[::-1]
    allowed = [request for request in wanted if not is_never_fetched(request.url, refused, source)]
    if not allowed:
        why = "its pages lie on a host that is never fetched" if wanted else "the profile has nothing to ask it with"
        return Planned(source=source, status=CoverageStatus.SKIPPED, reason=why)
    asked, rest = tuple(allowed[: source.max_requests]), tuple(allowed[source.max_requests :])
    if not asked:
        reason = f"its budget is max_requests = {source.max_requests}"
        return Planned(source=source, over_budget=rest, status=CoverageStatus.SKIPPED, reason=reason)
    return Planned(source=source, requests=asked, over_budget=rest)

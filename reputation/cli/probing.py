"""Asks one source one question, live and on request only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reputation.errors import SourceError, UsageError

if TYPE_CHECKING:
    from reputation.model import Source


def probe(named: Path | None, source: Source) -> tuple[str, str]:
    """Return the coverage status of one request to `source`, and a detail; the user's own name is not sent.

    Raises:
        UsageError: where the source is not asked by program, or needs more than a name.
    """
    from reputation.cli.auditing import web_to
    from reputation.cli.registry import network_of, registered
    from reputation.discovery.adapters import adapter_of
    from reputation.discovery.diagnose import diagnose
    from reputation.discovery.variants import name_variants
    from reputation.model import Ids, License, Location, PersonName, Profile, Right, Specialty

    profile = Profile(
        right=Right(is_self=True),
        name=PersonName(given="Jane", family="Roe"),
        ids=Ids(npi="1234567893"),
        specialties=(Specialty(label="Oncology"),),
        licenses=(License(state="MA", number="1"),),
        locations=(Location(city="Boston", state="MA"),),
    )
    question = next(iter(adapter_of(source).plan(source, profile, name_variants(profile))), None)
    if question is None:
        raise UsageError(f"{source.id} cannot be asked by program; see `repaudit sources show {source.id}`")
    with web_to(network_of(named), registered(named)) as fetch:
        try:
            capture = fetch(source, question)
        except SourceError as error:
            return error.status, str(error)
    status = diagnose(capture.status, dict(capture.headers), capture.body)
    return status.value, f"HTTP {capture.status}"


def probe_all(named: Path | None, wanted: str | None) -> Iterator[tuple[str, bool]]:
    """Yield a line for each source that was asked, and whether it answered."""
    from reputation import config
    from reputation.cli.registry import registered
    from reputation.config.toml import did_you_mean
    from reputation.model import Access

    known = {source.id: source for source in registered(named)}
    if wanted is not None and wanted not in known:
        raise UsageError(
            f"there is no source {wanted}{did_you_mean(wanted, known)}; see `repaudit sources list`"
        )
    asked = (Access.API, Access.FEED)
    ready = [one for one in known.values() if one.access in asked and one.enabled and one.base_url]
    for source in [known[wanted]] if wanted else ready:
        if not (config.has_key(source) or source.options.get("key_optional")):
            yield f"{source.id}: skipped (needs {source.key_env})", True
            continue
        status, detail = probe(named, source)
        yield f"{source.id}: {status} ({detail})", status in ("ok", "empty")

"""How a workspace begins: the facts of record from the NPI Registry, or from what the user types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reputation.errors import ReputationError, SourceError, Unreadable, UsageError
from reputation.model import Confirmation, Ids, PersonName, Profile, Right

if TYPE_CHECKING:
    from reputation.discovery.sources.nppes import RecordOfFacts
    from reputation.model import Request, Source
    from reputation.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What the user said about whose audit it is."""

    npi: str | None = None
    saved: Path | None = None
    given: str | None = None
    family: str | None = None
    is_self: bool = False
    delegate_of: str | None = None


def begin_workspace(path: Path, order: Beginning, say: Callable[[str], None]) -> Workspace:
    """Make the workspace at `path` with a commented profile.toml, filled as far as the order allows.

    Raises:
        UsageError: where the order is incomplete or contradicts itself, or there is a profile already.
        SourceError: where the registry cannot be asked or read.
    """
    from reputation import config
    from reputation.workspace import PROFILE, make_workspace, privacy_warning

    _check(order)
    if (path / PROFILE).exists():
        make_workspace(path, "")  # says that it is there already
    profile = _profile(order, _right(order), path, say)
    workspace = make_workspace(path, config.profile_text(profile))
    if warning := privacy_warning(workspace):
        say(f"note: {warning}")
    return workspace


def _check(order: Beginning) -> None:
    from reputation.normalize import npi_is_valid

    if order.is_self and order.delegate_of:
        raise UsageError("--self and --delegate-of exclude each other; keep the one that is true")
    if order.npi is not None and not npi_is_valid(order.npi):
        raise UsageError(f"--npi {order.npi} is not an NPI: it needs ten digits and a right check digit")
    named = order.given and order.family
    if not (order.npi or order.saved or named):
        raise UsageError(
            "say whose audit it is: --npi 1234567893, --from a saved reply, or --given Jane --family Roe"
        )


def _right(order: Beginning) -> Right:
    if order.delegate_of:
        return Right(delegate_of=order.delegate_of, consented_on=datetime.now(UTC).astimezone().date())
    return Right(is_self=True)


def _profile(order: Beginning, right: Right, path: Path, say: Callable[[str], None]) -> Profile:
    if order.saved is None and order.npi is None:
        name = PersonName(given=order.given or "", family=order.family or "")
        return Profile(right=right, name=name)
    if order.saved is not None:
        body = _read(order.saved)
    else:
        say("asking the NPI Registry (npiregistry.cms.hhs.gov) for this NPI")
        body = ask_registry(path, lambda source: _by_npi(source, order.npi or ""))
    return profile_of(_chosen(body, order), right)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"cannot read {path}: {error.strerror}; name a saved reply of the NPI Registry"
        ) from error


def ask_registry(path: Path, question: Callable[[Source], Request]) -> bytes:
    """Return the NPI Registry's reply to one question; a sources.toml in `path` is honoured.

    Raises:
        SourceError: where it cannot be asked, with what to do instead.
    """
    from reputation.cli.auditing import web_of
    from reputation.workspace import Workspace

    workspace = Workspace(path)
    sources = workspace.load_sources()
    source = next(source for source in sources if source.id == "nppes")
    instead = "save the registry's reply in a browser and give it with --from, or give --given and --family"
    with web_of(workspace, sources) as fetch:
        try:
            capture = fetch(source, question(source))
        except SourceError as error:
            raise RegistryError(f"the NPI Registry cannot be asked: {error}; {instead}") from error
    if capture.status != 200:
        raise RegistryError(
            f"the NPI Registry answered with HTTP {capture.status}; try again later, or {instead}"
        )
    return capture.body


def _by_npi(source: Source, npi: str) -> Request:
    from reputation.discovery.sources import nppes

    person = Profile(right=Right(), name=PersonName(given="", family=""), ids=Ids(npi=npi))
    return next(nppes.plan(source, person, ()))


class RegistryError(ReputationError):
    """The NPI Registry could not be asked or read; nothing was heard."""

    exit_code = 4


def records_of(body: bytes) -> tuple[RecordOfFacts, ...]:
    """Return the persons in the registry's reply.

    Raises:
        RegistryError: where it is no reply of the registry.
    """
    from reputation.discovery.sources import nppes

    try:
        return nppes.records_in(body)
    except Unreadable as error:
        raise RegistryError(str(error)) from error


def _chosen(body: bytes, order: Beginning) -> RecordOfFacts:
    records = records_of(body)
    wanted = [record for record in records if order.npi in (None, record.npi)]
    if not wanted:
        whom = f"NPI {order.npi}" if order.npi else "anybody"
        raise RegistryError(f"the NPI Registry's reply holds no record of {whom}; check the number")
    if len(wanted) > 1:
        shown = ", ".join(f"{record.npi} {record.name.given} {record.name.family}" for record in wanted[:5])
        raise UsageError(f"the reply holds {len(wanted)} people ({shown}); choose one with --npi")
    return wanted[0]


def profile_of(record: RecordOfFacts, right: Right) -> Profile:
    """Return a profile filled from a registry's record; each fact keeps its source and date, unconfirmed."""
    from reputation import config

    filled = Profile(
        right=right,
        name=record.name,
        ids=Ids(npi=record.npi),
        specialties=record.specialties,
        licenses=record.licenses,
        locations=record.locations,
    )
    origin = Confirmation(source="nppes", as_of=record.last_updated or _today())
    return replace(filled, confirmed=dict.fromkeys(config.fact_paths(filled), origin))


def _today() -> date:
    return datetime.now(UTC).astimezone().date()

"""The first ten minutes: pick oneself, confirm the facts of record, a small audit, five pages by hand, the report.

Each step looks at the workspace to see whether it is done, so that the user may leave at any of them and go on later.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reputation.cli.asking import Left, ask, ask_choice
from reputation.cli.session import put, put_lines, say
from reputation.errors import UsageError

if TYPE_CHECKING:
    from reputation.cli.auditing import Made
    from reputation.cli.beginning import Beginning
    from reputation.discovery.sources.nppes import RecordOfFacts
    from reputation.discovery.worksheet import Stop
    from reputation.model import Profile, Source
    from reputation.workspace import Workspace

REQUESTS = 30
"""How many requests the first audit may make, none of which needs a key."""

FIRST = (
    "nppes",
    "cms-clinicians",
    "pubmed",
    "clinicaltrials",
    "orcid",
    "open-payments",
    "leie",
    "payer-directories",
    "openalex",
    "europepmc",
)
"""The keyless sources in the order in which a first report gains from them."""

STOPS = ("google", "google-maps", "healthgrades", ("webmd", "vitals"), "assistants")
"""The five pages that only a person may open; of a pair one is enough."""

TITLES = {
    "name": "name",
    "credentials": "credentials",
    "former": "former names",
    "npi": "NPI",
    "specialties": "specialty",
    "locations": "address",
    "phone": "phone",
    "fax": "fax",
    "licenses": "licence",
    "affiliations": "affiliation",
}
"""What a person calls a fact, by its field or its table."""


@dataclass(frozen=True, kw_only=True)
class First:
    """What the user said on the command line."""

    beginning: Beginning
    state: str | None = None


def start_here(path: Path, first: First) -> None:
    """Walk the first ten minutes in the workspace at `path`; without a terminal, do what needs no answer and print the rest."""
    from reputation.workspace import PROFILE, Workspace

    talks = sys.stdin.isatty()
    try:
        if not (path / PROFILE).exists():
            _make_workspace(path, first, talks=talks)
        workspace = Workspace(path)
        if talks:
            _confirm_facts(workspace)
        made = _audit(workspace, say_first="First, what can be asked without a key:")
        _tell(made)
        done = _walk_stops(workspace) if talks else 0
        if done:
            _tell(_audit(workspace, offline=True, say_first="\nThe report again, with what you saw:"))
        _tell_rest(workspace, path)
    except Left:
        say(f"\nYou can go on at any time: repaudit start {path}")


# ---------------------------------------------------------------------------- pick oneself


def _make_workspace(path: Path, first: First, *, talks: bool) -> None:
    from reputation.cli.beginning import begin_workspace, profile_of
    from reputation.config import profile_text
    from reputation.model import Right
    from reputation.workspace import make_workspace

    beginning, state = first.beginning, first.state
    if beginning.npi or beginning.saved:
        begin_workspace(path, beginning, say)
        return
    given, family = beginning.given, beginning.family
    if not (given and family):
        if not talks:
            raise UsageError("say who you are: repaudit start DIR --given Jane --family Roe --state MA")
        given = given or ask("Your given name")
        family = family or ask("Your family name")
        state = state or ask("The state where you practise (two letters)")
    record = _picked(_namesakes(path, given, family, state), f"{given} {family}", talks=talks)
    if record is None:
        begin_workspace(path, replace(beginning, given=given, family=family), say)
        return
    make_workspace(path, profile_text(profile_of(record, Right(is_self=True))))
    say(f"{path / 'profile.toml'} is filled from your NPI record; nothing in it counts until you confirm it")


def _namesakes(path: Path, given: str, family: str, state: str | None) -> tuple[RecordOfFacts, ...]:
    from reputation.cli.beginning import ask_registry, records_of
    from reputation.discovery.sources import nppes
    from reputation.normalize import state_code

    if state and state_code(state) is None:
        raise UsageError(f'"{state}" is not a state; write its two letters, such as MA')
    say(f"asking the NPI Registry for {given} {family}" + (f" in {state_code(state)}" if state else ""))
    code = state_code(state) if state else None
    return records_of(ask_registry(path, lambda source: nppes.by_name(source, given, family, code)))


def _picked(records: tuple[RecordOfFacts, ...], name: str, *, talks: bool) -> RecordOfFacts | None:
    """Return the record that is the user's; None where the registry has none, or she says that none is hers."""
    if not records:
        say(f"the NPI Registry holds nobody called {name} there; going on with the name alone")
        return None
    lines = [_record_line(record) for record in records]
    if not talks:
        if len(records) == 1:
            return records[0]
        shown = "; ".join(lines[:5])
        raise UsageError(f"{len(records)} people are called {name} ({shown}); choose one with --npi")
    put("Which of these is you?")
    for number, line in enumerate(lines, 1):
        put(f"  {number}. {line}")
    put("  0. none of them")
    choice = ask_choice("Number", [str(number) for number in range(len(records) + 1)])
    return records[int(choice) - 1] if choice != "0" else None


def _record_line(record: RecordOfFacts) -> str:
    name = record.name
    who = " ".join(filter(None, (name.given, name.middle, name.family, *name.credentials)))
    what = record.specialties[0].label if record.specialties else "no specialty"
    where = record.locations[0].city if record.locations else None
    return (
        f"{record.npi} {who}, {what}, {where or 'no city'}, record of {record.last_updated or 'unknown date'}"
    )


# ---------------------------------------------------------------------------- the facts of record


def _confirm_facts(workspace: Workspace) -> None:
    """Put the facts of record to the user, a line each: name, credentials, specialty, address, phone and so on."""
    from reputation import config

    profile = workspace.load_profile()
    waiting = _grouped([fact for fact in config.fact_paths(profile) if not profile.is_confirmed(fact)])
    if not waiting:
        return
    dated = {entry.as_of for entry in profile.confirmed.values() if entry.as_of}
    put("\nYour facts of record" + (f", as the registry had them on {max(dated)}" if dated else "") + ":")
    today = datetime.now(UTC).astimezone().date()
    for title, facts in waiting.items():
        put(f"  {title}: {_shown(profile, title, facts)}")
        choice = ask_choice("  right, fix, not sure (r/f/n), or q to leave", ["r", "f", "n"], default="n")
        if choice == "f":
            _mend(workspace, profile, facts)
        if choice in ("r", "f"):
            config.confirm(workspace.profile, facts, today)


def _shown(profile: Profile, title: str, facts: list[str]) -> str:
    """Return the values of facts on one line; a name in the order in which it is spoken."""
    from reputation import config

    if title != "name":
        return ", ".join(config.value_of(profile, fact) for fact in facts)
    spoken = ["name.given", "name.middle", "name.family", "name.suffix"]
    return " ".join(config.value_of(profile, fact) for fact in spoken if fact in facts)


def _grouped(facts: Iterable[str]) -> dict[str, list[str]]:
    """Return the paths of facts under what a person calls them."""
    found: dict[str, list[str]] = {}
    for fact in facts:
        table, *rest = fact.split(".")
        field = rest[-1] if rest else table
        title = TITLES.get(field) or TITLES.get(table) or table
        number = f" {int(rest[0]) + 1}" if rest and rest[0].isdigit() and rest[0] != "0" else ""
        found.setdefault(f"{title}{number}", []).append(fact)
    return found


def _mend(workspace: Workspace, profile: Profile, facts: list[str]) -> None:
    """Ask for what is right, fact by fact; an empty answer keeps what stands there."""
    from reputation import config
    from reputation.errors import ConfigError

    for fact in facts:
        label = fact.split(".")[-1].replace("_", " ")
        while words := ask(f"  {label}, now {config.value_of(profile, fact)} (empty: keep)", empty=True):
            try:
                config.set_fact(workspace.profile, fact, words)
                break
            except ConfigError as error:
                say(f"  {error.problems[0].what if error.problems else error}")


# ---------------------------------------------------------------------------- the small audit


def _audit(workspace: Workspace, *, offline: bool = False, say_first: str = "") -> Made:
    from reputation.cli.auditing import Order, audit_workspace
    from reputation.cli.progress import progress
    from reputation.discovery.collect import Narrowing

    say(say_first)
    adapt = _budget(workspace)
    manual = frozenset(source.id for source in workspace.load_sources() if source.access == "manual")
    narrowing = Narrowing(source_ids=frozenset(adapt) | manual, offline=offline)
    with progress() as (on_event, tell):
        order = Order(now=datetime.now(UTC), narrowing=narrowing, on_event=on_event, say=tell, adapt=adapt)
        return audit_workspace(workspace, order)


def _budget(workspace: Workspace) -> dict[str, int]:
    """Return how many requests each keyless source may make: few enough for a minute, most telling first."""
    sources = {source.id: source for source in workspace.load_sources()}
    chosen = [sources[name] for name in FIRST if name in sources and _is_keyless(sources[name])]
    share = max(2, REQUESTS // max(1, len(chosen)))
    return {source.id: min(source.max_requests, share) for source in chosen}


def _is_keyless(source: Source) -> bool:
    return source.enabled and (source.key_env is None or bool(source.options.get("key_optional")))


def _tell(made: Made) -> None:
    from reputation.cli.telling import audit_lines

    put("")
    put_lines(audit_lines(made.audit, made.report))


# ---------------------------------------------------------------------------- five pages by hand


def _walk_stops(workspace: Workspace) -> int:
    """Open the five pages one by one with the user; return at how many of them she noted or saved something."""
    noted = 0
    for stop in _open_stops(workspace):
        put(f"\n{stop.title}: {stop.link}")
        put(f"  {stop.look_for}")
        choice = ask_choice(
            "  open it, saved a page, typed what I saw, nothing there, later (o/s/t/n/l), or q",
            ["o", "s", "t", "n", "l"],
            default="l",
        )
        if choice == "o":
            _open(stop.link)
            choice = ask_choice(
                "  saved a page, typed what I saw, nothing there, later (s/t/n/l), or q",
                ["s", "t", "n", "l"],
                default="l",
            )
        noted += _note(workspace, stop, choice)
    return noted


def _open_stops(workspace: Workspace) -> Iterator[Stop]:
    """Yield the stops at which nothing was noted this quarter."""
    from reputation import config
    from reputation.discovery.worksheet import stops

    profile = workspace.load_profile()
    prepared = {stop.source: stop for stop in stops(profile, workspace.load_sources(), config.has_key)}
    seen = _observed(workspace)
    for wanted in STOPS:
        names = (wanted,) if isinstance(wanted, str) else wanted
        if not seen & set(names):
            yield from (prepared[name] for name in names[:1] if name in prepared)


def _observed(workspace: Workspace) -> set[str]:
    from reputation.audit import quarter_of
    from reputation.defense.store import open_store
    from reputation.model import CoverageStatus

    with open_store(workspace.database) as store:
        latest = store.latest()
    if latest is None or latest.quarter != quarter_of(datetime.now(UTC)):
        return set()
    return {line.source for line in latest.coverage if line.status is CoverageStatus.OBSERVED}


def _open(link: str | None) -> None:
    import webbrowser

    if link and not webbrowser.open(link):
        say(f"  no browser could be opened here; open {link} yourself")


def _note(workspace: Workspace, stop: Stop, choice: str) -> int:
    from reputation.cli.importing import import_and_tell, observe_and_tell
    from reputation.errors import ReputationError

    try:
        if choice == "s":
            file = ask("  the saved file (drag it here)").strip("'\" ")
            import_and_tell(workspace, [Path(file).expanduser()], stop.source, None)
        elif choice == "t":
            rating, count = (
                ask("  stars (empty: none)", empty=True),
                ask("  number of ratings (empty: unknown)", empty=True),
            )
            told = {
                "rating": _number(rating),
                "count": int(_number(count) or 0) if count else None,
                "nothing": not rating and not count,
            }
            observe_and_tell(workspace, stop.source, None, told)
        elif choice == "n":
            observe_and_tell(workspace, stop.source, None, {"nothing": True})
    except ReputationError as error:
        say(f"  {error}")
        return 0
    return int(choice != "l")


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise UsageError(f'"{text}" is no number') from None


# ---------------------------------------------------------------------------- what next


def _tell_rest(workspace: Workspace, path: Path) -> None:
    waiting = list(_open_stops(workspace))
    if waiting:
        put("\nWhat only you can open, in this order; save each page, or type what you saw:")
        for number, stop in enumerate(waiting, 1):
            put(f"  {number}. {stop.title}: {stop.link}")
            put(f"     {stop.look_for}")
            put(f"     repaudit --workspace {path} import FILE --source {stop.source}")
    profile: Profile = workspace.load_profile()
    missing = [
        source
        for source in workspace.load_sources()
        if source.key_env == "SERPAPI_API_KEY" and source.enabled
    ]
    calls = sum(source.max_requests for source in missing)
    put(
        f"\nWhat a key would add: with SERPAPI_API_KEY, {', '.join(source.title for source in missing)}: up to {calls} calls a quarter for {profile.name.given} {profile.name.family}."
    )
    say(
        f"next: repaudit --workspace {path} confirm, then repaudit --workspace {path} run for the whole audit"
    )

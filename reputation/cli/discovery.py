"""Discovery: `plan`, `run`, `import`, `observe`, `sources` and `key`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from reputation.cli.session import (
    deliver,
    open_audits,
    open_workspace,
    parse_moment,
    put,
    put_json,
    put_lines,
    remind,
    say,
)

PANEL = "Discovery: what is out there"

# The words of `model.Severity`, written out because importing the model would slow `--help`.
Severity = Literal["low", "medium", "high", "critical"]

sources_app = typer.Typer(
    help="The registry of sources: what each is, how it is reached, and what it needs.\n\n"
    "Example: repaudit sources list",
    no_args_is_help=True,
)


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the program."""
    app.command(rich_help_panel=PANEL)(plan)
    app.command(rich_help_panel=PANEL)(run)
    app.command("import", rich_help_panel=PANEL)(import_)
    app.command(rich_help_panel=PANEL)(observe)
    app.add_typer(sources_app, name="sources", rich_help_panel=PANEL)


def plan(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    worksheet: Annotated[
        Path | None, typer.Option(help="Write the prepared list of pages that only you can open.")
    ] = None,
) -> None:
    """Show every request that an audit would make, and with which names; sends nothing.

    Example: repaudit plan
    """
    from reputation.cli.planning import plan_document, plan_lines, worksheet_text

    workspace = open_workspace(context)
    if worksheet is not None:
        deliver(worksheet_text(workspace), worksheet)
        return
    document = plan_document(workspace)
    if as_json:
        put_json(document)
    else:
        put_lines(plan_lines(document))


def run(
    context: typer.Context,
    quarter: Annotated[
        str | None, typer.Option(help="The quarter, such as 2026-Q4; must agree with --as-of.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="Date of the audit, ISO 8601; else now.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only this source; may be given again.")] = None,
    category: Annotated[
        list[str] | None, typer.Option(help="Only this category; may be given again.")
    ] = None,
    offline: Annotated[
        bool,
        typer.Option("--offline", help="Open no connection: replay the latest audit and read the inbox."),
    ] = False,
    fail_on: Annotated[
        Severity | None, typer.Option(help="Leave with 10 where a finding stands at or above this.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole record as one JSON object.")] = False,
) -> int:
    """Make one audit: ask, judge, keep, compare, report.

    Example: repaudit run
    """
    from reputation import model
    from reputation.cli.auditing import Order, audit_workspace, heard_something, moment_of, stands_at
    from reputation.cli.progress import progress
    from reputation.discovery.collect import Narrowing
    from reputation.errors import NothingHeard

    workspace = open_workspace(context)
    _check_ids(source or [], workspace)
    narrowing = Narrowing(
        source_ids=frozenset(source or ()),
        categories=_categories(category or []),
        offline=offline,
    )
    now = moment_of(quarter, parse_moment(as_of))
    with progress() as (on_event, tell):
        made = audit_workspace(workspace, Order(now=now, narrowing=narrowing, on_event=on_event, say=tell))
    _print_audit(made.audit, made.report, as_json=as_json)
    if not heard_something(made.audit):
        raise NothingHeard(
            "no source answered a program; the audit is sealed all the same, with what you saved or saw. "
            "See its coverage, check the network, or save pages and run `repaudit import`"
        )
    from reputation.cli.disputing import alarms

    with open_audits(workspace) as store:
        for line in alarms(store):
            say(line) if as_json else put(line)
        settled = frozenset(word.key for word in store.judgements() if word.word in ("resolved", "waived"))
    return 10 if fail_on and stands_at(made.audit, model.Severity(fail_on), settled) else 0


def _categories(wanted: list[str]) -> frozenset[Any]:
    from reputation.errors import UsageError
    from reputation.model import Category

    known = [category.value for category in Category]
    for word in wanted:
        if word not in known:
            raise UsageError(f"--category {word}: there is no such category; known are {', '.join(known)}")
    return frozenset(map(Category, wanted))


def _check_ids(wanted: list[str], workspace: Any, said: str = "--source ") -> None:
    from reputation.config.toml import did_you_mean
    from reputation.errors import UsageError

    _, sources = workspace.load_settings()
    known = {source.id for source in sources}
    for name in wanted:
        if name not in known:
            raise UsageError(
                f"{said}{name}: there is no such source{did_you_mean(name, known)}; see `repaudit sources list`"
            )


def _print_audit(audit: Any, report: Path, *, as_json: bool) -> None:
    if as_json:
        from reputation.report.json import dumps, to_document

        put(dumps(to_document(audit)).rstrip("\n"))
        return
    from reputation.cli.telling import audit_lines

    put_lines(audit_lines(audit, report))
    say(
        "next: open the report; `repaudit show` lists what was found, `repaudit explain KEY` says why it was judged so"
    )


def import_(
    context: typer.Context,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH…",
            help="Saved pages, archives, text, CSV, answers.json, calls.csv; folders are walked.",
        ),
    ],
    source: Annotated[
        str | None, typer.Option(help="The source they come from, where the page does not tell.")
    ] = None,
    query: Annotated[
        str | None, typer.Option(help="What was searched for, where the page does not tell.")
    ] = None,
) -> int:
    """Put saved pages into the inbox; the next audit reads them.

    Example: repaudit import ~/Downloads/healthgrades.html
    """
    from reputation.cli.importing import import_and_tell

    return import_and_tell(open_workspace(context), paths, source, query)


def observe(
    context: typer.Context,
    site: Annotated[str, typer.Argument(help="The source's id, such as healthgrades.")],
    rating: Annotated[float | None, typer.Option(help="The rating that the page shows.")] = None,
    best: Annotated[
        float | None, typer.Option(help="The best rating possible; 5 where only a rating is given.")
    ] = None,
    count: Annotated[int | None, typer.Option(help="The number of ratings that the page shows.")] = None,
    phone: Annotated[str | None, typer.Option(help="The telephone number that the page shows.")] = None,
    url: Annotated[str | None, typer.Option(help="The page's address.")] = None,
    rank: Annotated[
        int | None, typer.Option(help="At a search engine: where the result at --url stood, 1 is the first.")
    ] = None,
    nothing: Annotated[
        bool, typer.Option("--nothing", help="You looked, and there is nothing about you.")
    ] = False,
    on: Annotated[str | None, typer.Option(help="The day on which you looked; else today.")] = None,
) -> None:
    """Note what you saw with your own eyes; it is marked as your word.

    Example: repaudit observe healthgrades --rating 4.6 --count 38
    """
    from reputation.cli.importing import observe_and_tell

    workspace = open_workspace(context)
    _check_ids([site], workspace, said="")
    day = parse_moment(on)
    told = {
        "rating": rating,
        "best": best,
        "count": count,
        "phone": phone,
        "url": url,
        "rank": rank,
        "nothing": nothing,
    }
    observe_and_tell(workspace, site, day.date() if day else None, told)


@sources_app.command("list")
def list_sources(
    context: typer.Context, as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False
) -> None:
    """List every source with its access, proof and whether its key is here.

    Example: repaudit sources list
    """
    from reputation.cli.registry import registry_document, registry_lines

    remind(context)
    document = registry_document(context.obj)
    if as_json:
        put_json(document)
    else:
        put_lines(registry_lines(document))


@sources_app.command("show")
def show_source(
    context: typer.Context, source: Annotated[str, typer.Argument(metavar="ID", help="The source's id.")]
) -> None:
    """Show all that is known of one source.

    Example: repaudit sources show nppes
    """
    from reputation.cli.registry import source_lines

    remind(context)
    put_lines(source_lines(context.obj, source))


@sources_app.command("check")
def check_sources(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="One source; else every one that is ready.")
    ] = None,
    budget: Annotated[int | None, typer.Option(min=1, help="The most requests in all; else 120.")] = None,
) -> int:
    """Ask each source for a name that is certainly there and for one that nobody bears; nothing else ever does this.

    Your own name is not sent. A source is asked at most four times.

    Example: repaudit sources check nppes
    """
    from reputation.cli.probing import BUDGET, check_all
    from reputation.discovery.controls import Verdict

    remind(context)
    worst, requests = 0, 0
    for checked in check_all(context.obj, source, budget or BUDGET):
        put(f"{checked.source}: {checked.verdict} ({checked.detail})")
        requests += checked.requests
        worst = worst if checked.verdict in (Verdict.WORKS, Verdict.NOT_CHECKED) else 4
    say(
        f"{requests} request{'' if requests == 1 else 's'} sent. next: `repaudit sources show ID` tells what a source needs"
    )
    return worst

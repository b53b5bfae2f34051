"""Defense: `diff`, `history`, `reply`, `check-post`, `evidence` and `forget`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reputation.cli.policies import policy_app
from reputation.cli.session import (
    chosen_audit,
    deliver,
    open_audits,
    open_workspace,
    overdue_notice,
    put,
    put_json,
    put_lines,
    remind,
    say,
)

PANEL = "Defense: what changed, and what to do about it"
evidence_app = typer.Typer(
    help="The captures behind every statement.\n\nExample: repaudit evidence export -o evidence.warc.gz",
    no_args_is_help=True,
)


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the program."""
    app.command(rich_help_panel=PANEL)(diff)
    app.command(rich_help_panel=PANEL)(history)
    app.command(rich_help_panel=PANEL)(reply)
    app.command("check-post", rich_help_panel=PANEL)(check_post)
    app.add_typer(policy_app, name="policy", rich_help_panel=PANEL)
    app.add_typer(evidence_app, name="evidence", rich_help_panel=PANEL)
    app.command(rich_help_panel=PANEL)(forget)


def diff(
    context: typer.Context,
    base: Annotated[
        str | None, typer.Argument(help="The earlier audit: id, its beginning, or quarter.")
    ] = None,
    head: Annotated[str | None, typer.Argument(help="The later audit; else the latest.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Show what changed between two audits, among the sources that were heard in both.

    Example: repaudit diff 2026-Q3 2026-Q4
    """
    from reputation.cli.comparing import comparison_document, comparison_lines
    from reputation.defense.diff import compare
    from reputation.errors import UsageError

    with open_audits(open_workspace(context)) as store:
        later = chosen_audit(store, head)
        earlier = store.load(base) if base else store.base_for(later.quarter)
    if earlier is None:
        raise UsageError(
            f"there is no audit of a quarter before {later.quarter} to compare with; see `repaudit history`"
        )
    comparison = compare(earlier, later)
    if as_json:
        put_json(comparison_document(comparison))
    else:
        put_lines(comparison_lines(comparison, earlier, later))
        say("next: repaudit explain KEY on one of them, or the report for the whole")


def history(
    context: typer.Context,
    fail_if_overdue: Annotated[
        bool, typer.Option("--fail-if-overdue", help="Leave with 10 where the next audit is overdue.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> int:
    """List the audits so far, each site's rating over the quarters, and the years.

    Example: repaudit history
    """
    from reputation.cli.historical import history_lines
    from reputation.codec import to_plain
    from reputation.defense.trends import rating_trends, years

    with open_audits(open_workspace(context)) as store:
        audits = store.audits()
        late = overdue_notice(store)
    if as_json:
        put_json(
            {
                "schema_version": 1,
                "overdue": late is not None,
                "audits": to_plain(audits),
                "ratings": to_plain(rating_trends(audits)),
                "years": [
                    {"year": one.year, "audits": [a.id for a in one.audits], "missing": list(one.missing)}
                    for one in years(audits)
                ],
            }
        )
    elif audits:
        put_lines(history_lines(audits))
        say("next: repaudit diff, or repaudit report --audit QUARTER for one of them")
    else:
        say("no audit yet; make one with `repaudit run`")
    return 10 if fail_if_overdue and late else 0


def reply(
    context: typer.Context,
    key: Annotated[
        str | None, typer.Argument(help="The review or comment, by its key or the key's beginning.")
    ] = None,
    check: Annotated[
        str | None,
        typer.Option("--check", metavar="FILE|-", help="A reply to check; - reads standard input."),
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="FILE|-", help="Your own words in place of the prepared ones."),
    ] = None,
    approve: Annotated[
        str | None,
        typer.Option("--approve", metavar="NAME", help="Who else has read and approved the draft."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Export the draft, once it has cooled off."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> int:
    """Say whether a reply is fitting and draft a safe one, or check the text of one; 10 where something blocks.

    A draft to a negative item waits a day of waking hours and for a second person's approval before it is exported.

    Example: repaudit reply --check draft.txt
    """
    from reputation.errors import UsageError

    if (key is None) == (check is None):
        raise UsageError("name the item to answer, or a text with --check FILE")
    if check is not None:
        from reputation.cli.posting import tell
        from reputation.defense.reply import check_reply

        remind(context)
        return tell(check_reply(_read(check)), as_json=as_json)
    from reputation.cli.replying import Wish, reply_and_tell

    own = _read(text).strip() if text is not None else None
    wish = Wish(text=own, approver=approve, output=output, as_json=as_json)
    return reply_and_tell(open_workspace(context), str(key), wish)


def check_post(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE|-", help="The text of a post; - reads standard input.")
    ] = None,
    own: Annotated[
        bool, typer.Option("--own", help="Your own posts of the latest audit, by the same rules.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> int:
    """Check the text of a post before it goes out; leaves with 10 where something blocks.

    Example: repaudit check-post draft.txt
    """
    from reputation.cli.posting import check_draft, check_own
    from reputation.errors import UsageError

    if own == (file is not None):
        raise UsageError("name the text to check, or - for standard input, or --own")
    if own:
        return check_own(open_workspace(context), as_json=as_json)
    remind(context)
    return check_draft(_read(str(file)), context.obj, as_json=as_json)


def _read(name: str) -> str:
    from reputation.errors import UsageError

    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not UTF-8 text; save it as UTF-8") from error


@evidence_app.command("export")
def export_evidence(
    context: typer.Context,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE.warc.gz", help="The WARC file to write; else standard output."
        ),
    ] = None,
    audit: Annotated[str | None, typer.Option(help="The audit's id or quarter; else the latest.")] = None,
    original: Annotated[
        bool, typer.Option("--original", help="With the text of reviews, for counsel; else it is blanked.")
    ] = False,
) -> None:
    """Write the captures of an audit as WARC, without reviewers' names or review text.

    Example: repaudit evidence export -o evidence.warc.gz
    """
    from reputation.defense.evidence import warc_bytes

    with open_audits(open_workspace(context)) as store:
        found = chosen_audit(store, audit)
        deliver(warc_bytes(store, found, original=original), output)


@evidence_app.command("import")
def import_evidence(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.warc.gz", help="What `evidence export` wrote.")],
) -> None:
    """Make the audit of a WARC again in this workspace, offline, from its evidence alone.

    It needs the profile.toml (and sources.toml) of that audit; only a WARC made with --original holds the reviews.

    Example: repaudit evidence import evidence.warc.gz
    """
    from reputation.cli.replaying import replay_and_tell

    replay_and_tell(open_workspace(context), file)


@evidence_app.command("verify")
def verify_evidence(context: typer.Context) -> int:
    """Recompute every digest that is kept; leaves with 5 where one is wrong.

    Example: repaudit evidence verify
    """
    from reputation.defense.evidence import verify

    with open_audits(open_workspace(context)) as store:
        checked = verify(store)
    put(checked.summary)
    for problem in checked.problems:
        say(f"repaudit: {problem}")
    return 5 if checked.problems else 0


@evidence_app.command("restore")
def restore_evidence(context: typer.Context) -> None:
    """Put back the copy of the last sealed audit where the database is damaged; the damaged file is kept beside it.

    Example: repaudit evidence restore
    """
    from datetime import UTC, datetime

    from reputation.defense.restore import restore
    from reputation.workspace import find_workspace

    put(restore(find_workspace(context.obj).database, datetime.now(UTC)).summary)
    say("next: repaudit history shows what is there; repaudit run makes the audit that was lost")


def forget(
    context: typer.Context,
    key: Annotated[
        str | None, typer.Argument(help="An item's key, or its beginning: gone from every audit.")
    ] = None,
    audit: Annotated[
        str | None, typer.Option(metavar="ID", help="One audit with its pages and its report.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="All audits, reports and what waits; profile.toml stays.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask; without a terminal nothing is asked.")
    ] = False,
) -> None:
    """Delete one item, one audit or everything, and say what went.

    Example: repaudit forget ratemds:4100555
    """
    from reputation.cli import forgetting
    from reputation.errors import UsageError

    if sum((key is not None, audit is not None, everything)) != 1:
        raise UsageError("say one thing to forget: an item's KEY, --audit ID, or --all")
    workspace = open_workspace(context)
    if everything:
        forgetting.forget_everything(workspace, sure=yes)
    elif audit is not None:
        forgetting.forget_one_audit(workspace, audit, sure=yes)
    else:
        forgetting.forget_item(workspace, key or "", sure=yes)

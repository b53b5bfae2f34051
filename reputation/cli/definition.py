"""Definition: `show`, `explain`, `decide` and `signoff`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from reputation.cli.session import (
    chosen_audit,
    chosen_key,
    open_audits,
    open_workspace,
    put,
    put_json,
    put_lines,
    say,
)

PANEL = "Definition: what it says, and whether it is true and fair"


class Word(StrEnum):
    """The user's own judgement of one item."""

    MINE = "mine"
    NOT_MINE = "not-mine"
    FAIR = "fair"
    UNFAIR = "unfair"
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    RESOLVED = "resolved"
    WAIVED = "waived"


class Accuracy(StrEnum):
    """Whether the whole story is accurate."""

    ACCURATE = "accurate"
    INACCURATE = "inaccurate"


class Fairness(StrEnum):
    """Whether the whole story is fair."""

    FAIR = "fair"
    UNFAIR = "unfair"


def add_to(app: typer.Typer) -> None:
    """Add this room's commands to the program."""
    app.command(rich_help_panel=PANEL)(show)
    app.command(rich_help_panel=PANEL)(explain)
    app.command(rich_help_panel=PANEL)(decide)
    app.command(rich_help_panel=PANEL)(signoff)


def show(
    context: typer.Context,
    audit: Annotated[str | None, typer.Option(help="The audit's id or quarter; else the latest.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what is about other people.")] = False,
) -> None:
    """List what was found, with the key of each item.

    Example: repaudit show
    """
    from reputation.cli.telling import found_lines

    with open_audits(open_workspace(context)) as store:
        put_lines(found_lines(chosen_audit(store, audit), everything=everything))
    say("next: repaudit explain KEY, or repaudit decide KEY mine")


def explain(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="The item's key, or its beginning.")],
    audit: Annotated[str | None, typer.Option(help="The audit's id or quarter; else the latest.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say why one item was judged as it was, and on what evidence.

    Example: repaudit explain healthgrades:dr-jane
    """
    from reputation.cli.telling import explain_lines, explained

    with open_audits(open_workspace(context)) as store:
        found = chosen_audit(store, audit)
    keys = [mention.key for mention in found.mentions] + [finding.key for finding in found.findings]
    whole = chosen_key(keys, key)
    if as_json:
        put_json(explained(found, whole))
    else:
        put_lines(explain_lines(found, whole))


def decide(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="The item's key, or its beginning.")],
    word: Annotated[Word | None, typer.Argument(help="Your judgement of it.")] = None,
    note: Annotated[str | None, typer.Option(help="A note to yourself; no patient information.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take your words on this item back.")] = False,
) -> int:
    """Say yourself what one item is; your word holds in later quarters too.

    A note that tells of a patient is refused with exit 10, and nothing is kept.

    Example: repaudit decide ratemds:12345 not-mine
    """
    from datetime import UTC, datetime

    from reputation.cli.noting import may_be_kept
    from reputation.errors import UsageError
    from reputation.model import Judgement

    if (word is None) != undo:
        raise UsageError("say a word, such as mine or not-mine, or --undo")
    if not may_be_kept(note):
        return 10
    with open_audits(open_workspace(context)) as store:
        found = chosen_audit(store, None)
        mentions = {mention.key: mention for mention in found.mentions}
        judged = {judgement.key for judgement in store.judgements()}
        keys = [
            *mentions,
            *(finding.key for finding in found.findings),
            *(action.key for action in found.actions),
            *judged,
        ]
        whole = chosen_key(keys, key)
        if word is None:
            put(
                f"{whole}: your words are taken back"
                if store.unjudge(whole)
                else f"{whole}: there was no word of yours"
            )
        else:
            about = mentions.get(whole)
            place = {"url": about.url, "source": about.source} if about else {}
            store.judge(
                Judgement(key=whole, word=word.value, note=note, decided_at=datetime.now(UTC), **place)
            )
            put(f"{whole}: {word.value}")
    say("next: repaudit run --offline makes the audit again with your word")
    return 0


def signoff(
    context: typer.Context,
    accuracy: Annotated[Accuracy, typer.Argument(help="Is the story true?")],
    fairness: Annotated[Fairness, typer.Argument(help="Is the story fair?")],
    audit: Annotated[str | None, typer.Option(help="The audit's id or quarter; else the latest.")] = None,
) -> None:
    """Judge the whole story that the latest audit tells.

    Example: repaudit signoff accurate fair
    """
    from datetime import UTC, datetime

    from reputation.model import Signoff

    with open_audits(open_workspace(context)) as store:
        found = chosen_audit(store, audit)
        word = Signoff(
            accurate=accuracy is Accuracy.ACCURATE,
            fair=fairness is Fairness.FAIR,
            signed_at=datetime.now(UTC),
        )
        store.sign(word, found.id)
    put(f"{found.quarter}: {accuracy.value} and {fairness.value}, in your judgement")
    say("next: repaudit run --offline makes the audit again with your word")

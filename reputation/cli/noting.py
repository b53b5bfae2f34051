"""Notes are read for patient information before they are kept: they may be asked for in a lawsuit."""

from __future__ import annotations

from reputation.cli.session import say

_OF_PATIENTS = ("identifier_", "identifying_")
"""The linter's rules that matter for a private note; how a post reads does not."""


def may_be_kept(note: str | None) -> bool:
    """Return whether a note names no patient, visit or relationship; where it does, say what and where."""
    if not note:
        return True
    from reputation.defense.post import by_rules
    from reputation.defense.violation import straighten, tidy

    told = tidy(by_rules(straighten(note)))  # the rules alone: what a post looks like is no measure of a note
    found = [one for one in told if one.level == "block" and one.rule.startswith(_OF_PATIENTS)]
    for one in found:
        place = f"characters {one.span[0]}-{one.span[1]}"
        say(f"block: {one.rule}, {place}: {one.why}")
    if found:
        say(
            "repaudit: nothing was kept: notes may be read by others one day; write the note without the patient"
        )
    return not found

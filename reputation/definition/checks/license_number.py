"""Whether a page prints her licence number, where it prints one for a state in which she holds one.

Boards and sites write one number many ways ("MA 113895", "113895 Massachusetts"), so the digits are compared, without
leading zeros; letters count only where a number has fewer than three digits.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from reputation.definition.authority import Check, authority_for, confirm_first
from reputation.model import Finding, Mention, Outcome, Profile, Severity
from reputation.normalize import state_code

CHECK = Check(code="credential_wrong", field="license", severity=Severity.HIGH, about="licenses")

SLIPS = 2
"""Digits by which a number without a state may be off and still be meant."""


def check(profile: Profile, mention: Mention) -> Iterator[Finding]:
    """Yield one finding on the licence numbers that `mention` claims for a state of hers; others are not known here."""
    pairs = list(_compared(profile, mention)) or list(_without_state(profile, mention))
    if not pairs:
        return
    observed = ", ".join(dict.fromkeys(printed for _, printed, _ in pairs))
    paths = [f"licenses.{n}" for n, _, _ in pairs]
    authority = authority_for(profile, paths)
    if authority is None:
        yield CHECK.finding(mention, Outcome.CANNOT_TELL, observed=observed, remedy=confirm_first(paths[0]))
        return
    right = {n for n, _, same in pairs if same}
    wrong = next((printed for n, printed, _ in pairs if n not in right), None)
    expected = ", ".join(
        dict.fromkeys(f"{profile.licenses[n].number} ({profile.licenses[n].state})" for n, _, _ in pairs)
    )
    yield CHECK.finding(
        mention,
        Outcome.DIFFERS if wrong else Outcome.CONFORMS,
        expected=expected,
        observed=wrong or observed,
        authority=authority,
        remedy=f"Have the page print the licence {expected}, as the state board has it." if wrong else None,
    )


def is_hers(profile: Profile, mention: Mention) -> bool:
    """Whether `mention` prints a licence number of hers for its state."""
    pairs = (*_compared(profile, mention), *_without_state(profile, mention))
    return any(same for _, _, same in pairs)


def other(profile: Profile, mention: Mention) -> tuple[int, str] | None:
    """Return the place of her licence and what is printed instead, where a state of hers has another number only."""
    pairs = list(_compared(profile, mention))
    right = {profile.licenses[n].state for n, _, same in pairs if same}
    wrong = ((n, printed) for n, printed, _ in pairs if profile.licenses[n].state not in right)
    return next(wrong, None)


def _compared(profile: Profile, mention: Mention) -> Iterator[tuple[int, str, bool]]:
    """Yield the place of her licence, the printed number and whether they agree, for each state of both."""
    for printed, state in _printed(mention):
        for n, mine in enumerate(profile.licenses):
            if mine.number and state and state_code(mine.state) == state:
                yield n, printed, _folded(printed) == _folded(mine.number)


def _without_state(profile: Profile, mention: Mention) -> Iterator[tuple[int, str, bool]]:
    """Yield the same for a number printed without a state, where it is hers or nearly: else it may be of any state."""
    for printed, state in _printed(mention):
        for n, mine in enumerate(profile.licenses):
            if state is None and mine.number:
                slips = OSA.distance(_folded(printed), _folded(mine.number))
                if slips <= SLIPS < len(_folded(mine.number)) - 1:
                    yield n, printed, slips == 0


def _printed(mention: Mention) -> Iterator[tuple[str, str | None]]:
    """Yield each licence as printed with its state: of the claim that follows, or within the text."""
    claims = mention.claims
    for n, claim in enumerate(claims):
        if claim.field != "license":
            continue
        after = claims[n + 1] if n + 1 < len(claims) else None
        if after is not None and after.field == "license_state":
            yield claim.value, state_code(after.value)
        else:
            yield claim.value, _state_within(claim.value)


def _state_within(text: str) -> str | None:
    words = "".join(c if c.isalpha() else " " for c in text).split()
    spans = (" ".join(words[a:b]) for a in range(len(words)) for b in (a + 1, a + 2, a + 3))
    return next((code for span in spans if (code := state_code(span))), None)


def _folded(text: str) -> str:
    digits = "".join(filter(str.isdigit, text)).lstrip("0")
    return digits if len(digits) > 2 else "".join(filter(str.isalnum, text)).casefold()

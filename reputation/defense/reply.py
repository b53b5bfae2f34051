"""Whether a public reply to a review may stand.  Default-deny: what speaks to or of one person is refused.

A list of bad phrases misses most of what people write.  So a reply may address its reader only in a phrase of
the allowed list, may tell of the past only what was done for everybody, and may speak of care or money only in
a sentence about everyone.  An empty answer means that no problem was found; it never means that a text is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, pairwise

from reputation import resources
from reputation.defense.people import addressed_people, named_people, signature_start
from reputation.defense.violation import (
    Rule,
    Sentence,
    Violation,
    compiled,
    mask,
    rules,
    sentences,
    straighten,
)
from reputation.defense.weighing import weigh

_FILE = "data/reply.toml"
_SEEN_WHOLE = frozenset(
    {
        "denies_relationship",
        "third_person",
        "sensitive_health",
        "time",
        "identifiers",
        "insult",
        "threat",
        "incentive",
        "plural_patients",
        "profanity",
    }
)
"""Rules that look into refusals too: "we cannot say why she left" speaks of one person."""

_SECOND = re.compile(
    r"\b(?:you|your|yours|yourself|yourselves|ya|u|ur|y’all)(?:’(?:d|ll|re|ve|s))?\b", re.IGNORECASE
)
_SUBJECT = (
    r"(?:we|I|they|it|staff|team|doctors?|dr[.․]? \w+|nurses?|office|assistants?|receptionists?|hygienists?|provider"
    r"|manager|technicians?|surgeon|physician|clinician|dentist|therapist|everyone|someone|nobody|desk|department"
    r"|practice|clinic|lab|pharmacy|insurance|hospital|front office|whoever)"
)
_ADVERBS = r"(?:(?:\w+ly|also|then|even|never|always|only|just|all|both|once|twice|in turn|at once|have|has|’ve)\s+){0,3}"
_IRREGULAR = (
    "saw|seen|gave|given|told|came|left|went|gone|did|spoke|spoken|met|sent|wrote|written|ran|drew|drawn|took|taken|found"
    "|kept|said|knew|known|thought|felt|made|brought|got|gotten|held|paid|saved|sat|stood|lost|chose|chosen"
    "|sold|understood|showed|shown|did|done|bought|caught|spent|began|begun|grew|grown|heard|built|learnt"
)
_PAST = re.compile(
    rf"\b{_SUBJECT}\s+{_ADVERBS}(\w{{2,}}ed|{_IRREGULAR})\b(?!\s+to\s+(?:hear|learn|read|see)\b)",
    re.IGNORECASE,
)
_NOT_PAST = frozenset(
    {"need", "feed", "proceed", "exceed", "succeed", "speed", "indeed", "seed", "heed", "led"}
)
_WAS = re.compile(r"\b(?:was|were|wasn’t|weren’t|had|hadn’t|did|didn’t)\b", re.IGNORECASE)
_UNREAL = re.compile(
    r"\b(?:expectations|standards|needs)\b[^,]{0,20}$|\b(?:if|whether|when|wish|as though|as if|anything|something|ways?|where|founded|established|designed|started|built"
    r"|meant|intended)\b[^,]{0,40}$|^[^,]{0,12}\b(?:founded|established|designed|meant|intended|created|closed|open)\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:could|would|should|might|must)(?:n’t| not)? (?:have |be |never be |never have )(?:been )?(\w{2,}ed|\w+en|told|sent|paid|made|done|lost|found)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:the|this|that|a|an|our|his|her|their|its|both|two|three|[\w-]+’s) (?:(?!(?:is|are|be|been|being|can|will|may|must|should|would|could|has|have|not|who|and|or|to|for|in|on|at|of|with|from|by|as|than|which|whom)\b)[a-z-]+ ){1,3}?(\w{3,}ed)\b"
    r"(?=\s+(?:the|a|an|his|her|their|our|your|this|that|it|them|him|us|to|for|on|at|with|from|after|before|again|twice|three"
    r"|two|four|five|out|up|off|not|no|as|when|because|until|several|many|more|all)\b|[.!?,;]|$)",
    re.IGNORECASE,
)
"""A noun that did something: "the lab reported the"; "the updated schedule" is followed by a noun instead."""
_CLAUSE = re.compile(
    r"[,;:]?\s+(?=(?:but|except|however|yet|which is why|while|although|though)\b)", re.IGNORECASE
)
_PASSIVE = re.compile(
    r"\b(?:has|have|’ve|’s) been (?:\w+ly )?(\w+ed|\w+en|told|sent|paid|made|done|put|held)\b", re.IGNORECASE
)
_MONEY = re.compile(r"[$€£]\s?\d|\b\d+(?:\.\d\d)? (?:dollars|bucks)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Book:
    """`data/reply.toml`, ready to run."""

    to_you: tuple[re.Pattern[str], ...]
    refusals: tuple[re.Pattern[str], ...]
    anchors: tuple[re.Pattern[str], ...]
    general: tuple[re.Pattern[str], ...]
    done_for_all: re.Pattern[str]
    clinical: re.Pattern[str]
    definite_care: re.Pattern[str]
    relatives: re.Pattern[str]
    rules: dict[str, Rule]


@cache
def _book() -> _Book:
    table = resources.table(_FILE)
    say, words = table["say"], table["words"]
    not_care = r"(?!\s+(?:lines?|desk|polic\w+|forms?|system|department|office|requests?|portal|calendar|slots?|schedule|windows?|times?|law|process|hours))"
    return _Book(
        to_you=compiled(say["to_you"]),
        refusals=compiled(say["refusals"]),
        anchors=compiled(say["anchors"]),
        general=compiled(say["general"]),
        done_for_all=re.compile(rf"(?:{'|'.join(say['past_of_everyone'])})", re.IGNORECASE),
        clinical=re.compile(rf"\b(?:{words['clinical']}|{words['clinical_endings']})\b", re.IGNORECASE),
        definite_care=re.compile(
            rf"\b(?:the|this|that|those|these)\s+(?:[\w-]+\s+){{0,2}}?(?:{words['care']})\b{not_care}",
            re.IGNORECASE,
        ),
        relatives=re.compile(
            rf"\b(?:the|this|that|his|her|their|your|a|an|my)\s+(?:\w+\s+)?(?:{words['family']})\b"
            r"|\b(?:mom|mum|dad|grandma|grandpa|little one|kiddo)s?\b",
            re.IGNORECASE,
        ),
        rules=rules(_FILE),
    )


def check_reply(text: str) -> tuple[Violation, ...]:
    """Return what must not or should not stand in a public reply to a review, in the order of the text.

    `block`: it confirms or denies a relationship or visit, tells facts of health, care or payment, names or
    describes a person, blames, threatens, offers something, insults or advises.  `warn`: guidance differs.
    """
    plain = straighten(text)
    return weigh("reply", plain, by_rules(plain), _book().rules["not_general"])


def by_rules(plain: str) -> Iterator[Violation]:
    """Return what the rules find in a straightened text; many of them refuse by default, and so too much."""
    book = _book()
    general_refused = mask(plain, book.refusals)
    found = [
        _patterns(book, plain, general_refused),
        _to_one_person(book, plain),
        (book.rules["third_person"].at(*span) for span in named_people(plain)),
        (book.rules["names_reviewer"].at(*span) for span in addressed_people(plain)),
    ]
    end = signature_start(plain)
    for whole in sentences(plain):
        if whole.start < end:
            refused = Sentence(whole.start, general_refused[whole.start : whole.start + len(whole.text)])
            found += [_past(book, refused), _care_and_money(book, whole, refused)]
    return chain.from_iterable(found)


def _patterns(book: _Book, plain: str, refused: str) -> Iterator[Violation]:
    for rule in book.rules.values():
        if not rule.unless_general:
            yield from rule.search(plain if rule.id in _SEEN_WHOLE else refused)


def _to_one_person(book: _Book, plain: str) -> Iterator[Violation]:
    """Yield every "you" outside the phrases in which a reply may address its reader."""
    allowed = mask(plain, book.to_you)
    for one in _SECOND.finditer(allowed):
        yield book.rules["confirms_relationship"].at(*one.span())


def _past(book: _Book, sentence: Sentence) -> Iterator[Violation]:
    """Yield what a sentence tells of the past, but for what was done for everybody."""
    rule = book.rules["disputes_facts"]
    for one in chain.from_iterable(
        found.finditer(sentence.text) for found in (_PAST, _PASSIVE, _MODAL, _TOLD)
    ):
        verb = one.group(1).lower()
        if verb not in _NOT_PAST and not book.done_for_all.fullmatch(verb):
            yield rule.at(sentence.start + one.start(), sentence.start + one.end())
    for one in _WAS.finditer(sentence.text):
        before = sentence.text[max(0, one.start() - 80) : one.start()]
        after = sentence.text[one.end() : one.end() + 80]
        if not _UNREAL.search(before) and not _UNREAL.match(after):
            yield rule.at(sentence.start + one.start(), sentence.start + one.end())


def _care_and_money(book: _Book, whole: Sentence, refused: Sentence) -> Iterator[Violation]:
    """Yield words of care, kin or money in a sentence that does not speak of everyone."""
    if not any(pattern.search(whole.text) for pattern in book.anchors):
        yield book.rules["not_general"].at(whole.start, whole.start + len(whole.text))
    for clause, behind in _clauses(whole, refused):
        yield from _one_clause(book, clause, behind)


def _clauses(whole: Sentence, refused: Sentence) -> Iterator[tuple[Sentence, Sentence]]:
    """Yield the clauses of a sentence, plain and with refusals hidden: what follows a "but" stands alone."""
    cuts = [0, *(found.end() for found in _CLAUSE.finditer(whole.text)), len(whole.text)]
    for start, end in pairwise(cuts):
        at = whole.start + start
        yield Sentence(at, whole.text[start:end]), Sentence(at, refused.text[start:end])


def _one_clause(book: _Book, whole: Sentence, refused: Sentence) -> Iterator[Violation]:
    if any(pattern.search(whole.text) for pattern in book.general):
        return
    for rule in book.rules.values():
        if rule.unless_general:
            yield from (_moved(one, whole.start) for one in rule.search(whole.text))
    health = book.rules["health_facts"]
    for rule, pattern, sentence in (
        (health, book.clinical, refused),
        (book.rules["confirms_relationship"], book.definite_care, whole),
        (book.rules["third_person"], book.relatives, whole),
        (book.rules["payment_facts"], _MONEY, whole),
    ):
        found = pattern.search(sentence.text)
        if found:
            yield rule.at(sentence.start + found.start(), sentence.start + found.end())


def _moved(one: Violation, by: int) -> Violation:
    """Return a violation found in a sentence at its place in the text."""
    return replace(one, span=(one.span[0] + by, one.span[1] + by))

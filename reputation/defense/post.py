"""Whether a draft of one's own may be posted: identifiers, stories, advice, trials, tone, conflicts, rights.

Local only.  An empty answer means that no problem was found; it never means that a post is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain

from reputation import resources
from reputation.defense import identifiers
from reputation.defense.violation import Rule, Violation, rules, straighten
from reputation.defense.weighing import weigh
from reputation.model import Profile

_FILE = "data/post.toml"
_IN_STORIES = (
    "individual",
    "own_family",
    "when",
    "encounter",
    "clinical",
    "distinct",
    "asks",
    "setting",
    "narrative",
    "aside",
    "nobody",
    "leave",
    "published",
)
_OPINION, _PRODUCT = "disclaimer", "disclosure"
_SAID_OWN = re.compile(
    r"\b(?:(?:views|opinions?|thoughts|posts) (?:are |is )?(?:my |mine|all my |solely my )?own|opinions? (?:are )?mine|not (?:my|the) (?:employer|institution)’?s?)\b",
    re.IGNORECASE,
)
_SAID_CONFLICT = re.compile(
    r"\b(?:disclos\w+|coi|conflicts? of interest|consult(?:s|ant|ed|ing)? (?:for|to|fees?)|paid (?:by|partnership|consultant|speaker)|honorari\w+|#ad\b|advis(?:or|er|ory)|speaker for"
    r"|funded by|sponsored by|no (?:financial|relationship|conflict|ties)|royalt\w+|shareholder|stock in|equity in|employed by|grant from)|#(?:ad|sponsored|coi)\b",
    re.IGNORECASE,
)
_TRIAL = re.compile(
    r"\b(?:trial|phase (?:[1-4]|i{1,3}v?|iv)\b|study drug|our study|my study|the study|arm\b|arms\b|cohort|enroll?(?:ed|ees|ment)|randomi[sz]ed|placebo|protocol|investigational|dsmb|data lock|unblind\w*|interim|patients on|\d+ patients in\b|drug we(?:’re| are) testing)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:respon(?:d\w*|se(?:s| rates?)?)|shr(?:ink|ank|unk)\w*|results?|data|efficacy|effective|works?|working|crush\w*|clear(?:ed|s|ing) the|vanish\w*|disappear\w*|melt\w*|beat(?:s|ing)?|outperform\w*|better than|surviv\w*|p ?[<=] ?0?\.\d+|hazard ratio|hr ?(?:of |= ?)?0?\.\d+|\d+ ?%"
    r"|\d+ (?:of|out of) \d+|remissions?|complete responses?|tumou?rs? (?:gone|melt\w*)|side effects?|toxicit\w*|adverse events?|dropp?(?:ed|ing) out|signal|curves? separat\w*|met (?:its|the) (?:primary )?endpoint|endpoint|fail(?:ed|ing)|halted|stopped early|looks? (?:amazing|great|promising|good|bad)|promising|cured?)\b",
    re.IGNORECASE,
)
_UNTOLD = re.compile(
    r"\b(?:early (?:look|data|results?|signal|days)|preliminary|interim|so far|sneak|unpublished|not (?:yet )?(?:published|public|out)|before (?:publication|it’s out|the embargo)|embargo\w*|ahead of (?:publication|print|asco|the meeting)"
    r"|can’t wait to (?:publish|share|present|show)|between (?:us|you and me)|confidential\w*|dsmb|data lock|unblind\w*|first look|first (?:\w+ )?patients?|hush|keep (?:this|it) quiet|don’t (?:tell|share)|leak\w*|insider|our (?:trial|study|phase|patients|arm|drug|cohort)|my (?:trial|study)|we(?:’re| are) (?:seeing|testing)"
    r"|i(?:’m| am) seeing|spoiler|submitted|under review|topline|top-line|heard (?:from|that)|rumou?r\w*|stock|here we come|\d+ patients in|paper to come|patient \d+|our investigational|sneak|not public)\b",
    re.IGNORECASE,
)
_ENROLLING = re.compile(
    r"\b(?:open (?:and|for) enroll\w+|(?:now|still|actively) (?:enroll|recruit)\w+|is enrolling|recruiting)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Book:
    """`data/post.toml`, ready to run."""

    words: dict[str, re.Pattern[str]]
    rules: dict[str, Rule]


@cache
def _book() -> _Book:
    words = resources.table(_FILE)["words"]
    more = resources.table("data/reply.toml")["words"]
    words = {
        **words,
        "clinical": rf"{words['clinical']}|\b(?:{more['clinical']}|{more['clinical_endings']})\b",
    }
    patterns = {name: re.compile(words[name], re.IGNORECASE) for name in _IN_STORIES}
    return _Book(patterns, rules(_FILE))


def check_post(
    text: str, profile: Profile | None = None, at: datetime | None = None
) -> tuple[Violation, ...]:
    """Return what must not (block) or should not (warn) be posted, in the order of the text.

    `profile` adds its disclosures and whether views are to be called one's own; `at`, in the writer's own time,
    adds the late hour.
    """
    plain = straighten(text)
    return weigh(
        "post",
        plain,
        by_rules(plain, profile, at),
        _book().rules["reads_harmful"],
        doubt=not asks_clinically(plain),
    )


def asks_clinically(plain: str) -> bool:
    """Whether a text asks a clinical question: it reads harmless, and may hold a patient's name all the same."""
    return bool(_book().words["asks"].search(plain))


def by_rules(plain: str, profile: Profile | None = None, at: datetime | None = None) -> Iterator[Violation]:
    """Return what the rules find in a straightened text."""
    book = _book()
    told = bool(
        book.words["leave"].search(plain)
        or re.search(
            r"\b(?:fictional|fictitious|hypothetical|composite|made[- ]up|simulat)", plain, re.IGNORECASE
        )
    )
    found = [
        _patterns(book, plain, profile, told=told),
        _conflicts(book, plain, profile),
        _identifiers(book, plain, told=told),
        () if told else _story(book, plain),
        _trial(book, plain),
        _hour(book, plain, at),
    ]
    return chain.from_iterable(found)


def hint_for(rule: str) -> str:
    """Return how to rewrite what a rule found."""
    for row in resources.table(_FILE)["rule"]:
        if row["id"] == rule:
            return str(row["hint"])
    return "Leave it out."


def _patterns(book: _Book, plain: str, profile: Profile | None, *, told: bool) -> Iterator[Violation]:
    for rule in book.rules.values():
        if rule.id in {"patient_image", "case_of_the_day"} and told:
            continue
        if rule.id == _PRODUCT and _SAID_CONFLICT.search(plain):
            continue
        if rule.id == _OPINION and (
            _SAID_OWN.search(plain) or (profile is not None and profile.bio.views_are_my_own)
        ):
            continue
        yield from rule.search(plain)


def _conflicts(book: _Book, plain: str, profile: Profile | None) -> Iterator[Violation]:
    """Yield where the post names what the profile discloses a tie to, without saying so."""
    if profile is None or _SAID_CONFLICT.search(plain):
        return
    for one in profile.bio.disclosures:
        for name in re.findall(r"\b[A-Z][\w&-]{2,}", one.what):
            if name.lower() in _NOT_COMPANIES:
                continue
            found = re.search(rf"\b{re.escape(name)}\b", plain, re.IGNORECASE)
            if found:
                yield book.rules[_PRODUCT].at(*found.span())


_NOT_COMPANIES = frozenset(
    {
        "consultant",
        "speaker",
        "advisor",
        "adviser",
        "advisory",
        "board",
        "paid",
        "member",
        "research",
        "grant",
        "funding",
        "stock",
        "the",
        "inc",
        "for",
        "honoraria",
        "honorarium",
        "consulting",
        "royalties",
        "equity",
        "institution",
    }
)


def _identifiers(book: _Book, plain: str, *, told: bool) -> Iterator[Violation]:
    if not identifiers.speaks_of_care(plain) and not book.words["clinical"].search(plain):
        for span in identifiers.numbers(plain):
            yield book.rules["identifier_number"].at(*span)
        return
    named = any(
        kind == "name" and not _DOCTOR.search(plain[max(0, span[0] - 5) : span[1]])
        for kind, span in identifiers.find(plain)
    )
    apart = book.words["aside"].search(plain) or _COLLEAGUE.search(plain)
    if _HISTORY.search(plain) and not _BORN.search(plain):
        return
    about_one = _is_about_one(plain) or (named and (not apart or bool(_TITLED.search(plain))))
    kept = set(identifiers.numbers(plain))
    for kind, span in identifiers.find(plain):
        by_word = kind == "number" and span in kept
        if by_word or (about_one and (kind in {"number", "contact"} or not told)):
            yield book.rules[f"identifier_{kind}"].at(*span)


_HISTORY = re.compile(r"\b1[5-8]\d\d\b|\b19[0-7]\d\b|\bcentury\b", re.IGNORECASE)
_BORN = re.compile(r"\b(?:born|dob|birth|mrn|ssn|patient|pt)\b|\d/\d", re.IGNORECASE)
_ONE = re.compile(
    r"\b\d{1,3}[- ]?(?:y/?o|yo[mf]?|yr|year|month|week|day)s?[- ]?old\b|\b\d{1,3} ?(?:y/?o|yom|yof)\b|\b(?:patient|pt|case) (?:named|called|[A-Z]\w+)|\b(?:a|an|my|this|the|our|one) (?:[\w-]+ ){0,3}(?:patient|pt|man|woman|male|female|boy|girl|child|teen|infant|newborn|lady|gentleman)\b"
    r"|\bpatients? (?:like|such as|similar to)\b|\bborn\b|\bunder (?:my|our) care\b|\b(?:finished|rang|beat|survived)\b|\bpray(?:ers)? for\b|\bmrn\b|\bpt\b|\bdob\b|\bssn\b|\b(?:seen|admitted|presented|presenting|came in|hospitali[sz]ed) with\b|\b(?:seen|treated|admitted|evaluated|hospitali[sz]ed|diagnosed|discharged|operated|visited|referred|followed|managed|examined)(?: \w+){0,3} (?:at|by|in|on|under|to|from)\b|\b(?:specifically|similar to|such as) (?:for )?[A-Z]|\b(?:his|her|he|she)\b|\b(?:last|next|recent) (?:visit|appointment|check-?up|follow-?up|admission)\b|\b(?:in|for|with|of) (?:[A-Z][a-z]+ [A-Z]\.|[A-Z][a-z]+ [A-Z][a-z]+,)",
    re.IGNORECASE,
)


def _is_about_one(plain: str) -> bool:
    """Whether a text about care speaks of one patient, and not of an office, a paper or a colleague."""
    if re.search(
        r"\b(?:paper|study of|published|webinar|podcast|conference|congrat\w*|award|interview|join us|register|lecture|grand rounds|hiring|welcome (?:dr|to)|honou?red to|keynote|talk at|thread)\b",
        plain,
        re.IGNORECASE,
    ):
        return bool(re.search(r"\bmrn\b|\bdob\b|\bpt\b", plain, re.IGNORECASE))
    return bool(_ONE.search(plain))


_PARTICULAR = re.compile(
    r"\b(?:my|our|this|that|was|were|had|did|came|went|told|asked|said|got|lost|made|took|left|kept|gave|fell|ate|drank|broke|hit|ran|woke|wept|thanked|insisted|swallowed|slapped|died|now has|will miss|\w{3,}ed)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\b")
_DOCTOR = re.compile(r"(?:Dr|Prof)\b")
_PLAINLY_ONE = re.compile(
    r"\W*(?:toddler|kid|baby|teen|young|old|elderly|little|poor|sweet|pregnant|homeless|drunk|middle-aged|my|patient)\b|\d|(?:fe)?male\b|(?:wo)?man\b|girl\b|boy\b",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:should|may|can|must|might|could|ask your|often|usually)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|his|hers?|him)\b", re.IGNORECASE)
_COLLEAGUE = re.compile(
    r"\b(?:goodbye to dr|in memory of dr|welcome|join(?:s|ed|ing) (?:us|our)|award\w*|promot\w+|hired|retir\w+|congrat\w*|mentor\w*|keynote|lecture|podcast|webinar|interview\w*|speaker|our new|grateful for the|board[- ]certified)\b",
    re.IGNORECASE,
)
_OWN_PATIENT = re.compile(
    r"\b(?:my|our) (?:\w+ )?(?:patient|pt)\b(?!’s? (?:portal|guide)| (?:portal|guide|community|advoca\w+|experience|safety|education|handout|day))"
    r"|\b(?:to be|being) (?:your|her|his) (?:doctor|oncologist|surgeon|physician|nurse|therapist|dentist|midwife)\b",
    re.IGNORECASE,
)
_ANY_PATIENT = re.compile(
    r"\b(?:a|any|every|each|the|your) (?:patient|person|child|woman|man|parent)(?:’s (?:guide|rights?|perspective|bill)|\s+(?:should|may|can|must|might|will|deserves?|needs?|who has|with))\b"
    r"|\bpatient (?:portal|guide|community|advoca\w+|experience|safety|education|handouts?|satisfaction|privacy|rights|care)\b",
    re.IGNORECASE,
)


def _story(book: _Book, plain: str) -> Iterator[Violation]:
    """Yield one person's story: a particular somebody, with something medical about it.

    It needs no name, time or place to be recognised by those who were there; so only what is told of people in
    general, of the writer's own kin and of colleagues may pass.
    """
    words = book.words
    rest, kin = words["own_family"].subn(" ", plain)
    rest = _ANY_PATIENT.sub(" ", _PRONOUN.sub(" ", rest) if kin else rest)
    someone, ill = words["individual"].search(rest), words["clinical"].search(rest)
    met, when = words["encounter"].search(rest), words["when"].search(rest)
    scene = words["setting"].search(rest)
    told_of = words["narrative"].search(rest) or when
    private = kin and not (met or _OWN_PATIENT.search(plain))
    if (
        scene
        and told_of
        and not private
        and not words["aside"].search(plain)
        and not words["asks"].search(plain)
    ):
        if not _COLLEAGUE.search(plain) or _OWN_PATIENT.search(plain):
            yield book.rules["identifying_story"].at(0, len(plain))
        return
    bare = (
        (met or (when and words["narrative"].search(rest)))
        and ill
        and not private
        and not words["aside"].search(plain)
    )
    if bare and not words["asks"].search(plain) and not words["nobody"].search(plain):
        if not _COLLEAGUE.search(plain) or _OWN_PATIENT.search(plain):
            yield book.rules["identifying_story"].at(0, len(plain))
        return
    if not (someone or met) or not ill or (_COLLEAGUE.search(plain) and not _OWN_PATIENT.search(plain)):
        return
    if words["asks"].search(plain) and not met:
        return
    if words["nobody"].search(plain) and not (someone and (met or when)):
        return
    odd = words["distinct"].search(rest)
    if words["aside"].search(plain) and not (someone and met) and not _OWN_PATIENT.search(plain):
        return
    plainly = someone is not None and bool(_PLAINLY_ONE.match(someone.group())) and not _MODAL.search(plain)
    told = plainly or bool(someone and (met or when or odd or _PARTICULAR.search(rest)))
    if told or (met and when and odd):
        yield book.rules["identifying_story"].at(0, len(plain))


def _trial(book: _Book, plain: str) -> Iterator[Violation]:
    published = book.words["published"].search(plain) and not re.search(
        r"\bembargo|unpublished|not (?:yet )?published|before publication", plain, re.IGNORECASE
    )
    trial, result, untold = _TRIAL.search(plain), _RESULT.search(plain), _UNTOLD.search(plain)
    if (
        trial
        and result
        and untold
        and not published
        and not (
            _ENROLLING.search(plain)
            and not re.search(r"respon|%|so far|already|\d+ (?:of|out of) \d+", plain)
        )
    ):
        yield book.rules["trial_results"].at(trial.start(), trial.end())


def _hour(book: _Book, plain: str, at: datetime | None) -> Iterator[Violation]:
    if at is not None and (at.hour >= 22 or at.hour < 6):
        yield book.rules["late_hour"].at(0, len(plain))

"""Estimate the weights of articles in data/linkage.toml from pairs of articles by one person or two.

    python scripts/estimate_linkage_weights.py PAIRS.csv ARTICLES.jsonl [--write]

PAIRS has the columns PMID1, Last_name1, Initials1, First_name1, PMID2 ... and Authorship (YES, NO), separated
by semicolons; ARTICLES holds one record a line: pmid, title, year, mesh, authors (last, fore, initials, affil).
The first record of a pair becomes a profile, the second a mention, and the reverse.

The weights are the coefficients, in bits, of a logistic regression on the levels of
`reputation.discovery.authorship`, so that features that say the same thing share the credit.  Every pair is
also learnt with facts left out, since a profile seldom knows co-authors: the weights must be right without.
Both lines of judgement come from ten-fold cross-validation by last name, so that no namesake is on both sides.

`--whole` judges the pairs as a user's program would, by `match(profile, mention)` with weights that have not seen
the last name, and prints macro-F1 where `match` alone counts as YES, and where `possible` does too.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import exp, log
from pathlib import Path
from typing import Any

from reputation import resources
from reputation.discovery.authorship import byline_of, levels_of
from reputation.discovery.resolve import match
from reputation.discovery.subject import Subject, person_key, subject_of
from reputation.model import (
    Affiliation,
    BioFacts,
    Claim,
    MatchDecision,
    Mention,
    PersonName,
    Profile,
    Right,
)
from reputation.normalize import fold

Row = tuple[tuple[str, ...], bool, str]
LINKAGE = Path(__file__).resolve().parent.parent / "data" / "linkage.toml"
BEGIN, END = "# --- estimated, do not edit by hand", "# --- end of what is estimated"
LEFT_OUT: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split())
    for names in ("", "people", "places", "subjects", "people subjects", "people years")
)
RIDGE = 2.0
ROUNDS = 400


def person_of(record: dict[str, Any], last: str, initials: str) -> dict[str, Any]:
    """Return the author of a record by last name and initials, else the first."""
    pattern = re.compile(re.sub(r"[^a-z ]", ".{1,2}", fold(last)))
    found = [one for one in record["authors"] if pattern.fullmatch(fold(one["last"]))]
    found.sort(key=lambda one: fold(one["initials"] or "")[:1] != fold(initials)[:1])
    best: dict[str, Any] = (found or record["authors"])[0]
    return best


def affiliation_of(record: dict[str, Any], person: dict[str, Any]) -> list[str]:
    """Return the person's affiliations, else those of the first author who has any."""
    return person["affil"] or next((one["affil"] for one in record["authors"] if one["affil"]), [])


def name_of(person: dict[str, Any]) -> str:
    """Return the name as printed, given names first."""
    return f"{person['fore'] or person['initials'] or ''} {person['last']}".strip()


def profile_from(record: dict[str, Any], person: dict[str, Any], *, with_people: bool = False) -> Profile:
    """Return the record as a profile of one of its authors; the co-authors, if wanted, in the biography."""
    given, _, middle = (person["fore"] or person["initials"] or "X").strip().partition(" ")
    year = re.match(r"[12][0-9]{3}", record["year"] or "")
    since = date(int(year[0]), 1, 1) if year else None
    places = tuple(
        Affiliation(name=place, since=since, until=since) for place in affiliation_of(record, person) or [""]
    )
    others = [name_of(one) for one in record["authors"] if one is not person]
    return Profile(
        right=Right(is_self=True),
        name=PersonName(given=given, middle=middle or None, family=person["last"]),
        affiliations=places,
        bio=BioFacts(interests=tuple(record["mesh"]), statement="; ".join(others) if with_people else None),
    )


def subject_from(record: dict[str, Any], person: dict[str, Any]) -> Subject:
    """Return the record as a profile of one of its authors, whose co-authors are known."""
    profile = profile_from(record, person)
    others = (name_of(one) for one in record["authors"] if one is not person)
    people = frozenset(key for one in others if (key := person_key(one)))
    return replace(subject_of(profile), people=people, has_people=bool(people))


def mention_from(record: dict[str, Any], person: dict[str, Any]) -> Mention:
    """Return the record as an article that one of its authors wrote."""
    claims = [Claim("name", name_of(person))]
    claims += [Claim("affiliation", place) for place in affiliation_of(record, person)]
    claims += [Claim("co_author", name_of(one)) for one in record["authors"] if one is not person]
    claims += [Claim("keywords", word) for word in record["mesh"]]
    return Mention(
        source="pubmed",
        kind="article",  # type: ignore[arg-type]  # a Mention takes plain words
        url=f"https://pubmed.ncbi.nlm.nih.gov/{record['pmid']}/",
        title=record["title"] or "",
        date_published=record["year"] or None,
        claims=tuple(claims),
    )


def less(subject: Subject, left_out: frozenset[str]) -> Subject:
    """Return the subject without some of its facts."""
    empty: dict[str, Any] = {"people": frozenset(), "subjects": (), "years": None}
    changes = {name: empty[name] for name in left_out if name in empty}
    if "places" in left_out:
        changes |= {"institutions": (), "short_names": ()}
    return replace(subject, **changes)


def read(pairs: Path, articles: Path) -> list[tuple[dict[str, Any], dict[str, Any], dict[str, str], bool]]:
    """Return both records of every labelled pair."""
    records = {one["pmid"]: one for one in map(json.loads, articles.read_text("utf-8").splitlines())}
    found = []
    with pairs.open(encoding="utf-8", errors="replace") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            answer = (row["Authorship"] or "").strip()
            if answer and row["PMID1"] in records and row["PMID2"] in records:
                found.append((records[row["PMID1"]], records[row["PMID2"]], row, answer == "YES"))
    return found


def rows_of(data: Iterable[Any], left_outs: Sequence[frozenset[str]]) -> list[Row]:
    """Return levels, answer and last name of every pair, both ways round and with facts left out."""
    rows: list[Row] = []
    for first, second, pair, answer in data:
        one = person_of(first, pair["Last_name1"], pair["Initials1"])
        two = person_of(second, pair["Last_name2"], pair["Initials2"])
        ways = ((first, one, second, two), (second, two, first, one))
        for left, a, right, b in ways:
            whole, mention = subject_from(left, a), mention_from(right, b)
            byline = byline_of(whole, mention)
            for left_out in left_outs:
                levels = levels_of(less(whole, left_out), mention, byline)
                names = tuple(f"{name}.{level}" for name, level, _ in levels)
                rows.append((names, answer, fold(pair["Last_name1"])))
    return rows


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Return the coefficients in nats of a ridge logistic regression, by accelerated gradient ascent."""
    names = ["prior.namesakes", *sorted({name for levels, _, _ in rows for name in levels})]
    place = {name: number for number, name in enumerate(names)}
    coded = [([0, *(place[name] for name in levels)], float(answer)) for levels, answer, _ in rows]
    beta, ahead, step = [0.0] * len(names), [0.0] * len(names), 4.0 / (len(coded) * 7)
    for number in range(ROUNDS):
        slope = [-RIDGE * value for value in ahead]
        slope[0] = 0.0
        for active, answer in coded:
            error = answer - 1 / (1 + exp(-max(-30.0, min(30.0, sum(ahead[i] for i in active)))))
            for i in active:
                slope[i] += error
        following = [value + step * change for value, change in zip(ahead, slope, strict=True)]
        ahead = [new + number / (number + 3) * (new - old) for new, old in zip(following, beta, strict=True)]
        beta = following
    return dict(zip(names, beta, strict=True))


def probability(beta: dict[str, float], levels: Iterable[str]) -> float:
    """Return the probability that both are one person."""
    return 1 / (1 + exp(-beta["prior.namesakes"] - sum(beta.get(name, 0.0) for name in levels)))


def macro_f1(answers: Sequence[tuple[float, bool]], line: float) -> float:
    """Return the mean F1 of both classes where `line` divides them."""
    score = 0.0
    for wanted in (True, False):
        hits = sum((p >= line) == wanted == answer for p, answer in answers)
        score += (
            2 * hits / (sum((p >= line) == wanted for p, _ in answers) + sum(a == wanted for _, a in answers))
        )
    return score / 2


def tell(title: str, answers: Sequence[tuple[float, bool]], line: float) -> None:
    """Print the figures of one cross-validation."""
    taken = [answer for p, answer in answers if p >= line]
    precision = sum(taken) / (len(taken) or 1)
    recall = sum(taken) / sum(answer for _, answer in answers)
    sys.stdout.write(
        f"{title:28} macro-F1 {macro_f1(answers, 0.5):.3f}, at the line {macro_f1(answers, line):.3f}; "
        f"match at p >= {line:.2f}: precision {precision:.3f}, recall {recall:.3f}, n {len(taken)}\n"
    )


def lines(answers: Sequence[tuple[float, bool]], wanted: float) -> float:
    """Return the least probability above which the share of right answers is at least `wanted`."""
    best, right = 1.0, 0
    for number, (p, answer) in enumerate(sorted(answers, reverse=True), 1):
        right += answer
        if right / number >= wanted:
            best = p
    return best


def fold_of(last: str) -> int:
    """Return a last name's fold, 0..9, the same every time."""
    return hashlib.sha256(last.encode()).digest()[0] % 10


def cross_validate(data: Sequence[Any], line: float) -> None:
    """Print figures for all facts and for profiles that lack some."""
    train = rows_of(data, LEFT_OUT)
    betas = [fit([row for row in train if fold_of(row[2]) != number]) for number in range(10)]
    for left_out in LEFT_OUT:
        rows = rows_of(data, [left_out])
        answers = [(probability(betas[fold_of(last)], levels), answer) for levels, answer, last in rows]
        tell("without " + ", ".join(sorted(left_out)) if left_out else "with all facts", answers, line)
        sys.stdout.write(
            f"{'':28} precision .97 from p >= {lines(answers, 0.97):.3f}, .98 from {lines(answers, 0.98):.3f}\n"
        )


def judge_whole(data: Sequence[Any]) -> None:
    """Print how `match` itself does, each pair both ways, with weights learnt without its last name."""
    train = rows_of(data, LEFT_OUT)
    shipped = resources.table("data/linkage.toml")
    own = shipped["article"]
    told: dict[bool, list[tuple[MatchDecision, float, bool]]] = {False: [], True: []}
    for number in range(10):
        shipped["article"] = tables_of(fit([row for row in train if fold_of(row[2]) != number]))
        for first, second, pair, answer in data:
            if fold_of(fold(pair["Last_name1"])) != number:
                continue
            one = person_of(first, pair["Last_name1"], pair["Initials1"])
            two = person_of(second, pair["Last_name2"], pair["Initials2"])
            for left, a, right, b in ((first, one, second, two), (second, two, first, one)):
                for with_people, found in told.items():
                    judged = match(profile_from(left, a, with_people=with_people), mention_from(right, b))
                    found.append((judged.decision, judged.probability, answer))
    shipped["article"] = own
    for with_people, found in told.items():
        matched = [answer for decision, _, answer in found if decision is MatchDecision.MATCH]
        refused = [answer for decision, _, answer in found if decision is MatchDecision.NON_MATCH]
        score = {"match": 1.0, "possible": 0.5, "non_match": 0.0}
        words = [(score[decision], answer) for decision, _, answer in found]
        sys.stdout.write(
            f"{'with' if with_people else 'without'} co-authors in the profile: macro-F1 of match alone "
            f"{macro_f1(words, 1.0):.3f}, of match and possible {macro_f1(words, 0.5):.3f}, of the probability "
            f"{macro_f1([(p, answer) for _, p, answer in found], 0.5):.3f}; precision of match "
            f"{sum(matched) / len(matched):.3f} (n {len(matched)}), recall {sum(matched) / sum(a for *_, a in found):.3f}; "
            f"{sum(refused)} of {len(refused)} non_match are one person\n"
        )


def tables_of(beta: dict[str, float]) -> dict[str, dict[str, float]]:
    """Return the weights in bits, by feature and level."""
    tables: dict[str, dict[str, float]] = {}
    for name, value in sorted(beta.items()):
        feature, _, level = name.partition(".")
        tables.setdefault(feature, {})[level] = round(value / log(2), 2)
    return tables


def write(beta: dict[str, float]) -> None:
    """Put the weights, in bits, between the marks of data/linkage.toml."""
    body = "\n\n".join(
        f"[article.{name}]\n" + "\n".join(f"{level} = {bits:.2f}" for level, bits in levels.items())
        for name, levels in tables_of(beta).items()
    )
    text = LINKAGE.read_text("utf-8")
    head, tail = (text.split(BEGIN)[0], text.split(END)[1]) if BEGIN in text else (text + "\n", "\n")
    LINKAGE.write_text(f"{head}{BEGIN}\n{body}\n{END}{tail}", "utf-8")


def main() -> None:
    """Estimate, tell, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--line", type=float, default=0.9)
    asked = parser.parse_args()
    data = read(asked.pairs, asked.articles)
    if asked.whole:
        judge_whole(data)
        return
    cross_validate(data, asked.line)
    if asked.write:
        write(fit(rows_of(data, LEFT_OUT)))


if __name__ == "__main__":
    main()

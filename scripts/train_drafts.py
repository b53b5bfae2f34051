"""Trains the models and draws the lines of the two linters of drafts, and prints how they do on authors held back.

    python scripts/train_drafts.py [--write]

The drafts are invented, for this project: `scripts/drafts/*.tsv` and the sets of the linters' own tests.  Those of
`tests/defense/*_unseen.tsv` are never read here.  Needs numpy, scipy and scikit-learn, which the program never does.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from reputation import resources
from reputation.defense import odds, post, reply
from reputation.defense.violation import Violation, sentences, straighten

ROOT = Path(__file__).parents[1]
RULES_WERE_WRITTEN_ON = frozenset("abcdefghi")
"""Sets whose drafts the rules were fitted to: they train the models, but never the trust in the rules."""

RARITY, PIECES, STRENGTH = 1.5, 0.6, 0.5
"""Power of the inverse document frequency, what a piece of a word counts, and C: chosen by the authors held back."""

ALONE = 2.0
"""By how much a sentence by itself must exceed the line: cut out of its draft, much sounds worse."""


@dataclass(frozen=True)
class Linter:
    """What is trained: its texts, its rules, those that block alone, and the aim."""

    name: str
    texts: str
    by_rules: Callable[[str], Iterable[Violation]]
    certain: frozenset[str]
    doubted: frozenset[str]
    unlikely: float
    least_recall: float | None
    most_false: float | None
    trusts: Callable[[str], bool]
    """Whether the odds may not overrule what the rules name in a text."""


LINTERS = (
    Linter(
        "reply",
        "replies",
        reply.by_rules,
        frozenset({"advice", "blame", "identifiers", "names_reviewer", "says_visit", "sensitive_health"}),
        frozenset({"blame_visit", "denies_relationship", "incentive", "insult", "payment_facts", "threat"}),
        -1.5,
        0.98,
        None,
        lambda _: False,
    ),
    Linter(
        "post",
        "posts",
        post.by_rules,
        frozenset(
            [
                "case_of_the_day",
                "event_linked",
                "identifier_contact",
                "identifier_number",
                "insult",
                "personal_advice",
                "solicits_reviews",
                "trial_results",
                "trial_secrets",
            ]
        ),
        frozenset({"identifier_name", "identifier_place", "identifier_date", "patient_image"}),
        -1.8,
        None,
        0.04,
        post.asks_clinically,
    ),
)


@dataclass(frozen=True)
class Drafts:
    """The texts of one linter: author, whether harmful, the rules that spoke."""

    texts: list[str]
    author: Any
    harmful: Any
    rules: list[set[str]]


def load(linter: Linter) -> Drafts:
    """Return the drafts of all authors but the one held back for the last figure."""
    rows: list[dict[str, str]] = []
    for folder in (ROOT / "tests/defense", ROOT / "scripts/drafts"):
        lines = (folder / f"{linter.texts}.tsv").read_text(encoding="utf-8").splitlines()
        rows += csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    rows = [row for row in rows if row["label"] != "warn"]
    texts = [straighten(row["text"]) for row in rows]
    author = ["own" if row["set"] in RULES_WERE_WRITTEN_ON else row["set"] for row in rows]
    spoke = [{one.rule for one in linter.by_rules(text) if one.level == "block"} for text in texts]
    return Drafts(texts, np.array(author), np.array([row["label"] != "safe" for row in rows]), spoke)


def counts(texts: list[list[str]]) -> Any:
    """Return one row a text, given as its sentences: buckets of words, then of pieces, each over the root of their number."""
    halves = []
    for half in (odds.grams_of, lambda tokens: [at for one in tokens for at in odds.pieces_of(one)]):
        columns: list[int] = []
        values: list[float] = []
        ends = [0]
        for text in texts:
            found: Counter[int] = Counter()
            for sentence in text:
                found.update(half(odds.tokens_of(sentence)))
            root = sum(found.values()) ** 0.5 or 1.0
            columns += found
            values += [number / root for number in found.values()]
            ends.append(len(columns))
        halves.append(sparse.csr_matrix((values, columns, ends), shape=(len(texts), odds.BUCKETS)))
    return sparse.hstack(halves).tocsr()


def fit(x: Any, harmful: Any) -> tuple[Any, float]:
    """Return the weights of the buckets and the bias."""
    seen = np.asarray((x > 0).sum(axis=0)).ravel()
    rare = (np.log((1 + x.shape[0]) / (1 + seen)) + 1) ** RARITY
    rare[odds.BUCKETS :] *= PIECES
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(x.multiply(rare).tocsr(), harmful)
    return model.coef_[0] * rare, float(model.intercept_[0])


class Reader:
    """Scores drafts with any weights, as `odds.Draft.read` does."""

    def __init__(self, texts: list[str]) -> None:
        split = [[one.text for one in sentences(text)] for text in texts]
        stretches = [
            (i, parts[at : at + 4]) for i, parts in enumerate(split) for at in range(max(1, len(parts) - 3))
        ]
        single = [(i, [part]) for i, parts in enumerate(split) for part in parts]
        self.size = len(texts)
        self.whole = counts(split)
        self.at = [np.array([i for i, _ in some]) for some in (stretches, single)]
        self.x = [counts([parts for _, parts in some]) for some in (stretches, single)]

    def read(self, weights: Any, bias: float) -> Any:
        """Return the log odds of each text."""
        best = np.full(self.size, -99.0)
        for at, x, less in zip(self.at, self.x, (0.0, ALONE), strict=True):
            np.maximum.at(best, at, x @ weights + bias - less)
        return best


def held_back(drafts: Drafts, reader: Reader) -> Any:
    """Return the log odds of each draft by a model that never saw its author."""
    said = np.zeros(len(drafts.texts))
    for author in set(drafts.author):
        mine = drafts.author == author
        said[mine] = reader.read(*fit(reader.whole[~mine], drafts.harmful[~mine]))[mine]
    return said


def evidence(drafts: Drafts, said: Any, rows: Any) -> dict[str, float]:
    """Return what each rule adds to the log odds, from drafts that it was not written on; never less than nothing."""
    names = sorted(set().union(*drafts.rules))
    spoke = np.array([[name in rules for name in names] for rules in drafts.rules], float)
    both = np.column_stack([said, spoke])[rows]
    model = LogisticRegression(C=0.3, max_iter=2000).fit(both, drafts.harmful[rows])
    slope = model.coef_[0][0]
    return {
        name: round(max(0.0, float(weight / slope)), 2)
        for name, weight in zip(names, model.coef_[0][1:], strict=True)
    }


def totals(linter: Linter, drafts: Drafts, said: Any, adds: dict[str, float]) -> Any:
    """Return the log odds with the rules' evidence; endless where a rule blocks by itself."""
    total = said + np.array([sum(adds.get(rule, 0.0) for rule in rules) for rules in drafts.rules])
    for i, rules in enumerate(drafts.rules):
        if rules & linter.certain or (
            rules & linter.doubted and (said[i] >= linter.unlikely or linter.trusts(drafts.texts[i]))
        ):
            total[i] = 99.0
    return total


def line_of(linter: Linter, total: Any, harmful: Any) -> float:
    """Return the line that keeps the recall (replies) or the false blocks (posts) that are aimed at."""
    if linter.least_recall is not None:
        return float(np.quantile(total[harmful], 1 - linter.least_recall, method="lower"))
    assert linter.most_false is not None
    return float(np.quantile(total[~harmful], 1 - linter.most_false, method="higher")) + 0.01


def train(linter: Linter, say: Callable[[str], object]) -> tuple[bytes, str]:
    """Return a linter's model and its scale, as they are written, and say how authors held back come out."""
    drafts = load(linter)
    reader = Reader(drafts.texts)
    said = held_back(drafts, reader)
    foreign = drafts.author != "own"
    total = np.zeros(len(said))
    for author in sorted(set(drafts.author[foreign])):
        mine = drafts.author == author
        total[mine] = totals(linter, drafts, said, evidence(drafts, said, foreign & ~mine))[mine]
    harmful = drafts.harmful
    line = line_of(linter, total[foreign], harmful[foreign])
    for author in sorted(set(drafts.author[foreign])):
        mine = drafts.author == author
        say(
            f"{linter.name} {author} n={mine.sum()} AUC {roc_auc_score(harmful[mine], total[mine]):.3f}"
            f" recall {np.mean(total[mine & harmful] >= line):.3f} false {np.mean(total[mine & ~harmful] >= line):.3f}"
        )
    for recall in (0.99, 0.98, 0.97, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5):
        at = np.quantile(total[foreign & harmful], 1 - recall, method="lower")
        say(f"{linter.name} recall {recall:.2f} false {np.mean(total[foreign & ~harmful] >= at):.3f}")
    adds = evidence(drafts, said, foreign)
    return packed(*fit(reader.whole, harmful)), scale(linter, line, adds)


def packed(weights: Any, bias: float) -> bytes:
    """Return a model's bytes; one weight in two thousand is clipped."""
    halves, scales = [], []
    for half in (weights[: odds.BUCKETS], weights[odds.BUCKETS :]):
        step = float(np.quantile(np.abs(half[half != 0]), 0.9995)) / 127
        halves.append(np.clip(np.round(half / step), -127, 127).astype(int).tolist())
        scales.append(step)
    return odds.pack(halves[0], halves[1], (scales[0], scales[1]), bias)


def scale(linter: Linter, line: float, adds: dict[str, float]) -> str:
    """Return a linter's table of `data/drafts.toml`."""
    listed = ", ".join(f"{name} = {value}" for name, value in adds.items() if value)
    return (
        f"\n[{linter.name}]\nline = {line:.2f}\nalone = {ALONE}\nunlikely = {linter.unlikely}\n"
        f"certain = {sorted(linter.certain)}\ndoubted = {sorted(linter.doubted)}\nevidence = {{ {listed} }}\n"
    ).replace("'", '"')


def main() -> None:
    """Train, report, and write the models where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    made = [train(linter, lambda line: sys.stdout.write(line + "\n")) for linter in LINTERS]
    if chosen.write:
        Path(str(resources.shipped(odds.FILE))).write_bytes(b"".join(body for body, _ in made))
        head = "# What rules and odds weigh in the linters of drafts; written by scripts/train_drafts.py.\n"
        (ROOT / "data/drafts.toml").write_text(head + "".join(text for _, text in made), encoding="utf-8")


if __name__ == "__main__":
    main()

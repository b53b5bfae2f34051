"""Trains the two models of `data/sentiment.bin` and prints how they do on sites held back.

    python scripts/train_sentiment.py LABELLED [--write]

LABELLED is the folder of labelled texts that `data/README.md` tells of.  Needs numpy, scipy and scikit-learn,
which the program itself never does.  Nothing of the texts is kept but one signed byte a bucket.

Praise is learned from words and word pairs, and from where each word stands among the others: vectors of the words
(positive pointwise mutual information, Levy and others, 2015) let a word that one site never uses borrow from its
neighbours.  A mean of vectors is linear in the words, so its weights fold into the words' own and cost nothing later.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, recall_score
from sklearn.utils.extmath import randomized_svd

from reputation import resources
from reputation.definition import ngrams
from reputation.definition.aspects import units_of
from reputation.definition.sentiment import assess, read_text

REVIEWS = (
    "ratemds",
    "ratemds_comp90049",
    "ratemds_harshaneelhg",
    "nhs_fft",
    "hospital_bengaluru",
    "practo_sample",
    "yelp_chiro_aspects",
)
NEUTRAL = ("medline", "icliniq", "bios", "topnpi_directory")
HELD_BACK = Path(__file__).parents[1] / "benchmarks" / "sentiment_held_back.txt"
HEADING = "Held back (each site whole; neutral texts and doctor against office by fifths of their groups):"

Say = Callable[[str], None]

SPLIT_WEIGHT = 6.0
"""What a review counts that praises the doctor and blames the office, or the reverse: there are few."""

OWN_SITE_WEIGHT = 2.0
"""What a sentence written for this project counts beside a found one."""

SAMPLE = 6_000
"""How many reviews of a large site held back are read for the report."""

SITE_POWER = {"polarity": 0.5, "opinion": 0.75}
"""A site's texts of one label weigh n ** -power each: big sites lead, but do not drown the small ones."""

STRENGTH = {"polarity": 10.0, "opinion": 3.0}
"""The inverse of the pull towards nothing, C of the regression."""

TOLERANCE = {"polarity": 1e-3, "opinion": 1e-4}
"""Where the fit stops.  Praise stops early, before it learns single reviews of the training sites by heart."""

DIMENSIONS = 150
"""Numbers of a word's vector."""

WINDOW = 5
"""Words to the right of a word that are its neighbours."""

RARE = 5
"""Occurrences below which a word has no vector."""

SMOOTHING = 0.75
"""Power that a neighbour's count is raised to, lest rare neighbours seem to say much."""

VECTOR_WEIGHT = 0.7
"""What the vectors count beside the words themselves."""


@dataclass
class Text:
    """One labelled text; `label` pos, neg, other (a review of neither) or neutral."""

    site: str
    label: str
    clinician_label: str
    group: str
    text: str
    is_split: bool
    """Whether the office was rated otherwise than the doctor."""
    buckets: set[int]
    dense: tuple[float, ...]
    words: tuple[str, ...]
    """Of a whole text, those of its parts being the same."""


def load(folder: Path) -> list[Text]:
    """Return the texts, read as the program reads them; each text of a site once."""
    rows: list[dict[str, Any]] = []
    for name in REVIEWS:
        rows += [row | {"site": name.split("_")[0]} for row in _lines(folder / f"{name}.jsonl")]
    for row in _lines(folder / "google_owner_replies.jsonl"):
        stars = row.get("rating") or 3
        label = "pos" if stars >= 4 else "neg" if stars <= 2 else None
        rows.append({"site": "google", "label": label, "text": row.get("review") or "", "id": row["id"]})
    for name in NEUTRAL:
        rows += [row | {"site": name, "label": "neutral"} for row in _lines(folder / f"{name}.jsonl")]
    rows += [row | {"site": "invented", "id": row["text"]} for row in invented()]
    random.Random(1).shuffle(rows)  # noqa: S311 - which texts are kept is no secret
    seen: set[tuple[str, str]] = set()
    kept = []
    for row in rows:
        label = row["label"] if row["label"] in {"pos", "neg", "neutral"} else "other"
        words = " ".join(row["text"].lower().split())
        if words and (row["site"], words) not in seen:
            kept += _read(row, label)
        seen.add((row["site"], words))
    return kept


def _read(row: dict[str, Any], label: str) -> list[Text]:
    """Return the row's text and, where doctor and office were rated apart, the clauses of each by themselves."""
    reading = read_text(row["text"])
    whole = Text(
        site=row["site"],
        label=label,
        clinician_label=row.get("clinician_label") or label,
        group=row.get("group") or row["id"],
        text=row["text"],
        is_split=office_differs(row),
        buckets=reading.buckets,
        dense=reading.dense,
        words=tuple(map(sys.intern, chain.from_iterable(reading.clauses))),
    )
    units = units_of(reading.clauses)
    office = office_stars(row)
    if not (units.clinician and units.office and office):
        return [whole]
    of_office = "pos" if office >= 4 else "neg" if office <= 2.5 else "other"
    parts = ((units.clinician, whole.clinician_label), (units.office, of_office))
    nothing = (0.0, 0.0, 0.0, 0.0)
    return [whole] + [
        replace(
            whole,
            label="part",
            clinician_label=name,
            is_split=False,
            buckets=ngrams.buckets_of(words),
            dense=nothing,
            words=(),
        )
        for words, name in parts
    ]


def office_stars(row: dict[str, Any]) -> float | None:
    """Return the mean of what a review gave to staff and punctuality."""
    stars = row.get("sub") or {}
    office = [stars[name] for name in ("Staff", "Punctuality") if stars.get(name)]
    return sum(office) / len(office) if office else None


def office_differs(row: dict[str, Any]) -> bool:
    """Whether a review praises the doctor and blames the office (staff, punctuality), or the reverse."""
    office = office_stars(row)
    if office is None:
        return False
    clinician = row.get("clinician_label")
    return (clinician == "pos" and office <= 2.5) or (clinician == "neg" and office >= 4)


def invented() -> list[dict[str, str]]:
    """Return the sentences written for this project, by label."""
    table = resources.table("scripts/invented_sentences.toml")
    return [{"label": label, "text": text} for label, texts in table.items() for text in texts]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def matrix(texts: list[Text]) -> Any:
    """Return one row a text: its buckets over the root of their number."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for text in texts:
        found = sorted(text.buckets)
        columns += found
        values += [len(found) ** -0.5] * len(found)
        ends.append(len(columns))
    return sparse.csr_matrix((values, columns, ends), shape=(len(texts), ngrams.BUCKETS))


class Neighbours:
    """How often each word stands near each other one, by site, and the vectors that follow."""

    def __init__(self, texts: list[Text]) -> None:
        counts = Counter(chain.from_iterable(text.words for text in texts))
        self.words = sorted(word for word, n in counts.items() if n >= RARE)
        self._at = {word: at for at, word in enumerate(self.words)}
        by_site: dict[str, list[int]] = {}
        for text in texts:
            if text.site != "invented":
                told = by_site.setdefault(text.site, [])
                told += [self._at.get(word, -1) for word in text.words] + [-1] * WINDOW
        self._near = {site: self._pairs(np.array(told)) for site, told in by_site.items()}

    def _pairs(self, told: Any) -> Any:
        size = (len(self.words), len(self.words))
        near = sparse.csr_matrix(size, dtype=np.float32)
        for step in range(1, WINDOW + 1):
            left, right = told[:-step], told[step:]
            both = (left >= 0) & (right >= 0)
            ones = np.ones(both.sum(), dtype=np.float32)
            near = near + sparse.coo_matrix((ones, (left[both], right[both])), shape=size).tocsr()
        return near + near.T

    def vectors(self, without: str | None) -> Any:
        """Return a vector for every bucket, of length 0 or 1, learned from all sites but `without`."""
        near = sum(found for site, found in self._near.items() if site != without).tocoo()
        count = np.asarray(near.sum(axis=1)).ravel()
        context = count**SMOOTHING
        context *= count.sum() / context.sum()
        weight = np.log(near.data * count.sum() / (count[near.row] * context[near.col]))
        told = (weight > 0) & (count[near.row] >= RARE * WINDOW)
        table = sparse.csr_matrix((weight[told], (near.row[told], near.col[told])), shape=near.shape)
        left, size, _ = randomized_svd(table, DIMENSIONS, n_iter=2, random_state=0)
        found = left * np.sqrt(size)
        found /= np.linalg.norm(found, axis=1, keepdims=True) + 1e-9
        by_bucket = np.zeros((ngrams.BUCKETS, DIMENSIONS), dtype=np.float32)
        for word, vector in zip(self.words, found, strict=True):
            by_bucket[next(iter(ngrams.buckets_of([word])))] += vector
        return by_bucket


def fit(x: Any, is_first: Any, texts: list[Text], name: str) -> LogisticRegression:
    """Return a logistic regression in which sites and classes are balanced."""
    keys = [(text.site, text.label == "part", first) for text, first in zip(texts, is_first, strict=True)]
    counts = Counter(keys)
    weights = np.array([counts[key] ** -SITE_POWER[name] for key in keys])
    weights *= [
        SPLIT_WEIGHT if text.is_split else OWN_SITE_WEIGHT if text.site == "invented" else 1.0
        for text in texts
    ]
    for side in (True, False):
        weights[is_first == side] /= weights[is_first == side].sum()
    model = LogisticRegression(C=STRENGTH[name], max_iter=500, tol=TOLERANCE[name])
    return model.fit(x, is_first, sample_weight=weights * len(weights))


Packed = tuple[list[int], float, float, list[float]]


class Trainer:
    """The texts as rows of numbers, and the two models that any choice of rows gives."""

    def __init__(self, texts: list[Text]) -> None:
        self.texts = texts
        self.grams = matrix(texts)
        self.dense = np.array([text.dense for text in texts])

    @cached_property
    def neighbours(self) -> Neighbours:
        """Return the counts of neighbouring words."""
        return Neighbours(self.texts)

    def polarity(self, rows: Iterable[int], vectors: Any) -> Packed:
        """Return praise against blame of the clinician, from the rows that are either."""
        use = np.array([i for i in rows if self.texts[i].clinician_label in {"pos", "neg"}])
        is_pos = np.array([self.texts[i].clinician_label == "pos" for i in use])
        grams = self.grams[use]
        meant = sparse.csr_matrix(np.asarray(grams @ vectors) * VECTOR_WEIGHT)
        x = sparse.hstack([grams, self.dense[use], meant]).tocsr()
        model = fit(x, is_pos, [self.texts[i] for i in use], "polarity")
        found, n_dense = model.coef_[0], self.dense.shape[1]
        weights = found[: ngrams.BUCKETS] + VECTOR_WEIGHT * (vectors @ found[ngrams.BUCKETS + n_dense :])
        return packed(weights, model, found[ngrams.BUCKETS : ngrams.BUCKETS + n_dense])

    def opinion(self, rows: Iterable[int]) -> Packed:
        """Return opinion against neutral text."""
        use = np.array([i for i in rows if self.texts[i].label != "part"])
        is_opinion = np.array([self.texts[i].label != "neutral" for i in use])
        model = fit(self.grams[use], is_opinion, [self.texts[i] for i in use], "opinion")
        return packed(model.coef_[0], model, [])


def packed(weights: Any, model: LogisticRegression, dense: Iterable[float]) -> Packed:
    """Return a model as bytes, their scale, bias and dense weights; one weight in ten thousand is clipped."""
    top = float(np.quantile(np.abs(weights[weights != 0]), 0.9999))
    scale = top / 127
    small = np.clip(np.round(weights / scale), -127, 127).astype(int)
    return small.tolist(), scale, float(model.intercept_[0]), [float(weight) for weight in dense]


def report(trainer: Trainer, say: Say) -> None:
    """Print the table of figures: each site held back whole, the rest by fifths of its groups."""
    texts = trainer.texts
    folds = [crc32(text.group.encode()) % 5 for text in texts]
    opinion = [trainer.opinion(i for i, at in enumerate(folds) if at != fold) for fold in range(5)]
    said: dict[int, float] = {}
    held_sites = ("google", "hospital", "practo", "yelp", "ratemds", "nhs")
    for site in held_sites:
        rows = [i for i, text in enumerate(texts) if text.site != site]
        polarity = trainer.polarity(rows, trainer.neighbours.vectors(site))
        held = [i for i, text in enumerate(texts) if text.site == site and text.label != "part"][:SAMPLE]
        use([polarity, opinion[0]])
        _print_polarity(site, [texts[i] for i in held if texts[i].label in {"pos", "neg"}], say)
        for fold in range(5):
            use([polarity, opinion[fold]])
            said |= {i: assess(texts[i].text).valence or 0.0 for i in held if folds[i] == fold}
    split: list[tuple[bool, float]] = []
    vectors = trainer.neighbours.vectors(None)
    for fold in range(5):
        rows = [i for i, at in enumerate(folds) if at != fold]
        use([trainer.polarity(rows, vectors), opinion[fold]])
        for i, text in enumerate(texts):
            if folds[i] == fold and (text.label == "neutral" or text.site == "invented"):
                said[i] = assess(text.text).valence or 0.0
            elif folds[i] == fold and text.is_split:
                split.append((text.clinician_label == "pos", assess(text.text, "review").valence or 0.0))
    _print_invented(texts, said, say)
    _print_neutral(texts, said, say)
    _print_three_classes(texts, said, say)
    _print_silenced(texts, said, say)
    right = [
        np.mean([(valence > 0) == good for good, valence in split if good is side]) for side in (True, False)
    ]
    say(
        f"good doctor, bad office and the reverse: n={len(split)} {right[0]:.3f} {right[1]:.3f} balanced {np.mean(right):.3f}"
    )


def use(parts: list[Any]) -> None:
    """Have the program score with these models instead of the shipped ones."""
    models = ngrams.read(ngrams.write(parts))
    ngrams.models = lambda: models  # type: ignore[assignment] # for this run only


def _print_polarity(site: str, held: list[Text], say: Say) -> None:
    is_pos = np.array([text.label == "pos" for text in held])
    for name, model in (("lexicon", False), ("model", True)):
        said = np.array([(assess(text.text, "review", model=model).valence or 0.0) > 0 for text in held])
        f1 = f1_score(is_pos, said, average="macro")
        say(
            f"polarity {site:9} {name:8} n={len(held):6} macro-F1 {f1:.3f} negative recall {recall_score(~is_pos, ~said):.3f}"
        )


def _print_neutral(texts: list[Text], said: dict[int, float], say: Say) -> None:
    for site in (*NEUTRAL, "invented"):
        held = [said[i] for i, text in enumerate(texts) if text.site == site and text.label == "neutral"]
        say(f"neutral  {site:18} n={len(held):6} at least .3: {np.mean(np.abs(held) >= 0.3):.3f}")


def _print_invented(texts: list[Text], said: dict[int, float], say: Say) -> None:
    for label, side in (("pos", 1), ("neg", -1)):
        held = [said[i] for i, text in enumerate(texts) if text.site == "invented" and text.label == label]
        say(f"invented {label:18} n={len(held):6} right: {np.mean([side * v >= 0.05 for v in held]):.3f}")


def _print_three_classes(texts: list[Text], said: dict[int, float], say: Say) -> None:
    """Print the macro-F1 of positive, negative and neutral, each weighing as much."""
    pairs = [
        (texts[i].label, v)
        for i, v in said.items()
        if texts[i].label in {"pos", "neg", "neutral"} and texts[i].site not in {"nhs", "invented"}
    ]
    true = [label for label, _ in pairs]
    told = ["pos" if v >= 0.05 else "neg" if v <= -0.05 else "neutral" for _, v in pairs]
    each = Counter(true)
    f1 = f1_score(true, told, average="macro", sample_weight=[1 / each[label] for label in true])
    say(
        f"three classes n={len(pairs)} macro-F1 {f1:.3f}, as they come {f1_score(true, told, average='macro'):.3f}"
    )


def _print_silenced(texts: list[Text], said: dict[int, float], say: Say) -> None:
    """Print how many reviews are told as neutral where nobody says that they are reviews."""
    for site in sorted({text.site for text in texts} - {*NEUTRAL, "invented"}):
        held = [v for i, v in said.items() if texts[i].site == site and texts[i].label in {"pos", "neg"}]
        say(
            f"reviews without a kind {site:9} n={len(held):6} told as neutral: {np.mean(np.abs(held) < 0.05):.3f}"
        )


def main() -> None:
    """Train, report, and write the models where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--no-report", action="store_true")
    chosen = parser.parse_args()
    texts = load(chosen.labelled)
    trainer = Trainer(texts)
    if not chosen.no_report:
        lines = [HEADING]
        report(trainer, lines.append)
        sys.stdout.write("\n".join(lines) + "\n")
        if chosen.write:
            HELD_BACK.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if chosen.write:
        rows = range(len(texts))
        polarity = trainer.polarity(rows, trainer.neighbours.vectors(None))
        body = ngrams.write([polarity, trainer.opinion(rows)])
        Path(str(resources.shipped(ngrams.FILE))).write_bytes(body)


if __name__ == "__main__":
    main()

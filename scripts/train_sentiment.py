"""Trains the two models of `data/sentiment.bin` and prints how they do on sites held back.

    python scripts/train_sentiment.py LABELLED [--write]

LABELLED is the folder of labelled texts that `data/README.md` tells of.  Needs numpy, scipy and scikit-learn,
which the program itself never does.  Nothing of the texts is kept but one signed byte a bucket.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, recall_score

from reputation import resources
from reputation.definition import ngrams
from reputation.definition.sentiment import read_text

POLARITY_BUCKETS = 1 << 16
OPINION_BUCKETS = 1 << 15
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
MOST_OF_A_KIND = 12_000
SITE_POWER = 0.75
"""A site's texts of one label weigh n ** -0.75 each: big sites lead, but do not drown the small ones."""


@dataclass
class Text:
    """One labelled text; `label` pos, neg, other (a review of neither) or neutral."""

    site: str
    label: str
    clinician_label: str
    hashes: list[int]
    dense: tuple[float, ...]


def load(folder: Path) -> list[Text]:
    """Return the texts, read as the program reads them; at most MOST_OF_A_KIND of a file and label."""
    rows: list[tuple[str, str, str, str]] = []
    for name in REVIEWS:
        for row in _lines(folder / f"{name}.jsonl"):
            label = row["label"] if row["label"] in {"pos", "neg"} else "other"
            clinician = row.get("clinician_label") or label
            rows.append((name.split("_")[0], label, clinician, row["text"]))
    for row in _lines(folder / "google_owner_replies.jsonl"):
        stars = row.get("rating") or 3
        label = "pos" if stars >= 4 else "neg" if stars <= 2 else "other"
        rows.append(("google", label, label, row.get("review") or ""))
    for name in NEUTRAL:
        rows += [(name, "neutral", "neutral", row["text"]) for row in _lines(folder / f"{name}.jsonl")]
    rows += [("invented", row["label"], row["label"], row["text"]) for row in invented()]
    random.Random(1).shuffle(rows)  # noqa: S311 - which texts are kept is no secret
    seen: Counter[tuple[str, str]] = Counter()
    kept = []
    for site, label, clinician, text in rows:
        seen[site, label] += 1
        if text.strip() and seen[site, label] <= MOST_OF_A_KIND:
            reading = read_text(text)
            kept.append(Text(site, label, clinician, reading.hashes, reading.dense))
    return kept


def invented() -> list[dict[str, str]]:
    """Return the sentences written for this project, by label."""
    table = resources.table("scripts/invented_sentences.toml")
    return [{"label": label, "text": text} for label, texts in table.items() for text in texts]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def matrix(texts: list[Text], buckets: int, *, dense: bool) -> Any:
    """Return one row a text: its buckets over the root of their number, and VADER's four numbers."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for text in texts:
        found = sorted(ngrams.buckets_of(text.hashes, buckets))
        columns += found
        values += [len(found) ** -0.5] * len(found)
        ends.append(len(columns))
    grams = sparse.csr_matrix((values, columns, ends), shape=(len(texts), buckets))
    return sparse.hstack([grams, np.array([text.dense for text in texts])]).tocsr() if dense else grams


def fit(x: Any, is_first: Any, sites: list[str], strength: float) -> LogisticRegression:
    """Return a logistic regression in which sites and classes are balanced."""
    counts = Counter(zip(sites, is_first, strict=True))
    weights = np.array([counts[key] ** -SITE_POWER for key in zip(sites, is_first, strict=True)])
    for side in (True, False):
        weights[is_first == side] /= weights[is_first == side].sum()
    return LogisticRegression(C=strength, max_iter=500).fit(x, is_first, sample_weight=weights * len(weights))


def fit_polarity(texts: list[Text], x: Any, rows: Any) -> LogisticRegression:
    """Return praise against blame of the clinician, from the rows that are either."""
    use = np.array([i for i in rows if texts[i].clinician_label in {"pos", "neg"}])
    is_pos = np.array([texts[i].clinician_label == "pos" for i in use])
    return fit(x[use], is_pos, [texts[i].site for i in use], 2.5)


def fit_opinion(texts: list[Text], x: Any, rows: Any) -> LogisticRegression:
    """Return opinion against neutral text."""
    use = np.asarray(rows)
    return fit(
        x[use], np.array([texts[i].label != "neutral" for i in use]), [texts[i].site for i in use], 3.0
    )


def packed(model: LogisticRegression, buckets: int) -> tuple[list[int], float, float, list[float]]:
    """Return a model as bytes, their scale, bias and dense weights; one weight in a thousand is clipped."""
    weights = model.coef_[0][:buckets]
    top = float(np.quantile(np.abs(weights[weights != 0]), 0.999))
    scale = top / 127
    small = np.clip(np.round(weights / scale), -127, 127).astype(int)
    return small.tolist(), scale, float(model.intercept_[0]), model.coef_[0][buckets:].tolist()


def report(texts: list[Text], x_polarity: Any, x_opinion: Any) -> None:
    """Print how each site does when it is held back whole, and neutral texts when a fifth is."""
    everything = range(len(texts))
    for site in sorted({text.site for text in texts if text.label in {"pos", "neg"}}):
        model = fit_polarity(texts, x_polarity, [i for i in everything if texts[i].site != site])
        held = [i for i in everything if texts[i].site == site and texts[i].label in {"pos", "neg"}]
        is_pos = np.array([texts[i].label == "pos" for i in held])
        said = model.decision_function(x_polarity[held]) > 0
        f1 = f1_score(is_pos, said, average="macro")
        print(
            f"polarity  {site:12} n={len(held):6} macro-F1 {f1:.3f} recall neg {recall_score(~is_pos, ~said):.3f}"
        )
    folds = np.array([i % 5 for i in everything])
    said_opinion = np.zeros(len(texts), dtype=bool)
    for fold in range(5):
        model = fit_opinion(texts, x_opinion, np.flatnonzero(folds != fold))
        held_back = np.flatnonzero(folds == fold)
        said_opinion[held_back] = model.decision_function(x_opinion[held_back]) > 0
    for site in sorted({text.site for text in texts}):
        share = np.mean([said_opinion[i] for i in everything if texts[i].site == site])
        print(f"opinion   {site:12} called opinion {share:.3f}")


def main() -> None:
    """Train, report, and write the models where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    texts = load(chosen.labelled)
    x_polarity = matrix(texts, POLARITY_BUCKETS, dense=True)
    x_opinion = matrix(texts, OPINION_BUCKETS, dense=False)
    report(texts, x_polarity, x_opinion)
    if chosen.write:
        rows = range(len(texts))
        body = ngrams.write(
            [
                packed(fit_polarity(texts, x_polarity, rows), POLARITY_BUCKETS),
                packed(fit_opinion(texts, x_opinion, rows), OPINION_BUCKETS),
            ]
        )
        Path(str(resources.shipped(ngrams.FILE))).write_bytes(body)


if __name__ == "__main__":
    main()

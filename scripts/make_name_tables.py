"""Make data/names_family.txt.gz and data/names_given.txt.gz from the federal counts.

    python scripts/make_name_tables.py SURNAMES.tsv.gz GIVEN.tsv.gz

SURNAMES is the 2010 census's table (columns name, rank, count, prop100k), GIVEN the Social Security
Administration's national counts summed over the years (columns name, total, ...).  Both are works of the
United States government and in the public domain.  Each line of the result is one level, the count's
binary logarithm in quarters, and the names that stand at it; the first line is the whole population.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections import defaultdict
from math import log2
from pathlib import Path

SMALLEST_FAMILY = 300
SMALLEST_GIVEN = 250
DATA = Path(__file__).resolve().parent.parent / "data"


def levels(rows: list[tuple[str, int]], smallest: int) -> str:
    """Return the table's text: names of at least `smallest` people, grouped by quarter powers of two."""
    by_level: dict[int, list[str]] = defaultdict(list)
    for name, count in rows:
        if count >= smallest and name.isalpha():
            by_level[round(4 * log2(count))].append(name.lower())
    lines = [str(sum(count for _, count in rows))]
    lines += [f"{level} {' '.join(sorted(by_level[level]))}" for level in sorted(by_level, reverse=True)]
    return "\n".join(lines) + "\n"


def read(path: Path, column: str) -> list[tuple[str, int]]:
    """Return name and count of each row of a table."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [(row["name"], int(row[column])) for row in csv.DictReader(stream, delimiter="\t")]


def write(path: Path, text: str) -> None:
    """Write `text` compressed, without a time stamp so that the bytes are always the same."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as stream:
        stream.write(text.encode())
    path.write_bytes(packed.getvalue())


def main() -> None:
    """Read both tables and write both files."""
    surnames, given = map(Path, sys.argv[1:3])
    family_rows = [row for row in read(surnames, "count") if row[0] != "ALL OTHER NAMES"]
    write(DATA / "names_family.txt.gz", levels(family_rows, SMALLEST_FAMILY))
    write(DATA / "names_given.txt.gz", levels(read(given, "total"), SMALLEST_GIVEN))


if __name__ == "__main__":
    main()

"""Postal addresses of the United States (and Canada's provinces), in the postal service's short forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reputation.normalize.postal_words import DIRECTIONS, NUMBERS, ORDINALS, STATES, STREET_TYPES, TOWNS
from reputation.normalize.text import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """An address in one spelling: lower case, short forms of USPS Publication 28, unit kept apart.

    `suite` is the bare identifier ("200" for "Ste. 200" and "# 200"), with the word for a floor or a
    building ("fl 3").  A post-office box stands in `po_box` and leaves `street` empty.
    """

    street: str | None = None
    suite: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    po_box: str | None = None


_UNIT = (
    r"(?P<kind>suites?|stes?|unit|apartment|apt|room|rm|floor|flr|fl|level|building|bldg|tower|pavilion|wing|department|dept"
    r"|office|piso|consultorio)"
    r"\b[.:]?\s*(?:#|no\.)?\s*(?P<id>[0-9][0-9a-z-]*|[a-z]{1,2}-?[0-9]+[a-z]?|[a-z])(?![a-z0-9])"
)
_NTH_FLOOR = r"(?P<nth>[0-9]+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|ground)\s+(?:floor|flr|fl)\b"
_UNITS = re.compile(rf"(?:^|[\s,;]){_UNIT}|(?:^|[\s,;]){_NTH_FLOOR}|(?:^|[\s,;])#\s*(?P<hash>[0-9a-z-]+)")
_SHORT_UNIT = {
    "floor": "fl",
    "flr": "fl",
    "fl": "fl",
    "level": "fl",
    "piso": "fl",
    "building": "bldg",
    "bldg": "bldg",
    "tower": "bldg",
    "pavilion": "bldg",
    "wing": "bldg",
    "department": "dept",
    "dept": "dept",
}
_PO_BOX = re.compile(r"\bp(?:ost)?\.?\s*o(?:ffice)?\.?\s*box\s*#?\s*([0-9a-z-]+)", re.IGNORECASE)
_STATE_AND_ZIP = re.compile(r"\b[a-z]{2}\.?,?\s+[0-9]{5}(?:-[0-9]{4})?(?:,?\s+(?:usa?|united states))?$")
_ZIP = re.compile(r"(?<![0-9])([0-9]{5})(?:-?[0-9]{4})?(?![0-9])")
_CANADIAN = re.compile(r"\b([abceghj-nprstvxy][0-9][a-z])[ -]?([0-9][a-z][0-9])\b", re.IGNORECASE)
_HOUSE = re.compile(r"(?P<from>[0-9]+)(?:-(?P<to>[0-9]+))?(?P<letter>[a-z]?)")


def address(
    street: str | None,
    suite: str | None = None,
    city: str | None = None,
    state: str | None = None,
    postal_code: str | None = None,
) -> Address:
    """Return the address in one spelling; a suite, city, state or ZIP inside `street` is moved out of it.

    What is missing stays None.
    """
    return _address(street or "", suite or "", city or "", state or "", postal_code or "")


@lru_cache(maxsize=16384)
def _address(street: str, suite: str, city: str, state: str, zip_text: str) -> Address:
    street, suite, city = fold(street), fold(suite), fold(city)
    line = _split_line(street) if not city and _is_whole_line(street) else {}
    street = line.get("street", street)
    city = city or line.get("city", "")
    box = _PO_BOX.search(street) or _PO_BOX.search(suite)
    street, found = _without_units(_PO_BOX.sub(" ", street))
    left, given = _without_units(_PO_BOX.sub(" ", suite))
    units = given + ([left.removeprefix("# ")] if left else []) or found
    return Address(
        street=_short_street(street) or None,
        suite=" ".join(dict.fromkeys(units)) or None,
        city=_short_city(city) or None,
        state=state_code(state or line.get("state", "")),
        postal_code=_postal_code(zip_text or line.get("zip", "")),
        po_box=box[1] if box else None,
    )


def _is_whole_line(street: str) -> bool:
    if _STATE_AND_ZIP.search(street):
        return True
    rest = _UNITS.sub(" ", street)
    return any(part.strip() and not part.strip().isdigit() for part in rest.split(",")[1:])


def _split_line(line: str) -> dict[str, str]:
    """Return street, city, state and zip of an address printed in one line, as far as they are certain."""
    import usaddress  # noqa: PLC0415 - its model loads on first use

    try:
        parts, _ = usaddress.tag(line)
    except usaddress.RepeatedLabelError:
        return {}
    aside = {"PlaceName", "StateName", "ZipCode", "ZipPlus4", "CountryName", "Recipient", "BuildingName"}
    found = {
        "street": " ".join(text for label, text in parts.items() if label not in aside),
        "city": parts.get("PlaceName", ""),
        "state": parts.get("StateName", ""),
        "zip": parts.get("ZipCode", ""),
    }
    return {name: text.strip(" ,") for name, text in found.items() if text}


def _without_units(text: str) -> tuple[str, list[str]]:
    units = []
    for found in _UNITS.finditer(text):
        if found["nth"]:
            number = ORDINALS.get(found["nth"], found["nth"])
            units.append(f"fl {number.rstrip('stndrh')}")
        elif found["hash"]:
            units.append(found["hash"])
        else:
            kind = _SHORT_UNIT.get(found["kind"])
            units.append(f"{kind} {found['id']}" if kind else found["id"])
    return " ".join(_UNITS.sub(" ", text).replace(",", " ").split()), units


def _short_street(street: str) -> str:
    words = [word for word in re.split(r"[\s,;]+", street.replace("'", "").replace(".", " ")) if word]
    if words and words[0] in NUMBERS:
        words[0] = NUMBERS[words[0]]
    return _joined_directions(
        [STREET_TYPES.get(word) or DIRECTIONS.get(word) or ORDINALS.get(word) or word for word in words]
    )


def _joined_directions(words: list[str]) -> str:
    """Return the words with "n w" written "nw", as "North West" and "N.W." are one direction."""
    text = " ".join(words)
    return re.sub(r"(?<![^ ])([ns]) ([ew])(?![^ ])", r"\1\2", text)


def _short_city(city: str) -> str:
    words = [word for word in re.split(r"[\s,.]+", city.replace("'", "")) if word]
    short = {"sainte": "ste", "fort": "ft", "mount": "mt", "township": "", "twp": ""}
    found = (short.get(word, DIRECTIONS.get(word) or STREET_TYPES.get(word) or word) for word in words)
    name = " ".join(word for word in found if word) or " ".join(words)
    return TOWNS.get(name, name)


def same_street(a: Address, b: Address) -> bool | None:
    """Return whether two addresses name the same house; suite and city are not compared.

    A direction or street type that one of them leaves out does not tell them apart.  None where one has no
    street (a post-office box, nothing at all) or no house number (a building's name).
    """
    if a.street is None or b.street is None:
        return a.po_box == b.po_box if a.po_box and b.po_box else None
    if a.street == b.street:
        return True
    house_a, words_a = _house_and_words(a.street)
    house_b, words_b = _house_and_words(b.street)
    if house_a is None or house_b is None:
        return _same_house_abroad(a.street, b.street)
    return _same_words(words_a, words_b) and house_a[0] <= house_b[1] and house_b[0] <= house_a[1]


@lru_cache(maxsize=16384)
def _house_and_words(street: str) -> tuple[tuple[int, int] | None, tuple[str, ...]]:
    """Return the lowest and highest house number and the words of the street.

    "100-104" is three houses; "31-10" in Queens is one, whose number is joined.
    """
    first, *rest = street.split()
    found = _HOUSE.fullmatch(first)
    if found is None or len(first) > 9:
        return None, (first, *rest)
    start = int(found["from"])
    end = int(found["to"] or start)
    if end < start or end - start > _LONGEST_ROW:
        start = end = int(f"{found['from']}{found['to']}")
    return (start, end), tuple(rest)


_LONGEST_ROW = 100
"""Numbers that the houses of one address span at most; "335-602" is a house and its flat."""

_ARTICLES = "c calle av ave avenida blvd rue via strasse de la del los las el no num numero nr n"
_ABROAD = frozenset(_ARTICLES.split())


def _same_house_abroad(a: str, b: str) -> bool | None:
    """Compare two streets whose number comes last ("Avenida Ejemplo 540"); None unless both have one so.

    One that names its building before the number ("Example Plaza, 12 Elm St") is the same house all the same.
    """
    if f" {a} " in f" {b} " or f" {b} " in f" {a} ":
        return True if any(map(str.isdigit, a if len(a) < len(b) else b)) else None
    one, other = _number_last(a), _number_last(b)
    if one is None or other is None:
        return None
    return one == other


def _number_last(street: str) -> tuple[tuple[str, ...], str] | None:
    """Return the street's own words and the number that follows them; what comes after is a quarter or a flat."""
    words = street.split()
    at = next((n for n, word in enumerate(words) if word[0].isdigit()), 0)
    name = tuple(word for word in words[:at] if word not in _ABROAD)
    return (name, words[at]) if name else None


_KINDS, _WAYS = frozenset(STREET_TYPES.values()), frozenset(DIRECTIONS.values())


def _same_words(a: Sequence[str], b: Sequence[str]) -> bool:
    for optional in (_KINDS, _WAYS):
        has_a, has_b = [w for w in a if w in optional], [w for w in b if w in optional]
        if has_a and has_b and has_a != has_b:
            return False
    bare = _KINDS | _WAYS
    core_a, core_b = [w for w in a if w not in bare], [w for w in b if w not in bare]
    return core_a == core_b and bool(core_a or a == b)


def same_unit(a: str | None, b: str | None) -> bool | None:
    """Return whether two suites are one: "200" and "fl 2 200" are, for one of them only says more.

    None where they are of different kinds (a floor and a suite) or nothing is said.
    """
    one, other = _units(a or ""), _units(b or "")
    kinds = one.keys() & other.keys()
    if not kinds:
        return None
    return all(_meet(one[kind], other[kind]) for kind in kinds)


def _units(suite: str) -> dict[str, set[str]]:
    """Return the numbers of a suite by their kind: floor, building, or "" for a suite."""
    found: dict[str, set[str]] = {}
    kind = ""
    for word in suite.split():
        if word in _SHORT_UNIT.values():
            kind = word
        else:
            found.setdefault(kind, set()).add(word)
            kind = ""
    return found


def _meet(a: set[str], b: set[str]) -> bool:
    """Whether two sets of numbers have one in common; "200-204" holds 202, "a-200" is "a200"."""
    if not {word.replace("-", "") for word in a}.isdisjoint(word.replace("-", "") for word in b):
        return True
    rows_a, rows_b = [_house_and_words(word)[0] for word in a], [_house_and_words(word)[0] for word in b]
    return any(
        x is not None
        and y is not None
        and x[0] <= y[1]
        and y[0] <= x[1]
        and max(x[1] - x[0], y[1] - y[0]) > 0
        for x in rows_a
        for y in rows_b
    )


@lru_cache(maxsize=1024)
def state_code(text: str) -> str | None:
    """Return the two-letter code of a state, territory or Canadian province; None for anything else."""
    plain = fold(text).replace(".", "").strip(" ,")
    if len(plain) == 2:
        return plain.upper() if plain.upper() in STATES.values() else None
    return STATES.get(plain)


def postal_code(text: str) -> str | None:
    """Return a five-digit ZIP code (of ZIP+4 the first five) or a Canadian code "M5V 3L9", else None."""
    return _postal_code(text)


def _postal_code(text: str) -> str | None:
    if found := _ZIP.search(text):
        return found[1]
    if found := _CANADIAN.search(text):
        return f"{found[1]} {found[2]}".upper()
    return None

"""Names of hospitals, universities, practices and plans as words, without the ways of writing that mean nothing."""

from __future__ import annotations

from functools import lru_cache

from reputation.normalize.text import fold

_SHORT = """
center ctr cntr centre cent;hospital hosp hospitals;university univ u uni;medical med;medicine medicin;saint st ste;mount mt;institute inst institutes
college coll;school sch schools;department dept;national natl;international intl;associate assoc assocs associates;group grp groups;clinic clinics clin;physician phys physicians
specialist specialists;service svc svcs services;partner partners;system systems sys;health hlth;healthcare hlthcare;surgery surg;surgical;pediatric paediatric peds pediatrics paediatrics
orthopedic orthopaedic ortho orthopedics orthopaedics;gynecology gynaecology;anesthesia anaesthesia;hematology haematology;regional regl reg;general gen;memorial mem meml;community comm
foundation fdn found;veterans va;building bldg;laboratory lab labs laboratories;graduate grad;science sci sciences;children childrens
"""

_SPELT = {
    word: names.split()[0]
    for line in _SHORT.strip().splitlines()
    for names in line.split(";")
    for word in names.split()
}
_SILENT_WORDS = "the of at in for and a an inc llc llp pc pa pllc ltd corp co"
_SILENT = frozenset(_SILENT_WORDS.split())


@lru_cache(maxsize=16384)
def institution_words(name: str) -> tuple[str, ...]:
    """Return the words of `name` in one spelling: "Univ. Hosp. of Example" gives university, hospital, example.

    Articles, prepositions and the forms of companies are left out; the plural counts only where it can be part of a
    proper name: "Johns" stays what it is, "Hospitals" does not.
    """
    plain = "".join(
        c if c.isalnum() else " " for c in fold(name).replace("'", "").replace("&", " and ")
    ).split()
    return tuple(_SPELT.get(word, word) for word in plain if word not in _SILENT)


def stands_in(name: str, text: str) -> bool:
    """Whether the words of the institution `name` stand in `text` one after another."""
    words, said = institution_words(name), institution_words(text)
    return bool(words) and any(
        said[at : at + len(words)] == words for at in range(len(said) - len(words) + 1)
    )

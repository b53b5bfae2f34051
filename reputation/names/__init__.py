"""Personal names: parsing, comparison, nicknames, frequency, case.

The door to nameparser and nicknames; the judgement of two names is our own.
"""

from __future__ import annotations

from reputation.names.casing import title_case
from reputation.names.compare import compare_names
from reputation.names.frequency import family_frequency, given_frequency
from reputation.names.parts import ParsedName, parse
from reputation.names.words import nicknames_of

__all__ = [
    "ParsedName",
    "compare_names",
    "family_frequency",
    "given_frequency",
    "nicknames_of",
    "parse",
    "title_case",
]

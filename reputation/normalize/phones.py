"""Telephone numbers in E.164."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=8192)
def phone(text: str, region: str = "US") -> str | None:
    """Return `text` as E.164, "+16175550134", or None where it is no possible number of `region`.

    An extension is dropped, since E.164 has none.
    """
    import phonenumbers  # noqa: PLC0415 - the tables of all regions load on first use

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    e164: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return e164


def phones_in(text: str, region: str = "US") -> tuple[str, ...]:
    """Return the numbers found in running text as E.164, each once, in the order of the text."""
    import phonenumbers  # noqa: PLC0415 - as above

    found = (
        phonenumbers.format_number(hit.number, phonenumbers.PhoneNumberFormat.E164)
        for hit in phonenumbers.PhoneNumberMatcher(text, region)
    )
    return tuple(dict.fromkeys(found))

"""What the terms of a source forbid to keep is not in the sealed record either.

Google Places and Yelp let one store an entry's id, not its rating, its reviews or their words
(https://developers.google.com/maps/documentation/places/web-service/policies).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reputation.model import Audit, By, Mention
from reputation.resources import source_title


def as_may_be_kept(audit: Audit, retention: Mapping[str, str]) -> Audit:
    """Return `audit` with nothing but the id of what came by program from sources with `id_only`.

    What the user saved or saw herself is her own and stays.
    """
    shut = {source for source, how in retention.items() if how == "id_only"}
    bare = {one.key for one in audit.mentions if _is_shut(one, shut)}
    if not bare:
        return audit
    return replace(
        audit,
        mentions=tuple(_by_id_alone(one) if one.key in bare else one for one in audit.mentions),
        ratings=tuple(one for one in audit.ratings if one.mention_key not in bare),
        findings=tuple(
            replace(one, observed=None) if one.mention_key in bare else one for one in audit.findings
        ),
    )


def _is_shut(mention: Mention, shut: set[str]) -> bool:
    by_program = all(proof.by is By.PROGRAM for proof in mention.evidence)
    return by_program and set(mention.sources) <= shut


def _by_id_alone(mention: Mention) -> Mention:
    return replace(
        mention,
        title=f"{source_title(mention.source)}: an entry, kept by its id alone",
        text=None,
        author_initials=None,
        rating_value=None,
        best_rating=None,
        worst_rating=None,
        rating_count=None,
        review_count=None,
        date_published=None,
        claims=(),
        sentiment=None,
        themes=(),
    )

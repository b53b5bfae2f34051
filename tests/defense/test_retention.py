"""What a source's terms forbid to keep is in no sealed record."""

from __future__ import annotations

from dataclasses import replace

from reputation.defense.retention import as_may_be_kept
from reputation.model import By, Claim, Evidence, Mention, RatingSummary
from tests.defense.audits import NOW
from tests.defense.audits import audit as make_audit

PROOF = Evidence(sha256="0" * 64, url="https://places.googleapis.com/v1/places/abc", fetched_at=NOW)


def place(by: By) -> Mention:
    return Mention(
        source="google-places",
        kind="review",  # type: ignore[arg-type]  # a plain word
        url=PROOF.url,
        title="Dr. Jane Roe",
        key=f"google-places:{by.value}",
        text="Kind and thorough.",
        rating_value=4.0,
        best_rating=5.0,
        claims=(Claim("telephone", "617-555-0134"),),
        evidence=(replace(PROOF, by=by),),
    )


def test_an_entry_that_came_by_program_is_kept_by_its_id_alone() -> None:
    came, seen = place(By.PROGRAM), place(By.OBSERVED)
    rating = RatingSummary(source="google-places", rating_value=4.0, mention_key=came.key)
    audit = replace(make_audit(), mentions=(came, seen), ratings=(rating,))
    kept = as_may_be_kept(audit, {"google-places": "id_only"})
    bare, own = kept.mentions
    assert (bare.key, bare.url) == (came.key, came.url)
    assert (bare.text, bare.rating_value, bare.claims) == (None, None, ())
    assert "Roe" not in bare.title
    assert own == seen
    assert kept.ratings == ()
    assert as_may_be_kept(audit, {"google-places": "keep"}) == audit

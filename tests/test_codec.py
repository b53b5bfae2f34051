"""The model survives being written as JSON and read again."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from reputation import model
from reputation.codec import from_plain, to_plain

moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 (hypothesis adds the zone)
    lambda moment: moment.replace(microsecond=0)
)
words = st.text(min_size=1, max_size=20)
evidence = st.builds(
    model.Evidence, sha256=words, url=words, fetched_at=moments, by=st.sampled_from(model.By)
)
mentions = st.builds(
    model.Mention,
    source=words,
    kind=st.sampled_from(model.Kind),
    url=words,
    title=words,
    rating_value=st.none() | st.floats(0, 100),
    ranks=st.lists(
        st.builds(model.Rank, engine=words, query=words, position=st.integers(1, 100)), max_size=2
    ).map(tuple),
    claims=st.lists(st.builds(model.Claim, words, words), max_size=3).map(tuple),
    evidence=st.lists(evidence, max_size=2).map(tuple),
    match=st.none()
    | st.builds(
        model.Match,
        decision=st.sampled_from(model.MatchDecision),
        probability=st.floats(0, 1),
        because=st.just(("a",)),
    ),
)


@given(mentions)
def test_a_mention_is_read_back_to_the_same(mention: model.Mention) -> None:
    assert from_plain(model.Mention, to_plain(mention)) == mention


@given(words, st.dates(date(1950, 1, 1)), st.booleans())
def test_a_profile_is_read_back_to_the_same(word: str, day: date, truth: bool) -> None:
    profile = model.Profile(
        right=model.Right(delegate_of=word, consented_on=day),
        name=model.PersonName(given=word, family=word, credentials=(word,)),
        locations=(model.Location(city=word, accepting_new_patients=truth),),
        confirmed={"name": model.Confirmation(confirmed_on=day)},
    )
    assert from_plain(model.Profile, to_plain(profile)) == profile

"""What each mention tells of her: every result that a search for a clinician shows has a place."""

from __future__ import annotations

import pytest

from reputation.definition.assess import assess_mentions
from reputation.definition.character import characters
from reputation.model import Judgement, Kind, Match, MatchDecision, Mention, OwnProfile, Sentiment
from tests.definition.clinician import mention, profile

RESULTS = """
Dr. Ada Roe, MD - Oncologist in Boston, MA|Dr. Ada Roe is an oncologist with 20 years of experience. Book online.|expertise access
Ada Roe reviews - Boston, MA|4.6 stars from 28 ratings|standing
Ada Roe - Elm Street Oncology|12 Elm Street, Suite 200. Directions and hours|access
Ada Roe, MD | Example University Hospital|Associate Professor of Medicine|expertise
Roe A - Search results - PubMed|Publications by Roe A|research
Ada Roe - Google Scholar|Cited by 1,204|research
A trial of rest after chemotherapy|Roe A, Doe B. Journal of Rest|research
Ada Roe (@adaroe) - tweets about breast cancer screening|Oncologist. Views are my own|expertise advice
Oncologist Ada Roe explains how to prepare for chemotherapy|What to know before the first visit|advice
Board reprimands Boston physician Ada Roe|The medical board imposed probation|legal
Roe v. Example Hospital, malpractice settlement|Court record|legal
Ada Roe - Open Payments data|Physician payments|expertise
Obituary of John Roe|Survived by his daughter Ada|personal
Ada Roe and John Doe wedding registry||personal
Ada Roe lives in Brookline, age 48 - people search|Relatives and home address|personal
NPI 1234567893 - Ada Roe|NPI registry record|expertise
Ada Roe named to Top Doctors 2026|Award|standing
Ada Roe | LinkedIn|500+ connections. Physician at Elm Street Oncology|expertise
Interview with Dr. Roe - Rest Podcast|Episode 12|advice
Find a doctor: Ada Roe|Accepting new patients|access
The worst doctor I ever saw|Rude and dismissive, avoid|bedside_manner standing
Ada Roe - Health plan directory|In-network with Example Health|access
Ada Roe runs the Boston Marathon|Results|personal
Example Grant Foundation funds Roe laboratory|grant for survivorship|research
"""


def _assessed(item: Mention, *words: str) -> Mention:
    (done,) = assess_mentions(profile(), (item,), [Judgement(key=item.key, word=word) for word in words])
    return done


@pytest.mark.parametrize("row", RESULTS.strip().splitlines())
def test_a_result_is_tagged_by_what_it_tells(row: str) -> None:
    title, text, wanted = row.rsplit("|", 2)
    found = _assessed(mention("google:1", Kind.RESULT, title=title, text=text)).character
    assert set(wanted.split()) <= set(found) <= set(characters())


@pytest.mark.parametrize(
    "kind", [kind for kind in Kind if kind not in {Kind.RESULT, Kind.ARTICLE, Kind.POST}]
)
def test_every_other_kind_tells_something_whatever_its_words_are(kind: Kind) -> None:
    assert _assessed(mention("vitals:1", kind, title="", text="Zzz")).character


def test_a_stranger_has_no_character() -> None:
    other = Match(decision=MatchDecision.NON_MATCH, probability=0.0)
    done = _assessed(mention("google:1", Kind.RESULT, title="Dr. Ada Roe", match=other))
    assert (done.character, done.context) == ((), None)


@pytest.mark.parametrize(
    ("title", "context"),
    [
        ("Dr. Ada Roe, oncologist", "professional"),
        ("Ada Roe and John Doe wedding registry", "personal"),
        ("Oncologist Ada Roe runs a marathon with her husband", "mixed"),
        ("Zzz", "professional"),
    ],
)
def test_work_and_life_are_told_apart(title: str, context: str) -> None:
    assert _assessed(mention("google:1", Kind.RESULT, title=title)).context == context


def test_a_page_that_she_calls_personal_is_personal_until_it_speaks_of_her_work() -> None:
    of = profile(profiles=(OwnProfile(url="https://social.example.com/ada", purpose="personal"),))
    pages = [
        mention("x:1", Kind.POST, url="https://www.social.example.com/ada/", title="Our new cat", text=""),
        mention("x:2", Kind.POST, url="https://social.example.com/ada", title="My clinic moves", text=""),
    ]
    assert [item.context for item in assess_mentions(of, pages, ())] == ["personal", "mixed"]


PRAISE = "She listened to me and explained every option. Wonderful doctor."


def test_each_label_says_how_it_came_about_and_how_near_it_is_to_another() -> None:
    review = _assessed(mention("vitals:1", Kind.REVIEW, text=PRAISE)).sentiment
    assert review
    assert review.method == "model"
    assert review.confidence is not None
    assert 0.5 <= review.confidence <= 1
    news = _assessed(
        mention("google-news:1", Kind.ARTICLE, title="Board suspends license of Ada Roe")
    ).sentiment
    assert news
    assert news.method == "facts"
    corrected = _assessed(mention("vitals:1", Kind.REVIEW, text=PRAISE), "negative", "fair").sentiment
    assert corrected
    assert (corrected.method, corrected.confidence) == ("user", 1.0)


def test_a_label_that_she_corrected_stays_corrected_in_the_next_quarter() -> None:
    first = _assessed(mention("vitals:1", Kind.REVIEW, text=PRAISE), "negative")
    again = _assessed(mention("vitals:1", Kind.REVIEW, text=f"{PRAISE} Edited."), "negative", "unfair")
    assert first.sentiment
    assert again.sentiment
    assert first.sentiment.label == again.sentiment.label == "negative"
    assert again.decision == "unfair"
    assert isinstance(again.sentiment, Sentiment)


HARD = """
example.org|Ada M. Roe, Brookline|Accepts most major plans. Evening visits on Tuesdays
example.com|Ada Roe - Bio, Age, Family|Find out more about Ada Roe
example.edu|Department news: Roe receives teaching prize|The prize goes to one member of the department each year
example.org|Elm Street team|Meet Ada Roe and the people who look after you
healthgrades.com|Ada Roe|Overview
example.net|Roe, Ada - 02115|Listing of providers by ZIP code
example.com|Boston marathon results|Roe, Ada 4:12:09
example.org|Rest after treatment|A talk by Ada Roe, questions from the audience
linkedin.com|Ada Roe|Greater Boston. 500+ connections
example.com|State v. Example Clinic|Dr. Roe appeared as a witness
example.edu|Survivorship laboratory|Members: A. Roe, B. Doe
example.org|Committee on rest|Chair: Ada Roe
example.com|Reader letters|I saw Dr. Roe for ten years and she never once hurried me
example.org|Ada Roe elected to council of the society|Members voted in May
researchgate.net|Ada Roe|Example University
example.com|Ada Roe (@adaroe)|Gardens, dogs and bad puns
example.gov|Provider 1234567893|Active
example.com|Oncologists near Boston|Compare 42 specialists
example.org|Annual gala|Donors: Ada and John Roe
example.com|Cancer centre opens second site|Roe and colleagues move to Quincy in June
youtube.com|Ada Roe on fatigue|4,102 views
example.org|Guideline panel|Roe A, Doe B. Recommendations for rest
example.com|What I learned from my mother's illness|An essay by Ada Roe
example.com|Physicians by name: R|Roe, Ada; Roe, Bernard
example.org|Ada Roe, MD, FASCO|Elm Street Oncology
"""


UNSEEN = """
example.com|Dr. Ada M. Roe, MD, Boston, MA|Medical Oncology
example.com|Ada Roe, M.D. in BOSTON, MA - NPI lookup|1234567893, 12 ELM STREET
example.org|Roe, Ada|Profile of a member
facebook.com|Elm Street Oncology|312 likes. Medical centre in Boston
example.edu|Ada Roe, MD, PhD|Hematology fellowship programme
yelp.com|Elm Street Oncology|14 photos and 6 tips
example.com|Ada Roe MD, 12 Elm St, Boston, MA 02115, US|Map and directions
healthgrades.com|Dr. Ada Roe, MD|Oncology
vitals.com|Ada Roe, MD|Oncologist
example.org|Adjuvant rest in older adults|Ada Roe, Bernard Doe. Abstract
example.com|Ada Roe - Crunchbase-like profile|Director at Example Therapeutics
x.com|Ada Roe MD (@adaroe)|Breast oncologist, mother, runner
example.com|Images of Ada Roe|
usnews.com|Dr. Ada Roe|Boston, MA
example.com|Patients rate Dr. Roe|Wait time, staff, bedside manner
example.gov|Physician license lookup|ROE, ADA: active, no discipline
example.com|New drug cuts relapse, says Boston oncologist|Ada Roe, who was not part of the study, called it promising
example.org|Elm Street Oncology welcomes Dr. Ada Roe|She joins the practice in July
example.com|Best oncologists in Boston|Ada Roe, 9 others
example.edu|Grand rounds, spring calendar|Speaker: Ada Roe, MD
"""


def _untagged(rows: str) -> list[str]:
    told = [
        _assessed(mention("google:1", Kind.RESULT, url=f"https://www.{site}/1", title=title, text=text))
        for site, title, text, *_ in (row.split("|") for row in rows.strip().splitlines())
    ]
    return [item.title for item in told if not item.character]


def test_fewer_than_one_result_in_ten_is_untagged() -> None:
    """HARD was read while the words were written; UNSEEN was written after (2 of 20 fell out, one for a plural since mended)."""
    assert len(_untagged(HARD)) <= 2
    assert len(_untagged(UNSEEN)) < len(UNSEEN.strip().splitlines()) / 10

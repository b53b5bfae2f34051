"""An invented audit that holds every list, for the tests of reports; hostile on request."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache

from reputation.dissemination.bio import tell_all
from reputation.model import (
    About,
    Action,
    Affiliation,
    ArcPoint,
    Audit,
    AuditHeader,
    Bio,
    BioFacts,
    By,
    Category,
    Cell,
    Certification,
    Change,
    ChangeKind,
    ChangePoint,
    Claim,
    Comparison,
    Completeness,
    Control,
    Coverage,
    CoverageStatus,
    Disclosure,
    Event,
    Evidence,
    Figure,
    Finding,
    Ids,
    Kind,
    Location,
    Match,
    MatchDecision,
    Mention,
    Narrative,
    Outcome,
    Owner,
    PageOne,
    PageResult,
    PersonName,
    Practice,
    Profile,
    Proved,
    Quote,
    Rank,
    RatingSummary,
    Reason,
    Right,
    Sentiment,
    SentimentLabel,
    Severity,
    Sign,
    Signoff,
    Specialty,
    Statement,
    ThemeShare,
    Trust,
    Verdict,
    VerdictStatus,
    View,
)

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
REVIEW_TEXT = "She rushed through my appointment and never returned two calls about the scan results."
KIND_TEXT = "Dr. Roe listened, drew me a picture of the operation and called me herself on the Sunday."
NAMESAKE_NEWS = "Chiropractor Jane Roe of Tampa pleads guilty to billing for visits that never happened"
PAYMENTS = "General payments of $1,240.50 from Sample Pharma in 2025"

PROFILE = Profile(
    right=Right(is_self=False, delegate_of="Dr. Jane Roe", consented_on=date(2026, 9, 1)),
    name=PersonName(given="Jane", middle="Q", family="Roe", credentials=("MD", "PhD")),
    ids=Ids(npi="1234567893"),
    specialties=(Specialty(label="Medical Oncology", taxonomy_code="207RX0202X"),),
    locations=(
        Location(
            name="Harbor Cancer Center",
            street="10 Harbor Street",
            suite="Suite 300",
            city="Boston",
            state="MA",
            postal_code="02110",
            phone="617-555-0134",
            accepting_new_patients=True,
        ),
    ),
    affiliations=(
        Affiliation(name="Example University School of Medicine", title="Associate Professor of Medicine"),
        Affiliation(name="Old Mill Hospital", title="Attending Physician", until=date(2024, 6, 30)),
    ),
    certifications=(
        Certification(board="American Board of Internal Medicine", specialty="Medical Oncology"),
    ),
    memberships=("ASCO", "AACR"),
    websites=("https://roe.example.com",),
    languages=("English", "Spanish"),
    bio=BioFacts(
        statement="I explain every choice in plain words. I call back the same day.",
        interests=("Breast cancer", "Survivorship"),
        disclosures=(Disclosure(what="Advisory board, Sample Pharma", since=date(2025, 1, 1)),),
        views_are_my_own=True,
    ),
    practice=Practice(name="Harbor Cancer Center", recipients=("office@example.org",)),
)


def evidence(n: int, url: str, by: By = By.PROGRAM) -> tuple[Evidence, ...]:
    return (
        Evidence(
            sha256=f"{n:064x}",
            url=url,
            fetched_at=NOW - timedelta(minutes=n % 50),
            by=by,
        ),
    )


def matched(probability: float = 0.99, *because: str) -> Match:
    return Match(
        decision=MatchDecision.MATCH,
        probability=probability,
        because=because or ("the name is the same", "the NPI is the same", "Boston, MA is the same"),
    )


def namesake(*because: str) -> Match:
    return Match(
        decision=MatchDecision.NON_MATCH,
        probability=0.01,
        because=because or ("another profession: chiropractor", "Tampa, FL, not Boston, MA"),
    )


def _mentions() -> tuple[Mention, ...]:
    listing = "https://www.healthgrades.com/physician/dr-jane-roe-x1234"
    ratemds = "https://www.ratemds.com/doctor-ratings/1234/"
    return (
        Mention(
            key="healthgrades:x1234",
            source="healthgrades",
            kind=Kind.LISTING,
            url=listing,
            title="Dr. Jane Roe, MD - Boston, MA",
            rating_value=4.1,
            best_rating=5,
            rating_count=38,
            review_count=21,
            claims=(
                Claim("name", "Jane Roe, MD"),
                Claim("telephone", "617-555-0199"),
                Claim("description", "Attending Physician at Old Mill Hospital."),
            ),
            match=matched(),
            control=Control.CONTROLLED,
            evidence=evidence(11, listing, By.SAVED_PAGE),
        ),
        Mention(
            key="healthgrades:x1234-r7",
            source="healthgrades",
            kind=Kind.REVIEW,
            listing_key="healthgrades:x1234",
            url=f"{listing}#review-7",
            title="Review",
            text=REVIEW_TEXT,
            author_initials="K. B.",
            rating_value=1,
            best_rating=5,
            date_published="2026-10-03",
            match=matched(),
            sentiment=Sentiment(
                valence=-0.72,
                label=SentimentLabel.NEGATIVE,
                about=About.CLINICIAN,
                method="model",
                confidence=0.83,
                sentences=((REVIEW_TEXT, -0.72),),
            ),
            themes=("communication", "follow_up"),
            character=("bedside_manner", "access"),
            context="professional",
            control=Control.UNCONTROLLED,
            evidence=evidence(12, listing, By.SAVED_PAGE),
        ),
        Mention(
            key="healthgrades:x1234-r8",
            source="healthgrades",
            kind=Kind.REVIEW,
            listing_key="healthgrades:x1234",
            url=f"{listing}#review-8",
            title="Review",
            text=KIND_TEXT,
            author_initials="T.",
            rating_value=5,
            best_rating=5,
            date_published="2026-03",
            match=matched(),
            sentiment=Sentiment(
                valence=0.81,
                label=SentimentLabel.POSITIVE,
                about=About.CLINICIAN,
                method="user",
                confidence=1.0,
            ),
            themes=("communication", "bedside_manner"),
            control=Control.UNCONTROLLED,
            evidence=evidence(13, listing, By.SAVED_PAGE),
        ),
        Mention(
            key="ratemds:1234",
            source="ratemds",
            kind=Kind.LISTING,
            url=ratemds,
            title="Dr. Jane Q. Roe",
            rating_value=4.8,
            best_rating=5,
            rating_count=4,
            match=matched(0.97),
            control=Control.INFLUENCED,
            evidence=evidence(14, ratemds, By.SAVED_PAGE),
        ),
        Mention(
            key="serpapi-google:own",
            source="serpapi-google",
            kind=Kind.RESULT,
            url="https://roe.example.com/",
            title="Jane Roe, MD, PhD | Medical oncology in Boston",
            text="Office of Jane Roe, MD, PhD, at Harbor Cancer Center.",
            ranks=(Rank(engine="google", query='"Jane Roe"', position=2, location="Boston"),),
            match=matched(),
            control=Control.OWNED,
            evidence=evidence(15, "https://serpapi.example.com/search"),
        ),
        Mention(
            key="serpapi-google:news",
            source="serpapi-google",
            kind=Kind.RESULT,
            url="https://news.example.net/tampa-chiropractor",
            title=NAMESAKE_NEWS,
            text="A Tampa court heard that Jane Roe billed insurers for two years.",
            ranks=(Rank(engine="google", query='"Jane Roe"', position=1),),
            match=namesake(),
            control=Control.NOT_ABOUT_ME,
            evidence=evidence(16, "https://serpapi.example.com/search"),
        ),
        Mention(
            key="serpapi-google:maybe",
            source="serpapi-google",
            kind=Kind.RESULT,
            url="https://run.example.org/results/2025",
            title="Jane Roe, 2:01:44, Harbor half marathon",
            match=Match(
                decision=MatchDecision.POSSIBLE,
                probability=0.41,
                because=("the name is the same", "Boston, MA is the same", "nothing about a profession"),
            ),
            evidence=evidence(17, "https://serpapi.example.com/search"),
        ),
        Mention(
            key="pubmed:38000001",
            source="pubmed",
            kind=Kind.ARTICLE,
            url="https://pubmed.ncbi.nlm.nih.gov/38000001/",
            title="Survivorship care plans after breast cancer: a randomised trial",
            date_published="2025-05",
            claims=(Claim("co_author", "Doe A"), Claim("affiliation", "Example University")),
            match=matched(0.95),
            themes=("research",),
            character=("research", "expertise"),
            context="professional",
            control=Control.UNCONTROLLED,
            evidence=evidence(18, "https://eutils.ncbi.nlm.nih.gov/"),
        ),
        Mention(
            key="open-payments:2025",
            source="open-payments",
            kind=Kind.RECORD,
            url="https://openpaymentsdata.cms.gov/physician/1",
            title=PAYMENTS,
            match=matched(),
            evidence=evidence(19, "https://openpaymentsdata.cms.gov/"),
        ),
        Mention(
            key="nppes:1234567893",
            source="nppes",
            kind=Kind.RECORD,
            url="https://npiregistry.cms.hhs.gov/provider-view/1234567893",
            title="JANE Q ROE MD",
            claims=(Claim("telephone", "617-555-0134"), Claim("npi", "1234567893")),
            match=matched(0.999),
            evidence=evidence(20, "https://npiregistry.cms.hhs.gov/api/"),
        ),
    )


FINDINGS = (
    Finding(
        key="phone_wrong:healthgrades:x1234:telephone",
        check="phone_wrong",
        outcome=Outcome.DIFFERS,
        severity=Severity.CRITICAL,
        field="telephone",
        expected="617-555-0134",
        observed="617-555-0199",
        authority="profile, confirmed 1 September 2026",
        mention_key="healthgrades:x1234",
        url="https://www.healthgrades.com/physician/dr-jane-roe-x1234",
        remedy="Claim the listing and correct the telephone number.",
    ),
    Finding(
        key="affiliation_stale:healthgrades:x1234:affiliation",
        check="affiliation_stale",
        outcome=Outcome.DIFFERS,
        severity=Severity.MEDIUM,
        field="affiliation",
        expected="Example University School of Medicine",
        observed="Old Mill Hospital",
        authority="profile",
        mention_key="healthgrades:x1234",
        url="https://www.healthgrades.com/physician/dr-jane-roe-x1234",
    ),
    Finding(
        key="hours_wrong:ratemds:1234:hours",
        check="hours_wrong",
        outcome=Outcome.CANNOT_TELL,
        severity=Severity.LOW,
        field="hours",
        observed="Mon-Fri 9-5",
        mention_key="ratemds:1234",
    ),
    Finding(
        key="phone_wrong:nppes:1234567893:telephone",
        check="phone_wrong",
        outcome=Outcome.CONFORMS,
        severity=Severity.CRITICAL,
        field="telephone",
        expected="617-555-0134",
        observed="(617) 555-0134",
        authority="profile, confirmed 1 September 2026",
        mention_key="nppes:1234567893",
    ),
    Finding(
        key="undisclosed_payment:open-payments:2025:disclosure",
        check="undisclosed_payment",
        outcome=Outcome.DIFFERS,
        severity=Severity.MEDIUM,
        field="disclosure",
        observed=PAYMENTS,
        mention_key="open-payments:2025",
    ),
)

ACTIONS = (
    Action(
        key="act:000000000001",
        priority=1,
        what="Correct the telephone number on Healthgrades",
        why="Patients who call it do not reach the practice.",
        where_url="https://update.healthgrades.com/",
        trust=Trust.VERIFIED,
        owner=Owner.ADMINISTRATOR,
        due_on=date(2026, 11, 28),
        text="The telephone number of Dr. Jane Roe (NPI 1234567893) is 617-555-0134, not 617-555-0199.",
        finding_keys=(FINDINGS[0].key, FINDINGS[1].key),
    ),
    Action(
        key="act:000000000002",
        priority=2,
        what="Answer the review of 3 October on Healthgrades in private, or not at all",
        why="It speaks of calls that were not returned; a public reply may confirm that she was a patient.",
        owner=Owner.PRIVACY_OFFICER,
        due_on=date(2026, 12, 5),
        text=f'About: "{REVIEW_TEXT}"',
        finding_keys=("healthgrades:x1234-r7",),
    ),
    Action(
        key="act:000000000003",
        priority=3,
        what="Say whether the half-marathon result is you",
        why="It bears your name and city, and nothing else.",
        owner=Owner.CLINICIAN,
        finding_keys=("serpapi-google:maybe",),
    ),
    Action(
        key="act:000000000004",
        priority=4,
        what="Compare Open Payments with your disclosures",
        why=PAYMENTS,
        owner=Owner.CLINICIAN,
        where_url="https://openpaymentsdata.cms.gov/physician/1",
        finding_keys=(FINDINGS[4].key,),
    ),
    Action(
        key="act:000000000005",
        priority=5,
        what="Open Vitals by hand and save the page",
        why="Its terms keep programs out; it was not searched.",
        where_url="https://www.vitals.com/",
        owner=Owner.ADMINISTRATOR,
    ),
)

COVERAGE = (
    Coverage(source="nppes", category=Category.REGISTRY, status=CoverageStatus.OK, proved=Proved.RECORDED,
             requests=1, mentions=1, elapsed_s=0.4),
    Coverage(source="pubmed", category=Category.LITERATURE, status=CoverageStatus.OK, proved=Proved.RECORDED,
             requests=2, mentions=14, elapsed_s=1.1),
    Coverage(source="open-payments", category=Category.REGISTRY, status=CoverageStatus.OK, requests=2, mentions=1),
    Coverage(source="serpapi-google", category=Category.SEARCH, status=CoverageStatus.PARTIAL, engine="google",
             requests=6, mentions=41, detail="1 of 6 queries timed out"),
    Coverage(source="searxng", category=Category.SEARCH, status=CoverageStatus.BLOCKED, engine="searxng",
             requests=3, detail="every engine unresponsive: google, bing"),
    Coverage(source="healthgrades", category=Category.RATINGS, status=CoverageStatus.OBSERVED, mentions=3,
             detail="a page saved on 20 November"),
    Coverage(source="ratemds", category=Category.RATINGS, status=CoverageStatus.OBSERVED, mentions=1),
    Coverage(source="vitals", category=Category.RATINGS, status=CoverageStatus.MANUAL,
             detail="its terms keep programs out: open it by hand"),
    Coverage(source="yelp", category=Category.RATINGS, status=CoverageStatus.SKIPPED, detail="no key YELP_API_KEY"),
    Coverage(source="orcid", category=Category.NETWORKING, status=CoverageStatus.EMPTY, requests=1),
    Coverage(source="bluesky", category=Category.NETWORKING, status=CoverageStatus.FAILED, requests=2,
             detail="HTTP 503 twice"),
    Coverage(source="ask", category=Category.SEARCH, status=CoverageStatus.RETIRED, detail="closed 2026-05"),
)  # fmt: skip

CELLS = (
    Cell(source="serpapi-google", engine="google", query='"Jane Roe"', status=CoverageStatus.OK, variant="short",
         view=View.PATIENT),
    Cell(source="serpapi-google", engine="google", query='"Jane Roe" Boston', status=CoverageStatus.FAILED,
         variant="short", context="city", detail="no reply in 20 s"),
    Cell(source="searxng", engine="bing", query='"Jane Roe"', status=CoverageStatus.BLOCKED, variant="short",
         detail="unresponsive: CAPTCHA"),
)  # fmt: skip

REVIEWS = ("healthgrades:x1234-r7", "healthgrades:x1234-r8")
STATEMENTS = (
    Statement(topic="opening", text="The 7 sources that answered hold 10 items about Jane Roe.", keys=REVIEWS,
              figures=(Figure(text="7", sources=("nppes", "pubmed")), Figure(text="10", keys=REVIEWS))),
    Statement(topic="opinions", text="Of 2 opinions in words, 1 is favourable and 1 unfavourable.", keys=REVIEWS,
              figures=(Figure(text="2", keys=REVIEWS), Figure(text="1", keys=REVIEWS[:1]))),
    Statement(topic="patient", text="In a minute a patient would see 4.1 of 5 on Healthgrades from 38 ratings and divided "
              "opinions, and would read on before deciding.", keys=("healthgrades:x1234", *REVIEWS),
              figures=(Figure(text="4.1", keys=("healthgrades:x1234",)),)),
    Statement(topic="colleague", text="A colleague would find 1 paper dated 2025.", keys=("pubmed:38000001",)),
    Statement(topic="silence", text="Of the other sources, 2 could not be heard; nothing is concluded from their silence.",
              figures=(Figure(text="2", sources=("searxng", "bluesky")),)),
)  # fmt: skip
SIGNS = (
    Sign(kind="burst", text="5 reviews came within one week of March 2026 on Healthgrades.", keys=REVIEWS,
         figures=(Figure(text="5", keys=REVIEWS),)),
    Sign(kind="duplicate", text="2 reviews share most of their words.", keys=REVIEWS),
)  # fmt: skip
TURN = ChangePoint(period="2026-Q4", n_before=9, unfavourable_before=0, n_after=8, unfavourable_after=5, p_value=0.018,
                   keys_before=REVIEWS[1:], keys_after=REVIEWS[:1])  # fmt: skip

NARRATIVE = Narrative(
    summary=" ".join(one.text for one in STATEMENTS),
    tone="mixed",
    themes=(
        ThemeShare(name="communication", share=0.67, valence=0.05, keys=REVIEWS[:1], of=3,
                   quotes=(Quote(text="never returned two calls about the scan results", key=REVIEWS[0]),)),
        ThemeShare(name="research", share=0.33, valence=None, keys=("pubmed:38000001",)),
    ),
    arc=(
        ArcPoint(period="2025-Q2", n=1, valence=None,
                 events=(Event(date="2025-05", text="Trial on survivorship care published",
                               keys=("pubmed:38000001",), kind="paper", novelty=ChangeKind.NEWLY_INDEXED),
                         Event(date="2025-06", text="Associate Professor of Medicine", kind="title"))),
        ArcPoint(period="2026-Q1", n=1, valence=0.81, smoothed=0.4, weight=1.5, favourable=1, keys=REVIEWS[1:]),
        ArcPoint(period="2026-Q3", n=0, valence=None),
        ArcPoint(period="2026-Q4", n=3, valence=-0.2, smoothed=-0.1, weight=3.0, unfavourable=1, newly_indexed=1,
                 keys=REVIEWS[:1]),
    ),
    keys=REVIEWS,
    statements=STATEMENTS,
    changes=(TURN,),
    signs=SIGNS,
)  # fmt: skip

CHANGES = (
    Change(kind=ChangeKind.APPEARED, subject="mention", key="healthgrades:x1234-r7"),
    Change(kind=ChangeKind.CHANGED, subject="rating", key="healthgrades:x1234", field="rating_value",
           before=4.6, after=4.1, note="no more than chance explains with 30 and 38 ratings"),
    Change(kind=ChangeKind.RESOLVED, subject="finding", key="address_wrong:ratemds:1234:street_address",
           before="differs", after="conforms"),
    Change(kind=ChangeKind.VANISHED, subject="mention", key="serpapi-google:gone", before="Jane Roe, old page"),
    Change(kind=ChangeKind.NEWLY_INDEXED, subject="mention", key="serpapi-google:news"),
    Change(kind=ChangeKind.REGRESSED, subject="finding", key=FINDINGS[0].key, field="telephone",
           before="617-555-0134", after="617-555-0199"),
)  # fmt: skip

RATINGS = (
    RatingSummary(source="healthgrades", rating_value=4.1, best_rating=5, rating_count=38, review_count=21,
                  percentile=22.0, interval=(3.8, 4.4), mention_key="healthgrades:x1234",
                  note="A mean of 4.5 is average for radiation oncologists (2018).", adjusted=4.12,
                  percentile_interval=(9.0, 41.0), reviews_read=2, latest_review_on="2026-10-03", signs=SIGNS[:1]),
    RatingSummary(source="ratemds", rating_value=4.8, best_rating=5, rating_count=4, mention_key="ratemds:1234",
                  note="Fewer than 5 ratings: no comparison."),
    RatingSummary(source="webmd", rating_value=None, rating_count=0, note="Not rated."),
)  # fmt: skip

RESULTS = (
    PageResult(
        position=1, key="serpapi-google:news", control=Control.NOT_ABOUT_ME, is_negative=True, attention=0.39
    ),
    PageResult(
        position=2, key="serpapi-google:own", control=Control.OWNED, is_negative=False, attention=0.61
    ),
)
PAGES = (
    PageOne(engine="google", query='"Jane Roe"', owned=1, controlled=2, influenced=1, uncontrolled=4,
            not_about_me=2, neg_exposure=0.18, first_negative_rank=4, panel="knowledge panel: another Jane Roe",
            keys=("serpapi-google:own", "serpapi-google:news"), exposure_curve="dcg", results=RESULTS,
            first_owned_rank=2, share_of_voice=0.61, displaces=RESULTS[0]),
    PageOne(engine="bing", query='"Jane Roe"', owned=2, controlled=3, influenced=0, uncontrolled=5,
            neg_exposure=0.0),
)  # fmt: skip


@cache
def _bios() -> tuple[Bio, ...]:
    return tell_all(PROFILE, _mentions(), NOW)


def sample(**changed: object) -> Audit:
    """Return the invented audit; `changed` replaces whole lists."""
    mentions = _mentions()
    parts: dict[str, object] = {
        "audit": AuditHeader(
            id="5f0c1d2e3a4b5c6d7e8f901234567890",
            quarter="2026-Q4",
            as_of=NOW,
            started_at=NOW,
            finished_at=NOW + timedelta(seconds=42),
            profile_digest="a" * 64,
            sources_digest="b" * 64,
            right=PROFILE.right,
        ),
        "verdict": Verdict(
            status=VerdictStatus.ACTION_NEEDED,
            reasons=(
                Reason(text="Healthgrades shows a telephone number that is not the practice's.",
                       keys=(FINDINGS[0].key,)),
                Reason(text="One review since July is negative and about the clinician.",
                       keys=("healthgrades:x1234-r7",), rule="unfair", flips_if="you call it fair"),
                Reason(text="2 of the five named rating sites were heard or observed, and 3 are needed.",
                       rule="rating_sites", grounds=("healthgrades", "ratemds")),
            ),
            flips_if=("the telephone number on Healthgrades is corrected",
                      "the review of 3 October is judged fair and answered in private"),
            next_audit_on=date(2027, 2, 21),
            signoff=Signoff(accurate=False, fair=True, signed_at=NOW),
        ),
        "coverage": COVERAGE,
        "cells": CELLS,
        "mentions": mentions,
        "findings": FINDINGS,
        "page_one": PAGES,
        "ratings": RATINGS,
        "narrative": NARRATIVE,
        "actions": ACTIONS,
        "comparison": Comparison(base="0" * 32, head="5f0c1d2e3a4b5c6d7e8f901234567890", changes=CHANGES,
                                 incomparable=("searxng", "vitals")),
        "bios": _bios(),
        "profile": PROFILE,
    }  # fmt: skip
    parts["completeness"] = Completeness(
        found=9,
        at_least_more=2,
        indexes=("bing", "google"),
        asked=("bing", "google"),
        text="2 independent indexes answered.",
    )
    parts.update(changed)
    return Audit(**parts)  # type: ignore[arg-type]  # a bag of fields, checked by what the tests read

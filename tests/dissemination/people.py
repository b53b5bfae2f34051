"""Invented clinicians by the hundred, from bare to overfull, in many scripts."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from reputation.model import (
    Affiliation,
    BioFacts,
    Certification,
    Confirmation,
    Disclosure,
    Education,
    Ids,
    Location,
    PersonName,
    Profile,
    Right,
    Specialty,
)

GIVEN = ["Jane", "Zoë", "María José", "Ngọc-Ánh", "山田", "محمد", "Ο", "X", "Bartholomew-Maximilian", "שרה"]
FAMILY = [
    "Roe", "Müller", "O'Neill", "van der Bijl-Nguyễn", "太郎", "الحسن", "Papadopoulos", "Li", "Jones",
    "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh", "כהן",
]  # fmt: skip
CREDENTIALS = ["MD", "DO", "PhD", "MPH", "FACP", "FASCO", "NP", "PA-C", "M.D.", "MBBS", "DNP", "RN", "PharmD"]
LABELS = [
    "Medical Oncology", "Internal Medicine, Hematology & Oncology", "Family Medicine", "Surgery", "HIV Medicine",
    "Physical Medicine & Rehabilitation", "Nurse Practitioner, Family", "Urology", "Psychiatry", "Pain Medicine",
    "Ophthalmic Plastic and Reconstructive Surgery", "Mohs-Micrographic Surgery", "Obstetrics & Gynecology",
]  # fmt: skip
PLACES = [
    "Harbor Cancer Center",
    "St. Example's Hospital, Inc.",
    "Clínica Ejemplo",
    "例え病院",
    "E",
    'A & B "Care"',
]
STATEMENTS = [
    None,
    "I explain every choice in plain words.",
    "I call back the same day. Dr. Doe taught me that! Is it enough? I hope so",
    "Care begins with listening 👩‍⚕️👨‍👩‍👧‍👦. It ends with an answer 🇺🇸.",
    "私は患者の話を聞きます。それから説明します。",
    "أشرح كل خيار بكلمات بسيطة.",
    "I am the best oncologist in Boston. I listen first.",
    "One of my patients, a 45-year-old woman, climbed a mountain. I listen first.",
    "We treat cancer e.g. of the breast with M.D. colleagues. " * 12,
    "Longwordwithoutanyspace" * 60,
]
INTERESTS = [
    "Breast cancer",
    "Hodgkin lymphoma",
    "HER2-positive disease",
    "survivorship",
    "Health equity, rural",
    "疼痛",
]

words = st.sampled_from


def some(values: list[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(words(values), max_size=most, unique=True).map(tuple)


names = st.builds(
    PersonName,
    given=words(GIVEN),
    family=words(FAMILY),
    middle=words([None, "Q", "Marie-Claire", "Q."]),
    suffix=words([None, "Jr.", "III"]),
    credentials=some(CREDENTIALS, 6),
)
locations = st.builds(
    Location,
    name=words([None, *PLACES]),
    street=words([None, "10 Harbor Street"]),
    suite=words([None, "Suite 300"]),
    city=words([None, "Boston", "Winston-Salem", "Truth or Consequences"]),
    state=words([None, "MA"]),
    phone=words([None, "617-555-0134"]),
    accepting_new_patients=words([None, True, False]),
)
affiliations = st.builds(
    Affiliation,
    name=words(PLACES),
    title=words([None, "Associate Professor of Medicine", "Chief, Division of Oncology"]),
    until=words([None, date(2020, 1, 1), date(2099, 1, 1)]),
)
facts = st.builds(
    BioFacts,
    statement=words(STATEMENTS),
    interests=some(INTERESTS, 6),
    disclosures=st.lists(
        st.builds(Disclosure, what=words(["Advisory board, Sample Pharma", "Stock in Example Corp."])),
        max_size=3,
    ).map(tuple),
    views_are_my_own=st.booleans(),
)
profiles = st.builds(
    Profile,
    right=st.just(Right(is_self=True)),
    name=names,
    ids=words([Ids(), Ids(npi="1234567893", orcid="0000-0002-1825-0097")]),
    specialties=st.lists(words(LABELS).map(lambda label: Specialty(label=label)), max_size=3).map(tuple),
    locations=st.lists(locations, max_size=2).map(tuple),
    affiliations=st.lists(affiliations, max_size=4).map(tuple),
    certifications=st.lists(
        st.builds(
            Certification,
            board=words(["American Board of Internal Medicine", "ABS"]),
            specialty=words([None, "Medical Oncology"]),
        ),
        max_size=2,
    ).map(tuple),
    education=st.lists(
        st.builds(Education, institution=words(PLACES), degree=words([None, "MD"]), year=words([None, 2004])),
        max_size=3,
    ).map(tuple),
    memberships=some(["ASCO", "AACR", "American College of Physicians"], 3),
    websites=words([(), ("https://roe.example.com",), ("javascript:alert(1)",)]),
    languages=some(["English", "Spanish", "Tiếng Việt"], 3),
    bio=facts,
    confirmed=words(
        [{}, {"specialties": Confirmation(source="nppes")}, {"locations.0": Confirmation(source="nppes")}]
    ),
)

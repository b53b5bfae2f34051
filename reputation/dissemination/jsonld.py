"""schema.org for the clinician's own page: an IndividualPhysician in practice, and the Person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reputation.dissemination import wording
from reputation.dissemination.wording import tidy
from reputation.render import safe_url

if TYPE_CHECKING:
    from reputation.dissemination.facts import Facts
    from reputation.model import Location, Profile


def json_ld(profile: Profile, facts: Facts) -> str:
    """Return the JSON-LD for a `<script type="application/ld+json">`, safe inside one.

    Only facts that may be told; never a rating: Google gives no stars for praise of oneself
    (schema.org/IndividualPhysician, schema.org/Person).
    """
    graph = [one for one in (_person(profile, facts), _physician(profile, facts)) if one]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=2)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _known(pairs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pairs.items() if value not in (None, "", [], {})}


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def links(profile: Profile) -> list[str]:
    """Return the addresses that are the same person: professional profiles, websites, ORCID, NPI.

    Personal ones only where she chose to be one person in both worlds (`identity_strategy = "integrated"`).
    """
    whole = profile.bio.identity_strategy == "integrated"
    urls = [page.url for page in profile.profiles if whole or page.purpose == "professional"]
    urls += profile.websites
    if profile.ids.orcid and _usable(profile, "ids.orcid"):
        urls.append(f"https://orcid.org/{profile.ids.orcid}")
    if profile.ids.npi and _usable(profile, "ids.npi"):
        urls.append(f"https://npiregistry.cms.hhs.gov/provider-view/{profile.ids.npi}")
    return list(dict.fromkeys(url for url in map(safe_url, urls) if url))


def _usable(profile: Profile, path: str) -> bool:
    return profile.is_confirmed(path) or not {path, path.partition(".")[0]} & set(profile.confirmed)


def _person(profile: Profile, facts: Facts) -> dict[str, Any]:
    name = profile.name
    titles = [
        words
        for path, words in facts.told.items()
        if path.startswith("affiliations.") and path.endswith(".title")
    ]
    ties = [
        words
        for path, words in facts.told.items()
        if path.startswith("affiliations.") and path.count(".") == 1
    ]
    schools = [
        tidy(school.institution)
        for n, school in enumerate(profile.education)
        if f"education.{n}" in facts.told
    ]
    credentials = [
        _known({
            "@type": "EducationalOccupationalCredential",
            "name": f"Board certification in {tidy(board.specialty)}" if tidy(board.specialty) else "Board certification",
            "credentialCategory": "certification",
            "recognizedBy": {"@type": "Organization", "name": tidy(board.board)},
        })
        for n, board in enumerate(profile.certifications)
        if f"certifications.{n}" in facts.told
    ]  # fmt: skip
    ids = []
    if profile.ids.npi and _usable(profile, "ids.npi"):
        ids.append({"@type": "PropertyValue", "propertyID": "NPI", "value": profile.ids.npi})
    if profile.ids.orcid and _usable(profile, "ids.orcid"):
        ids.append({"@type": "PropertyValue", "propertyID": "ORCID", "value": profile.ids.orcid})
    return _known(
        {
            "@type": "Person",
            "@id": "#person",
            "name": wording.full_name(name, credentials=0),
            "givenName": tidy(name.given),
            "additionalName": tidy(name.middle),
            "familyName": tidy(name.family),
            "honorificPrefix": "Dr." if wording.is_doctor(name) else None,
            "honorificSuffix": ", ".join(map(tidy, name.credentials)),
            "jobTitle": _one_or_all(titles),
            "worksFor": _one_or_all([{"@type": "Organization", "name": tie} for tie in ties]),
            "alumniOf": _one_or_all([{"@type": "EducationalOrganization", "name": one} for one in schools]),
            "hasCredential": _one_or_all(credentials),
            "knowsAbout": facts.values("bio.interests"),
            "knowsLanguage": facts.values("languages"),
            "memberOf": [{"@type": "Organization", "name": one} for one in facts.values("memberships")],
            "identifier": _one_or_all(ids),
            "url": safe_url(facts.told.get("websites.0")),
            "image": safe_url(profile.personal.photo_url),
            "sameAs": links(profile),
        }
    )


def _physician(profile: Profile, facts: Facts) -> dict[str, Any]:
    """The physician in practice; nothing for other professions, which schema.org does not name."""
    held = {wording.letters(one) for one in profile.name.credentials}
    if not held & wording.PHYSICIAN:
        return {}
    places = [_place(n, place, facts) for n, place in enumerate(profile.locations)]
    practices = [place for place in places if len(place) > 1]
    first = practices[0] if practices else {}
    return _known(
        {
            "@type": "IndividualPhysician",
            "@id": "#physician",
            "name": wording.full_name(profile.name),
            "usNPI": profile.ids.npi if _usable(profile, "ids.npi") else None,
            "medicalSpecialty": facts.values("specialties"),
            "telephone": first.get("telephone"),
            "address": first.get("address"),
            "practicesAt": _one_or_all(practices),
            "isAcceptingNewPatients": True if "locations.0.accepting_new_patients" in facts.told else None,
            "url": safe_url(facts.told.get("websites.0")),
            "sameAs": links(profile),
        }
    )


def _place(n: int, place: Location, facts: Facts) -> dict[str, Any]:
    told = facts.told
    address = _known(
        {
            "@type": "PostalAddress",
            "streetAddress": told.get(f"locations.{n}.street"),
            "addressLocality": tidy(place.city) if f"locations.{n}.city" in told else None,
            "addressRegion": tidy(place.state) if f"locations.{n}.city" in told else None,
            "postalCode": tidy(place.postal_code) if f"locations.{n}.street" in told else None,
        }
    )
    return _known(
        {
            "@type": "MedicalOrganization",
            "name": told.get(f"locations.{n}.name"),
            "telephone": told.get(f"locations.{n}.phone"),
            "address": address if len(address) > 1 else None,
        }
    )

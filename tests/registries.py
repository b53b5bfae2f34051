"""A small invented web of the keyless registries, all about one clinician, served from the sources' own recordings."""

from __future__ import annotations

from pathlib import Path

from tests.servers import Reply

CAPTURES = Path(__file__).parent / "captures"
NPI = "1234567893"

CASES = {
    "nppes": (("number=", "found"), ("", "found")),
    "cms-clinicians": (("mj5m-pzi6", "found"), ("27ea-46a8", "hospitals"), ("xubh-q36u", "hospital-name")),
    "open-payments": (("", "found"),),
    "leie": (("", "not-listed"),),
    "clinicaltrials": (("", "found"),),
    "nih-reporter": (("", "found"),),
    "pubmed": (("esearch", "search"), ("efetch", "articles")),
    "europepmc": (("", "found"),),
    "orcid": (("/works", "works"), ("/person", "person"), ("", "found")),
    "openalex": (("/works", "works"), ("", "found")),
    "crossref": (("", "found"),),
    "wikidata": (("", "found"),),
    "bluesky": (("", "found"),),
    "podcasts": (("", "found"),),
    "payer-directories": (("PractitionerRole", "roles"), ("", "found")),
}
"""For each source, which recording answers an address that holds a text; the first that fits."""


def answer(path: str) -> Reply:
    """Return the recorded reply of the source that the first part of `path` names."""
    source = path.split("/")[1]
    case = next(case for mark, case in CASES[source] if mark in path)
    (body,) = (CAPTURES / source / case).glob("body.*")
    kind = {".xml": "text/xml", ".csv": "text/csv"}.get(body.suffix, "application/json")
    return Reply(body=body.read_bytes(), media_type=kind)


def sources_toml(url: str) -> str:
    """Return a sources.toml that leads every keyless registry to the server at `url`."""
    return "\n".join(f'[{name}]\nbase_url = "{url}/{name}"\npause_s = 0\n' for name in CASES)

"""What raw replies amount to: the vendors' documented errors, and every recorded reply."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reputation.discovery.diagnose import diagnose, diagnosis

KEY = Path(__file__).parents[1] / "answers" / "diagnose.tsv"
JSON = {"Content-Type": "application/json"}
HTML = {"content-type": "text/html; charset=utf-8"}
WALL = "<html><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>"
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>Jane Roe</title>{}</channel></rss>'


@pytest.mark.recordings
def test_every_recorded_reply_is_told_as_the_answer_key_says(recordings: Path) -> None:
    wrong = []
    rows = [
        line.split("\t") for line in KEY.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    for path, status, expected in rows:
        found = diagnose(int(status), {}, (recordings / path).read_bytes())
        if found != expected:
            wrong.append(f"{path}: {found}, not {expected}")
    assert not wrong
    assert len(rows) > 130


@pytest.mark.recordings
def test_the_answer_key_holds_every_recorded_reply(recordings: Path) -> None:
    held = {line.partition("\t")[0] for line in KEY.read_text(encoding="utf-8").splitlines()}
    folders = (recordings / "api", recordings / "pages" / "antibot", recordings / "pages" / "serp")
    files = [
        file for folder in folders for file in folder.rglob("*") if file.is_file() and file.suffix != ".md"
    ]
    replies = {str(file.relative_to(recordings)) for file in files if not file.name.endswith(".headers.json")}
    assert replies <= held


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        # NPPES, Wikimedia, Semantic Scholar, PubMed, Crossref: errors that come with 200 or 400
        (200, '{"Errors": [{"description": "No valid search criteria provided"}]}', "failed"),
        (200, '{"error": {"code": "badvalue", "info": "Unrecognized value for parameter"}}', "failed"),
        (200, '{"error": {"code": "maxlag", "info": "Waiting for a database server"}}', "failed"),
        (200, '{"error": {"code": "ratelimited", "info": "slow down"}}', "quota"),
        (400, '{"error": "Unrecognized or unsupported fields: [unknown]"}', "failed"),
        (200, '{"header": {}, "esearchresult": {"ERROR": "Invalid db name specified: x"}}', "failed"),
        (200, '{"header": {}, "esearchresult": {"count": "0", "idlist": []}}', "empty"),
        (200, '{"esearchresult": {"count": "2", "idlist": ["1", "2"]}}', "ok"),
        # SerpApi, Serper, Brave, Google, YouTube
        (200, '{"error": "Google hasn\'t returned any results for this query."}', "empty"),
        (
            200,
            '{"error": "Google hasn\'t returned any results for this query.", "knowledge_graph": {"title": "J"}}',
            "ok",
        ),
        (401, '{"error": "Invalid API key. Your API key should be here: ..."}', "auth"),
        (200, '{"error": "Invalid API key."}', "auth"),
        (429, '{"error": "Your account has run out of searches."}', "quota"),
        (403, '{"message": "Unauthorized.", "statusCode": 403}', "auth"),
        (400, '{"message": "Not enough credits", "statusCode": 400}', "quota"),
        (
            422,
            '{"type": "ErrorResponse", "error": {"code": "SUBSCRIPTION_TOKEN_INVALID", "status": 422}}',
            "auth",
        ),
        (422, '{"type": "ErrorResponse", "error": {"code": "VALIDATION", "status": 422}}', "failed"),
        (
            400,
            '{"error": {"code": 400, "errors": [{"reason": "keyInvalid"}], "message": "Bad Request"}}',
            "auth",
        ),
        (
            400,
            '{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key."}}',
            "auth",
        ),
        (403, '{"error": {"code": 403, "errors": [{"reason": "quotaExceeded"}]}}', "quota"),
        (403, '{"error": {"code": 403, "errors": [{"reason": "dailyLimitExceeded"}]}}', "quota"),
        (403, '{"error": {"code": 403, "status": "PERMISSION_DENIED", "message": "not enabled"}}', "auth"),
        (429, '{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}}', "quota"),
        # Places, Yelp
        (200, '{"status": "ZERO_RESULTS", "results": []}', "empty"),
        (200, '{"status": "OVER_QUERY_LIMIT", "error_message": "Please wait."}', "quota"),
        (200, '{"status": "REQUEST_DENIED", "error_message": "The provided key is invalid."}', "auth"),
        (200, '{"status": "INVALID_REQUEST", "results": []}', "failed"),
        (200, '{"status": "OK", "results": [{"name": "Roe"}]}', "ok"),
        (200, "{}", "empty"),
        (429, '{"error": {"code": "ACCESS_LIMIT_REACHED"}}', "quota"),
        (400, '{"error": {"code": "VALIDATION_ERROR", "description": "location is missing"}}', "failed"),
        (401, '{"error": {"code": "TOKEN_INVALID"}}', "auth"),
        # DataForSEO, Tavily, You.com, Mojeek, Kagi, Firecrawl
        (200, '{"status_code": 20000, "tasks": [{"status_code": 20000, "result": [{"items": [1]}]}]}', "ok"),
        (
            200,
            '{"status_code": 20000, "tasks": [{"status_code": 40200, "status_message": "Payment Required."}]}',
            "quota",
        ),
        (200, '{"status_code": 40100, "status_message": "You are not Authorized", "tasks": null}', "auth"),
        (
            200,
            '{"status_code": 20000, "tasks": [{"status_code": 40501, "status_message": "Invalid Field"}]}',
            "failed",
        ),
        (200, '{"status_code": 20000, "tasks": [{"status_code": 40102, "result": null}]}', "empty"),
        (
            200,
            '{"status_code": 20000, "tasks": [{"status_code": 20000, "result": [{"items": []}]}]}',
            "empty",
        ),
        (200, '{"type": "search", "query": {"original": "x"}, "mixed": {"main": []}}', "empty"),
        (200, '{"type": "search", "mixed": {}, "news": {"results": [{"url": "x"}]}}', "ok"),
        (432, '{"detail": {"error": "This request exceeds your plan\'s set usage limit."}}', "quota"),
        (402, '{"error": "payment_required", "limit": 100}', "quota"),
        (200, '{"response": {"status": "ERROR: invalid API key"}}', "auth"),
        (200, '{"response": {"status": "OK", "head": {}, "results": []}}', "empty"),
        (200, '{"meta": {}, "data": [], "error": null}', "empty"),
        (200, '{"success": false, "code": "E1"}', "failed"),
        # SearXNG
        (200, '{"results": [], "answers": [], "unresponsive_engines": [["google", "timeout"]]}', "blocked"),
        (200, '{"results": [], "answers": [], "unresponsive_engines": []}', "empty"),
        (200, '{"results": [{"url": "x"}], "unresponsive_engines": [["google", "timeout"]]}', "ok"),
        # the empty replies of the registers
        (200, '{"result_count": 0, "results": []}', "empty"),
        (200, '{"result": null, "num-found": 0}', "empty"),
        (200, '{"expanded-result": null, "num-found": 0}', "empty"),
        (200, '{"meta": {"count": 0}, "results": []}', "empty"),
        (200, '{"studies": [], "totalCount": 0}', "empty"),
        (200, '{"status": "ok", "message": {"total-results": 0, "items": []}}', "empty"),
        (200, '{"hitCount": 0, "resultList": {"result": []}}', "empty"),
        (200, '{"actors": []}', "empty"),
        (200, '{"total": 0, "businesses": []}', "empty"),
        (200, '{"searchParameters": {"q": "x"}, "organic": []}', "empty"),
        (200, '{"searchInformation": {"totalResults": "0"}}', "empty"),
        (200, '{"resourceType": "Bundle", "total": 0}', "empty"),
        (200, '{"resourceType": "OperationOutcome", "issue": [{"diagnostics": "bad"}]}', "failed"),
        (200, "[]", "empty"),
        (200, '[{"npi": "1234567893"}]', "ok"),
        # cut off, empty, of the wrong kind
        (200, '{"results": [{"title": "Dr. Ja', "failed"),
        (200, "   ", "failed"),
        (204, "", "failed"),
        (500, '{"results": []}', "failed"),
        (503, "", "failed"),
        (404, '{"message": "not found"}', "failed"),
        (302, "", "failed"),
        (403, "", "blocked"),
        # GDELT answers text
        (200, "Your query was too short or too long.", "failed"),
        (429, "Please limit requests to one every 5 seconds.", "quota"),
        (200, "Please limit requests to one every 5 seconds.", "quota"),
        (200, "LASTNAME,FIRSTNAME,NPI\nROE,JANE,1234567893\n", "ok"),
    ],
)
def test_a_reply_of_an_api_is_told_from_its_errors_and_its_nothing(
    status: int, body: str, expected: str
) -> None:
    assert diagnose(status, {}, body.encode()) == expected


@pytest.mark.parametrize("status", [200, 202, 403, 429, 503])
def test_a_wall_is_a_wall_whatever_its_status(status: int) -> None:
    assert diagnose(status, HTML, WALL.encode()) == "blocked"


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (403, HTML, "<html><body>Forbidden</body></html>", "blocked"),
        (403, {}, "<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "auth"),
        (200, JSON, "<html><body>Welcome to our new site</body></html>", "failed"),
        (200, JSON, "down for maintenance", "failed"),
        (200, {}, FEED.format("<item><title>x</title></item>"), "ok"),
        (200, {}, FEED.format(""), "empty"),
        (200, {}, FEED.format("<item><title>x</title></item>")[:-12], "failed"),
        (200, {}, "<eSearchResult><Count>0</Count><TranslationStack/></eSearchResult>", "empty"),
        (200, {}, "<eSearchResult><Count>3</Count><T><Count>0</Count></T></eSearchResult>", "ok"),
        (200, {}, "<eFetchResult><ERROR>API rate limit exceeded</ERROR></eFetchResult>", "quota"),
    ],
)
def test_html_and_xml_are_told_apart(status: int, headers: dict[str, str], body: str, expected: str) -> None:
    assert diagnose(status, headers, body.encode()) == expected


def test_a_page_that_only_repeats_its_429_is_no_wall() -> None:
    said = b"<html><head><title>429 Too Many Requests</title></head><body><h1>Too Many Requests</h1></body></html>"
    assert diagnose(429, HTML, said) == "quota"
    assert diagnose(999, HTML, b"<html><script>go()</script></html>") == "blocked"


@pytest.mark.parametrize("body", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"])
def test_what_is_no_text_cannot_be_read(body: bytes) -> None:
    assert diagnose(200, {}, body) == "failed"


def test_a_captcha_widget_alone_is_no_wall() -> None:
    text = "Dr. Jane Roe sees patients on Mondays. Call 617-555-0134 for an appointment. " * 40
    page = f"<html><body><h1>Jane Roe, MD</h1><p>{text}</p><form><div class='g-recaptcha'></div></form></body></html>"
    assert diagnose(200, HTML, page.encode()) == "ok"


def test_the_reason_is_one_line_without_the_whole_reply() -> None:
    status, why = diagnosis(200, JSON, b'{"error": "' + b"no\\n" * 500 + b'"}')
    assert status == "failed"
    assert why is not None
    assert "\n" not in why
    assert len(why) < 200


@given(st.sampled_from([200, 202, 301, 400, 401, 403, 404, 429, 500, 503]), st.binary(max_size=300))
def test_no_bytes_break_it_and_nonsense_is_never_empty(status: int, body: bytes) -> None:
    found = diagnose(status, {}, body)
    assert found in {"ok", "empty", "blocked", "quota", "auth", "failed"}
    if status != 200:
        assert found != "empty"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(["results", "error", "status", "message", "tasks", "data", "response"]), x
            )
        ),
        max_leaves=9,
    )
)
def test_no_json_breaks_it(value: object) -> None:
    diagnose(200, JSON, json.dumps(value).encode())

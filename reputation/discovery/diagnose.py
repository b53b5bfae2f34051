"""What one raw reply amounts to, before anybody parses it.

Almost every source has its "200 but nothing": NPPES writes its errors with 200, SerpApi says Success and
`error` where Google has no results, Places says OVER_QUERY_LIMIT with 200, a bot wall comes as 200, 202,
403 or 503.  The rules follow the vendors' documents and recorded replies; when unsure the answer is
`failed`, never `empty`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from reputation.discovery.decoding import NOT_TEXT
from reputation.discovery.page import read_page
from reputation.discovery.walls import wall_of
from reputation.errors import SourceError
from reputation.model import CoverageStatus

Diagnosis = tuple[CoverageStatus, str | None]

QUOTA_CODES = frozenset({402, 429, 432, 433})
"""402 payment required (You.com), 432 and 433 plan limits (Tavily)."""
QUOTA = re.compile(
    r"quota|credit|run out of searches|rate.?limit|ratelimit|too many requests|too_many_requests|throttl"
    r"|limit.{0,12}(?:exceeded|reached)|(?:exceeded|reached) .{0,30}limit|over_(?:query|daily)_limit"
    r"|resource_exhausted|payment.required|limit requests|usage limit",
    re.IGNORECASE,
)
AUTH = re.compile(
    r"api.?key|unauthori[sz]ed|authenticat|credential|permission_denied|request_denied|forbidden|not authorized"
    r"|(?:token|key).{0,30}(?:invalid|missing|expired|not valid|required)|invalid.{0,20}(?:token|key)",
    re.IGNORECASE,
)
NO_RESULT = re.compile(r"hasn't returned any results|no results? (?:found|for)|zero_results", re.IGNORECASE)
COMPLAINT = re.compile(
    r"error|invalid|too short|too long|please|must |not found|unavailable|try again|denied|timed? ?out",
    re.IGNORECASE,
)
XML_ROOT = re.compile(
    r"<(?:\w+:)?(?:rss|feed|rdf|\w+Result|\w+Set|OperationOutcome|Bundle|error)\b", re.IGNORECASE
)
COMPLAINTS = ("error", "Errors", "errors", "error_message", "errCode", "errMsg")
# fmt: off
LISTS = frozenset({
    "results", "result", "items", "organic", "organic_results", "articles", "actors", "posts", "businesses", "places",
    "studies", "search", "data", "hits", "accounts", "group", "expanded-result", "profiles", "reviews", "news",
    "idlist", "records", "entry", "children", "web", "local", "candidates",
})
# fmt: on
"""Under these names the sources list what they found."""
WRAPPERS = ("message", "esearchresult", "resultList", "response", "web", "data", "result")
BESIDE = (
    "knowledge_graph",
    "knowledgeGraph",
    "local_results",
    "answer_box",
    "answerBox",
    "infoboxes",
    "answers",
)
"""What an engine may show where it lists no link."""
LIMIT_CHARS = 2_000_000
NO_SEARCH_RESULTS = 40102
ONLY_THE_STATUS = re.compile(r"429\b|too many requests|rate limit", re.IGNORECASE)
"""What a page says that repeats its status 429 and asks for no proof of a human."""
LINKEDIN_WALL = 999
""""Request denied", LinkedIn's own status for programs."""


def diagnose(status: int, headers: Mapping[str, str], body: bytes) -> CoverageStatus:
    """Return the coverage status of one raw response: ok, empty, blocked, quota, auth or failed."""
    found = diagnosis(status, headers, body)[0]
    return _of_page(headers, body) if found is CoverageStatus.OK and _is_html(body) else found


def _of_page(headers: Mapping[str, str], body: bytes) -> CoverageStatus:
    """Return what a page for people amounts to: its own reader says whether it can be read, and is empty."""
    try:
        mentions = read_page(body, "", _content_type(headers) or None)
    except SourceError as error:
        return CoverageStatus(error.status)
    return CoverageStatus.OK if mentions else CoverageStatus.EMPTY


def _is_html(body: bytes) -> bool:
    return _form(body[:4000].decode("utf-8-sig", errors="replace").strip()) == "html"


def _content_type(headers: Mapping[str, str]) -> str:
    return next((value for name, value in headers.items() if name.lower() == "content-type"), "").lower()


def diagnosis(status: int, headers: Mapping[str, str], body: bytes) -> Diagnosis:
    """Return the coverage status of one raw response, and in words why it is not ok; pages are not read yet."""
    text = body[:LIMIT_CHARS].decode("utf-8-sig", errors="replace").strip()
    form = _form(text)
    wall = wall_of(text) if form == "html" else None
    if wall and not (status in QUOTA_CODES and ONLY_THE_STATUS.match(wall)):
        return CoverageStatus.BLOCKED, f"a bot wall ({wall})"
    if status != 200:
        return _of_status(status, form, text)
    if not text:
        return CoverageStatus.FAILED, "the reply is empty"
    if body.startswith(NOT_TEXT):
        return CoverageStatus.FAILED, "the reply is a picture, a PDF or an archive"
    if form == "json":
        return _of_json(body)
    if "json" in _content_type(headers):
        return CoverageStatus.FAILED, "the reply is not JSON"
    if form == "xml":
        return _of_xml(text)
    return _of_text(text) if form == "text" else (CoverageStatus.OK, None)


def _form(text: str) -> str:
    """Return json, html, xml or text, by what the text looks like."""
    if text[:1] in ("{", "["):
        return "json"
    start = text[:3000].lower()
    if "<html" in start or "<!doctype html" in start or "<body" in start or "<head" in start:
        return "html"
    if text.startswith("<?xml") or XML_ROOT.match(text):
        return "xml"
    return "html" if text.startswith("<") else "text"


def _of_status(status: int, form: str, text: str) -> Diagnosis:
    said = text[:4000] if form != "html" else ""
    if status in QUOTA_CODES:
        return CoverageStatus.QUOTA, f"HTTP {status}: too many requests, or the credit is used up"
    if status == 401:
        return CoverageStatus.AUTH, "HTTP 401: the key was refused, or one is needed"
    if status in (400, 403, 422) and QUOTA.search(said):
        return CoverageStatus.QUOTA, f"HTTP {status}: the quota or credit is used up"
    if status == 403 and form in ("json", "xml"):
        return CoverageStatus.AUTH, "HTTP 403: the key was refused"
    if status in (403, LINKEDIN_WALL):
        return CoverageStatus.BLOCKED, f"HTTP {status}: programs are kept out"
    if status in (400, 422) and AUTH.search(said):
        return CoverageStatus.AUTH, f"HTTP {status}: the key was refused"
    if 200 < status < 300 and text and form in ("json", "xml"):
        return CoverageStatus.OK, None
    return CoverageStatus.FAILED, f"HTTP {status}"


def _of_json(body: bytes) -> Diagnosis:
    try:
        data = json.loads(body.decode("utf-8-sig", errors="replace"), strict=False)
    except (ValueError, RecursionError):
        return CoverageStatus.FAILED, "the JSON is cut off or damaged"
    if isinstance(data, list):
        return (CoverageStatus.OK, None) if data else (CoverageStatus.EMPTY, None)
    if not isinstance(data, dict):
        return CoverageStatus.FAILED, "the JSON holds no reply"
    complaint = _complaint(data)
    if complaint is not None:
        return _of_complaint(complaint, data)
    if _is_silent_metasearch(data):
        return CoverageStatus.BLOCKED, "no result, and the engines behind it did not answer"
    return (CoverageStatus.EMPTY, None) if _is_empty(data) else (CoverageStatus.OK, None)


def _complaint(data: Mapping[str, Any]) -> str | None:
    """Return what a reply with 200 complains about, None where it does not."""
    said = [_words(data[name]) for name in COMPLAINTS if data.get(name)]
    status = data.get("status")
    if isinstance(status, str) and re.match(r"(?!SUCCESS|COMPLETE)[A-Z_]{6,}$|failed|error", status):
        said.append(status)
    if said:
        return "; ".join(said)
    for inner in (data.get("esearchresult"), data.get("response")):
        if isinstance(inner, dict) and (error := inner.get("ERROR") or inner.get("error")):
            return _words(error)
        if isinstance(inner, dict) and str(inner.get("status", "")).upper().startswith("ERROR"):
            return str(inner["status"])
    if data.get("success") is False or data.get("resourceType") == "OperationOutcome":
        return _words(data)
    return _task_complaint(data)


def _task_complaint(data: Mapping[str, Any]) -> str | None:
    """Return DataForSEO's complaint: 20000 is well, 401xx a refused key but for 40102, 402xx credit used up.

    https://docs.dataforseo.com/v3/appendix/errors/: 40102 is "No Search Results.".
    """
    replies = _rows(data.get("tasks"))
    for reply in (data, *replies):
        code = reply.get("status_code")
        if isinstance(code, int) and code >= 40000 and code != NO_SEARCH_RESULTS:
            word = {401: "unauthorized", 402: "quota"}.get(code // 100, "error")
            return f"{word} {code} {reply.get('status_message', '')}"
    is_nothing = replies and all(reply.get("status_code") == NO_SEARCH_RESULTS for reply in replies)
    return "no results found" if is_nothing else None


def _of_complaint(said: str, data: Mapping[str, Any]) -> Diagnosis:
    short = " ".join(said.split())[:160]
    if NO_RESULT.search(said) or data.get("status") == "ZERO_RESULTS":
        return (
            (CoverageStatus.OK, None)
            if any(data.get(name) for name in BESIDE)
            else (CoverageStatus.EMPTY, None)
        )
    if QUOTA.search(said):
        return CoverageStatus.QUOTA, f"the quota or credit is used up: {short}"
    if AUTH.search(said):
        return CoverageStatus.AUTH, f"the key was refused: {short}"
    return CoverageStatus.FAILED, f"the reply is an error: {short}"


def _words(value: Any) -> str:
    """Return the strings of a JSON value, joined."""

    def leaves(node: Any, depth: int = 0) -> Iterator[str]:
        if isinstance(node, dict):
            node = list(node.values())
        if isinstance(node, list) and depth < 6:
            for item in node[:20]:
                yield from leaves(item, depth + 1)
        elif isinstance(node, str | int) and not isinstance(node, bool):
            yield str(node)

    return " ".join(leaves(value))


def _is_silent_metasearch(data: Mapping[str, Any]) -> bool:
    """Return whether SearXNG has nothing and names engines that did not answer."""
    heard = (data.get("results"), *(data.get(name) for name in BESIDE))
    return bool(data.get("unresponsive_engines")) and not any(heard)


def _is_empty(data: Mapping[str, Any]) -> bool:
    """Return whether every list in which findings would stand is there and empty.

    GDELT and Places (New) answer `{}` where they find nothing.
    """
    if not data:
        return True
    if any(data.get(name) for name in BESIDE):
        return False
    if data.get("type") == "search" and "mixed" in data:  # Brave leaves out each part that is empty
        return not any(isinstance(part, dict) and part.get("results") for part in data.values())
    found: list[Any] = [] if "tasks" not in data else _task_items(data)
    for node in (data, *(inner for name in WRAPPERS if isinstance(inner := data.get(name), dict))):
        found += [node[name] for name in LISTS & node.keys() if not isinstance(node[name], dict)]
    if found:
        return not any(found)
    totals = [
        data[name]
        for name in ("total", "totalCount", "resultCount", "result_count", "hitCount")
        if name in data
    ]
    info = data.get("searchInformation")
    if isinstance(info, dict) and "totalResults" in info:
        totals.append(info["totalResults"])
    return bool(totals) and all(str(total) == "0" for total in totals)


def _task_items(data: Mapping[str, Any]) -> list[Any]:
    """Return the lists of items in DataForSEO's tasks."""
    found = [one for task in _rows(data.get("tasks")) for one in _rows(task.get("result"))]
    return [one["items"] for one in found if "items" in one]


def _rows(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list; none where it is no list."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _of_xml(text: str) -> Diagnosis:
    root = re.search(r"<([A-Za-z][\w:.-]*)", re.sub(r"<[?!][^>]*>", "", text[:5000]))
    if root is None or not (text.endswith("/>") or f"</{root[1]}" in text[-400:]):
        return CoverageStatus.FAILED, "the XML is cut off or damaged"
    error = re.search(r"<ERROR>([^<]{1,300})", text)
    if error or root[1] in ("OperationOutcome", "error", "Error"):
        said = error[1] if error else " ".join(re.sub(r"<[^>]*>", " ", text[:2000]).split())
        return _of_complaint(said, {})
    if re.search(r"<eSearchResult>\s*<Count>0</Count>", text[:2000]):
        return CoverageStatus.EMPTY, None
    is_feed = root[1].rpartition(":")[2] in ("rss", "feed", "RDF")
    if is_feed and not re.search(r"<(?:\w+:)?(?:item|entry)\b", text):
        return CoverageStatus.EMPTY, None
    return CoverageStatus.OK, None


def _of_text(text: str) -> Diagnosis:
    """A short plain sentence is an error (GDELT); anything longer, such as CSV, is a reply."""
    if len(text) > 400 or not (COMPLAINT.search(text) or QUOTA.search(text)):
        return CoverageStatus.OK, None
    return _of_complaint(text, {})

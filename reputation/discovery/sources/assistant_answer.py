"""What an AI assistant answers about her: an answer that she pasted into a file, or the conversation as she saved it.

Nothing is asked by program.  Each answer is one mention of kind `answer`: its text, the pages that it cites as `citation`, and
claim by claim what it plainly states.  The same question put to the same assistant has the same key next quarter.

The assistants' markup is from general knowledge, not from recorded pages; text that was pasted needs none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from reputation.discovery.reading import (
    Node,
    Page,
    address_of,
    attribute,
    decode,
    has_markup,
    host_of,
    is_web,
    lines_of,
    open_page,
    text_of,
)
from reputation.discovery.sources.mentions import Fact
from reputation.discovery.stated import citations, facts, plain_lines
from reputation.discovery.walls import fault_of, wall_of
from reputation.errors import Blocked, Unreadable
from reputation.model import Claim, Kind, Mention
from reputation.normalize import fold, mention_key

if TYPE_CHECKING:
    from reputation.model import Capture, NameVariant, Profile, Request, Source

_NAMES = "ChatGPT|Gemini|Copilot|Claude|Perplexity|Grok|Meta AI|Le Chat|DeepSeek"
_HOSTS = {
    "chatgpt.com": "ChatGPT",
    "chat.openai.com": "ChatGPT",
    "gemini.google.com": "Gemini",
    "copilot.microsoft.com": "Copilot",
    "claude.ai": "Claude",
    "perplexity.ai": "Perplexity",
}
_USER = re.compile(
    r"^\W*(?:you said|you asked|you|user|question|prompt|q)\W*(?::|$)\W*(?P<rest>.*)$", re.IGNORECASE
)
_ASSISTANT = re.compile(
    rf"^\W*(?P<name>{_NAMES}|assistant|answer|ai)(?:\s(?:said|answered|replied))?\W*(?::|(?<=said)$)\W*(?P<rest>.*)$",
    re.IGNORECASE,
)
_QUESTION_MOST = 400
_LEAST = 30
"""Characters below which there is no answer."""
_TEXT_MOST = 30_000

_ASKED = (
    "[data-message-author-role=user], [data-testid=user-message], [data-content=user-message], user-query"
)
_ANSWERED = (
    "[data-message-author-role=assistant], .font-claude-message, .font-claude-response, [data-content=ai-message]"
    ", message-content, [id^=markdown-content]"
)


@dataclass(slots=True)
class Turn:
    """One answer, and the question before it where that is known."""

    question: str | None = None
    opening: str | None = None
    """The conversation's first question, where this is a later one: it says of whom they speak."""
    assistant: str | None = None
    lines: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The answer as it was pasted."""
        return "\n".join(self.lines)


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask nothing: she puts the question herself."""
    return iter(())


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield each answer in what she pasted or saved.

    Raises:
        Blocked: what was saved is a bot wall.
        Unreadable: it holds no answer.
    """
    text = decode(capture.body, capture.media_type)
    address = capture.url if is_web(capture.url) else None
    if has_markup(text):
        page = open_page(text, capture.url)
        address = address_of(page)
        turns = _saved(page)
    else:
        turns = _pasted(text)
    opening = next((turn.question for turn in turns if turn.question), None)
    for turn in turns:
        turn.opening = opening if turn.question and turn.question != opening else None
    turns = [turn for turn in turns if len(" ".join(plain_lines(turn.text))) >= _LEAST]
    if not turns:
        raise Unreadable(
            "this holds no answer of an assistant; copy the whole answer and paste it into a .txt file"
        )
    for number, turn in enumerate(turns):
        yield _mention(source, capture, turn, address, number)


_MARKS = re.compile(
    rf"^[^\w\n]*(?:{_NAMES}) said[^\w\n]*$|【\d+[^】]{{0,30}}†|[?&]utm_source=(?:chatgpt\.com|openai|perplexity|copilot\.com)"
    r"|data-message-author-role=[\"']?assistant",
    re.MULTILINE | re.IGNORECASE,
)


def is_answer(text: str) -> bool:
    """Whether a text of unknown origin bears the marks of an assistant's answer."""
    return _MARKS.search(text) is not None


# ---------------------------------------------------------------------------- turns


def _pasted(text: str) -> list[Turn]:
    """Return the answers in pasted text: between "You said" and "ChatGPT said", or the whole."""
    turns = [Turn()]
    is_question = False
    for line in text.splitlines():
        if user := _USER.match(line):
            turns.append(Turn(question=user["rest"].strip() or None))
            is_question = True
        elif said := _ASSISTANT.match(line):
            if turns[-1].lines:
                turns.append(Turn())
            name = next((one for one in _NAMES.split("|") if one.lower() == said["name"].lower()), None)
            turns[-1].assistant = name
            turns[-1].lines += [said["rest"]] if said["rest"] else []
            is_question = False
        elif is_question:
            turns[-1].question = " ".join(filter(None, (turns[-1].question, line.strip()))) or None
        else:
            turns[-1].lines.append(line)
    if len(turns) == 1:
        _part_question(turns[0])
    return turns


def _part_question(turn: Turn) -> None:
    """Take the first line for the question where it asks and something follows."""
    lines = [n for n, line in enumerate(turn.lines) if line.strip()]
    if len(lines) > 1:
        first = turn.lines[lines[0]].strip().strip('#>*_ "“”')
        if first.endswith("?") and len(first) <= _QUESTION_MOST:
            turn.question, turn.lines = first, turn.lines[lines[0] + 1 :]


def _saved(page: Page) -> list[Turn]:
    """Return the answers of a saved conversation in page order."""
    nodes = page.css(f"{_ASKED}, {_ANSWERED}")
    asked = {node.mem_id for node in page.css(_ASKED)}
    turns: list[Turn] = []
    question = None
    for node in nodes:
        if node.mem_id in asked:
            question = text_of(node)[:_QUESTION_MOST] or None
        else:
            turns.append(Turn(question=question, lines=lines_of(node), links=_links(page, node)))
    if turns:
        return turns
    if wall := wall_of(page.html):
        raise Blocked(f"the saved page asks for proof of a human ({wall}); copy the answer into a .txt file")
    if fault := fault_of(page.html):
        raise Unreadable(f"the saved page is {fault}; copy the answer and paste it into a .txt file")
    body = page.first("main, article, [role=main]")
    return [Turn(lines=lines_of(body), links=_links(page, body))] if body is not None else []


def _links(page: Page, node: Node) -> list[str]:
    found = (page.link(attribute(one, "href")) for one in page.css("a[href]", node))
    return [url for url in found if url and _named(url) is None]


# ---------------------------------------------------------------------------- mentions


def _mention(source: Source, capture: Capture, turn: Turn, address: str | None, number: int) -> Mention:
    assistant = turn.assistant or (_named(address) if address else None)
    question = turn.question or capture.request.query
    cited = citations(turn.text, turn.links)
    lines = plain_lines(turn.text)
    told: list[Fact] = [("result_type", "assistant_answer"), ("assistant", assistant)]
    claims = [Claim(name, value) for name, value in told if value]
    claims += [*facts(lines), *(Claim("citation", url) for url in cited)]
    asked = f"{(source.base_url or '').rstrip('/')}/?q={quote_plus(question)}" if question else None
    # A conversation's own address is new each time; what was asked of whom stays.
    about = (
        fold(f"{turn.opening or ''} {question}")
        if question
        else f"{address} {number}"
        if address
        else turn.text
    )
    site_id = f"{fold(assistant or 'assistant').replace(' ', '-')}-{_short(about)}"
    return Mention(
        source=source.id,
        kind=Kind.ANSWER,
        url=address or asked or capture.url,
        title=_title(turn, question) or f"Answer of {assistant or 'an AI assistant'}",
        key=mention_key(source.id, site_id, ""),
        text="\n".join(lines)[:_TEXT_MOST],
        claims=tuple(claims),
    )


def _title(turn: Turn, question: str | None) -> str | None:
    return f"{question} (after: {turn.opening})" if question and turn.opening else question


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _named(url: str) -> str | None:
    """Return the assistant at whose address a page is."""
    host = host_of(url)
    return next((name for known, name in _HOSTS.items() if host == known or host.endswith("." + known)), None)

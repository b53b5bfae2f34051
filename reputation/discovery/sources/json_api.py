"""An API that answers JSON, read by paths in its table of sources.toml.

options.path = "/search?q={name}"             {given} {family} {name} {npi} {city} {state} are filled in
options.items = "data.people"                 the list; "" where the reply itself is the list
options.id = "id"
options.title = "display_name"                needed
options.url = "profile_url"                   or options.url_of = "https://example.org/p/{id}"
options.text = "bio"
options.date = "updated"
options.rating = "stars"
options.best = 5
options.count = "votes"
options.kind = "profile"
options.claims = { telephone = "phone", specialty = "specialty.0.name" }
options.error = "error.message"               where an error stands inside a 200
options.key_in = "query:key"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reputation.discovery.adapters import Skip
from reputation.discovery.sources.asking import get
from reputation.discovery.sources.mentions import mention
from reputation.discovery.sources.replies import at, count, day, number, plain, read_json, text, web
from reputation.discovery.sources.templates import filled
from reputation.errors import Unreadable
from reputation.model import Kind

if TYPE_CHECKING:
    from reputation.model import Capture, Mention, NameVariant, Profile, Request, Source


def plan(source: Source, profile: Profile, variants: Sequence[NameVariant]) -> Iterator[Request]:
    """Ask once for `options.path`."""
    path = filled(str(source.options.get("path", "")), profile)
    if path is None:
        raise Skip("the profile lacks what options.path asks for")
    yield get(source, path, key_in=source.options.get("key_in"))


def parse(source: Source, capture: Capture) -> Iterator[Mention]:
    """Yield a mention an item of `options.items`.

    Raises:
        Unreadable: the list is missing, an item has no title, or the reply holds an error.
    """
    options = source.options
    reply = read_json(capture)
    if options.get("error") and (said := text(at(reply, str(options["error"])))):
        raise Unreadable(f'{source.title} says "{said}"; try again later')
    found = at(reply, str(options["items"])) if options.get("items") else reply
    if not isinstance(found, list):
        raise Unreadable(f"the reply holds no list at {options.get('items', '')!r}; correct options.items")
    for item in found:
        yield _mention(source, capture, item)


def _mention(source: Source, capture: Capture, item: Any) -> Mention:
    options = source.options

    def read(name: str) -> Any:
        return at(item, str(options[name])) if options.get(name) else None

    title, ident = plain(read("title")), text(read("id"))
    if title is None:
        raise Unreadable(f"an item has no title at {options.get('title')!r}; correct options.title")
    made = str(options["url_of"]).replace("{id}", ident) if options.get("url_of") and ident else None
    votes, rating = count(read("count")), number(read("rating"))
    rated = rating if rating and votes != 0 else None
    claims = options.get("claims") or {}
    return mention(
        source,
        Kind(options.get("kind", "profile")),
        web(read("url")) or made or capture.url,
        title,
        site_id=ident,
        text=plain(read("text")),
        date_published=day(read("date")),
        rating_value=rated,
        best_rating=number(options.get("best")) if rated else None,
        rating_count=votes,
        facts=[("name", title), *((str(field), text(at(item, str(path)))) for field, path in claims.items())],
    )

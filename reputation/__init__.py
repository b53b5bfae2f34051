"""repaudit: what the web says about a clinician.

The public names stand here; each is imported when it is first used, so that `import reputation` is instant.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from reputation.version import __version__ as __version__

if TYPE_CHECKING:
    from reputation.audit import run_audit
    from reputation.config import load_profile, load_sources
    from reputation.defense.diff import compare
    from reputation.defense.post import check_post
    from reputation.defense.reply import check_reply
    from reputation.definition.sentiment import assess
    from reputation.definition.themes import themes
    from reputation.discovery.diagnose import diagnose
    from reputation.discovery.page import read_page
    from reputation.discovery.resolve import match
    from reputation.dissemination.bio import tell_bio
    from reputation.model import Audit, Capture, Claim, Mention, Profile, Request, Source
    from reputation.names import compare_names

__all__ = [
    "Audit",
    "Capture",
    "Claim",
    "Mention",
    "Profile",
    "Request",
    "Source",
    "assess",
    "check_post",
    "check_reply",
    "compare",
    "compare_names",
    "diagnose",
    "load_profile",
    "load_sources",
    "match",
    "read_page",
    "run_audit",
    "tell_bio",
    "themes",
]

_HOMES = {
    "assess": "definition.sentiment",
    "check_post": "defense.post",
    "check_reply": "defense.reply",
    "compare": "defense.diff",
    "compare_names": "names",
    "diagnose": "discovery.diagnose",
    "load_profile": "config",
    "load_sources": "config",
    "match": "discovery.resolve",
    "read_page": "discovery.page",
    "run_audit": "audit",
    "tell_bio": "dissemination.bio",
    "themes": "definition.themes",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'model')}"), name)

"""The user's profile.toml and sources.toml -> model, and back; keys and network settings."""

from __future__ import annotations

from reputation.config.keys import find_key, has_key, keep_key, key_of, place_of
from reputation.config.profile import load_profile, matching_paths, profile_digest
from reputation.config.sources import Network, load_network, load_sources, sources_digest
from reputation.config.writing import confirm, profile_text, set_fact, value_of
from reputation.model import fact_paths

__all__ = [
    "Network",
    "confirm",
    "fact_paths",
    "find_key",
    "has_key",
    "keep_key",
    "key_of",
    "load_network",
    "load_profile",
    "load_sources",
    "matching_paths",
    "place_of",
    "profile_digest",
    "profile_text",
    "set_fact",
    "sources_digest",
    "value_of",
]

"""The folder that a user's audits live in: profile.toml, inbox/, audits.db, reports/ and bio/."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from reputation import config
from reputation.discovery.adapters import fault_of
from reputation.errors import ConfigError, NoWorkspace, Problem, UsageError
from reputation.files import make_private_folder, synced_by, write_private
from reputation.model import Profile, Source

PROFILE = "profile.toml"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace's files by name; none of them but profile.toml need exist yet."""

    path: Path

    @property
    def profile(self) -> Path:
        """The facts that the web is compared with."""
        return self.path / PROFILE

    @property
    def sources(self) -> Path:
        """The user's own sources.toml, laid over the shipped one."""
        return self.path / "sources.toml"

    @property
    def inbox(self) -> Path:
        """Where saved pages wait for the next audit."""
        return self.path / "inbox"

    @property
    def database(self) -> Path:
        """The sealed audits and their evidence."""
        return self.path / "audits.db"

    @property
    def bio(self) -> Path:
        """Where exported biographies go."""
        return self.path / "bio"

    def report(self, quarter: str) -> Path:
        """Return where the report on a quarter goes."""
        return self.path / "reports" / quarter / "report.html"

    def load_profile(self) -> Profile:
        """Return the checked profile; ConfigError with every mistake."""
        return config.load_profile(self.profile)

    def load_sources(self) -> tuple[Source, ...]:
        """Return the sources as this workspace has them; ConfigError with every mistake."""
        own = self.sources if self.sources.exists() else None
        return config.load_sources(own, fault_of=fault_of)

    def load_settings(self) -> tuple[Profile, tuple[Source, ...]]:
        """Return the checked profile and the sources; ConfigError with every mistake in both files."""
        problems: list[Problem] = []
        for load in (self.load_profile, self.load_sources, self.load_network):
            try:
                load()
            except ConfigError as error:
                problems += [problem for problem in error.problems if problem not in problems]
        if problems:
            raise ConfigError(problems)
        return self.load_profile(), self.load_sources()

    def load_network(self) -> config.Network:
        """Return how the web is reached from here."""
        return config.load_network(self.sources)


def find_workspace(named: Path | None = None) -> Workspace:
    """Return the workspace: `named`, else $REPAUDIT_WORKSPACE, else the current folder.

    Raises:
        NoWorkspace: where that folder has no profile.toml.
    """
    said = named or (Path(value) if (value := os.environ.get("REPAUDIT_WORKSPACE")) else None)
    path = (said or Path.cwd()).expanduser()
    if (path / PROFILE).is_file():
        return Workspace(path)
    how = "make one with `repaudit init DIR`, or name one with `--workspace DIR`"
    if not path.is_dir():
        raise NoWorkspace(f"there is no folder {path}; {how}")
    raise NoWorkspace(f"{path} is not a workspace: it has no {PROFILE}; {how}")


def make_workspace(path: Path, profile_text: str) -> Workspace:
    """Make a private workspace at `path` with the given profile.toml.

    Raises:
        UsageError: where it has a profile.toml already, or `path` is a file.
    """
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file; name a folder")
    if (path / PROFILE).exists():
        raise UsageError(
            f"{path / PROFILE} is there already and is left as it is; name another folder, or edit it"
        )
    made = not path.exists()
    make_private_folder(path)
    if made or not any(path.iterdir()):
        path.chmod(0o700)
    make_private_folder(path / "inbox")
    write_private(path / PROFILE, profile_text)
    return Workspace(path)


def privacy_warning(workspace: Workspace) -> str | None:
    """Return a sentence where the workspace lies in a folder that is copied to a cloud, else None."""
    cloud = synced_by(workspace.path)
    if cloud is None:
        return None
    return f"{workspace.path} lies in a synced folder ({cloud}): reviews and notes would be copied off this computer; move it"

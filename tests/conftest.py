"""What every test shares: no test reaches beyond this machine, and none sees the user's own settings."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes is the machine's business; a change is judged on the same examples each time.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

RECORDINGS = Path(__file__).parents[1].parent / "shared" / "recordings"
LABELLED = RECORDINGS.parent / "labelled"


SLOW_FIRST = (
    "test_resuming.py", "test_readme.py", "test_start.py", "test_bad_input.py", "test_replaying.py", "test_contract.py",
    "test_commands.py", "test_replying.py", "test_disputes.py", "test_browser.py", "test_main_job.py", "test_copy_page.py",
    "test_forgetting.py", "test_policies.py", "test_deciding.py", "test_progress.py",
)  # fmt: skip
"""Files of few and long tests: begun last, one of them keeps a single core busy while the others wait."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first; the order within a file stays."""
    items.sort(key=lambda item: item.path.name not in SLOW_FIRST)


@pytest.fixture(autouse=True)
def _this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere but this machine fails the test; `pytest.fail` is no Exception, so none can hide it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        local = isinstance(address, str | bytes) or str(address[0]).startswith(("127.", "::1", "localhost"))
        if self.family in (socket.AF_INET, socket.AF_INET6) and not local:
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name in [*os.environ]:
        if name.endswith("_API_KEY") or (name.startswith("REPAUDIT_") and name != "REPAUDIT_REQUIRE_BROWSER"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("REPAUDIT_CONFIG_DIR", str(tmp_path_factory.mktemp("settings")))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def recordings() -> Path:
    """The folder of recorded replies beside the checkout; the test is skipped where there is none."""
    if not RECORDINGS.is_dir():
        pytest.skip("the recordings are not beside this checkout")
    return RECORDINGS

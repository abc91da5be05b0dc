"""What every test may rely on: the shared reference files, an empty data folder, no network."""

import ipaddress
import os
import socket
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"
SETTINGS = "futurefit.site.config.settings"

# Before anything reads the settings: tests never touch the data folder of whoever runs them.
_data_folder = tempfile.TemporaryDirectory(prefix="futurefit-tests-")
os.environ["FUTUREFIT_HOME"] = _data_folder.name
if find_spec(SETTINGS.rpartition(".")[0]) and find_spec(SETTINGS):
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS

# A build tries the same examples every time; a person's run tries new ones.
settings.register_profile("house", deadline=None, derandomize=IN_CI)
settings.load_profile("house")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference figures and real inputs that stands beside the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        absent = f"no reference files at {folder.name}/ beside the repository"
        if IN_CI:
            pytest.fail(absent)
        pytest.skip(absent)
    return folder


class NetworkUsed(AssertionError):
    """A test reached for a machine other than this one."""


def _is_here(address: Any) -> bool:
    """Whether a socket's address is on this machine (a path is a Unix socket)."""
    if not isinstance(address, tuple):
        return True
    if address[0] == "localhost":
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Let a test talk to this machine only."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse_elsewhere(address: Any) -> None:
        if not _is_here(address):
            raise NetworkUsed(f"tests use no network, and this one asked for {address!r}")

    def connect_here(self: socket.socket, address: Any) -> None:
        refuse_elsewhere(address)
        connect(self, address)

    def connect_ex_here(self: socket.socket, address: Any) -> int:
        refuse_elsewhere(address)
        return connect_ex(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        patch.setattr(socket.socket, "connect_ex", connect_ex_here)
        yield

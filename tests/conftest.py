"""What every test may rely on: an empty data folder, a database, reference files, no network.

pytest                every test, on SQLite
pytest --postgres     those that use a database, on PostgreSQL
"""

import ipaddress
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import django
import pytest
from hypothesis import settings

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI") == "true"

# A build tries the same examples every time; a person's run tries new ones.
settings.register_profile("house", deadline=None, derandomize=IN_CI)
settings.load_profile("house")


def absent(what: str) -> NoReturn:
    """Skip for want of something on this machine, and say so; in a build nothing may be wanting."""
    if IN_CI:
        pytest.fail(what)
    pytest.skip(what)


# --- the database ----------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="use PostgreSQL, not SQLite")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settle where the data is before anything reads the settings."""
    home = tempfile.TemporaryDirectory(prefix="futurefit-tests-")
    config.add_cleanup(home.cleanup)
    os.environ["FUTUREFIT_HOME"] = home.name
    # With pytest-xdist, every worker uses the server that the first process started.
    if not hasattr(config, "workerinput"):
        os.environ.pop("FUTUREFIT_DATABASE", None)
        if config.getoption("--postgres"):
            os.environ["FUTUREFIT_DATABASE"] = start_postgres(config)
    os.environ["DJANGO_SETTINGS_MODULE"] = "futurefit.site.config.settings"
    # The browser of a journey is driven from an event loop, beside ordinary use of the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    django.setup()


def start_postgres(config: pytest.Config) -> str:
    """Start a server for this run and give its address."""
    programs = postgres.programs()
    if not programs:
        pytest.exit("skipped: PostgreSQL's programs are not installed here", int(IN_CI))
    server = postgres.Server(programs)
    config.add_cleanup(server.close)
    return server.address


DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what belongs on the other database, and on PostgreSQL what uses none."""
    on_postgres = config.getoption("--postgres")
    other = "sqlite" if on_postgres else "postgres"

    def belongs(item: pytest.Item) -> bool:
        uses_database = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(
            getattr(item, "fixturenames", ())
        )
        return not item.get_closest_marker(other) and bool(uses_database or not on_postgres)

    left_out = [item for item in items if not belongs(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if belongs(item)]


# --- files, browser --------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference figures and real inputs that stands beside the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        absent("there is no folder of reference files, shared/, beside the repository")
    return folder


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Journeys drive the browser that is installed; none is downloaded."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if not browser:
        absent("there is no Chromium here for the journeys")
    as_root = ["--no-sandbox", "--disable-dev-shm-usage"] if os.geteuid() == 0 else []
    arguments = ["--disable-gpu", *as_root]
    return {**browser_type_launch_args, "executable_path": browser, "args": arguments}


# --- the network -----------------------------------------------------------------------------


class NetworkUsed(AssertionError):
    """A test reached for a machine other than this one."""


def _is_here(address: Any) -> bool:
    """Whether a socket's address is on this machine (a path is a Unix socket)."""
    if not isinstance(address, tuple) or address[0] == "localhost":
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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database; at the end nobody else is connected to it, so that it can be dropped.

    A thread that a test started (a server's, a pool's) may outlive the test, and so may its
    connection: PostgreSQL does not drop a database that somebody is connected to.
    """
    yield
    from django.db import connection

    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

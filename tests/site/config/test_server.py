"""The server comes up on a clean folder, says plainly why it cannot, and stops when asked to."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from futurefit.site.config import server


def free_port() -> int:
    with closing(socket.socket()) as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def start(home: Path, port: int) -> subprocess.Popen[bytes]:
    script = f"from futurefit.site.config import server; server.serve(port={port})"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("FUTUREFIT", "DJANGO"))}
    return subprocess.Popen(
        [sys.executable, "-c", script],
        env={**environment, "FUTUREFIT_HOME": str(home)},
        stderr=subprocess.PIPE,
        start_new_session=True,  # as in a terminal, whose signals reach every process of it
    )


def answer(port: int, path: str, seconds: float = 30) -> tuple[int, bytes, dict[str, str]]:
    """What the server answers, once it does."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
                return response.status, response.read(), dict(response.headers)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


@pytest.fixture
def served(tmp_path: Path):
    port = free_port()
    process = start(tmp_path, port)
    yield port, process, tmp_path
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def test_it_comes_up_on_a_clean_folder_and_stops_quietly_on_ctrl_c(served) -> None:
    port, process, home = served
    status, page, headers = answer(port, "/account/sign-in/")
    assert status == 200
    assert b"Sign in" in page
    assert "content-security-policy" in {name.lower() for name in headers}
    assert (home / "futurefit.sqlite3").exists()

    # Style sheets carry a digest, and so may be kept for ever.
    address = page.decode().split('rel="stylesheet" href="')[2].split('"')[0]
    assert address.startswith("/static/common/site.")
    assert address != "/static/common/site.css"
    status, _, headers = answer(port, address)
    assert "immutable" in {k.lower(): v for k, v in headers.items()}["cache-control"]

    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=15)
    assert process.returncode == 0
    assert said == b""
    server.check_free("127.0.0.1", port)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_it_stops_when_it_is_told_to_or_its_terminal_is_closed(served, ending: int) -> None:
    port, process, _ = served
    answer(port, "/account/sign-in/")
    os.killpg(process.pid, ending)
    assert process.wait(timeout=15) in (0, 1)  # 1 where a worker heard of it first
    server.check_free("127.0.0.1", port)


def test_its_workers_leave_when_it_is_gone_without_a_word(served) -> None:
    port, process, _ = served
    answer(port, "/account/sign-in/")
    process.kill()
    process.wait()
    until = time.monotonic() + 15
    while True:
        try:
            return server.check_free("127.0.0.1", port)
        except server.CannotServe:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_a_port_that_is_taken_is_named_with_another_to_try() -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(server.CannotServe, match=f"--port {port + 1}"):
            server.serve(port=port)


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [("127.0.0.1", 70_000, "not a port"), ("192.0.2.1", 8000, "cannot be served")],
)
def test_an_address_that_is_not_ours_is_refused(host: str, port: int, words: str) -> None:
    with pytest.raises(server.CannotServe, match=words):
        server.check_free(host, port)


def test_a_server_that_others_reach_must_say_under_which_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FUTUREFIT_HOME", str(tmp_path))
    with pytest.raises(server.CannotServe, match="FUTUREFIT_HOSTS"):
        server.prepare("0.0.0.0")


def test_the_demos_people_are_shut_out_of_a_server_that_others_reach(tmp_path: Path) -> None:
    def run(script: str, **environment: str) -> bytes:
        kept = {name: value for name, value in os.environ.items() if "FUTUREFIT" not in name}
        return subprocess.run(
            [sys.executable, "-c", "from futurefit.site.config import server\n" + script],
            env={**kept, "FUTUREFIT_HOME": str(tmp_path), **environment},
            capture_output=True,
            check=True,
        ).stdout

    made = (
        "server.prepare()\n"
        "from futurefit.site.accounts import models, operations\n"
        "operations.demo_accounts(host='127.0.0.1')"
    )
    shut = (
        "server.prepare({host!r})\n"
        "from futurefit.site.accounts import models\n"
        "print(models.User.objects.filter(is_active=True).count(), models.User.objects.count())"
    )
    for host in ("0.0.0.0", "127.0.0.1"):  # by its own address, or through a proxy before it
        run(made)
        assert run(shut.format(host=host), FUTUREFIT_HOSTS="a.example") == b"0 4\n"

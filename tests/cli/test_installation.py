"""Does a real installation load once, keep its data, leave and come back the same, and serve?

Each command here is a process of its own, over a data folder of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import absent

QUICK = 3.0
"""Seconds that a second start may take."""


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "FUTUREFIT" not in name}
    return {**kept, "FUTUREFIT_HOME": str(home)}


def futurefit(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from futurefit.cli import main; main()", *map(str, arguments)],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )


def head(home: Path) -> str:
    said = futurefit(home, "ledger", "verify", "--format", "json")
    assert said.returncode == 0
    values = json.loads(said.stdout)
    assert values["holds"]
    return values["ledger_head"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration."""
    folder = tmp_path_factory.mktemp("home") / "data"
    said = futurefit(folder, "demo", "--no-serve")
    assert (said.returncode, said.stderr) == (0, "")
    assert "15,119" in said.stdout
    assert "Findings: 3 errors" in said.stdout
    return folder


def test_a_second_run_keeps_the_data_and_is_quick(home: Path) -> None:
    before = head(home)
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    again = futurefit(home, "demo", "--no-serve")
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert again.returncode == 0
    assert before in again.stdout
    # Seconds of work, not of waiting for whatever else this machine does.
    took = ended.ru_utime - started.ru_utime + ended.ru_stime - started.ru_stime
    assert took < QUICK


def test_a_year_is_not_played_onto_data_that_may_have_changed(home: Path) -> None:
    before = head(home)
    refused = futurefit(home, "demo", "--year", "--no-serve")
    assert refused.returncode == 2
    assert "a folder of its own: FUTUREFIT_HOME=tutorial" in refused.stderr
    assert head(home) == before


def test_a_ledger_leaves_and_comes_back_the_same(home: Path, tmp_path: Path) -> None:
    noted, elsewhere = head(home), tmp_path / "elsewhere"
    for target, new in (("package", 8), ("package.zip", 0)):
        left = futurefit(home, "ledger", "export", tmp_path / target)
        assert left.returncode == 0
        assert noted in left.stdout
        taken = futurefit(elsewhere, "ledger", "import", tmp_path / target)
        assert (taken.returncode, taken.stderr) == (0, "")
        assert taken.stdout.startswith(f"{new} new journals")
        assert noted in taken.stdout
    assert head(elsewhere) == noted
    assert (tmp_path / "package/datapackage.json").is_file()
    refused = futurefit(home, "ledger", "export", tmp_path / "package")
    assert refused.returncode == 2
    assert "not empty" in refused.stderr


def test_a_package_that_was_edited_is_refused_and_nothing_changes(
    home: Path, tmp_path: Path
) -> None:
    futurefit(home, "ledger", "export", tmp_path / "package")
    postings = tmp_path / "package/postings.csv"
    text = postings.read_text(encoding="utf-8")
    postings.write_text(text.replace("58400000", "58500000"), encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    refused = futurefit(elsewhere, "ledger", "import", tmp_path / "package")
    assert refused.returncode == 2
    assert "nothing has changed" in refused.stderr
    assert "journal 1" in refused.stderr
    assert futurefit(elsewhere, "programme", "summary").returncode == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.zip", None, "does not exist"),
        ("text.zip", b"no zip", "is not a zip file"),
        ("postings.csv", b"\xff\xfe\x00", "is not a zip file"),
    ],
)
def test_what_is_no_package_is_refused(
    name: str, content: bytes | None, words: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    said = futurefit(tmp_path / "home", "ledger", "import", tmp_path / name)
    assert said.returncode == 2
    assert words in said.stderr
    assert "Traceback" not in said.stderr


def test_a_package_with_a_broken_file_is_refused(home: Path, tmp_path: Path) -> None:
    futurefit(home, "ledger", "export", tmp_path / "package")
    (tmp_path / "package/entries.csv").write_bytes(b"\xff\xfejournal")
    said = futurefit(tmp_path / "home", "ledger", "import", tmp_path / "package")
    assert said.returncode == 2
    assert "entries.csv is not UTF-8" in said.stderr


def test_the_head_of_another_ledger_is_found_out(home: Path) -> None:
    noted = head(home)
    number, _, digest = noted.partition(":")
    other = f"{number}:{digest[::-1]}"
    said = futurefit(home, "ledger", "verify", "--head", other)
    assert said.returncode == 1
    assert "CHAIN-HEAD" in said.stdout
    assert futurefit(home, "ledger", "verify", "--head", noted).returncode == 0
    assert futurefit(home, "ledger", "verify", "--head", "8").returncode == 2


def test_a_chain_that_somebody_broke_is_reported_and_not_choked_on(
    home: Path, tmp_path: Path
) -> None:
    """Whoever owns the file can take the guards off; the chain still tells."""
    broken = tmp_path / "broken"
    shutil.copytree(home, broken)
    with contextlib.closing(sqlite3.connect(broken / "futurefit.sqlite3")) as database:
        guards = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in guards.fetchall():
            database.execute(f"DROP TRIGGER {name}")
        for table in ("posting", "entryattributes", "entry", "source", "commitment", "journal"):
            key = "number" if table == "journal" else "journal_id"
            database.execute(f"DELETE FROM ledger_{table} WHERE {key} = 3")
        database.commit()
    said = futurefit(broken, "ledger", "verify")
    assert said.returncode == 1
    assert "CHAIN-GAP" in said.stdout
    assert said.stderr == ""


def test_without_data_every_command_says_how_to_begin(tmp_path: Path) -> None:
    for command in ("programme summary", "ledger verify", "ledger export x"):
        said = futurefit(tmp_path / "nothing", *command.split())
        assert said.returncode == 2
        assert "futurefit demo" in said.stderr
    assert not (tmp_path / "nothing").exists()


def test_a_database_that_is_none_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "futurefit.sqlite3").write_bytes(b"this is not a database" * 100)
    said = futurefit(tmp_path, "programme", "summary")
    assert said.returncode == 2
    assert "not a database" in said.stderr
    assert "Traceback" not in said.stderr


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def test_the_demo_serves_and_prints_sign_ins(home: Path, tmp_path: Path) -> None:
    if os.name != "posix":
        absent("signals end the server here")
    port = free_port()
    printed = tmp_path / "printed.txt"
    with printed.open("w") as file:
        server = subprocess.Popen(
            [
                *(sys.executable, "-c", "from futurefit.cli import main; main()"),
                *("demo", "--port", str(port)),
            ],
            env=environment(home),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            status = answer(f"http://127.0.0.1:{port}/", server)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=20)
    text = printed.read_text()
    assert status == 200, text
    assert f"http://127.0.0.1:{port}/" in text
    for name in ("lead", "finance", "office", "councillor"):
        assert re.search(rf"\b{name}\b +[\w-]{{16}}(?!\S)", text)
    assert "Traceback" not in text


def answer(address: str, server: subprocess.Popen[bytes]) -> int:
    """The status of the first answer, which must come within half a minute."""
    until = time.perf_counter() + 30
    while time.perf_counter() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.05)
    return 0


def test_a_port_that_is_taken_is_said_to_be_taken(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        for command in ("demo", "serve"):
            said = futurefit(home, command, "--port", port)
            assert said.returncode == 2
            assert f"127.0.0.1:{port}" in said.stderr
            assert "another port" in said.stderr

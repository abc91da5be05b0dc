"""Is a file that nobody trusts read where it can do no harm? (rule AUD-31)"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from futurefit.papers.document import Paragraph, Unreadable
from futurefit.site.common import isolation
from futurefit.site.common.isolation import Limits, ReaderFailed, read_apart, reader_apart

SLOW = b"| a | b |\n" * 400_000


def test_a_paper_comes_back_as_the_reader_gave_it() -> None:
    document = read_apart("a.md", "# Savings\n\n£2m in 2016/17".encode())
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "£2m in 2016/17"
    ]
    assert document.name == "a.md"


def test_one_process_reads_several_and_outlives_a_refusal() -> None:
    with reader_apart() as reader:
        assert reader.read("a.md", b"one").blocks
        with pytest.raises(Unreadable, match="not text"):
            reader.read("b.md", b"\x00\x01\x02\x03" * 50)
        assert reader.read("c.csv", b"a,b\n1,2").blocks


def test_what_needs_no_reading_to_be_refused_starts_no_process() -> None:
    with reader_apart() as reader:
        with pytest.raises(Unreadable, match="no reader"):
            reader.read("a.exe", b"MZ")
        assert reader._process is None


def test_a_paper_that_takes_too_long_is_refused_and_the_next_is_read() -> None:
    with reader_apart(Limits(seconds=1)) as reader:
        begun = time.monotonic()
        with pytest.raises(Unreadable, match=r"longer to read|took too much"):
            reader.read("slow.md", SLOW * 4)
        assert time.monotonic() - begun < 20
        assert reader.read("a.md", b"one").blocks


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_paper_that_takes_too_much_memory_is_refused() -> None:
    with (
        reader_apart(Limits(memory_bytes=150_000_000)) as reader,
        pytest.raises(Unreadable, match=r"memory|took too much"),
    ):
        reader.read("large.md", SLOW)


def test_an_answer_longer_than_allowed_is_not_taken() -> None:
    with pytest.raises(Unreadable, match="more than a paper should"):
        read_apart("a.md", b"word " * 1000, Limits(answer_bytes=100))


def test_a_reader_that_breaks_spoils_one_file_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with reader_apart() as reader:
        monkeypatch.setattr(
            reader, "_ask", lambda name, data, kind: {"failed": "KeyError in grid.py, line 3"}
        )
        with pytest.raises(ReaderFailed, match=r"the reader's \(KeyError in grid.py, line 3\)"):
            reader.read("a.md", b"one")


# --- What the process has given up ----------------------------------------------------------------


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    """A place for a program that tries things after the process has given them up."""
    return tmp_path / "trial.py"


def trial(program: Path, code: str) -> str:
    """What a line of code gives in a process that has given everything up."""
    program.write_text(
        "import io, sys\n"
        "from futurefit.site.common import isolated_reader\n"
        "isolated_reader._give_up_network()\n"
        "isolated_reader._limit_memory(2_000_000_000)\n"
        "import socket, subprocess, os\n"
        "sys.addaudithook(isolated_reader._refuse)\n"
        f"try:\n    {code}\n    print('done')\n"
        "except PermissionError as refused:\n    print(refused)\n",
        encoding="utf-8",
    )
    ran = subprocess.run(
        [sys.executable, "-I", str(program)], capture_output=True, text=True, check=False
    )
    return ran.stdout.strip() or ran.stderr


@pytest.mark.parametrize(
    "code",
    [
        "socket.socket()",
        "socket.getaddrinfo('localhost', 80)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "open('here', 'w')",
        "open('/etc/passwd')",
        "open('../../../../../../etc/passwd', 'rb')",
        "os.open('here', os.O_CREAT | os.O_WRONLY)",
        "os.remove('here')",
    ],
)
def test_a_reader_reaches_nothing(inside: Path, code: str) -> None:
    assert trial(inside, code).startswith("A reader")


def test_no_more_than_two_papers_are_read_at_a_time() -> None:
    with reader_apart() as one, reader_apart() as two:
        assert one.read("a.md", b"one").blocks
        assert two.read("b.md", b"two").blocks
        with (
            reader_apart(Limits(seconds=1)) as three,
            pytest.raises(Unreadable, match="other papers are being read"),
        ):
            three.read("c.md", b"three")
    assert read_apart("c.md", b"three").blocks


def test_an_answer_that_is_no_document_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with reader_apart() as reader:
        monkeypatch.setattr(reader, "_ask", lambda name, data, kind: {"document": {"blocks": 3}})
        with pytest.raises(ReaderFailed, match="could not be read"):
            reader.read("a.md", b"one")


def test_a_reader_still_opens_what_it_reads(inside: Path) -> None:
    assert trial(inside, f"open({os.__file__!r}).read()") == "done"


def test_nothing_of_the_environment_goes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}
    real = subprocess.Popen

    def noted(*arguments: object, **named: object) -> object:
        seen.update(named)
        return real(*arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(isolation.subprocess, "Popen", noted)
    read_apart("a.md", b"one")
    assert seen["env"] == {}


@pytest.mark.parametrize(
    "answer",
    [
        b"x\n",
        b"[]\n",
        b"{}\n",
        b'{"bytes": -1}\n',
        b'{"bytes": "9"}\n',
        b'{"bytes": 2}\n[]',
        b'{"bytes": 2}\n{}',
    ],
)
def test_a_process_that_answers_nonsense_is_ended_and_its_paper_refused(answer: bytes) -> None:
    nonsense = f"import sys, time; sys.stdout.buffer.write({answer!r}); sys.stdout.flush()"
    with reader_apart(Limits(seconds=10)) as reader:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", f"{nonsense}; time.sleep(30)"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        reader._process = process
        with pytest.raises(ReaderFailed, match="could not be read"):
            reader.read("a.md", b"one")
        assert process.returncode is not None
        assert reader.read("b.md", b"two").blocks

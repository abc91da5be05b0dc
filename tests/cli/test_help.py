"""Does every command say what it does, with an example that can be run?"""

import re
import subprocess
import sys
import time

import pytest
import typer

from futurefit.cli.run import app
from tests.cli.conftest import Command


def commands() -> dict[str, list[str]]:
    """Every command and group: what is typed after 'futurefit', and the options it knows."""
    found = {}

    def walk(words: tuple[str, ...], command: object) -> None:
        found[" ".join(words)] = [o for p in command.params for o in (*p.opts, *p.secondary_opts)]  # type: ignore[attr-defined]
        for name, below in getattr(command, "commands", {}).items():
            walk((*words, name), below)

    walk((), typer.main.get_command(app))
    return found


COMMANDS = commands()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words or "futurefit")
def test_help_has_an_example_whose_options_exist(command: str, futurefit: Command) -> None:
    said = futurefit(*command.split(), "--help")
    assert said.status == 0
    assert said.out.startswith(f"Usage: futurefit{' ' * bool(command)}{command} ")
    examples = said.out.partition("Examples:\n")[2].splitlines()
    assert examples
    for example in examples:
        typed = example.strip().partition("futurefit ")[2]
        assert typed.startswith(command)
        called = max((known for known in COMMANDS if typed.startswith(known)), key=len)
        assert set(re.findall(r"--[a-z-]+", typed)) <= set(COMMANDS[called])


def test_every_command_that_was_promised_is_there() -> None:
    assert {command for command in COMMANDS if command} == {
        *("demo", "serve", "audit", "compare", "read", "recognise", "notify", "remind"),
        *("ledger", "ledger verify", "ledger export", "ledger import"),
        *("programme", "programme summary", "programme grid", "programme mtfp"),
        *("programme bridge", "programme changes", "programme movement", "programme report"),
    }


def test_every_option_is_explained() -> None:
    def walk(command: object) -> None:
        for parameter in command.params:  # type: ignore[attr-defined]
            assert getattr(parameter, "help", None), f"{command}: {parameter.name}"
        for below in getattr(command, "commands", {}).values():
            walk(below)

    walk(typer.main.get_command(app))


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    heavy = "django numpy rich rapidfuzz xlsxwriter"
    code = (
        "import sys; from futurefit.cli import run; run.status_of(['--help']); "
        f"sys.exit(' '.join(set({heavy!r}.split()) & set(sys.modules)))"
    )
    started = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert ended.stderr.strip() == ""
    assert time.perf_counter() - started < 2  # about 0.2 s; the rest is for a busy machine


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("nonsense", "No such command 'nonsense'"),
        ("programme nonsense", "No such command 'nonsense'"),
        ("programme summary --format odt", "'odt' is not one of"),
        ("programme summary --colour", "No such option: --colour"),
        ("programme changes", "Missing option '--since'"),
        ("audit", "Missing argument 'FILE…'"),
        ("serve --port eight", "Invalid value for '--port'"),
    ],
)
def test_a_slip_of_the_fingers_is_named(typed: str, words: str, futurefit: Command) -> None:
    said = futurefit(*typed.split())
    assert said.status == 2
    assert words in said.err
    assert "Traceback" not in said.err


def test_the_version_is_said(futurefit: Command) -> None:
    assert re.fullmatch(r"futurefit \d+\.\d+\.\d+\n", futurefit("--version").out)

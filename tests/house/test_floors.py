"""Do the pure floors hear of the clock, the network or chance? (What lint-imports cannot see.)

import-linter sees whole packages. Here are the finer rules: parts of the standard library, calls
that read the clock, what the kernel may stand on, and the one module that knows a heavy library.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.repository import place, sources

BELOW_THE_SITE = tuple(
    f"src/futurefit/{floor}/" for floor in ("kernel", "ledger", "papers", "publishing")
)

OUTSIDE_WORLD = (
    "asyncio",
    "ftplib",
    "http",
    "multiprocessing",
    "random",
    "secrets",
    "smtplib",
    "socket",
    "ssl",
    "subprocess",
    "urllib.request",
    "uuid",
)
CLOCK = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}

# The one place that knows each heavy library: everything else asks that module.
AT_HOME = {
    "docx": "src/futurefit/publishing/word.py",
    "fontpkg_arimo": "src/futurefit/publishing/pdf.py",
    "holidays": "src/futurefit/kernel/days.py",
    "icalendar": "src/futurefit/site/desk/calendar.py",
    "pypdfium2": "src/futurefit/papers/readers/pdf/calls.py",
    "typst": "src/futurefit/publishing/pdf.py",
    "vl_convert": "src/futurefit/publishing/charts.py",
    "xlsxwriter": "src/futurefit/publishing/workbook.py",
}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, in full."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def clock_calls(path: Path) -> Iterator[str]:
    """Every call in a file that reads the clock."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value).rpartition(".")[2]
            if (owner, node.func.attr) in CLOCK:
                yield f"{place(path)}:{node.lineno}: {ast.unparse(node.func)}()"


def test_nothing_below_the_site_reads_the_clock() -> None:
    # The date and the moment are arguments: the same input gives the same answer on any day.
    assert [call for path in sources(*BELOW_THE_SITE) for call in clock_calls(path)] == []


def test_nothing_below_the_site_reaches_outside() -> None:
    reaching = [
        f"{place(path)}: {module}"
        for path in sources(*BELOW_THE_SITE)
        for module in imports(path)
        for outside in OUTSIDE_WORLD
        if module == outside or module.startswith(f"{outside}.")
    ]
    assert reaching == []


def test_the_kernel_stands_on_the_standard_library_and_the_bank_holidays() -> None:
    allowed = {*sys.stdlib_module_names, "holidays", "futurefit"}
    other = [
        f"{place(path)}: {module}"
        for path in sources("src/futurefit/kernel/")
        for module in imports(path)
        if module.partition(".")[0] not in allowed
    ]
    assert other == []


@pytest.mark.parametrize("library", AT_HOME)
def test_a_heavy_library_is_used_in_one_place(library: str) -> None:
    elsewhere = [
        place(path)
        for path in sources("src")
        if place(path) != AT_HOME[library]
        and any(module.partition(".")[0] == library for module in imports(path))
    ]
    assert elsewhere == []

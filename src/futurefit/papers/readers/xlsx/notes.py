"""What does a workbook hold that nobody sees, or that could act? (rules AUD-27, AUD-29)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.papers.readers.xlsx.sheet import Sheet, letters
from futurefit.papers.readers.zipped import Package

CODE, CODE_INERT = "AUD-27", "AUD-29"
_FIRST = 5  # names or places told of each kind

_INERT = (
    ("xl/externallinks/externallink", "link to another workbook",
     "It was not followed; the figures are as last saved. Break the link before publishing."),
    ("xl/connections", "connection to outside data",
     "It was not opened; the figures are as last saved."),
    ("xl/embeddings/", "embedded object", "It was not opened."),
    ("xl/activex/activex", "ActiveX control", "It was not started."),
)  # fmt: skip


def notes(name: str, sheets: list[Sheet], package: Package) -> Iterator[Finding]:
    """What there is to tell, worst first."""
    yield from hidden_sheets(name, sheets)
    for sheet in sheets:
        if sheet.shown:
            yield from _hidden(name, sheet)
    comments = sum("comments" in path and path.endswith(".xml") for path in package.paths)
    if comments:
        yield Finding(
            CODE,
            Severity.WARNING,
            f"Cells of {_counted(comments, 'sheet')} carry comments.",
            Provenance(file=name),
            expected="no comments",
            advice="Readers of a published workbook can read them. Delete them.",
        )
    yield from _inert(name, package)


def hidden_sheets(name: str, sheets: list[Sheet]) -> Iterator[Finding]:
    """The sheets that are hidden and hold something."""
    hidden = [sheet for sheet in sheets if not sheet.shown and sheet.rows]
    if hidden:
        told = _listed(f"“{sheet.name}”" for sheet in hidden)
        yield Finding(
            CODE,
            Severity.WARNING,
            f"The workbook has {_counted(len(hidden), 'hidden sheet')} with something in it: "
            f"{told}. It is not part of what is printed and was not audited.",
            Provenance(file=name, heading=hidden[0].name),
            printed=told,
            expected="no hidden sheets",
            advice="Anybody can show it. Delete it from the copy that is published, or show it.",
        )


def _hidden(name: str, sheet: Sheet) -> Iterator[Finding]:
    """Rows and columns of a sheet that are hidden and hold something."""
    rows = sorted(sheet.hidden_rows & sheet.rows.keys())
    used = {cell.column for cell in sheet.cells()} if sheet.hidden_columns else set()
    columns = sorted(
        column for column in used if any(a <= column <= b for a, b in sheet.hidden_columns)
    )
    for kind, told in (
        ("row", [str(row) for row in rows]),
        ("column", [letters(column) for column in columns]),
    ):
        if told:
            yield Finding(
                CODE,
                Severity.NOTE,
                f"Sheet “{sheet.name}” has {_counted(len(told), f'hidden {kind}')} with something "
                f"in it: {_listed(told)}. They were read, since totals mostly take them in.",
                Provenance(file=name, heading=sheet.name),
                printed=_listed(told),
                advice="Show them, or delete them from the copy that is published.",
            )


def _inert(name: str, package: Package) -> Iterator[Finding]:
    """What could act, which is counted and left alone."""
    found = [
        (
            sum(path.startswith(start) and ".rels" not in path for path in package.paths),
            noun,
            advice,
        )
        for start, noun, advice in _INERT
    ]
    macros = any(path.endswith("vbaproject.bin") for path in package.paths)
    macros = macros or any(path.startswith("xl/macrosheets/") for path in package.paths)
    advice = "Nothing was run. Save the workbook as .xlsx, without macros."
    found.append((int(macros), "set of macros", advice))
    for count, noun, advice in found:
        if count:
            yield Finding(
                CODE_INERT,
                Severity.NOTE,
                f"The workbook holds {_counted(count, noun)}.",
                Provenance(file=name),
                printed=_counted(count, noun),
                advice=advice,
            )


def _counted(count: int, noun: str) -> str:
    first, parted, rest = noun.partition(" to ")
    return f"{count:,} {first}{'' if count == 1 else 's'}{parted}{rest}"


def _listed(names: Iterable[str]) -> str:
    """The first few names, and how many more there are."""
    every = list(names)
    more = f" and {len(every) - _FIRST:,} more" if len(every) > _FIRST else ""
    return ", ".join(every[:_FIRST]) + more

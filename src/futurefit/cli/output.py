"""How does a result reach the terminal or a file, in the format that was asked for?"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from futurefit.cli.options import Format
from futurefit.cli.problems import Problem

if TYPE_CHECKING:
    from futurefit.kernel.report import Report, Table
    from futurefit.publishing.printing import Imprint


def emit(
    document: Report | Table,
    form: Format,
    output: Path | None,
    imprint: Imprint | None = None,
    values: Mapping[str, Any] | None = None,
) -> None:
    """Print a report or write it to a file. `values` is its JSON where that has its own shape."""
    from futurefit.publishing.formats import FORMATS

    if form in (Format.XLSX, Format.DOCX, Format.PDF) and output is None:
        raise Problem(f"This needs a file to write to: add --output NAME.{form}.")
    if form is Format.TEXT and output is None:
        show(document, imprint)
        return
    if form is Format.JSON and values is not None:
        content = (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()
    else:
        content = FORMATS[form.value].write(document, imprint)
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        write_file(output, content)
        typer.echo(f"Written to {output}.", err=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or nothing: what stands there stays until the new content is complete."""
    if path.is_dir():
        raise Problem(f"{path} is a folder. Give the name of a file.")
    if not path.parent.is_dir():
        raise Problem(f"There is no folder {path.parent}. Make it first, or choose another.")
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as wrong:
        draft.unlink(missing_ok=True)
        raise Problem(f"{path} cannot be written: {wrong.strerror}.") from None


def show(document: Report | Table, imprint: Imprint | None = None) -> None:
    """Print to the terminal, or unshortened to a pipe."""
    from rich.console import Console

    from futurefit.publishing import text

    console = Console(highlight=False)
    if not console.is_terminal:
        # A pipe has no width: nothing may be cut off.
        console = Console(highlight=False, width=200)
    text.show(_without_empty_tables(document), console, imprint)


def _without_empty_tables(document: Report | Table) -> Report | Table:
    """To be read, a table without rows is only its title; files keep its columns."""
    from futurefit.kernel.report import Heading, Report, Table

    if isinstance(document, Report):
        blocks = (
            Heading(block.title) if isinstance(block, Table) and not block.rows else block
            for block in document.blocks
        )
        return Report(document.title, tuple(blocks))
    return document if document.rows else Report(document.title, ())

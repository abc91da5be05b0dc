"""What do these papers propose?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from futurefit.cli.options import Format, FormatOption, OutputOption, examples
from futurefit.cli.output import emit
from futurefit.cli.problems import Problem

if TYPE_CHECKING:
    from futurefit.papers.recognise.templates import Template


EXAMPLES = examples(
    "futurefit recognise pack.md",
    "futurefit recognise case.docx --template our-form.toml --format json",
)
"""At the end of its help."""


def recognise(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The paper to read.")],
    template: Annotated[
        list[Path] | None,
        typer.Option(
            "--template", metavar="TOML", help="A mapping file of your own form, tried first."
        ),
    ] = None,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Print what a paper proposes: its answers, savings by year, milestones, risks and doubts.

    Concept papers, schedules of savings, plans, lists of contracts and notices of decision are
    recognised by their forms. Nothing is posted; it needs no data folder.
    """
    from futurefit.cli.progress import busy
    from futurefit.papers import recognise as recogniser
    from futurefit.papers.document import Unreadable
    from futurefit.papers.recognise.report import as_report, as_values
    from futurefit.site.common.isolation import read_file_apart

    own = [_template(path) for path in template or ()]
    try:
        with busy(f"Reading {file.name}"):
            document = read_file_apart(file)
            found = recogniser.recognise(document, (*own, *recogniser.shipped()))
    except Unreadable as wrong:
        raise Problem(str(wrong)) from None
    values = {
        "document": {"name": document.name, "sha256": document.sha256},
        "papers": [as_values(candidate) for candidate in found],
    }
    emit(as_report(document.name, found), form, output, values=values)
    return 0


def _template(path: Path) -> Template:
    from futurefit.papers.recognise import BadTemplate, read_template

    try:
        return read_template(path.name, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Problem(f"There is no mapping file {path}.") from None
    except (BadTemplate, UnicodeDecodeError) as wrong:
        raise Problem(f"{path} cannot be used: {wrong}") from None

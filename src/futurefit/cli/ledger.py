"""Does the ledger hold, and how does it leave and come back?"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Annotated

import typer

from futurefit.cli import installation
from futurefit.cli.options import Format, FormatOption, OutputOption, examples
from futurefit.cli.output import emit, write_file
from futurefit.cli.problems import CLEAN, Problem

app = typer.Typer(
    name="ledger",
    help="The ledger: verify it, take it out or in.",
    epilog=examples("futurefit ledger verify", "futurefit ledger export ledger.zip"),
    no_args_is_help=True,
    rich_markup_mode=None,
)

LARGEST_BYTES = 500_000_000
"""No file of a package is larger; a mistake would fill the memory."""


@app.command(
    epilog=examples(
        "futurefit ledger verify",
        "futurefit ledger verify --head 8:4f0c…",
    )
)
def verify(
    head: Annotated[
        str,
        typer.Option(
            "--head",
            metavar="NUMBER:DIGEST",
            help="A head noted earlier, from an export or a publication: it finds a chain that was "
            "cut short or rewritten.",
        ),
    ] = "",
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> int:
    """Say whether all is as it was written.

    Every journal is read again, and all that pages show is folded from them afresh.
    """
    from futurefit.ledger.chain import parse_head

    try:
        noted = parse_head(head) if head else None
    except ValueError as wrong:
        raise Problem(f"--head: {wrong}.") from None
    with installation.opened() as folder:
        # The chain is not folded first: one that is broken could not be.
        stored = installation.head(folder)
        from futurefit.cli.progress import busy
        from futurefit.cli.summary import finding_values
        from futurefit.kernel.findings import exit_status
        from futurefit.kernel.findings_table import findings_table
        from futurefit.site.ledger import proof

        with busy(f"Reading {stored.number} journals"):
            found = proof.verify(noted)
        title = "" if found else f"The ledger holds: {stored.number} journals, none amiss"
        values = {
            "ledger_head": str(stored),
            "holds": not found,
            "findings": [finding_values(finding) for finding in found],
        }
        emit(findings_table(found, title), form, output, installation.imprint(stored), values)
        return exit_status(found)


@app.command(
    name="export",
    epilog=examples(
        "futurefit ledger export ledger-2015-11",
        "futurefit ledger export ledger.zip",
    ),
)
def export_(
    target: Annotated[
        Path, typer.Argument(metavar="FOLDER|FILE.zip", help="A new folder, or a zip file.")
    ],
) -> int:
    """Write the whole ledger as plain CSV files.

    With a schema: the files are a Frictionless Data Package.

    The head that is printed proves later that nothing was cut off or rewritten: note it.
    """
    with installation.opened() as folder:
        ledger = installation.ledger(folder)
        from futurefit.cli.progress import busy
        from futurefit.ledger import package
        from futurefit.site.ledger import operations

        with busy(f"Writing {ledger.head.number} journals"):
            files = operations.export_package()
        if target.suffix.lower() == ".zip":
            write_file(target, _zipped(files))
        else:
            _write_folder(target, files)
        typer.echo(f"{target}: {len(files)} files. Head {package.head_of(files)}")
    return CLEAN


@app.command(
    name="import",
    epilog=examples(
        "futurefit ledger import ledger-2015-11",
        "FUTUREFIT_HOME=elsewhere futurefit ledger import ledger.zip",
    ),
)
def import_(
    source: Annotated[Path, typer.Argument(metavar="FOLDER|FILE.zip", help="What `export` wrote.")],
) -> int:
    """Take a ledger in, whole or not at all.

    The ledger here must be empty, or be the beginning of the one that comes in: what follows must
    then be such that it could have been posted here. Deliveries without evidence, or that nobody
    else checked, are told.
    """
    files = _read(source)
    from futurefit.ledger.package import NotAPackage

    folder = _prepared()
    from futurefit.cli.progress import busy
    from futurefit.kernel.findings import exit_status
    from futurefit.site.ledger import operations, queries

    try:
        with busy("Reading and proving the journals"):
            done = operations.import_package(files)
    except NotAPackage as wrong:
        raise Problem(f"{source} was not taken in, and nothing has changed. {wrong}") from None
    typer.echo(f"{done.journals} new journals in {folder}. Head {queries.head()}")
    for finding in done.findings:
        typer.echo(f"{finding.code}: {finding.message} {finding.advice}", err=True)
    return exit_status(done.findings)


def _prepared() -> Path:
    """The data folder with a database at its latest shape."""
    from futurefit.site.config import server

    return server.prepare()


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            # A fixed date: the same ledger gives the same bytes.
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _write_folder(target: Path, files: dict[str, bytes]) -> None:
    if target.is_file():
        raise Problem(f"{target} is a file. Give a folder, or a name that ends in .zip.")
    if target.is_dir() and any(target.iterdir()):
        raise Problem(f"{target} is not empty. Give a new folder, so that nothing is mixed up.")
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (target / name).write_bytes(content)


def _read(source: Path) -> dict[str, bytes]:
    """The files of a package, from a folder or a zip file."""
    if source.is_dir():
        files = {
            path.name: _limited(path.name, path.stat().st_size) or path.read_bytes()
            for path in sorted(source.iterdir())
            if path.suffix in (".csv", ".json")
        }
    elif source.is_file():
        try:
            with zipfile.ZipFile(source) as archive:
                files = {
                    Path(entry.filename).name: _limited(entry.filename, entry.file_size)
                    or archive.read(entry)
                    for entry in archive.infolist()
                    if entry.filename.endswith((".csv", ".json"))
                }
        except zipfile.BadZipFile:
            raise Problem(
                f"{source} is not a zip file. Give what `futurefit ledger export` wrote."
            ) from None
    else:
        raise Problem(f"{source} does not exist. Check the name and the folder.")
    if not files:
        raise Problem(f"{source} holds no ledger: there is no CSV file in it.")
    return files


def _limited(name: str, size: int) -> bytes:
    """Nothing, or a Problem for a file that is too large to be part of a ledger."""
    if size > LARGEST_BYTES:
        raise Problem(f"{name} is larger than {LARGEST_BYTES // 10**6} MB: that is no ledger.")
    return b""

"""Which commands are there, and what does the terminal see when one cannot be done?"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from futurefit import __version__
from futurefit.cli import audit, compare, demo, ledger, notify, programme, read, recognise, remind
from futurefit.cli.options import examples
from futurefit.cli.problems import CANNOT, CLEAN, Problem


def _finish(status: object, **_: object) -> NoReturn:
    """A command gives its exit status back."""
    raise typer.Exit(status if isinstance(status, int) else CLEAN)


app = typer.Typer(
    name="futurefit",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    result_callback=_finish,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(name="demo", epilog=demo.EXAMPLES)(demo.demo)
app.command(name="serve", epilog=demo.SERVE_EXAMPLES)(demo.serve)
app.command(name="audit", epilog=audit.EXAMPLES)(audit.audit)
app.command(name="compare", epilog=compare.EXAMPLES)(compare.compare)
app.command(name="read", epilog=read.EXAMPLES)(read.read)
app.command(name="recognise", epilog=recognise.EXAMPLES)(recognise.recognise)
app.command(name="notify", epilog=notify.EXAMPLES)(notify.notify)
app.command(name="remind", epilog=remind.EXAMPLES)(remind.remind)
app.add_typer(ledger.app, name="ledger")
app.add_typer(programme.app, name="programme")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"futurefit {__version__}")
        raise typer.Exit()


@app.callback(
    epilog=examples(
        "futurefit demo",
        "futurefit audit pack.md",
        "futurefit programme summary --format json",
    )
)
def futurefit(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Say which version this is."
    ),
) -> None:
    """Plan, challenge, approve, deliver and publish a council's savings programme.

    The data is in the folder that FUTUREFIT_HOME names, or in ./var.

    Exit status: 0 clean (notes alone are clean), 1 findings, 2 could not be done.
    """


def status_of(arguments: Sequence[str]) -> int:
    """Run a command and give its exit status; what went wrong is said in plain words."""
    try:
        app(args=list(arguments), prog_name="futurefit")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else CLEAN
    except Problem as problem:
        return _fail(str(problem))
    except BrokenPipeError:
        # Whoever read the output has had enough, such as `head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except OSError as wrong:
        where = f"{wrong.filename}: " if wrong.filename else ""
        return _fail(f"{where}{wrong.strerror or wrong}.")
    return CLEAN


def _fail(words: str) -> int:
    typer.echo(f"futurefit: {words}", err=True)
    return CANNOT

"""How is the programme tried out, and how is it served?"""

from __future__ import annotations

from typing import Annotated

import typer

from futurefit.cli import programme
from futurefit.cli.options import examples
from futurefit.cli.problems import CLEAN, Problem

PortOption = Annotated[int, typer.Option("--port", help="Where to serve it.")]


EXAMPLES = examples(
    "futurefit demo",
    "futurefit demo --no-serve",
    "FUTUREFIT_HOME=tutorial futurefit demo --year",
    "FUTUREFIT_HOME=elsewhere futurefit demo --port 8080",
)
"""At the end of its help."""


def demo(
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve it, or only load and print it.")
    ] = True,
    port: PortOption = 8000,
    year: Annotated[
        bool,
        typer.Option(
            "--year", help="With the made-up year 2016/17 of the tutorial, month by month."
        ),
    ] = False,
) -> int:
    """Load the demonstration and serve it.

    Loads the reference programme, prints its summary, and serves it with sign-ins to try.

    Run again, it keeps the data. The findings that it prints are those of the papers it was made
    from, so they do not count against the exit status.
    """
    from futurefit.site.config import server

    try:
        if serve:
            server.check_free(server.HOST, port)
        folder = server.prepare()
        _load(with_year=year)
        programme.print_short_summary(folder)
        if serve:
            _print_sign_ins(port)
            server.serve(server.HOST, port)
        else:
            typer.echo(f"The data is in {folder}. Serve it with: futurefit serve")
    except server.CannotServe as wrong:
        raise Problem(str(wrong)) from None
    return CLEAN


SERVE_EXAMPLES = examples(
    "futurefit serve",
    "futurefit serve --port 8080",
    "FUTUREFIT_HOSTS=futurefit.example.gov.uk futurefit serve --host 0.0.0.0",
)
"""At the end of its help."""


def serve(
    host: Annotated[
        str, typer.Option("--host", help="The address to serve on; this machine only by default.")
    ] = "127.0.0.1",
    port: PortOption = 8000,
) -> int:
    """Serve what is in the data folder."""
    from futurefit.site.config import server

    try:
        typer.echo(f"Serving on http://{host}:{port}/ (Ctrl-C stops it)")
        server.serve(host, port)
    except server.CannotServe as wrong:
        raise Problem(str(wrong)) from None
    return CLEAN


def _load(*, with_year: bool) -> None:
    from futurefit.cli.progress import counted
    from futurefit.site.demo import load

    try:
        if load.is_loaded():
            if with_year:
                _must_be_played()
            return
        if with_year:
            _play()
            return
        with counted("Loading the reference programme", load.steps()) as step:
            load.load(step)
    except load.HoldsAnother as wrong:
        raise Problem(str(wrong)) from None


def _play() -> None:
    from futurefit.cli.progress import counted
    from futurefit.site.demo import load, year

    said = "Loading the reference programme and its year"
    with counted(said, load.steps() + len(year.script())) as step:
        year.load_and_play(step)


def _must_be_played() -> None:
    from futurefit.site.demo import year

    if not year.is_played():
        raise Problem(
            "This data folder holds the demonstration without the year, and may have been changed "
            "since. Give the year a folder of its own: FUTUREFIT_HOME=tutorial."
        )


def _print_sign_ins(port: int) -> None:
    from django.db import connections

    from futurefit.cli.output import show
    from futurefit.kernel.report import Cell, Column, Row, Table
    from futurefit.site.accounts import operations
    from futurefit.site.config import server
    from futurefit.site.demo.people import PEOPLE

    try:
        sign_ins = operations.demo_accounts(host=server.HOST, people=PEOPLE)
    except operations.NotLoopback as wrong:
        typer.echo(str(wrong))
        connections.close_all()
        return
    connections.close_all()
    table = Table(
        title="Sign in as",
        columns=(
            Column("role", "Role"),
            Column("post", "Post"),
            Column("username", "User name"),
            Column("password", "Password"),
        ),
        rows=tuple(
            Row(
                (
                    Cell(one.role.replace("_", " ").capitalize()),
                    Cell(one.post),
                    Cell(one.username),
                    Cell(one.password),
                )
            )
            for one in sign_ins
        ),
        notes=("New passwords each time; a visitor needs none.",),
    )
    show(table)
    typer.echo(f"\nServing on http://{server.HOST}:{port}/ (Ctrl-C stops it)")

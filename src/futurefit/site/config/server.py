"""How is the site brought up on this machine?

`serve` does all of it: the data folder, the database at its latest shape, the style sheets, and
then the server until Ctrl-C.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
from pathlib import Path

from futurefit.site.config import home

HOST = "127.0.0.1"
PORT = 8000
WORKERS = 2
THREADS = 2
"""Of each worker: one can go on while the other waits for the database. More than that only take
turns, and the slowest answers get slower (docs/decisions/0017)."""


class CannotServe(Exception):
    """The server cannot start; the message says what to do."""


def serve(host: str = HOST, port: int = PORT, workers: int = WORKERS) -> None:
    """Serve the site until Ctrl-C. CannotServe says why it does not start."""
    check_free(host, port)
    prepare(host)
    _run(host, port, workers)


def check_free(host: str, port: int) -> None:
    """Raise CannotServe if something else listens there, or the address is not this machine's."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            # As the server itself does: a port that was just given back counts as free.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except PermissionError:
        raise CannotServe(
            f"You may not open port {port}. Choose one above 1023: --port 8000."
        ) from None
    except OverflowError:
        raise CannotServe(f"{port} is not a port. Choose one from 1024 to 65535.") from None
    except OSError as wrong:
        if wrong.errno == errno.EADDRINUSE:
            raise CannotServe(
                f"Something else is served on {host}:{port} already (another FutureFit?). "
                f"Stop it, or choose another port: --port {port + 1}."
            ) from None
        raise CannotServe(f"{host}:{port} cannot be served: {wrong.strerror}.") from None


def prepare(host: str = HOST) -> Path:
    """Bring the data folder, the database and the style sheets up to date; the folder."""
    folder = home.folder()
    home.prepare(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futurefit.site.config.settings")

    # Only now: Django reads the settings when it is first touched.
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    from futurefit.site.accounts import operations

    if not operations.is_loopback(host) and not settings.REACHED_FROM_OUTSIDE:
        raise CannotServe(
            f"{host} can be reached from other machines. Say under which name they reach it, for "
            "example FUTUREFIT_HOSTS=futurefit.example.gov.uk, and put TLS before it."
        )
    if _behind():
        call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    operations.forget_old_access()
    if operations.is_reached_by_others(host):
        operations.close_demo_accounts()
    connections.close_all()
    return folder


def _behind() -> bool:
    """True when the database lacks a migration (asking is quicker than migrating nothing)."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _run(host: str, port: int, workers: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        "futurefit.site.config.worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    # A terminal that is closed ends the server too, unless nohup said otherwise. Granian would take
    # the signal for a wish to be started afresh.
    ends = signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN
    told = server.signal_handler_interrupt if ends else signal.SIG_IGN
    server.on_startup(lambda: signal.signal(signal.SIGHUP, told))
    server.serve()

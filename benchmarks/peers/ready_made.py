"""The floor of a page: a server like FutureFit's that hands out bytes it has lying ready.

As many bytes as the environment's BENCH_BYTES says: those of the page that it stands beside.
"""

from __future__ import annotations

import os
from collections.abc import Callable

BODY = os.urandom(int(os.environ.get("BENCH_BYTES", "0")))
HEADERS = [("Content-Type", "text/html"), ("Content-Length", str(len(BODY)))]


def application(environ: dict, start_response: Callable) -> list[bytes]:
    """The same answer to everything."""
    start_response("200 OK", HEADERS)
    return [BODY]

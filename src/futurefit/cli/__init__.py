"""What can be asked of FutureFit from a terminal?

Exit status: 0 clean (notes alone are clean), 1 there are findings, 2 it could not be done. Whatever
takes long to import is imported by the command that needs it, so that help is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit status."""
    from futurefit.cli import run

    sys.exit(run.status_of(sys.argv[1:] if arguments is None else arguments))

"""What can be done to the words of the programme? Every change of its rows is one of these acts."""

from futurefit.site.programme.operations.words import (
    add,
    create_project,
    lines_of,
    remove,
    revise,
    sign_off,
)

__all__ = [
    "create_project",
    "add",
    "revise",
    "remove",
    "sign_off",
    "lines_of",
]

"""What can be done to the words of the programme? Every change of its rows is one of these acts."""

from futurefit.site.programme.operations.lifecycle import move_project
from futurefit.site.programme.operations.sign_offs import sign_off
from futurefit.site.programme.operations.words import add, create_project, remove, revise

__all__ = [
    "create_project",
    "add",
    "revise",
    "remove",
    "sign_off",
    "move_project",
]

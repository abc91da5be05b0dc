"""What can be done to the words of the programme? Every change of its rows is one of these acts."""

from futurefit.site.programme.operations.challenges import answer, ask
from futurefit.site.programme.operations.decisions import Adopted, adopt
from futurefit.site.programme.operations.equality import (
    consider,
    record_effect,
    screen,
    sign_assessment,
)
from futurefit.site.programme.operations.fund import (
    may_record,
    record_in_fund,
    strike_from_fund,
)
from futurefit.site.programme.operations.lifecycle import move_project
from futurefit.site.programme.operations.reminding import remind
from futurefit.site.programme.operations.rounds import update_month
from futurefit.site.programme.operations.sign_offs import moved_since, sign_off
from futurefit.site.programme.operations.slips import accept_slip
from futurefit.site.programme.operations.submissions import submit
from futurefit.site.programme.operations.words import (
    add,
    attach,
    create_project,
    may_remove,
    remove,
    revise,
)

__all__ = [
    "update_month",
    "accept_slip",
    "remind",
    "create_project",
    "add",
    "attach",
    "revise",
    "remove",
    "may_remove",
    "sign_off",
    "move_project",
    "moved_since",
    "screen",
    "record_effect",
    "sign_assessment",
    "consider",
    "ask",
    "answer",
    "may_record",
    "record_in_fund",
    "strike_from_fund",
    "submit",
    "Adopted",
    "adopt",
]

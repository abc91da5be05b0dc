"""What do the papers say, in words, about each theme, workstream and project?

No money of the programme is kept here: every pound is a posting of the ledger, and a page asks the
ledger for it. Who each thing is (its code, name and parent) is a `Heading` of the ledger, so that a
presentation and a page call it by the same name. People appear as posts, never by name. Fields that
hold several short statements hold one a line.
"""

from futurefit.programme.lifecycle import Stage
from futurefit.site.programme.models.challenges import Challenge
from futurefit.site.programme.models.equality import (
    Consultation,
    EqualityAssessment,
    EqualityEffect,
)
from futurefit.site.programme.models.fund import FundEntry
from futurefit.site.programme.models.parts import FteImpact, Project, Theme, Workstream
from futurefit.site.programme.models.printed import ControlTotal, Printed, Remark
from futurefit.site.programme.models.round_trips import Return, ReturnKind, ReturnStatus
from futurefit.site.programme.models.rounds import Confirmation, Reminder
from futurefit.site.programme.models.sign_offs import SignOff
from futurefit.site.programme.models.statements import (
    Dependency,
    DocumentLink,
    Fact,
    Milestone,
    MilestoneStatus,
    Reading,
    Risk,
    SuccessMeasure,
    SupportRequest,
)
from futurefit.site.programme.models.submissions import Submission
from futurefit.site.programme.models.words import About, Placed, is_year, statements

__all__ = [
    "statements",
    "is_year",
    "Placed",
    "About",
    "Theme",
    "Workstream",
    "Stage",
    "Project",
    "FteImpact",
    "MilestoneStatus",
    "Milestone",
    "Risk",
    "SuccessMeasure",
    "Dependency",
    "SupportRequest",
    "Fact",
    "DocumentLink",
    "Printed",
    "ControlTotal",
    "Remark",
    "SignOff",
    "EqualityAssessment",
    "EqualityEffect",
    "Consultation",
    "Challenge",
    "FundEntry",
    "Submission",
    "Reading",
    "Confirmation",
    "Reminder",
    "Return",
    "ReturnKind",
    "ReturnStatus",
]

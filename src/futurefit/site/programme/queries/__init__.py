"""What is said about the programme, and what does not hold? Reads only."""

from futurefit.site.programme.queries.findings import control_results, findings
from futurefit.site.programme.queries.words import (
    PARTS,
    Due,
    about,
    due,
    heading,
    may_edit,
    milestones,
    parts_of,
    place_of,
    projects,
    risks,
    roles_on,
    words_of,
)

__all__ = [
    "control_results",
    "findings",
    "PARTS",
    "heading",
    "place_of",
    "roles_on",
    "may_edit",
    "words_of",
    "parts_of",
    "about",
    "projects",
    "milestones",
    "risks",
    "Due",
    "due",
]

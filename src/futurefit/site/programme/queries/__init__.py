"""What is said about the programme, and what does not hold? Reads only."""

from futurefit.site.programme.queries.equality import (
    assessment_of,
    assessment_over,
    assessment_row,
    chain_of,
    consultation_of,
    consultations_over,
    still_to_consider,
)
from futurefit.site.programme.queries.findings import control_results, findings
from futurefit.site.programme.queries.lifecycle import Reached, stages_of, standing
from futurefit.site.programme.queries.sign_offs import (
    Signed,
    Wanted,
    lines_of,
    sign_offs_of,
    sign_offs_wanted,
)
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
    "assessment_of",
    "assessment_over",
    "assessment_row",
    "chain_of",
    "consultation_of",
    "consultations_over",
    "still_to_consider",
    "Reached",
    "stages_of",
    "standing",
    "Signed",
    "Wanted",
    "lines_of",
    "sign_offs_of",
    "sign_offs_wanted",
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

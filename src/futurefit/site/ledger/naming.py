"""What does a person read where the ledger has a code, and what may this reader not read?

A code is a theme, a project, a kind, a rating … ; people read its name. Who may not read a line's
words sees “Restricted line” in their place; its pounds are in every total all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields
from enum import StrEnum

from futurefit.kernel.rag import Rag
from futurefit.kernel.years import UNPROFILED
from futurefit.ledger.entries import (
    Account,
    EntryKind,
    EvidenceKind,
    Fund,
    LineAttributes,
    LineKind,
    Reason,
    Recurrence,
    Restriction,
    SavingClass,
    SavingType,
    SourceKind,
    Tranche,
)
from futurefit.ledger.presentations import Measure, View
from futurefit.site.ledger.queries import LineWords, Name

NOT_YET = "Not yet allocated"
RESTRICTED = "Restricted line"
RESTRICTED_LINES = "Restricted lines"


def readable(refs: Iterable[str], hidden: Collection[str]) -> list[str]:
    """References of lines, those that may not be read taken together at the end."""
    every = list(refs)
    shown = [ref for ref in every if ref not in hidden]
    return shown if len(shown) == len(every) else [*shown, RESTRICTED_LINES.lower()]


NO_YEAR_LABELS = {UNPROFILED: "No year yet"}
UNKNOWN_WORDS = LineWords("")

MayRead = Callable[[LineAttributes], bool]


def in_words(word: StrEnum) -> str:
    """A word of an enumeration as it is read: GREEN_ON_TARGET is “Green on target”."""
    return _SAID.get(word) or word.value.replace("_", " ").capitalize()


_SAID: Mapping[StrEnum, str] = {
    LineKind.CAPITAL_RECEIPT: "Capital receipt",
    SavingClass.CASH_RELEASING: "Cash-releasing efficiency",
    SavingType.CROSS_CUTTING: "Cross-cutting",
    Recurrence.ONE_OFF: "One-off",
    Restriction.PUBLIC: "Public",
    Restriction.OFFICERS: "Officers only",
    Reason.RE_ESTIMATED: "Re-estimated",
    Reason.OVER_ACHIEVED: "Over-achieved",
    EvidenceKind.VIREMENT: "Budget virement",
    EvidenceKind.CONTRACT_VARIATION: "Signed contract variation",
    EvidenceKind.POST_DELETED: "Deleted post",
    EvidenceKind.INCOME_RECEIVED: "Income received",
    EntryKind.OPEN_LINE: "Line opened",
    EntryKind.RECLASSIFY: "Classed anew",
    EntryKind.SET_TARGET: "Target set",
    EntryKind.RE_TARGET: "Target changed",
    EntryKind.RE_RATE: "Re-rated",
    EntryKind.RE_PROFILE: "Re-profiled",
    EntryKind.RE_ESTIMATE: "Re-estimated",
    EntryKind.DELIVER: "Delivered",
    EntryKind.WITHDRAW: "Withdrawn",
    EntryKind.REPLACE: "Replaced",
    EntryKind.CLAIM: "Claim on a source",
    EntryKind.SET_CAPACITY: "What a source holds",
    View.INCREMENTS: "What each year adds",
    View.PLAN: "The plan (one-offs unwind)",
    View.CUMULATIVE: "Running total",
    **{Account(rag.value): rag.word for rag in Rag},
}

DIMENSION_TITLES: Mapping[str, str] = {
    "theme": "Theme",
    "workstream": "Workstream",
    "project": "Project",
    "directorate": "Directorate",
    "service": "Service",
    "mtfp_heading": "Financial plan heading",
    "kind": "Kind",
    "saving_class": "Class",
    "saving_type": "Type of saving",
    "tranche": "Tranche",
    "fund": "Fund",
    "recurrence": "Lasting or one-off",
    "owner": "Owner",
    "rag": "Rating",
}
"""Every dimension that a presentation is made by, as a column is headed."""

ATTRIBUTE_TITLES: Mapping[str, str] = {
    **{
        field.name: DIMENSION_TITLES[field.name]
        for field in fields(LineAttributes)
        if field.name in DIMENSION_TITLES
    },
    "restriction": "Who may read it",
}

_WORDS: Mapping[str, type[StrEnum]] = {
    "kind": LineKind,
    "saving_class": SavingClass,
    "saving_type": SavingType,
    "tranche": Tranche,
    "fund": Fund,
    "recurrence": Recurrence,
    "restriction": Restriction,
    "rag": Rag,
    "measure": Measure,
    "view": View,
    "source_kind": SourceKind,
}


def is_code(dimension: str, code: str) -> bool:
    """False for a word that a closed dimension (kind, class, type…) does not have."""
    words = _WORDS.get(dimension)
    return words is None or code in {word.value for word in words}


class Names:
    """What every code is called, and in which order its fellows are listed."""

    def __init__(self, headings: Mapping[str, Mapping[str, Name]]) -> None:
        self._headings = headings
        self._places = {
            dimension: {code: place for place, code in enumerate(names)}
            for dimension, names in headings.items()
        }

    def name(self, dimension: str, code: str) -> str:
        """A code's name; the code itself where nobody has named it."""
        if not code:
            return NOT_YET
        if dimension in _WORDS:
            return in_words(_WORDS[dimension](code))
        # A project that belongs to no theme stands beside the themes.
        for kept in (dimension, "project") if dimension == "theme" else (dimension,):
            if code in self._headings.get(kept, {}):
                return self._headings[kept][code].name
        return code

    def rank(self, dimension: str, code: str) -> tuple[int, str]:
        """Where a code stands: as listed, then what has no name, then what is unallocated."""
        if not code:
            return (10**7, "")
        if dimension in _WORDS:
            return (list(_WORDS[dimension]).index(_WORDS[dimension](code)), "")
        place = self._places.get(dimension, {}).get(code, 10**6)
        return (place, code)

    def choices(self, dimension: str) -> list[tuple[str, str]]:
        """Every code of a dimension with its name, in their order."""
        if dimension in _WORDS:
            return [(word.value, in_words(word)) for word in _WORDS[dimension]]
        return [(code, name.name) for code, name in self._headings.get(dimension, {}).items()]

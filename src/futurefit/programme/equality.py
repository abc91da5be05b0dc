"""Has regard been had to equality, and what does an assessment still lack? (rule LIF-06)

Equality Act 2010, section 149 (in force 5 April 2011). An assessment is evidence of due regard. A
harm to one group is never netted against a gain to another, so nothing here is added up to a score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Characteristic(StrEnum):
    """The protected characteristics; the last counts for ending discrimination only."""

    AGE = "AGE"
    DISABILITY = "DISABILITY"
    GENDER_REASSIGNMENT = "GENDER_REASSIGNMENT"
    PREGNANCY_AND_MATERNITY = "PREGNANCY_AND_MATERNITY"
    RACE = "RACE"
    RELIGION_OR_BELIEF = "RELIGION_OR_BELIEF"
    SEX = "SEX"
    SEXUAL_ORIENTATION = "SEXUAL_ORIENTATION"
    MARRIAGE_AND_CIVIL_PARTNERSHIP = "MARRIAGE_AND_CIVIL_PARTNERSHIP"


class Relevance(StrEnum):
    """What screening said."""

    NOT_SCREENED = "NOT_SCREENED"
    NOT_RELEVANT = "NOT_RELEVANT"
    FULL = "FULL"


class Effect(StrEnum):
    """What a proposal does to people with a characteristic."""

    POSITIVE = "POSITIVE"
    NONE = "NONE"
    NEGATIVE = "NEGATIVE"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on one characteristic: evidence, effect, and what is done about harm."""

    effect: Effect
    evidence: str = ""
    mitigation: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment, as far as it has come. `reason` is why screening said what it said."""

    relevance: Relevance = Relevance.NOT_SCREENED
    reason: str = ""
    found: Mapping[Characteristic, Found] = field(default_factory=dict)
    is_signed: bool = False

    @property
    def is_settled(self) -> bool:
        """True when a decision need no longer wait for it."""
        return not missing(self)


def missing(assessment: Assessment) -> list[str]:
    """What an assessment still lacks, in the order in which it is done; none when it is settled."""
    lacking = unready(assessment)
    if not lacking and not assessment.is_signed:
        return ["The equality assessment is not signed."]
    return lacking


def unready(assessment: Assessment) -> list[str]:
    """What an assessment lacks before it can be signed."""
    if assessment.relevance is Relevance.NOT_SCREENED:
        return ["Nobody has said whether equality matters here: screen it."]
    if not assessment.reason.strip():
        return ["Say why equality matters here, or why not."]
    if assessment.relevance is Relevance.NOT_RELEVANT:
        return []
    said = []
    for characteristic in Characteristic:
        name = in_words(characteristic)
        found = assessment.found.get(characteristic)
        if found is None:
            said.append(f"{name}: no effect is stated, not even that there is none.")
            continue
        if not found.evidence.strip():
            said.append(f"{name}: no evidence is given.")
        if found.effect is Effect.NEGATIVE and not found.mitigation.strip():
            said.append(f"{name}: the harm is not mitigated; say what is done, or why nothing is.")
    return said


def in_words(characteristic: Characteristic) -> str:
    """'Religion or belief'."""
    return characteristic.value.replace("_", " ").capitalize()

"""What an equality assessment lacks before anything is decided (rule LIF-06)."""

from __future__ import annotations

from dataclasses import replace

from futurefit.programme.equality import (
    Assessment,
    Characteristic,
    Effect,
    Found,
    Relevance,
    missing,
    unready,
)

NO_EFFECT = Found(Effect.NONE, evidence="Users by age, 2015")
FULL = Assessment(
    Relevance.FULL, "Closes a desk", dict.fromkeys(Characteristic, NO_EFFECT), is_signed=True
)


def test_there_are_the_nine_characteristics_of_the_act() -> None:
    assert len(Characteristic) == 9


def test_what_nobody_has_screened_is_to_be_screened() -> None:
    assert missing(Assessment()) == ["Nobody has said whether equality matters here: screen it."]


def test_not_relevant_needs_a_reason_and_a_signature() -> None:
    screened = Assessment(Relevance.NOT_RELEVANT)
    assert missing(screened) == ["Say why equality matters here, or why not."]
    screened = replace(screened, reason="A back office")
    assert unready(screened) == []
    assert missing(screened) == ["The equality assessment is not signed."]
    assert replace(screened, is_signed=True).is_settled


def test_a_full_assessment_speaks_of_each_characteristic() -> None:
    assert FULL.is_settled
    without = {c: f for c, f in FULL.found.items() if c is not Characteristic.AGE}
    assert missing(replace(FULL, found=without)) == [
        "Age: no effect is stated, not even that there is none."
    ]


def test_a_harm_is_not_outweighed_by_a_gain() -> None:
    found = dict.fromkeys(Characteristic, Found(Effect.POSITIVE, "Survey"))
    found[Characteristic.DISABILITY] = Found(Effect.NEGATIVE, "Survey")
    harmed = replace(FULL, found=found)
    assert missing(harmed) == [
        "Disability: the harm is not mitigated; say what is done, or why nothing is."
    ]
    found[Characteristic.DISABILITY] = Found(Effect.NEGATIVE, "Survey", "Home visits")
    assert replace(FULL, found=found).is_settled


def test_an_effect_needs_evidence() -> None:
    found = {**FULL.found, Characteristic.RACE: Found(Effect.NONE)}
    assert missing(replace(FULL, found=found)) == ["Race: no evidence is given."]

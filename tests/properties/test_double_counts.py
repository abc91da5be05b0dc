"""What holds of double counts, whatever the lines? (rules CLA-05, CLA-08, CLA-09)"""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from futurefit.ledger.double_counts import find_suspects
from futurefit.ledger.rulings import Ruled, Verdict, look, stands_at
from futurefit.ledger.said import SaidLine

WORDS = (
    "delete post 20417",
    "close the print room",
    "Snr Transport Planner, Wychbold",
    "contract DN-48213 let again",
    "move 14 adults with LD to supported living",
    "cost centre 41877",
    "reprographics: cease",
)


@st.composite
def programmes(draw: st.DrawFn) -> list[SaidLine]:
    """A few lines that share words and amounts."""
    said = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2, unique=True)
    amounts = st.dictionaries(
        st.sampled_from(("2016/17", "2017/18", "2018/19")),
        st.integers(1, 6).map(lambda tens: tens * 10_000_00),
        max_size=2,
    )
    count = draw(st.integers(2, 7))
    return [
        SaidLine(f"L{at}", ". ".join(draw(said)), paper=f"P{at % 3}", amounts=draw(amounts))
        for at in range(count)
    ]


@given(programmes(), st.integers(0, 100))
def test_the_order_of_the_lines_changes_nothing(lines: list[SaidLine], seed: int) -> None:
    """CLA-05."""
    shuffled = list(lines)
    random.Random(seed).shuffle(shuffled)
    assert find_suspects(shuffled) == find_suspects(lines)


@given(programmes())
def test_a_pair_that_was_ruled_on_as_it_stands_is_not_open(lines: list[SaidLine]) -> None:
    """CLA-09."""
    found = find_suspects(lines)
    at = {line.line: line for line in lines}
    rulings = [
        Ruled(
            frozenset(suspect.pair),
            Verdict.DIFFERENT,
            stands_at([at[ref] for ref in suspect.pair]),
        )
        for suspect in found
    ]
    assert not any(looked.is_open for looked in look(found, rulings, lines))
    assert all(looked.is_open for looked in look(found, [], lines))


@given(programmes())
def test_to_look_at_one_line_finds_what_looking_at_all_finds_of_it(lines: list[SaidLine]) -> None:
    """CLA-10: the check at entry and the check of the programme are one."""
    everything = [s for s in find_suspects(lines) if lines[0].line in s.pair]
    assert find_suspects(lines, about={lines[0].line}) == everything


@given(programmes())
def test_no_more_is_in_question_than_the_lesser_line_has(lines: list[SaidLine]) -> None:
    """CLA-05."""
    at = {line.line: line for line in lines}
    for suspect in find_suspects(lines):
        held = min(sum(at[ref].amounts.values()) for ref in suspect.pair)
        assert 0 <= suspect.pence <= held

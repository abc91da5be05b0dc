"""What does a ruling on double counting settle, and does it still? (rule CLA-09)"""

from dataclasses import replace

import pytest

from futurefit.ledger.double_counts import find_suspects
from futurefit.ledger.entries import SourceKind
from futurefit.ledger.rulings import Ruled, Verdict, changes_since, look, settled, stands_at
from futurefit.ledger.said import SaidLine, SaidSource

A = SaidLine("A", "Care rates", amounts={"2016/17": 40_000_00}, claims={"CARE": 10_000})
B = SaidLine("B", "Care hours", amounts={"2016/17": 30_000_00}, claims={"CARE": 10_000})
CARE = SaidSource("CARE", SourceKind.CONTRACT, "Home care", 90_000_00)
PAIR = frozenset({"A", "B"})


def ruled(verdict: Verdict = Verdict.DIFFERENT, **more: object) -> Ruled:
    """A ruling on the pair as it stands."""
    return Ruled(PAIR, verdict, stands_at([A, B]), **more)  # type: ignore[arg-type]


def is_open(lines: list[SaidLine], *rulings: Ruled) -> bool:
    """Whether the pair is open."""
    (looked,) = look(find_suspects(lines, [CARE]), rulings, lines)
    return looked.is_open


def test_a_ruled_pair_is_not_open_and_an_unruled_one_is() -> None:
    assert is_open([A, B])
    assert not is_open([A, B], ruled())


def test_a_ruling_on_the_source_settles_its_pairs() -> None:
    assert not is_open([A, B], Ruled(frozenset({"CARE"}), Verdict.SHARED, stands_at([A, B])))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({"amounts": {"2016/17": 50_000_00}}, "A was £40,000 in 2016/17 and is £50,000"),
        (
            {"amounts": {"2017/18": 40_000_00}},
            "A was £40,000 in 2016/17 and is £0; A was £0 in 2017/18 and is £40,000",
        ),
        ({"claims": {"CARE": 5_000}}, "A claimed 100% of itself from CARE and claims 50%"),
    ],
)
def test_a_ruling_settles_no_more_once_figures_or_claims_have_changed(
    now: dict[str, dict[str, int]], said: str
) -> None:
    lines = [replace(A, **now), B]  # type: ignore[arg-type]
    assert is_open(lines, ruled())
    assert "; ".join(changes_since(ruled(), {line.line: line for line in lines})) == said
    assert settled([ruled()], lines) == []


def test_a_change_by_rounding_leaves_the_ruling_standing() -> None:
    # £400 of £40,000: less than £500 and than 5%.
    assert not is_open([replace(A, amounts={"2016/17": 40_400_00}), B], ruled())


def test_the_shares_that_were_ruled_are_no_change_when_they_are_claimed() -> None:
    lines = [replace(A, claims={"CARE": 6_000}), replace(B, claims={"CARE": 4_000})]
    shared = ruled(Verdict.SHARED, shares={"A": 6_000, "B": 4_000})
    assert not is_open(lines, shared)
    assert is_open(lines, ruled(Verdict.SHARED, shares={"A": 5_000, "B": 5_000}))


def test_another_line_on_a_ruled_source_opens_it_again() -> None:
    on_source = Ruled(frozenset({"CARE"}), Verdict.SHARED, stands_at([A, B]))
    third = SaidLine("C", "Care visits", claims={"CARE": 10_000})
    assert settled([on_source], [A, B]) == [frozenset({"CARE"})]
    assert settled([on_source], [A, B, third]) == []


def test_a_ruling_that_kept_no_figures_stands() -> None:
    assert not is_open([A, B], Ruled(PAIR, Verdict.SAME))

"""Are these amounts one saving's, stated twice? (rule CLA-07)"""

import pytest

from futurefit.ledger.amount_likeness import NOTHING, compare_amounts

THOUSAND = 1000_00


def pounds(**years: int) -> dict[str, int]:
    """`y2016=40` is £40,000 in 2016/17."""
    return {f"{y[1:]}/{int(y[3:]) + 1}": thousands * THOUSAND for y, thousands in years.items()}


# The strongest first; each example by hand.
LIKE = (
    (pounds(y2016=37, y2017=52), pounds(y2016=37, y2017=52), "the same, year by year"),
    ({"2016/17": 3_712_345}, {"2016/17": 3_700_000}, "apart by rounding only"),
    (pounds(y2016=37, y2017=52), pounds(y2017=37, y2018=52), "the same in other years"),
    (pounds(y2016=87), pounds(y2016=40, y2017=47), "come to the same, spread otherwise"),
    ({"2016/17": 3_712_345}, {"2018/19": 3_700_000}, "come to the same but for rounding"),
    (pounds(y2016=118), pounds(y2016=120), "the other’s, rounded"),
    (pounds(y2016=118, y2017=1), pounds(y2016=117), "nearly the same"),
    (pounds(y2016=40, y2017=3), pounds(y2016=40, y2017=30), "the same amount in one year"),
)


@pytest.mark.parametrize(("ours", "theirs", "said"), LIKE)
def test_amounts_of_one_saving_are_told_by_how_they_agree(
    ours: dict[str, int], theirs: dict[str, int], said: str
) -> None:
    likeness = compare_amounts(ours, theirs)
    assert said in likeness.said
    assert likeness == compare_amounts(theirs, ours)


def test_the_more_they_agree_the_more_it_says() -> None:
    weights = [compare_amounts(ours, theirs).nats for ours, theirs, _ in LIKE]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (pounds(y2016=40), pounds(y2016=60)),
        (pounds(y2016=40), pounds(y2017=-40)),
        (pounds(y2016=40), {}),
        ({}, {}),
    ],
)
def test_other_amounts_say_nothing(ours: dict[str, int], theirs: dict[str, int]) -> None:
    assert compare_amounts(ours, theirs) is NOTHING

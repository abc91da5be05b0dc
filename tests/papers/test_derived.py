"""Figures that are not made as the others of their column are (rules AUD-32, AUD-33)."""

from futurefit.papers.audit.derived import check_derived
from tests.papers.drawing import as_table, drawn, told

HOMES = [
    ("Alder", 1204, 37),
    ("Birch", 2311, 52),
    ("Cedar", 980, 19),
    ("Elm", 4403, 88),
    ("Fir", 1777, 41),
    ("Gorse", 3050, 63),
    ("Hazel", 2619, 58),
    ("Ivy", 1499, 23),
    ("Juniper", 5120, 97),
    ("Kite", 2033, 44),
    ("Larch", 3871, 71),
    ("Maple", 1618, 29),
]


def paper(homes: int, *wrong: int) -> str:
    lines = [
        (name, f"{cost:,}", places, f"{cost / places + 11 * (n in wrong):.2f}")
        for n, (name, cost, places) in enumerate(HOMES[:homes])
    ]
    return as_table([("Home", "Cost", "Places", "Cost a place"), *lines])


def test_one_quotient_that_is_not_like_the_others_is_an_error_aud_32() -> None:
    (found,) = check_derived(drawn(paper(7, 3)))
    assert told([found]) == [("error", "AUD-32", 5, 4)]
    assert (found.printed, found.expected, found.difference) == ("61.03", "50.03", "11.00")


def test_two_of_many_are_a_warning_aud_33() -> None:
    found = check_derived(drawn(paper(12, 3, 8)))
    assert told(found) == [("warning", "AUD-33", 5, 4), ("warning", "AUD-33", 10, 4)]


def test_nothing_is_said_where_all_hold_or_too_few_do() -> None:
    assert not check_derived(drawn(paper(7)))
    assert not check_derived(drawn(paper(5, 3)))
    assert not check_derived(drawn(paper(7, 3, 5)))

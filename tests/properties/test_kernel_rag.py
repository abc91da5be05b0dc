"""A grid whose totals are its sums has no findings; any other has some."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from futurefit.kernel.rag import Rag, RagGrid, check_grid, weighted_forecast

cells = st.none() | st.integers(-(10**9), 10**9)
weights = st.fixed_dictionaries({rag: st.decimals(0, 1, places=2) for rag in Rag})


@st.composite
def grids(draw: st.DrawFn) -> RagGrid:
    """A grid of any size that adds up."""
    width = draw(st.integers(1, 5))
    ratings = draw(st.lists(st.sampled_from(Rag), min_size=1, unique=True))
    rows = {rag: tuple(draw(cells) for _ in range(width)) for rag in ratings}
    return RagGrid(
        columns=tuple(f"column {place}" for place in range(width)),
        rows=rows,
        row_totals={rag: sum(cell or 0 for cell in row) for rag, row in rows.items()},
        column_totals=tuple(sum(r[place] or 0 for r in rows.values()) for place in range(width)),
        grand_total=sum(cell or 0 for row in rows.values() for cell in row),
    )


@given(grids())
def test_a_grid_that_adds_up_raises_no_false_alarm(grid: RagGrid) -> None:
    assert check_grid(grid) == []


@given(grids(), st.integers(-(10**6), 10**6), st.data())
def test_one_wrong_total_is_one_finding(grid: RagGrid, error: int, data: st.DataObject) -> None:
    assume(error)
    rule = data.draw(st.sampled_from(["RAG-02", "RAG-03", "RAG-04"]))
    if rule == "RAG-02":
        rag = data.draw(st.sampled_from(list(grid.rows)))
        totals = dict(grid.row_totals)
        totals[rag] = (totals[rag] or 0) + error
        wrong = replace(grid, row_totals=totals)
    elif rule == "RAG-03":
        place = data.draw(st.integers(0, len(grid.columns) - 1))
        printed = list(grid.column_totals)
        printed[place] = (printed[place] or 0) + error
        wrong = replace(grid, column_totals=tuple(printed))
    else:
        wrong = replace(grid, grand_total=(grid.grand_total or 0) + error)
    assert [finding.code for finding in check_grid(wrong)] == [rule]


@given(st.fixed_dictionaries({rag: st.integers(-(10**12), 10**12) for rag in Rag}), weights)
def test_a_weighted_forecast_mirrors_and_full_weights_give_the_plain_sum(
    amounts: dict[Rag, int], shares: dict[Rag, Decimal]
) -> None:
    mirrored = {rag: -amount for rag, amount in amounts.items()}
    assert weighted_forecast(mirrored, shares) == -weighted_forecast(amounts, shares)
    assert weighted_forecast(amounts, dict.fromkeys(Rag, Decimal(1))) == sum(amounts.values())

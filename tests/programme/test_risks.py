"""Risks: scores, exposure, reviews (rules RSK-01, RSK-02)."""

from datetime import date

import pytest

from futurefit.programme import risks
from futurefit.programme.risks import Band


@pytest.mark.parametrize(
    ("likelihood", "impact", "score", "band"),
    [(1, 5, 5, Band.LOW), (2, 3, 6, Band.MEDIUM), (3, 4, 12, Band.MEDIUM), (5, 3, 15, Band.HIGH)],
)
def test_a_score_is_likelihood_times_impact(
    likelihood: int, impact: int, score: int, band: Band
) -> None:
    """RSK-01."""
    assert risks.score(likelihood, impact) == score
    assert risks.band(score) is band
    assert risks.score(None, impact) is None
    assert risks.score(likelihood, None) is None


def test_exposure_is_impact_times_likelihood_as_stated() -> None:
    """RSK-02: a quarter of £200,000 is £50,000; half a penny is rounded up."""
    assert risks.exposure(200_000_00, 25) == 50_000_00
    assert risks.exposure(1, 50) == 1
    assert risks.exposure(None, 50) is None
    assert risks.exposure(1, None) is None


def test_a_review_is_overdue_from_the_day_after() -> None:
    """RSK-02."""
    day = date(2016, 1, 15)
    assert not risks.is_overdue(day, None, day)
    assert risks.is_overdue(day, None, date(2016, 1, 16))
    assert not risks.is_overdue(day, date(2016, 1, 10), date(2016, 1, 16))
    assert not risks.is_overdue(None, None, date(2016, 1, 16))


def test_the_heat_map_counts_every_risk_once() -> None:
    heat = risks.heat([(1, 5), (1, 5), (2, None), (None, None), (3, 3)])
    assert heat.counts == {(1, 5): 2, (3, 3): 1}
    assert heat.unscored == 2

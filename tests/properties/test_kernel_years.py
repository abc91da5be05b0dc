"""What holds of every financial year, quarter and span."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from futurefit.kernel.profiles import Basis, cash_over_plan, cumulative, increments, part_year
from futurefit.kernel.years import (
    FinancialYear,
    Horizon,
    OpenBucket,
    Quarter,
    YearSpan,
    parse_bucket,
    parse_quarter,
    parse_span,
    parse_year,
    quarter_of,
    year_of,
)

years = st.integers(1900, 2199).map(FinancialYear)
recent = st.integers(1970, 2069).map(FinancialYear)
quarters = st.builds(Quarter, years, st.integers(1, 4))
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
profiles = st.lists(st.integers(-(10**12), 10**12), max_size=12)


@given(years)
def test_a_years_label_reads_back_as_the_year(year: FinancialYear) -> None:
    assert parse_year(year.label) == year
    assert parse_bucket(year.label) == year
    assert parse_bucket(OpenBucket(year.start).label) == OpenBucket(year.start)


@given(recent)
def test_every_way_to_write_a_year_means_the_same(year: FinancialYear) -> None:
    first, second = year.start, year.start + 1
    for text in (f"{first}-{second}", f"{first % 100:02}/{second % 100:02}", f"{first}–{second}"):
        assert parse_year(text) == year


@given(quarters)
def test_a_quarters_label_reads_back_and_its_days_lie_in_it(quarter: Quarter) -> None:
    assert parse_quarter(quarter.label) == quarter
    assert quarter_of(quarter.first_day) == quarter_of(quarter.last_day) == quarter


@given(days)
def test_a_day_lies_between_the_first_and_last_day_of_its_year_and_quarter(day: date) -> None:
    for whole in (year_of(day), quarter_of(day)):
        assert whole.first_day <= day <= whole.last_day


@given(years)
def test_a_year_ends_the_day_before_the_next_begins(year: FinancialYear) -> None:
    assert year.last_day + timedelta(days=1) == (year + 1).first_day


@given(years, years)
def test_labels_sort_as_their_years_do(one: FinancialYear, other: FinancialYear) -> None:
    assert (one.label < other.label) == (one < other)


@given(years, st.integers(0, 30))
def test_a_spans_label_reads_back(first: FinancialYear, more: int) -> None:
    span = YearSpan(first, first + more)
    assert len(span.years) == more + 1
    assert parse_span(span.label) == span


@given(years, st.integers(0, 10), st.booleans())
def test_a_horizon_holds_its_own_labels_in_order(
    first: FinancialYear, more: int, is_open: bool
) -> None:
    last = first.start + more
    horizon = Horizon(first.start, last, last + 1 if is_open else None)
    assert list(horizon.labels) == sorted(horizon.labels)
    assert all(label in horizon for label in horizon.labels)
    assert len(horizon.labels) == more + 1 + is_open


@given(profiles)
def test_increments_undo_cumulative(profile: list[int]) -> None:
    assert increments(cumulative(profile)) == profile
    assert sum(profile) == (cumulative(profile) or [0])[-1]


@given(profiles)
def test_the_cash_of_a_plan_is_each_increment_for_as_long_as_it_lasts(profile: list[int]) -> None:
    lasting = (amount * (len(profile) - place) for place, amount in enumerate(profile))
    assert cash_over_plan(profile) == sum(lasting)


@given(st.integers(-(10**12), 10**12), days, st.sampled_from(Basis))
def test_a_part_year_adds_to_the_full_year_and_mirrors(
    full_year: int, day: date, basis: Basis
) -> None:
    starts_on = day if basis is Basis.DAYS else day.replace(day=1)
    first, second = part_year(full_year, starts_on, basis)
    assert first + second == full_year
    assert abs(first) <= abs(full_year)
    assert part_year(-full_year, starts_on, basis) == (-first, -second)

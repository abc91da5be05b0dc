"""Many people at once, at a size where the figures mean nothing: no error, and nothing is lost."""

from benchmarks import users
from benchmarks.measuring import TINY
from tests import postgres
from tests.conftest import absent


def test_every_change_that_was_acknowledged_stands_in_the_chain_once() -> None:
    if postgres.programs() is None:
        absent("PostgreSQL's programs are not installed here")
    report = users.run(TINY)
    assert [score.ours for score in report.scores] == [0, 0, 0, 0]
    assert len(report.comparisons) == 6
    assert not any(" 0 changes acknowledged" in said for said in report.agreed)

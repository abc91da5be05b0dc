"""The benchmark of starting: what it times can be done."""

from benchmarks import start
from benchmarks.measuring import TINY


def test_the_demonstration_starts_again_and_answers() -> None:
    assert len(start.run(TINY).comparisons) == 4

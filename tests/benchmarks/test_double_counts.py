"""Does the benchmark of double counts measure what it says?"""

from benchmarks import double_counts
from benchmarks.measuring import TINY


def test_every_kind_is_scored_and_false_alarms_are_counted() -> None:
    report = double_counts.run(TINY)
    scores = {score.title: score for score in report.scores}
    assert {f"found: {kind}" for kind in ("post", "contract", "twin", "cohort", "all")} <= set(
        scores
    )
    assert scores["found: all"].ours > scores["found: all"].peers[0][1]
    assert scores["false alarms in 100 lines"].ours >= 0

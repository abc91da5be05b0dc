"""How soon is a finance officer's update round of 300 lines drawn, checked and recorded?

One page with every line, a field a year; the preview of a change on each; and the confirmation,
which is one journal of as many entries. Beside the page stand the same fields drawn by Django's own
forms, and beside the confirmation the same changes posted one journal a line, as a form a line
would. All in one process, without the network.
"""

from __future__ import annotations

from dataclasses import replace

from benchmarks import installation, measuring
from benchmarks.measuring import Comparison, Report, Size, Times

LINES = 300


def run(size: Size) -> Report:
    """Draw, preview and record a round in which every line changes."""
    lines = min(size.lines, LINES)
    smaller = replace(size, lines=lines, postings=min(size.postings, lines * 12))
    found = installation.copied(smaller).inside("update_round", smaller)
    report = Report(
        "update_round", f"an update round of {found['lines']} lines, each of them changed"
    )

    def times(name: str, key: str) -> Times:
        return Times(name, tuple(found[key]))

    drawn = times("Django's form fields", "peer_page")
    singly = times("one journal a line", "peer_post")
    report.comparisons += [
        Comparison("The page", times("FutureFit", "page"), 300, peers=(drawn,)),
        Comparison("The preview", times("FutureFit", "preview"), 1000),
        Comparison("The confirmation", times("FutureFit", "confirm"), 1000, peers=(singly,)),
    ]
    report.agreed.append(
        measuring.agree(
            f"the forecast of {found['lines']} lines after the round and as it was typed",
            found["stands"],
            found["typed"],
        )
    )
    return report

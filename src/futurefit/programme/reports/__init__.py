"""Which reports does a programme office give, and what stands in each? (rules RPT-01 to RPT-07)

Each report is one definition: plain values in, a `kernel.report.Report` out. The site shows it as a
page, and `publishing` writes it to Word, PDF, Excel or a web page; none of them adds a figure.
"""

from futurefit.programme.reports.highlight import highlight_report
from futurefit.programme.reports.monthly import programme_report
from futurefit.programme.reports.theme import theme_report
from futurefit.programme.reports.tracker import Tracked, TrackedTranche, reddest, tracker_report
from futurefit.programme.reports.values import (
    Due,
    Risky,
    Standing,
    Sums,
    Told,
    TrancheFigures,
    Waiting,
)

__all__ = [
    "highlight_report",
    "programme_report",
    "theme_report",
    "tracker_report",
    "reddest",
    "Tracked",
    "TrackedTranche",
    "Due",
    "Risky",
    "Standing",
    "Sums",
    "Told",
    "TrancheFigures",
    "Waiting",
]

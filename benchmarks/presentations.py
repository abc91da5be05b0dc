"""How quickly are presentations made afresh from the postings? (aims: all one-way 15 ms, a pair 20)

Everything is warm: which line belongs to which group is known, as it is in a server that has shown
one page. No sum is: each run adds the postings up again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median

from benchmarks import measuring, programme, rollups
from benchmarks.measuring import Comparison, Report, Size, Skipped, Times, timed
from benchmarks.peers import libreoffice, numpy_sums, plain_python
from benchmarks.rollups import TOTAL, Answer, Books, Question
from futurefit.ledger.bridge import Baseline, bridge
from futurefit.ledger.state import Ledger

PAIRS: tuple[Question, ...] = (("service", "project"), ("theme", "rag"))
PEER_RUNS = 7


def run(size: Size) -> Report:
    """Measure all one-way presentations together, two pairs, every pair, and the bridge."""
    ledger, books = rollups.generated(size)
    report = Report(
        "presentations",
        f"{size.lines:,} lines × {size.years} years, {len(books.postings):,} postings",
    )
    one_way = rollups.one_way()
    report.comparisons.append(
        _compared(
            report, f"All {len(one_way)} one-way presentations", ledger, books, one_way, size, 15
        )
    )
    for pair in PAIRS:
        title = f"One pair: {' × '.join(pair)}"
        report.comparisons.append(_compared(report, title, ledger, books, [pair], size, 20))
    report.comparisons += [_every_pair(ledger, size), _bridge(ledger, size)]
    return report


def _compared(
    report: Report,
    title: str,
    ledger: Ledger,
    books: Books,
    questions: list[Question],
    size: Size,
    aim_ms: float,
) -> Comparison:
    answers = {question: rollups.answer(ledger, question, books.years) for question in questions}
    floors = [numpy_sums.Prepared(books, question) for question in questions]
    loops = [plain_python.prepared(books, question) for question in questions]
    for question, floor, loop in zip(questions, floors, loops, strict=True):
        _agree(question, _without_total(answers[question]), floor.answer())
        _agree(question, answers[question], loop())
    peer_runs = min(PEER_RUNS, size.runs)
    sheet = libreoffice.measured(books, questions, runs=peer_runs)
    others = "NumPy and plain Python"
    if not isinstance(sheet, Skipped):
        for question in questions:
            _agree(question, answers[question], sheet.answers[question])
        others = "NumPy, plain Python and LibreOffice"
    cells = sum(map(len, answers.values()))
    report.agreed.append(f"{title}: {cells:,} amounts other than nought, in {others}")
    return Comparison(
        title,
        timed(
            "FutureFit", _each(rollups.presented, ((ledger, q) for q in questions)), runs=size.runs
        ),
        aim_ms,
        floor=timed(numpy_sums.NAME, _each_of(floors), runs=size.runs),
        peers=(
            timed(plain_python.NAME, _each_of(loops), runs=peer_runs, warm=1),
            sheet if isinstance(sheet, Skipped) else sheet.times,
        ),
        note="" if isinstance(sheet, Skipped) else sheet.note,
    )


def _agree(question: Question, ours: Answer, theirs: Answer) -> None:
    measuring.agree(" × ".join(question), ours, theirs)


def _without_total(answer: Answer) -> Answer:
    return {(group, year): pence for (group, year), pence in answer.items() if group != TOTAL}


def _each(act: Callable[..., object], arguments: Iterable[tuple]) -> Callable[[], object]:
    given = list(arguments)
    return lambda: [act(*each) for each in given]


def _each_of(acts: Iterable[Callable[[], object]]) -> Callable[[], object]:
    every = list(acts)
    return lambda: [act() for act in every]


def _every_pair(ledger: Ledger, size: Size) -> Comparison:
    runs = min(5, size.runs)
    medians = {
        pair: timed("", lambda pair=pair: rollups.presented(ledger, pair), runs=runs, warm=1).median
        for pair in rollups.pairs()
    }
    slowest = max(medians, key=lambda pair: medians[pair])
    return Comparison(
        f"Every pair of dimensions ({len(medians)}), the median of {runs} runs each",
        Times("FutureFit", tuple(medians.values())),
        20,
        aim_of="p95",
        note=f"The slowest is {' × '.join(slowest)}: {medians[slowest]:.1f} ms; "
        f"half take at most {median(medians.values()):.1f} ms.",
    )


def _bridge(ledger: Ledger, size: Size) -> Comparison:
    baseline = Baseline("as adopted", programme.OPENED_ON, ledger.head.number)
    return Comparison(
        "The bridge from target to delivered",
        timed("FutureFit", lambda: bridge(ledger.now, baseline), runs=size.runs),
    )

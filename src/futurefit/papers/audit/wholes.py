"""Does a part fit its whole: "a third", "equally", "of which", gross and net? (rule AUD-42)

A share in words or in numbers beside its percentage; a part that is larger than what it is part of;
gross spending below net for the same year; parts that are said to be equal and are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.arithmetic import read_arithmetic
from futurefit.papers.audit.passages import finding
from futurefit.papers.document import Document
from futurefit.papers.figures import Figure
from futurefit.papers.said import NUMBER_WORDS, POUNDS, quantities
from futurefit.papers.text import Passage, Text, read_text

CODE = "AUD-42"

_SHARES = {
    "tenth": Decimal(10),
    "fifth": Decimal(20),
    "quarter": Decimal(25),
    "third": Decimal(100) / 3,
    "half": Decimal(50),
    "two thirds": Decimal(200) / 3,
    "three quarters": Decimal(75),
}
_ABOVE = ("more than", "over", "at least", "just over")
_BELOW = ("less than", "almost", "nearly", "just under", "under", "up to")
_ROOM = Decimal("4.5")  # per cent points that a plain "a third" leaves

# A share or a count stands before its percentage; looking for the bracket first is quick.
_PERCENT = re.compile(r"\((?P<percent>[0-9]{1,3}(?:\.[0-9]+)?)\s?%\)")
_SHARE = re.compile(
    r"(?:(?P<limit>just over|just under|more than|over|at least|less than|almost|nearly|under|"
    r"up to|about|around|approximately)\s+)?"
    r"(?:an?\s+)?(?P<share>two[ -]thirds|three[ -]quarters|half|tenth|fifth|quarter|third)\s*$"
)
_NUMBER = r"[0-9][0-9,]*|" + "|".join(NUMBER_WORDS)
_OF = (
    rf"(?<![0-9.,/£-])\b(?P<part>{_NUMBER})\s+{{}}of\s+(?:the\s+|all\s+|a\s+total\s+of\s+)?"
    rf"(?P<whole>{_NUMBER})(?![0-9.%/]|\s?(?:%|m\b|k\b))"
)
_OF_BEFORE = re.compile(_OF.format(r"(?:out\s+)?") + r"[^.;()%£\n]{0,40}$")
_OUT_OF = re.compile(r"out of ")
_OUT_OF_ROUND = re.compile(_OF.format(r"out\s+"))
_LOOK_BACK = 60  # characters before a bracket or "out of" that belong to it
_OF_WHICH = re.compile(r"of which\b")
_GROSS_NET = re.compile(
    r"(?P<kind>gross|net)\s+(?P<what>spend(?:ing)?|expenditure|budget|costs?)\b"
    r"(?P<between>[^.;\n]{0,60}?)(?P<year>20[0-9]{2}\s?[/-]\s?[0-9]{2})?[^.;\n£]{0,20}"
    r"(?P<amount>£\s?[0-9][0-9,.]*[0-9]\s?(?:k|m|bn)?)\b"
)
_EQUALLY = re.compile(r"(?:equal|even)ly")
_DIVIDES = re.compile(r"\b(?:split|shared?|divided|profiled|spread|apportioned)\b")
_YEAR = re.compile(r"20[0-9]{2}\s?[/-]\s?[0-9]{2}\b")
_LABEL_WORD = re.compile(r"[a-z]{5,}")
_MOST_AMOUNTS = 200  # gross and net ones that are compared
_AROUND = 200  # characters round "equally" within which its amount and years stand
_NEARBY = 60  # passages within which gross and net of one year speak of one thing


def check_wholes(document: Document) -> list[Finding]:
    """Shares that do not fit, parts above their whole, gross below net, and unequal equal parts."""
    text = read_text(document)
    return [
        *_shares(text),
        *_parts(text),
        *_of_which(text),
        *_gross_and_net(text),
        *_equal_parts(document, text),
    ]


def _shares(text: Text) -> Iterator[Finding]:
    """Shares in words and in numbers, each with its percentage in brackets behind it."""
    for match, passage in text.find(_PERCENT):
        start = max(passage.start, match.start() - _LOOK_BACK)
        percent = Decimal(match["percent"])
        if share := _SHARE.search(text.folded, start, match.start()):
            yield from _share(text, share.start(), match, share, percent, passage)
        elif of := _OF_BEFORE.search(text.folded, start, match.start()):
            yield from _count(text, match, of, percent, passage)


def _share(
    text: Text,
    start: int,
    match: re.Match[str],
    share: re.Match[str],
    percent: Decimal,
    passage: Passage,
) -> Iterator[Finding]:
    meant = _SHARES[share["share"].replace("-", " ")]
    limit, half = share["limit"] or "", Decimal("0.5")
    if limit in _ABOVE:
        fits = meant - half <= percent <= meant + 3 * _ROOM
    elif limit in _BELOW:
        fits = meant - 3 * _ROOM <= percent <= meant + half
    else:
        fits = abs(percent - meant) <= _ROOM
    if not fits:
        printed = text.whole[start : match.end()].strip()
        yield finding(
            CODE,
            passage,
            f"“{printed}”: {_named(share['share'])} is {meant:.0f}%.",
            severity=Severity.WARNING,
            printed=printed,
            expected=f"{meant:.0f}%",
            difference=f"{percent - meant:+.0f}",
            advice="Correct the word or the percentage.",
            confidence=0.7,
        )


def _named(share: str) -> str:
    return share if share == "half" or share.endswith("s") else f"a {share}"


def _count(
    text: Text, match: re.Match[str], of: re.Match[str], percent: Decimal, passage: Passage
) -> Iterator[Finding]:
    part, whole = _whole_number(of["part"]), _whole_number(of["whole"])
    if not whole or part > whole or _is_year(part) or _is_year(whole):
        return
    places = len(match["percent"].partition(".")[2])
    share = Decimal(100) * part / whole
    if abs(share - percent) > Decimal(5).scaleb(-places - 1):
        yield finding(
            CODE,
            passage,
            f"“{text.whole[of.start() : match.end()]}”: {of['part']} of {of['whole']} is "
            f"{share:.{places}f}%.",
            severity=Severity.WARNING,
            printed=f"{match['percent']}%",
            expected=f"{share:.{places}f}%",
            difference=f"{percent - share:+.1f}",
            advice="Work the percentage out again, or correct the numbers.",
            confidence=0.8,
        )


def _parts(text: Text) -> Iterator[Finding]:
    """More than there are: "9 out of 8"."""
    for match, passage in text.find(_OUT_OF):
        start = max(passage.start, match.start() - 25)
        of = _OUT_OF_ROUND.search(text.folded, start, match.end() + 30)
        if (
            of
            and of["part"].isdigit()
            and of["whole"].isdigit()
            and int(of["part"]) > int(of["whole"])
        ):
            yield _larger(text.printed(of), of["part"], of["whole"], passage)


def _of_which(text: Text) -> Iterator[Finding]:
    for match, passage in text.find(_OF_WHICH):
        start, end = text.sentence(passage, match.start())
        before = quantities(text.folded[start : match.start()])
        after = quantities(text.folded[match.end() : end])
        if not before or not after or after[0].start > 40:
            continue
        whole, part = before[-1], after[0]
        if whole.unit == part.unit == POUNDS and part.value - part.half > whole.value + whole.half:
            yield _larger(f"{whole.text} of which {part.text}", part.text, whole.text, passage)


def _larger(printed: str, part: str, whole: str, passage: Passage) -> Finding:
    return finding(
        CODE,
        passage,
        f"“{printed}”: the part, {part}, is more than its whole, {whole}.",
        severity=Severity.WARNING,
        printed=part,
        expected=f"at most {whole}",
        advice="See which of the two figures is wrong, or whether they changed places.",
        confidence=0.8,
    )


def _gross_and_net(text: Text) -> Iterator[Finding]:
    """Gross spending below net, said of the same year close by."""
    net: list[tuple[Decimal, str, str, Passage]] = []
    gross: list[tuple[Decimal, str, str, Passage]] = []
    for match, passage in text.find(_GROSS_NET):
        found = [one for one in quantities(match["amount"]) if one.unit == POUNDS]
        said = _YEAR.search(match[0])
        if found and said and len(net) + len(gross) < _MOST_AMOUNTS:
            row = (found[0].value, match["amount"], said[0].replace(" ", ""), passage)
            (net if match["kind"] == "net" else gross).append(row)
    for amount, printed, year, passage in gross:
        for other, shown, of_year, where in net:
            near = abs(passage.index - where.index) <= _NEARBY
            if near and year == of_year and amount < other:
                yield finding(
                    CODE,
                    passage,
                    f"gross spending for {year} is {printed}, less than the net {shown} said "
                    "nearby. Net is the smaller, unless the two cover different services.",
                    printed=printed,
                    expected=f"at least {shown}",
                    advice="Say what each figure covers, or correct it.",
                    confidence=0.5,
                )


def _equal_parts(document: Document, text: Text) -> Iterator[Finding]:
    """An amount "split equally" over years, and a table that shows it split otherwise."""
    for match, passage in text.find(_EQUALLY):
        start, end = text.sentence(passage, match.start())
        start, end = max(start, match.start() - _AROUND), min(end, match.end() + _AROUND)
        line = text.folded[start:end]
        before = line[: match.start() - start]
        amounts = [one for one in quantities(before) if one.unit == POUNDS]
        years = [year.replace(" ", "") for year in _YEAR.findall(line, match.end() - start)]
        if not amounts or len(years) < 2 or not _DIVIDES.search(line):
            continue
        whole, words = amounts[-1], set(_LABEL_WORD.findall(before))
        for label, figures in _rows(document, [year.replace("-", "/") for year in years]):
            values = [figure.value for figure in figures]
            alike = words & set(_LABEL_WORD.findall(label.lower()))
            if alike and sum(values) == whole.value and len(set(values)) > 1:
                shown = ", ".join(figure.cell.text for figure in figures)
                yield finding(
                    CODE,
                    passage,
                    f"{whole.text} is said to be split equally over {' and '.join(years)}; "
                    f"the table shows {shown}.",
                    severity=Severity.WARNING,
                    printed=shown,
                    expected=figures[0].like(whole.value / len(figures)),
                    advice="Correct the table, or say how the amount is split.",
                    confidence=0.7,
                )


def _rows(document: Document, years: list[str]) -> Iterator[tuple[str, list[Figure]]]:
    """The label and the figures of each row of the paper's tables under the years named."""
    for arithmetic in read_arithmetic(document):
        grid = arithmetic.grid
        columns = [
            column
            for column in grid.columns
            if any(year in grid.heads(column).replace("-", "/") for year in years)
        ]
        if len(columns) != len(years):
            continue
        for row in grid.rows:
            found = [grid.figures.get((row, column)) for column in columns]
            figures = [figure for figure in found if figure is not None]
            if len(figures) == len(years):
                yield grid.label(row), figures


def _whole_number(printed: str) -> int:
    return NUMBER_WORDS.get(printed) or int(printed.replace(",", ""))


def _is_year(number: int) -> bool:
    return 1900 <= number <= 2100

"""What holds of every paper: right totals raise nothing, a wrong figure is found, nothing crashes.

Rules AUD-02 (refusal), AUD-08 (what adds up to what), AUD-10 (one cause).
"""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futurefit.kernel.findings import Finding, Severity
from futurefit.papers.audit import audit
from futurefit.papers.document import Unreadable
from futurefit.papers.readers import READERS, read
from tests.papers.drawing import as_table, findings


@dataclass(frozen=True)
class Drawn:
    """A savings table: blocks of services by year, with what totals it prints."""

    blocks: tuple[tuple[tuple[int | None, ...], ...], ...]
    sub_totals: bool
    across: bool

    @property
    def years(self) -> int:
        return len(self.blocks[0][0])

    @property
    def lines(self) -> int:
        return sum(len(block) + self.sub_totals for block in self.blocks) + 1

    def table(self, printed: "Drawn | None" = None) -> str:
        """The table; totals are of `printed`, the parts as they were before a figure changed."""
        meant = printed or self
        heads = ["Service", *(f"{2016 + year}/{17 + year}" for year in range(self.years))]
        lines = [[*heads, "Total"] if self.across else heads]
        every: list[tuple[int | None, ...]] = []
        for number, (shown, block) in enumerate(zip(self.blocks, meant.blocks, strict=True)):
            for place, (cells, own) in enumerate(zip(shown, block, strict=True)):
                lines.append(self.line(f"Service {number}.{place}", cells, own))
            if self.sub_totals:
                lines.append(self.line("Sub-total", down(block), down(block)))
            every += block
        lines.append(self.line("Total", down(every), down(every)))
        return as_table(lines)

    def line(
        self, label: str, cells: tuple[int | None, ...], own: tuple[int | None, ...]
    ) -> list[str]:
        shown = [label, *("" if cell is None else f"{cell:,}" for cell in cells)]
        total = sum(cell for cell in own if cell is not None)
        return [*shown, f"{total:,}"] if self.across else shown


def down(
    rows: "list[tuple[int | None, ...]] | tuple[tuple[int | None, ...], ...]",
) -> tuple[int, ...]:
    """The totals of each column."""
    return tuple(sum(cell or 0 for cell in column) for column in zip(*rows, strict=True))


amounts = st.integers(-9_999, 99_999)
long_amounts = st.integers(100, 99_999)  # no two parts of a total make it by chance


@st.composite
def tables(draw: st.DrawFn, cell: st.SearchStrategy[int | None]) -> Drawn:
    years = draw(st.integers(1, 5))
    row = st.tuples(*[cell] * years)
    sub_totals = draw(st.booleans())
    block = st.lists(row, min_size=2, max_size=6).map(tuple)
    blocks = draw(st.lists(block, min_size=1 + sub_totals, max_size=1 + 2 * sub_totals))
    return Drawn(tuple(blocks), sub_totals, across=years > 1 and draw(st.booleans()))


def above_a_note(found: list[Finding]) -> list[str]:
    return [f"{one.code}: {one.message}" for one in found if one.severity is not Severity.NOTE]


@given(tables(st.none() | amounts))
def test_a_table_with_right_totals_raises_nothing_above_a_note(drawn: Drawn) -> None:
    assert above_a_note(findings(drawn.table())) == []


@st.composite
def changes(draw: st.DrawFn) -> tuple[Drawn, Drawn, tuple[int, int]]:
    """A table, the same with one part changed by more than rounding can be, and where that is."""
    drawn = draw(tables(long_amounts))
    block = draw(st.integers(0, len(drawn.blocks) - 1))
    row = draw(st.integers(0, len(drawn.blocks[block]) - 1))
    column = draw(st.integers(0, drawn.years - 1))
    by = draw(st.integers(drawn.lines + 1, 99) | st.integers(2_000_000, 9_999_999))
    by *= draw(st.sampled_from([-1, 1]))
    before = drawn.blocks[block][row]
    after = (*before[:column], (before[column] or 0) + by, *before[column + 1 :])
    rows = (*drawn.blocks[block][:row], after, *drawn.blocks[block][row + 1 :])
    changed = replace(drawn, blocks=(*drawn.blocks[:block], rows, *drawn.blocks[block + 1 :]))
    above = sum(len(one) + drawn.sub_totals for one in drawn.blocks[:block])
    return drawn, changed, (2 + above + row, 2 + column)


@given(changes())
def test_a_part_that_changed_is_found(change: tuple[Drawn, Drawn, tuple[int, int]]) -> None:
    drawn, changed, _ = change
    assert findings(changed.table(printed=drawn)) != []


@given(changes().filter(lambda change: change[0].across and len(change[0].blocks[0]) > 1))
def test_a_part_that_changed_is_named_where_rows_and_columns_add_up(
    change: tuple[Drawn, Drawn, tuple[int, int]],
) -> None:
    drawn, changed, place = change
    found = findings(changed.table(printed=drawn))
    assert place in [(one.place.row, one.place.column) for one in found]


@settings(max_examples=200)
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=400))
def test_no_bytes_crash_a_reader_or_the_audit(ending: str, data: bytes) -> None:
    survive(f"paper{ending}", data)


TAGS = ["<b>", "</b>", "<table>", "<tr>", "<td>", "<td rowspan=3 colspan=2>", "</table>", "&#0;"]
MARKS = [
    "\t",
    "|",
    ",",
    ";",
    "\n",
    "\n\n",
    "**",
    "*",
    "_",
    "# ",
    "- ",
    "\\",
    "---",
    "Page 7",
    '"',
    "(",
]
CELLS = [
    "Total",
    "Sub-total",
    "Net",
    "2016/17",
    "£000",
    "%",
    "1,250",
    "-",
    "£2.4m",
    "(90)",
    "71%",
    " ",
]


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(READERS)),
    st.lists(st.sampled_from(TAGS + MARKS + CELLS) | st.text(max_size=3), max_size=60),
)
def test_no_text_of_tables_and_marks_crashes_a_reader_or_the_audit(
    ending: str, pieces: list[str]
) -> None:
    survive(f"paper{ending}", "".join(pieces).encode("utf-8", "replace"))


def survive(name: str, data: bytes) -> None:
    """A file is read, or refused in words; and what was read can be audited."""
    try:
        paper = read(name, data)
    except Unreadable:
        return
    for finding in audit(paper):
        assert finding.message
        assert 0 <= finding.confidence <= 1


@pytest.mark.parametrize("ending", sorted(READERS))
@given(data=st.data())
def test_no_damage_to_a_right_paper_crashes_a_reader_or_the_audit(
    ending: str, data: st.DataObject
) -> None:
    text = bytearray(RIGHT.replace("|", "\t" if ending == ".md" else ",").encode())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(text) - 1))
        text[place : place + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=4))
        if not text:
            return
    survive(f"paper{ending}", bytes(text))


RIGHT = """\
<b>Savings (£000)</b>||2016/17|2017/18|Total|%
New|Amber|30|70|100|71%
|Red|(5)|-|(5)|-4%
|Total|25|70|95|68%
Old|Green|45||45|32%
Total savings||70|70|140|100%
"""

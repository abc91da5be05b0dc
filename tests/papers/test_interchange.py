"""Does a document come back from its plain values as it was? (rule AUD-30)"""

import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from futurefit.kernel.findings import Finding, Severity
from futurefit.kernel.provenance import Provenance
from futurefit.papers.document import (
    Aside,
    AsideKind,
    Block,
    Box,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Table,
    TableCell,
)
from futurefit.papers.interchange import as_values, document_from

TEXT = st.text(max_size=20)
COUNT = st.integers(1, 10_000)
EDGE = st.integers(-100_000, 100_000).map(lambda hundredths: hundredths / 100)
PAGE = st.none() | COUNT
BOX = st.none() | st.builds(Box, EDGE, EDGE, EDGE, EDGE)
PLACED = {"line": COUNT, "page": PAGE, "box": BOX}
CELLS = st.builds(
    TableCell,
    row=COUNT,
    column=COUNT,
    text=TEXT,
    row_span=COUNT,
    col_span=COUNT,
    bold=st.booleans(),
    heading=st.booleans(),
    ref=TEXT,
    **PLACED,
)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, text=TEXT, level=st.integers(1, 7), **PLACED),
    st.builds(Paragraph, text=TEXT, **PLACED),
    st.builds(ListItem, text=TEXT, level=COUNT, marker=TEXT, **PLACED),
    st.builds(Aside, kind=st.sampled_from(AsideKind), text=TEXT, marker=TEXT, **PLACED),
    st.builds(
        Table,
        index=COUNT,
        cells=st.lists(CELLS, max_size=4).map(tuple),
        heading=TEXT,
        within=PAGE,
        sheet=TEXT,
        **PLACED,
    ),
)
FINDINGS = st.builds(
    Finding,
    code=TEXT,
    severity=st.sampled_from(Severity),
    message=TEXT,
    place=st.builds(Provenance, page=PAGE, heading=TEXT, line=PAGE, printed=TEXT),
    advice=TEXT,
    confidence=st.sampled_from((0.0, 0.5, 1.0)),
)
DOCUMENTS = st.builds(
    Document,
    name=TEXT,
    sha256=TEXT,
    blocks=st.lists(BLOCKS, max_size=4).map(tuple),
    findings=st.lists(FINDINGS, max_size=2).map(tuple),
    pages=PAGE,
    has_lines=st.booleans(),
)


@given(DOCUMENTS)
def test_a_document_comes_back_from_json_as_it_was(document: Document) -> None:
    back = document_from(json.loads(json.dumps(as_values(document))))
    for part in fields(Document):
        assert getattr(back, part.name) == getattr(document, part.name)


def test_a_cell_always_tells_its_spans_page_and_box() -> None:
    table = Table(1, 1, (TableCell(1, 1, "£2m", line=3),))
    (block,) = as_values(Document("a.md", "", (table,)))["blocks"]
    assert block["block"] == "table"
    assert block["cells"] == [
        {"row": 1, "column": 1, "text": "£2m", "line": 3}
        | {"row_span": 1, "col_span": 1, "page": None, "box": None}
    ]

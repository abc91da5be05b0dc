"""Word files as Word prints them (rule AUD-25), and what is refused or inert in them (AUD-29)."""

import contextlib
import io
import zipfile

import docx
import pytest

from futurefit.papers.document import (
    BOLD_LINE,
    Aside,
    AsideKind,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Unreadable,
)
from futurefit.papers.readers import read, zipped
from futurefit.papers.readers.docx.numbering import in_letters
from tests.papers.drawing import rows
from tests.papers.office import p, r, relations, tbl, tc, tr, word, word_parts
from tests.papers.office import zipped as as_zip


def paper(data: bytes) -> Document:
    return read("paper.docx", data)


def texts(data: bytes) -> list[str]:
    return [block.text for block in paper(data).blocks if not hasattr(block, "cells")]


def told(data: bytes) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity.value, one.printed) for one in paper(data).findings]


def test_what_python_docx_writes_is_read_in_order() -> None:
    made = docx.Document()
    made.add_heading("Savings plan", 0)
    made.add_heading("Libraries", 2)
    made.add_paragraph("Cabinet is asked to approve.")
    made.add_paragraph("first", style="List Bullet")
    made.add_paragraph("one", style="List Number")
    made.add_paragraph("two", style="List Number")
    made.add_paragraph().add_run("Costs").bold = True
    table = made.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Service"
    table.cell(1, 2).text = "£1,250\tk"
    file = io.BytesIO()
    made.save(file)
    read_back = paper(file.getvalue())
    assert read_back.blocks[:-1] == (
        Heading("Savings plan", 1, 1),
        Heading("Libraries", 2, 2),
        Paragraph("Cabinet is asked to approve.", 3),
        ListItem("first", 4),
        ListItem("one", 5, 1, "1"),
        ListItem("two", 6, 1, "2"),
        Heading("Costs", BOLD_LINE, 7),
    )
    (found,) = read_back.tables
    assert (found.heading, found.line, read_back.has_lines) == ("Costs", 8, False)
    assert rows(found) == [["Service", ""], ["", "", "£1,250 k"]]
    assert found.cells[0].col_span == 2


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="House"><w:basedOn w:val="Berschrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Part"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:basedOn w:val="Gnir"/></w:style>
<w:style w:type="paragraph" w:styleId="Gnir"><w:basedOn w:val="Ring"/></w:style>
<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr>
</w:tblStylePr><w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>
"""


def test_a_heading_is_told_by_its_style_and_what_that_is_based_on() -> None:
    def styled(name: str, more: str = "") -> str:
        return p(name, properties=f'<w:pStyle w:val="{name}"/>{more}')

    body = styled("House") + styled("Part") + styled("Ring") + styled("Unknown")
    body += styled("Normal", '<w:outlineLvl w:val="3"/>') + styled(
        "Part", '<w:outlineLvl w:val="9"/>'
    )
    assert paper(word(body, styles=STYLES)).blocks == (
        Heading("House", 2, 1),
        Heading("Part", 1, 2),
        Paragraph("Ring", 3),
        Paragraph("Unknown", 4),
        Heading("Normal", 4, 5),
        Paragraph("Part", 6),
    )


def level(number: int, kind: str, printed: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{printed}"/>{more}</w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.")
    + level(1, "decimal", "%1.%2")
    + level(2, "lowerLetter", "(%3)")
    + level(3, "lowerRoman", "%4)")
    + level(4, "bullet", "•")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def item(text: str, at: int, use: int = 1, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{use}"/></w:numPr>'
    return p(text, properties=named + listed)


def test_list_markers_are_counted_as_word_counts_them() -> None:
    body = "".join(
        [
            item("Purpose", 0, style="Part"), item("a", 1), item("b", 1), item("c", 2),
            item("d", 2), item("e", 3), item("f", 4), item("g", 1), item("h", 2),
            item("Costs", 0, style="Part"), item("i", 1), item("new", 0, use=2),
            item("plain", 0, 0), item("", 1), item("j", 1),
        ]
    )  # fmt: skip
    blocks = paper(word(body, styles=STYLES, numbering=NUMBERING)).blocks
    levelled = [b for b in blocks if isinstance(b, Heading | ListItem)]
    assert [(getattr(b, "marker", None), b.text, b.level) for b in levelled] == [
        (None, "1. Purpose", 1), ("1.1", "a", 2), ("1.2", "b", 2), ("a", "c", 3), ("b", "d", 3),
        ("i", "e", 4), ("", "f", 5), ("1.3", "g", 2), ("a", "h", 3), (None, "2. Costs", 1),
        ("2.1", "i", 2), ("7", "new", 1), ("7.2", "j", 2),
    ]  # fmt: skip
    assert Paragraph("plain", 13) in blocks


@pytest.mark.parametrize(
    ("count", "kind", "printed"),
    [
        (3, "decimal", "3"),
        (27, "lowerLetter", "aa"),
        (1999, "upperRoman", "MCMXCIX"),
        (12, "ordinal", "12th"),
        (22, "ordinal", "22nd"),
        (5, "decimalZero", "05"),
        (5, "none", ""),
        (0, "lowerRoman", "0"),
    ],
)
def test_counts_are_printed_in_the_list_s_own_way(count: int, kind: str, printed: str) -> None:
    assert in_letters(count, kind) == printed


def test_tables_keep_spans_nesting_headings_and_bold() -> None:
    inner = tbl(tr("x", "y"))
    body = tbl(
        tr(tc("Service", properties='<w:vMerge w:val="restart"/>'),
           tc("Savings", properties='<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
        tr(tc("", properties="<w:vMerge/>"), "2016/17", "2017/18", properties="<w:tblHeader/>"),
        tr(tc(p(r("Parks", "<w:b/>"))), tc("see", inner, "below"), "1"),
        tr("Roads", properties='<w:gridBefore w:val="1"/>'),
    )  # fmt: skip
    outer, nested = paper(word(body)).tables
    assert [
        (c.row, c.column, c.row_span, c.col_span, c.text, c.heading, c.bold) for c in outer.cells
    ] == [
        (1, 1, 2, 1, "Service", True, False),
        (1, 2, 1, 2, "Savings", True, False),
        (2, 2, 1, 1, "2016/17", True, False),
        (2, 3, 1, 1, "2017/18", True, False),
        (3, 1, 1, 1, "Parks", False, True),
        (3, 2, 1, 1, "see\nbelow", False, False),
        (3, 3, 1, 1, "1", False, False),
        (4, 2, 1, 1, "Roads", False, False),
    ]
    assert (outer.within, nested.within, nested.index, rows(nested)) == (None, 1, 2, [["x", "y"]])
    lines = [cell.line for cell in outer.cells]
    assert lines == sorted(lines)
    assert nested.line > lines[-1]


def test_the_bold_edges_of_a_table_s_style_count_where_the_table_asks_for_them() -> None:
    asked = '<w:tblStyle w:val="Grid"/><w:tblLook w:val="0040"/>'
    body = tbl(tr("Parks", "1"), tr("Total", "1"), properties=asked)
    (table,) = paper(word(body, styles=STYLES)).tables
    assert [cell.bold for cell in table.cells] == [False, False, True, True]


def box(checked: str) -> str:
    state = f'<w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox>'
    return f"<w:sdt><w:sdtPr>{state}</w:sdtPr><w:sdtContent>"


END = "</w:sdtContent></w:sdt>"


def test_content_controls_at_every_level_are_read_and_tick_boxes_are_printed() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>"
    body = (
        control + p("block") + END
        + p(control + r("in a run") + END, " after ", box("1") + r("?") + END,
            box("0") + r("?") + END)
        + box("1") + p("?") + END
        + tbl(
            control + tr("row", control + tc("cell") + END) + END,
            tr(box("1") + tc("?") + END, tc(box("0") + p("?") + END)),
        )
    )  # fmt: skip
    read_back = paper(word(body))
    assert [b.text for b in read_back.blocks[:-1]] == ["block", "in a run after ☒☐", "☒"]  # type: ignore[union-attr]
    assert [rows(table) for table in read_back.tables] == [[["row", "cell"], ["☒", "☐"]]]


def field(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def test_fields_give_their_result_and_old_forms_their_state() -> None:
    code = "<w:r><w:instrText> REF x </w:instrText></w:r>"
    nested = field("begin") + code + field("separate") + r("hidden code") + field("end")
    ticked = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
    clear = "<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>"
    choice = (
        "<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='Amber'/>"
        "<w:listEntry w:val='Green'/></w:ddList></w:ffData>"
    )
    body = (
        p("see ", field("begin"), code, nested, field("separate"), "table 2", field("end"), ".")
        + p(
            field("begin", ticked), code, field("end"), " yes ", field("begin", clear), field("end")
        )
        + p(field("begin", choice), code, field("end"))
        + p(field("begin"), code)
        + p("a damaged field hides nothing more")
        + p('<w:fldSimple w:instr="PAGE">' + r("7") + "</w:fldSimple>")
        + p('<w:hyperlink r:id="r9">' + r("linked") + "</w:hyperlink>")
    )
    assert texts(word(body)) == [
        "see table 2.",
        "☒ yes ☐",
        "Green",
        "a damaged field hides nothing more",
        "7",
        "linked",
    ]


def test_symbols_breaks_and_raised_figures() -> None:
    body = p(
        "a",
        "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>',
        r("o", '<w:rFonts w:ascii="Wingdings"/>'),
        r("2", '<w:vertAlign w:val="superscript"/>'),
        r("☑"),
    )
    assert texts(word(body)) == ["a b\nc-d☒≥☐²☒"]
    unknown = p('<w:r><w:sym w:font="Strange" w:char="F001"/></w:r>')
    assert texts(word(unknown)) == ["�"]
    assert told(word(unknown)) == [("AUD-25", "note", "1 symbol of a special font")]


def test_headers_notes_comments_and_text_boxes_stand_beside_the_text_once() -> None:
    drawn = "<w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing>"
    old = "<w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict>"
    boxed = p("In a box") + tbl(tr("boxed", "2"))
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{drawn.format(boxed)}</mc:Choice>"
        f"<mc:Fallback>{old.format(boxed)}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = p(
        "Savings of 45",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:r><w:endnoteReference w:id="3"/></w:r>',
        '<w:r><w:commentReference w:id="4"/></w:r>',
        both,
    )
    parts = {
        "footnotes": '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p("net of grant")}</w:footnote>',
        "endnotes": f'<w:endnote w:id="3">{p("source: S151")}</w:endnote>',
        "comments": f'<w:comment w:id="4" w:author="X">{p("is this right?")}</w:comment>',
        "header1": p("Cabinet") + tbl(tr("12 November", "Item 4")),
        "header2": p("Cabinet") + tbl(tr("12 November", "Item 4")),
        "footer1": p("Page 1"),
    }
    read_back = paper(word(body, **parts))
    table = next(read_back.tables)
    assert [b for b in read_back.blocks if b is not table] == [
        Aside(AsideKind.HEADER, "Cabinet\n12 November Item 4", 1),
        Paragraph("Savings of 45¹ⁱ", 2),
        Aside(AsideKind.FOOTNOTE, "net of grant", 3, "1"),
        Aside(AsideKind.ENDNOTE, "source: S151", 4, "i"),
        Aside(AsideKind.COMMENT, "is this right?", 5, "1"),
        Aside(AsideKind.TEXT_BOX, "In a box", 6),
        Aside(AsideKind.FOOTER, "Page 1", 8),
    ]
    assert rows(table) == [["boxed", "2"]]
    (comment,) = read_back.findings
    assert (comment.code, comment.severity.value) == ("AUD-25", "warning")
    assert "“is this right?”" in comment.message


def test_tracked_changes_are_read_as_accepted_and_reported() -> None:
    gone = '<w:del w:id="1" w:author="X"><w:r><w:delText>£300k</w:delText></w:r></w:del>'
    new = f'<w:ins w:id="2" w:author="X">{r("£250k")}</w:ins>'
    away = f'<w:moveFrom w:id="3">{r("moved")}</w:moveFrom>'
    here = f'<w:moveTo w:id="4">{r(" moved")}</w:moveTo>'
    end_gone = "<w:rPr><w:del w:id='5'/></w:rPr>"
    body = (
        p("Save ", gone, new, away, here)
        + p("one ", properties=end_gone)
        + p("line")
        + tbl(tr("kept"), tr("dropped", properties="<w:del w:id='6'/>"))
    )
    read_back = paper(word(body))
    assert [getattr(b, "text", None) for b in read_back.blocks[:2]] == [
        "Save £250k moved",
        "one line",
    ]
    assert [rows(table) for table in read_back.tables] == [[["kept"]]]
    (finding,) = read_back.findings
    assert (finding.code, finding.severity.value) == ("AUD-25", "warning")
    assert finding.printed == "1 insertion, 3 deletions, 1 move"
    assert "“£300k”" in finding.message
    assert finding.place.line == 1
    assert "Accept or reject" in finding.advice


def test_hidden_text_is_left_out_and_reported() -> None:
    body = p("seen", r(" unseen", "<w:vanish/>"), r(" kept", '<w:vanish w:val="0"/>'))
    body += p(r("by style", '<w:rStyle w:val="Secret"/>'))
    body += tbl(
        tr(tc("a", properties='<w:vMerge w:val="restart"/>'), "1"),
        tr(tc("under", properties="<w:vMerge/>"), "2"),
    )
    data = word(body, styles=STYLES)
    assert texts(data) == ["seen kept"]
    assert told(data) == [("AUD-25", "warning", "3 pieces of hidden text")]


def test_what_could_act_is_inert_and_told() -> None:
    parts = word_parts(p("text", "<w:r><w:object><o:OLEObject/></w:object></w:r>"))
    parts["word/_rels/document.xml.rels"] = relations(
        ("oleObject", "http://example.org/x", True), ("hyperlink", "http://example.org", True)
    )
    parts["word/settings.xml"] = "<settings/>"
    parts["word/_rels/settings.xml.rels"] = relations(
        ("attachedTemplate", "http://example.org/t.dotm", True)
    )
    parts["word/vbaProject.bin"] = b"macro"
    document = read("paper.docm", as_zip(parts))
    assert [(one.code, one.severity.value, one.printed) for one in document.findings] == [
        ("AUD-29", "note", "1 embedded object"),
        ("AUD-29", "note", "1 set of macros"),
        ("AUD-29", "note", "1 link to another file for content"),
        ("AUD-29", "note", "1 template attached from elsewhere"),
    ]


# --- What is no paper -----------------------------------------------------------------------------


def refusal(data: bytes, name: str = "paper.docx") -> str:
    with pytest.raises(Unreadable) as refused:
        read(name, data)
    return str(refused.value)


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"Parks\t1", "damaged or cut short"),
        (word(p("x") * 100)[:300], "damaged or cut short"),
        (as_zip({"a.txt": "b"}), "without a Word document in it"),
        (as_zip({"word/document.xml": "<w"}), "damaged or cut short"),
        (as_zip({"word/document.xml": f"{BOMB}<a>&b;</a>"}), "declares XML entities"),
        (as_zip({"word/document.xml": " " * 70_000 + "<a/>"}), "damaged or cut short"),
        (word("<w:smartTag>" * 2000 + "</w:smartTag>" * 2000), ""),
        (word(p("<w:smartTag>" * 2000 + "</w:smartTag>" * 2000)), "nested too deep"),
        (word("<w:tbl><w:tr><w:tc>" * 30 + p("x") + "</w:tc></w:tr></w:tbl>" * 30), "nested more"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"\xd0\xcf\x11\xe0" + b"WordDocument", "in an older format"),
        (as_zip({f"{n}": "" for n in range(10_001)}), "more than 10,000 parts"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_is_no_word_file_is_refused_and_said_so(data: bytes, why: str) -> None:
    if why:
        assert why in refusal(data)
    else:
        assert paper(data).blocks == ()


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = word_parts("x" * 3_000_000)
    monkeypatch.setattr(zipped, "LARGEST_PART", 2_000_000)
    assert "would swell to more than 2 MB" in refusal(as_zip(parts))
    monkeypatch.setattr(zipped, "LARGEST_WHOLE", 2_500_000)
    assert "would swell to more than 2 MB when opened" in refusal(as_zip(parts))


def test_a_part_that_is_larger_than_it_says_is_damaged() -> None:
    data = bytearray(word(p("word " * 1000)))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        part = file.getinfo("word/document.xml")
    size = part.file_size.to_bytes(4, "little")
    lying = bytes(data).replace(size, (10).to_bytes(4, "little"))
    assert "damaged or cut short" in refusal(lying)


def test_a_zip_with_a_password_is_refused() -> None:
    data = bytearray(word(p("x")))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    assert "protected by a password" in refusal(bytes(data))


def test_a_large_text_is_read_a_block_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    data = word(p("Parks") + tbl(tr("1", "2")) + p("Roads"))
    whole = paper(data).blocks
    monkeypatch.setattr(zipped, "MOST_MARKS", 0)
    assert paper(data).blocks == whole
    deep = word(p("<w:smartTag>" * 300 + "</w:smartTag>" * 300))
    assert "holds too much in one place" in refusal(deep)


@pytest.mark.parametrize("step", range(7))
def test_a_file_cut_or_changed_anywhere_is_read_or_refused(step: int) -> None:
    data = word(p("Parks") + tbl(tr("1", "2")), styles=STYLES, numbering=NUMBERING)
    for at in range(step, len(data), 7):
        changed = bytearray(data)
        changed[at] ^= 0xFF
        for damaged in (data[:at], bytes(changed)):
            with contextlib.suppress(Unreadable):
                assert read("paper.docx", damaged).name == "paper.docx"

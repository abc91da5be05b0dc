"""Office files made in the tests: the XML that matters is the case, the rest is filled in."""

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of the parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for path, part in parts.items():
            made.writestr(path, part)
    return file.getvalue()


def relations(*points: tuple[str, str, bool]) -> str:
    """A part that says what another points to: kind, target, whether outside the file."""
    lines = (
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if outside else ''}/>"
        for number, (kind, target, outside) in enumerate(points, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'


def word_parts(body: str, **parts: str) -> dict[str, str | bytes]:
    """The parts of a Word file: its body, and others by name (styles="…", header1="…")."""
    kinds = {name: name.rstrip("0123456789") for name in parts}
    roots = {"header": "hdr", "footer": "ftr"}
    made: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            *((kind, f"{name}.xml", False) for name, kind in kinds.items())
        ),
    }
    for name, inside in parts.items():
        root = roots.get(kinds[name], kinds[name])
        made[f"word/{name}.xml"] = f"<w:{root} {_SPACES}>{inside}</w:{root}>"
    return made


def word(body: str, **parts: str) -> bytes:
    """A Word file."""
    return zipped(word_parts(body, **parts))


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; what is no element is text."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*inside: str, properties: str = "") -> str:
    """A cell of a table; what is no element is a paragraph."""
    held = "".join(one if one.startswith("<") else p(one) for one in inside or ("",))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{held}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of a table; what is no element is a cell."""
    held = "".join(one if one.startswith("<") else tc(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{held}</w:tr>"


def tbl(*rows: str, properties: str = "") -> str:
    """A table."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


# --- Workbooks ------------------------------------------------------------------------------------

_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook_parts(
    *sheets: str, names: str = "", styles: str = "", states: tuple[str, ...] = ()
) -> dict[str, str | bytes]:
    """The parts of a workbook whose sheets are given as the XML inside their worksheets."""
    listed = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}" '
        f'state="{states[n - 1] if n <= len(states) else "visible"}"/>'
        for n in range(1, len(sheets) + 1)
    )
    points = [("worksheet", f"worksheets/sheet{n}.xml", False) for n in range(1, len(sheets) + 1)]
    made: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets>'
        f"<definedNames>{names}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": relations(*points, ("styles", "styles.xml", False)),
        "xl/styles.xml": f'<styleSheet xmlns="{_S}">{styles}</styleSheet>',
    }
    for number, inside in enumerate(sheets, 1):
        made[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{_S}">{inside}</worksheet>'
    return made


def cells(**held: object) -> str:
    """Sheet data: A1=5, B1="words", C1="=A1*2|10" (a formula and what the file keeps)."""
    rows: dict[int, list[str]] = {}
    for ref, value in held.items():
        row = int("".join(one for one in ref if one.isdigit()))
        rows.setdefault(row, []).append(_cell(ref, value))
    lines = "".join(f'<row r="{row}">{"".join(rows[row])}</row>' for row in sorted(rows))
    return f"<sheetData>{lines}</sheetData>"


def _cell(ref: str, value: object) -> str:
    if isinstance(value, str) and value.startswith("="):
        formula, _, kept = value[1:].rpartition("|")
        formula = formula.replace("&", "&amp;").replace("<", "&lt;")
        kind = ' t="e"' if kept.startswith("#") else ""
        kept = f"<v>{kept}</v>" if kept else ""
        return f'<c r="{ref}"{kind}><f>{formula}</f>{kept}</c>'
    if isinstance(value, str):
        return f'<c r="{ref}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{ref}"><v>{value}</v></c>'

"""Filling in forms and returns by other hands: in their XML, without the code that reads them."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from futurefit.papers import filled

AMOUNTS, SLIPS, OWNERS = 2, 3, 4
"""The sheets of a return, after its instructions."""


def rewritten(data: bytes, part: str, *pairs: tuple[str, str]) -> bytes:
    """A zipped file with words of one of its parts replaced, each of which must be there."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                text = content.decode()
                for was, becomes in pairs:
                    assert was in text, was
                    text = text.replace(was, becomes, 1)
                content = text.encode()
            new.writestr(name, content)
    return packed.getvalue()


def cell(data: bytes, grid: str, mark: str, column: str) -> str:
    """The address of a cell of a return, and so what to write to."""
    found = next(one for one in filled.read("return.xlsx", data).grids if one.mark == grid)
    place = found.columns.index(column) + 1
    row = next(n for n, line in enumerate(found.lines, 2) if line.mark.text == mark)
    return f"{chr(65 + place)}{row}"


def written(data: bytes, sheet: int, cells: dict[str, str]) -> bytes:
    """A workbook with other words or numbers in some cells, changed in its XML."""
    pairs = []
    text = ZipFile(BytesIO(data)).read(f"xl/worksheets/sheet{sheet}.xml").decode()
    for ref, value in cells.items():
        was = re.search(rf'<c r="{ref}"( s="\d+")?[^>]*?(/>|>.*?</c>)', text)
        assert was is not None, ref
        style = was[1] or ""
        if re.fullmatch(r"-?[0-9.]+", value):
            now = f'<c r="{ref}"{style}><v>{value}</v></c>'
        elif value.startswith("="):
            now = f'<c r="{ref}"{style}><f>{value[1:]}</f><v>7</v></c>'
        else:
            now = f'<c r="{ref}"{style} t="inlineStr"><is><t>{value}</t></is></c>'
        pairs.append((was[0], now))
    return rewritten(data, f"xl/worksheets/sheet{sheet}.xml", *pairs)

"""What do broken and hostile files do to the readers? (aim: no crash, no hang, no traceback)

Real papers, and ours of every kind, are damaged in the ways that networks, disks, converters and
people who mean harm damage them: bytes changed, cut, doubled, mixed with other files, and the
parts inside zip files damaged so that the zip itself stays whole. Each is read in the separate
process that uploads are read in, and what can be read is audited. An answer is a document or a
refusal in plain words; anything else is a fault. The same number makes the same input.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePath
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from benchmarks.measuring import Report, Score, Size, Skipped
from futurefit.papers.document import Unreadable
from futurefit.papers.readers import READERS
from futurefit.papers.report import audit_paper
from futurefit.site.common.isolation import Limits, ReaderFailed, reader_apart

INPUTS = 20_000
SECONDS = 20
"""What one input may take before it counts as a hang."""

_SHARED = Path(__file__).parents[2] / "shared/data"
_LARGEST_SEED = 300_000  # bytes: small files are damaged in more telling places
_MOST_SEEDS = 12  # of each kind
_TOKENS = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    b"<!ENTITY a '&b;&b;&b;&b;&b;&b;&b;&b;'>",
    b"<table><tr><td>" * 40,
    b"</w:tbl></w:tc>",
    b"<w:tbl><w:tr><w:tc>" * 30,
    b"=cmd|' /C calc'!A0",
    b'=HYPERLINK("http://x","y")',
    b"9" * 400,
    b"1e999",
    b"-" * 300,
    b"|" * 500,
    b"\t" * 500,
    b"(" * 300,
    b"/Kids [1 0 R] /Parent 1 0 R",
    b"<< /Length 99999999999 >> stream",
    b"\xe2\x80\xae\xe2\x80\x8b",
    b"%PDF-1.7",
    b"PK\x03\x04",
    b"\x1b]0;title\x07\x1b[31m",
)


@dataclass(slots=True)
class Outcome:
    """What became of the inputs of one kind of file."""

    read: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0


def run(size: Size) -> Report:
    """Damage and read; 20,000 inputs at full size."""
    inputs = INPUTS if size.runs > 2 else 60
    report = Report("fuzz", f"{inputs:,} damaged files through every reader, each read apart")
    grown = seeds()
    for ending in sorted(set(READERS) - {PurePath(name).suffix for name, _ in grown}):
        report.skipped.append(Skipped(ending, "there is no file of this kind to damage"))
    found = try_all(grown, range(inputs))
    for ending, outcome in sorted(found.items()):
        number = outcome.read + outcome.refused + len(outcome.faults)
        report.scores.append(
            Score(
                f"{ending}: faults in {number:,} inputs",
                len(outcome.faults),
                aim=0,
                more=False,
                note=f"{outcome.read:,} read, {outcome.refused:,} refused, slowest "
                f"{outcome.slowest:.1f} s" + "".join(f"; {said}" for said in outcome.faults[:5]),
            )
        )
    return report


def try_all(grown: Sequence[tuple[str, bytes]], numbers: Sequence[int]) -> dict[str, Outcome]:
    """Read the input of every number, and count what became of it by kind of file."""
    found: dict[str, Outcome] = {}
    with reader_apart(Limits(seconds=SECONDS)) as reader:
        for number in numbers:
            name, data = damaged(grown, number)
            outcome = found.setdefault(PurePath(name).suffix, Outcome())
            began = time.perf_counter()
            try:
                audit_paper(reader.read(name, data))
                outcome.read += 1
            except ReaderFailed as fault:
                outcome.faults.append(f"input {number}: {fault}")
            except Unreadable:
                outcome.refused += 1
            except Exception as fault:  # the audit's: what kind does not matter, it is a fault
                outcome.faults.append(f"input {number}: {type(fault).__name__} in the audit")
            outcome.slowest = max(outcome.slowest, time.perf_counter() - began)
    return found


# --- Files to damage ------------------------------------------------------------------------------


def seeds() -> list[tuple[str, bytes]]:
    """Files of every kind that there is a reader for: our own, and real ones where they are."""
    found = list(_ours())
    by_ending = Counter(PurePath(name).suffix for name, _ in found)
    for path in sorted(_SHARED.rglob("*")) if _SHARED.is_dir() else ():
        ending = path.suffix.lower()
        if (
            ending in READERS
            and path.is_file()
            and path.stat().st_size <= _LARGEST_SEED
            and by_ending[ending] < _MOST_SEEDS
        ):
            by_ending[ending] += 1
            found.append((path.name, path.read_bytes()))
    return [(name, data) for name, data in found if PurePath(name).suffix in READERS]


def _ours() -> Iterator[tuple[str, bytes]]:
    """A small paper of ours in every kind that we write."""
    from futurefit.kernel.report import Cell, Column, Heading, Paragraph, Row, Shape, Table
    from futurefit.kernel.report import Report as Paper
    from futurefit.publishing.formats import FORMATS

    table = Table(
        "Savings (£000)",
        (
            Column("name", "Service"),
            *(Column(year, year, Shape.COUNT) for year in ("2016/17", "2017/18", "Total")),
        ),
        tuple(
            Row((Cell(name), *(Cell(value) for value in values)), emphasis=name == "Total")
            for name, *values in (
                ("Libraries", 10, 20, 30),
                ("Museums", 12, 22, 34),
                ("Total", 22, 42, 64),
            )
        ),
    )
    paper = Paper("A paper", (Heading("Savings"), Paragraph("We propose £64k."), table))
    for form, ending in (("csv", "csv"), ("docx", "docx"), ("html", "html"), ("xlsx", "xlsx")):
        yield f"ours.{ending}", FORMATS[form].write(paper, None)
    rows = "\n".join("| Libraries | 10 | 20 |" for _ in range(5))
    yield "ours.md", f"# Savings\n\n| £000 | 2016/17 | Total |\n|---|---|---|\n{rows}\n".encode()
    yield "ours.ods", _sheet()


def _sheet() -> bytes:
    """The least that an OpenDocument sheet can be."""
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    cell = (
        '<table:table-cell office:value-type="float" office:value="{0}"><text:p>{0}</text:p>'
        "</table:table-cell>"
    )
    row = "".join(cell.format(value) for value in (10, 20, 30))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    file = BytesIO()
    with ZipFile(file, "w") as parts:
        parts.writestr(ZipInfo("mimetype"), kind)
        parts.writestr(
            ZipInfo("META-INF/manifest.xml"),
            "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
        parts.writestr(
            ZipInfo("content.xml"),
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            f'<table:table table:name="Savings"><table:table-row>{row}</table:table-row>'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


# --- Damage ---------------------------------------------------------------------------------------


def damaged(grown: Sequence[tuple[str, bytes]], number: int) -> tuple[str, bytes]:
    """The input of a number: a file, damaged one to four times."""
    chance = Random(number)
    by_ending: dict[str, list[tuple[str, bytes]]] = {}
    for name, data in grown:
        by_ending.setdefault(PurePath(name).suffix, []).append((name, data))
    name, data = chance.choice(by_ending[chance.choice(sorted(by_ending))])
    other = chance.choice(grown)[1]
    if data.startswith(b"PK") and chance.random() < 0.8:
        return name, _damaged_within(data, other, chance)
    for _ in range(chance.randint(1, 4)):
        data = _hurt(data, other, chance)
    return name, data


def _damaged_within(data: bytes, other: bytes, chance: Random) -> bytes:
    """A zip file that is whole, with one or two of its parts damaged, doubled or dropped."""
    try:
        with ZipFile(BytesIO(data)) as parts:
            content = {part.filename: parts.read(part) for part in parts.infolist()}
    except (BadZipFile, OSError):
        return _hurt(data, other, chance)
    for _ in range(chance.randint(1, 2)):
        part = chance.choice(sorted(content))
        way = chance.random()
        if way < 0.1 and len(content) > 1:
            del content[part]
        elif way < 0.2:
            content[part] = content[chance.choice(sorted(content))]
        else:
            for _ in range(chance.randint(1, 3)):
                content[part] = _hurt(content[part], other, chance)
    file = BytesIO()
    with ZipFile(file, "w") as made:
        for part, inside in content.items():
            made.writestr(ZipInfo(part), inside, ZIP_DEFLATED)
    return file.getvalue()


def _hurt(data: bytes, other: bytes, chance: Random) -> bytes:
    """One piece of damage."""
    if not data:
        return chance.choice(_TOKENS)
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.choice((1, 1, 2, 8, 64, 512)))
    match chance.randrange(8):
        case 0:
            flipped = bytes(byte ^ (1 << chance.randrange(8)) for byte in data[start:end])
            return data[:start] + flipped + data[end:]
        case 1:
            return data[:start]
        case 2:
            return data[:start] + data[end:]
        case 3:
            return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]
        case 4:
            return data[:start] + chance.choice(_TOKENS) + data[start:]
        case 5:
            at = chance.randrange(len(other)) if other else 0
            return data[:start] + other[at : at + 400] + data[end:]
        case 6:
            return data[:start] + bytes(end - start) + data[end:]
        case _:
            # A number becomes another: lengths, counts, spans, offsets.
            digits = str(chance.choice((0, 1, 65_536, 2**31, 10**18))).encode()
            place = next((at for at in range(start, len(data)) if data[at : at + 1].isdigit()), 0)
            return data[:place] + digits + data[place + 1 :]

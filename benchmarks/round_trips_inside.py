"""What is done within an installation: make projects, send them out and back, edit them on the way.

Edits are planted in the files' own XML and cells, by code that shares nothing with the reader.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import docx
import openpyxl

from benchmarks.measuring import Size
from futurefit.ledger import acts
from futurefit.ledger.entries import (
    Account,
    Draft,
    LineAttributes,
    SavingClass,
    SavingType,
    Tranche,
)
from futurefit.ledger.rights import Role

YEARS = ("2026/27", "2027/28", "2028/29", "2029/30")
ON = date(2026, 4, 1)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WORDS = [
    "libraries",
    "open",
    "longer",
    "at",
    "less",
    "cost;",
    "Llŷn",
    "&",
    "Eifionydd:",
    "£1,250k",
    "<saved>",
    "“soon”",
    "it’s",
    "5%",
    "–",
    "no",
    "more",
    "–",
    "naïve",
    "café",
    "50/50",
    "=SUM(A1)",
    "@home",
    "+44",
    "reablement",
    "over-65s",
    "A&E",
    "'quoted'",
    '"twice"',
    "(c.)",
    "☐",
    "not",
    "ticked",
    "SEND",
    "•",
    "point",
    "…",
    "e.g.",
    "TBC",
    "2016/17",
    "[draft]",
    "{a}",
    "#1",
    "Wye/Severn",
    "m²",
    "½",
    "€3",
    "≥",
    "4",
]
_RATINGS = ("Unrated", "Red", "Amber", "Green on target")
_POSTS = {f"post-{n}": f"Head of Service {n}" for n in range(1, 9)}


def round_trips(size: Size) -> dict[str, Any]:
    """Everything: projects made, written, edited, saved by LibreOffice, and read."""
    count = min(200, size.lines // 20)
    chance = random.Random(4)
    makes = _Makes(chance)
    codes = [makes.project(number) for number in range(count)]
    makes.lines(codes)
    return {"Word": _word(codes, chance), "Excel": _excel(codes, chance)}


# --- Made-up projects -----------------------------------------------------------------------------


def _holder(user: int, role: Role) -> Any:
    from futurefit.site.accounts.holders import Holder, Holding

    return Holder(user, role.value.replace("_", " ").capitalize(), frozenset({Holding(role)}))


class _Makes:
    """Fills an empty installation."""

    def __init__(self, chance: random.Random) -> None:
        from futurefit.site.ledger import operations as ledger

        self.chance = chance
        self.office = _holder(1, Role.PROGRAMME_OFFICE)
        ledger.set_programme(
            name="Benchmark",
            council="Example County Council",
            first_year=2026,
            last_year=2029,
            open_from=None,
            by=self.office,
        )
        for code, title in _POSTS.items():
            ledger.name_heading("owner", code, title, by=self.office)

    def words(self, most: int = 12) -> str:
        return " ".join(self.chance.choices(_WORDS, k=self.chance.randint(1, most)))

    def several(self) -> str:
        return "\n".join(self.words() for _ in range(self.chance.randint(1, 4)))

    def project(self, number: int) -> str:
        """One project with every field and some statements of each kind."""
        from futurefit.site.programme import models, operations

        some = self.chance
        code = f"p{number:03}"
        words = models.Project(
            saving_type=some.choice(list(SavingType)),
            plan_area=self.words(4)[:100],
            cmr_lead=some.choice(list(_POSTS)),
            slt_lead="Director of no code",
            head_of_service_lead=some.choice(list(_POSTS)),
            cmr_challenge="\n".join(some.sample(list(_POSTS), 2)),
            description="\n\n".join([self.several(), self.several()]),
            purpose=self.several(),
            outcomes=self.several(),
            base_budget_pence=some.randint(1, 10**9),
            base_budget_year="2025/26",
            base_budget_printed=self.words(3)[:100],
            base_budget_excludes=self.several(),
            investment_note=self.words(),
            fte_now=Decimal(some.randint(0, 99999)) / 100,
            status_caveat=self.words(),
            rag_comment=self.words(),
        )
        name = f"Project {number}: {self.words(3)}"[:200]
        operations.create_project(words, code=code, name=name, parent=None, by=self.office)
        for made in self._statements(models, words):
            operations.add(made, by=self.office)
        return code

    def _statements(self, models: Any, project: Any) -> Iterator[Any]:
        some, about = self.chance, {"about": project.heading}
        for order in range(some.randint(0, 3)):
            about["order"] = order
            done = some.random() < 0.3
            yield models.Milestone(
                what=self.words(),
                due_on=date(2026, some.randint(1, 12), some.randint(1, 28)),
                date_printed=self.words(2)[:100],
                status="DONE" if done else "OUTSTANDING",
                done_on=date(2026, 1, 5) if done else None,
                note=self.several(),
                **about,
            )
            yield models.Risk(
                what=self.words(),
                mitigation=self.several(),
                area=self.words(2)[:100],
                likelihood=some.choice([None, 1, 5]),
                impact=some.randint(1, 5),
                owner_post=some.choice(list(_POSTS)),
                **about,
            )
            yield models.SuccessMeasure(
                what=self.words(), baseline=self.words(3)[:200], target=self.words(3)[:200], **about
            )
            yield models.Dependency(what=self.words(), **about)
            yield models.SupportRequest(what=self.words(), when="Soon", funding="", **about)
            yield models.Fact(what=self.words(), printed="£3m", note=self.words(), **about)
            yield models.FteImpact(
                project=project, year=YEARS[order], change=Decimal(some.randint(-999, 999)) / 4
            )

    def lines(self, codes: list[str]) -> None:
        """One to three lines a project, to the penny, in one journal."""
        from futurefit.site.ledger import operations as ledger
        from futurefit.site.ledger.queries import LineWords

        entries, words = [], {}
        for code in codes:
            for number in range(self.chance.randint(1, 3)):
                ref = f"{code.upper()}-{number}"
                attributes = LineAttributes(
                    project=code,
                    owner=self.chance.choice(list(_POSTS)),
                    tranche=self.chance.choice(list(Tranche)),
                    saving_class=SavingClass.CASH_RELEASING,
                )
                entries.append(acts.open_line(ref, attributes, on=ON))
                cells = {
                    (year, self.chance.choice((Account.RED, Account.AMBER)))
                    for year in self.chance.sample(YEARS, 2)
                }
                entries.append(
                    acts.set_rated_target(
                        ref,
                        [(y, a, self.chance.randint(1, 10**8), None) for y, a in sorted(cells)],
                        on=ON,
                    )
                )
                words[ref] = LineWords(f"{ref}: {self.words(4)}")
        finance = _holder(2, Role.FINANCE_PARTNER)
        draft = Draft("", "Opened", tuple(entries))
        ledger.post(draft, by=finance, expects=None, words=words)


def _reader() -> Any:
    from futurefit.site.ledger import queries
    from futurefit.site.ledger.reading import Reader

    return Reader(_holder(2, Role.FINANCE_PARTNER), queries.current_ledger())


def through_office(files: Mapping[str, bytes], kind: str) -> dict[str, bytes]:
    """The files, opened and saved again by LibreOffice, forty at a call and two calls at a time.

    A long call of LibreOffice may stop halfway and say nothing: what is missing is tried once more.
    """
    with tempfile.TemporaryDirectory() as folder:
        there, back = Path(folder, "in"), Path(folder, "out")
        there.mkdir()
        for name, data in files.items():
            (there / f"{name}.{kind}").write_bytes(data)

        def saved(names: list[str]) -> None:
            _call_office(names, kind, there, back)

        for _ in range(2):
            left = [name for name in files if not (back / f"{name}.{kind}").exists()]
            with ThreadPoolExecutor(2) as two:
                list(two.map(saved, (left[at : at + 40] for at in range(0, len(left), 40))))
        return {name: (back / f"{name}.{kind}").read_bytes() for name in files}


def _call_office(names: list[str], kind: str, there: Path, back: Path) -> None:
    office = shutil.which("soffice")
    assert office is not None
    with tempfile.TemporaryDirectory() as profile:
        command = [office, f"-env:UserInstallation=file://{profile}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(back)]
        command += [str(there / f"{name}.{kind}") for name in names]
        subprocess.run(command, check=True, capture_output=True, timeout=1800)


# --- Word -----------------------------------------------------------------------------------------


def _word(codes: list[str], chance: random.Random) -> dict[str, Any]:
    from futurefit.papers import filled
    from futurefit.papers.filled import NAMESPACE
    from futurefit.programme.round_trips import compare
    from futurefit.publishing import word_form
    from futurefit.site.programme import concept_forms, models

    reader, forms, files = _reader(), {}, {}
    for code in codes:
        words = models.Project.objects.select_related("heading").get(heading__code=code)
        form = concept_forms.concept_form(words, reader)
        carried = concept_forms.seal(form, words, reader)
        forms[code] = form
        files[code] = word_form.write(_with(form, carried), NAMESPACE)
    planted, edited, kinds = {}, {}, Counter[str]()
    for code, data in files.items():
        edited[code], planted[code] = plant_in_word(data, chance)
        kinds.update(edit[0] for edit in planted[code])
    saved = through_office(edited, "docx")
    hits = others = 0
    notes, took = [], 0.0
    for code, form in forms.items():
        began = time.perf_counter()
        back = filled.read("form.docx", saved[code])
        took += time.perf_counter() - began
        carried = concept_forms.unseal(back.carried)
        assert carried is not None, f"{code} has lost its seal"
        found = compare(form, carried["values"], back)
        told = Counter(
            (one.kind.value, one.grid, one.mark, one.column or "Answer", one.theirs)
            if one.kind.value == "changed"
            else (one.kind.value, one.grid, one.mark, "", one.theirs)
            for one in found.differences
        )
        wanted = Counter(edit[1:] for edit in planted[code])
        hits += sum((told & wanted).values())
        others += sum((told - wanted).values()) + len(found.problems)
        notes += [f"missed {code}: {one}" for one in (wanted - told)]
        notes += [f"not planted {code}: {one}" for one in (told - wanted)]
        notes += [f"{code}: {problem.message}" for problem in found.problems]
    boxes = sum(len(line.boxes) for f in forms.values() for g in f.grids for line in g.lines)
    total = sum(len(edits) for edits in planted.values())
    return _told(boxes, total, hits, others, kinds, notes, 1000 * took / len(codes))


def _with(form: Any, carried: str) -> Any:
    from dataclasses import replace

    return replace(form, carried=carried)


def _told(
    boxes: int,
    planted: int,
    found: int,
    others: int,
    kinds: Counter[str],
    notes: list[str],
    read_ms: float,
) -> dict[str, Any]:
    return {
        "boxes": boxes,
        "planted": planted,
        "found": found,
        "others": others,
        "kinds": dict(kinds),
        "notes": notes,
        "read_ms": read_ms,
    }


Edit = tuple[str, str, str, str, str, str]
"""What was planted: kind of field; then as it must be found: kind of change, grid, mark, column,
what stands there.
"""


def plant_in_word(data: bytes, chance: random.Random) -> tuple[bytes, list[Edit]]:
    """A form with some boxes changed in its XML, and what was changed."""
    document = docx.Document(BytesIO(data))
    grids = []
    for table in document.element.body.iter(f"{_W}tbl"):
        rows = [list(row.iter(f"{_W}tc")) for row in table.iter(f"{_W}tr")]
        heads = [_text(cell) for cell in rows[0]]
        grids.append((heads, rows[1:]))
    edits: list[Edit] = []
    touched: set[tuple[str, str]] = set()
    for _ in range(chance.randint(1, 5)):
        heads, rows = chance.choice([one for one in grids if one[1]])
        row = chance.choice(rows)
        mark, grid = _text(row[0]), heads[0]
        if (grid, mark) in touched or row[0].getparent().getparent() is None:
            continue
        touched.add((grid, mark))
        if heads == ["Question", "Answer"]:
            edits.append(_answer(row[1], grid, mark, "Answer", chance))
        elif grid.endswith("(£000)"):
            column = chance.randrange(1, len(row))
            amount = str(chance.randint(1, 99_999) / 100)
            _write(row[column], amount)
            edits.append(("amount", "changed", grid, mark, heads[column], amount))
        elif not mark:
            said = f"Added {chance.randint(100, 999)}"
            _write(row[1], said)
            if grid == "Posts no.":
                said = "2031/32"
                _write(row[1], said)
            edits.append(("added row", "added", grid, "", "", said))
        elif chance.random() < 0.3:
            row[0].getparent().getparent().remove(row[0].getparent())
            edits.append(("row taken away", "removed", grid, mark, "", ""))
        else:
            column = chance.randrange(1, len(row))
            edits.append(_answer(row[column], grid, mark, heads[column], chance))
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue(), edits


def _text(holder: Element) -> str:
    return "".join(one.text or "" for one in holder.iter(f"{_W}t"))


def _answer(cell: Element, grid: str, mark: str, column: str, chance: random.Random) -> Edit:
    """Tick another box, or write something else."""
    boxes = list(cell.iter(f"{_W14}checkbox"))
    if boxes:
        controls = list(cell.iter(f"{_W}sdt"))
        ticked = [n for n, box in enumerate(boxes) if box[0].get(f"{_W14}val") == "1"]
        new = chance.choice([n for n in range(len(boxes)) if n not in ticked])
        for number, (box, control) in enumerate(zip(boxes, controls, strict=True)):
            box[0].set(f"{_W14}val", str(int(number == new)))
            sign = next(control.iter(f"{_W}t"))
            sign.text = "☒" if number == new else "☐"
        labels = _text(cell).replace("☒", "\n").replace("☐", "\n").split("\n")
        said = [label.strip() for label in labels if label.strip()][new]
        return ("tick", "changed", grid, mark, column, said)
    said = f"Written by hand {chance.randint(1000, 9999)}"
    _write(cell, said)
    return ("words", "changed", grid, mark, column, said)


def _write(cell: Element, said: str) -> None:
    texts = list(cell.iter(f"{_W}t"))
    texts[0].text = said
    for one in texts[1:]:
        one.text = ""


# --- Excel ----------------------------------------------------------------------------------------


def _excel(codes: list[str], chance: random.Random) -> dict[str, Any]:
    from futurefit.papers import filled
    from futurefit.papers.filled import CARRIER
    from futurefit.programme.returns import read_return, return_form
    from futurefit.publishing import workbook_form
    from futurefit.site.programme import concept_forms
    from futurefit.site.programme.queries import round_trips as queries

    reader = _reader()
    posts, own = queries.post_titles(), queries.own_lines(reader)
    files, held, boxes = {}, {}, 0
    for code in codes:
        lines = queries.for_a_return(own, f"project:{code}")
        held[code] = queries.lines_held(reader, lines)
        form = return_form("Return", list(held[code].values()), YEARS, posts, "")
        boxes += sum(len(line.boxes) for grid in form.grids for line in grid.lines)
        carried = concept_forms.seal_return(form, lines, reader.ledger)
        files[code] = workbook_form.write(_with(form, carried), CARRIER)
    planted, edited, kinds = {}, {}, Counter[str]()
    for code, data in files.items():
        edited[code], planted[code] = plant_in_workbook(data, chance)
        kinds.update(edit[0] for edit in planted[code])
    saved = through_office(edited, "xlsx")
    hits = others = 0
    notes, took = [], 0.0
    for code in codes:
        began = time.perf_counter()
        back = filled.read("return.xlsx", saved[code])
        took += time.perf_counter() - began
        carried = concept_forms.unseal(back.carried)
        assert carried is not None, f"{code} has lost its seal"
        given, seen = carried["values"], carried["lines"]
        found = read_return(back, given, seen, held[code], posts, lambda ref, journal: "moved")
        told = Counter(
            (change.ref, year, account.value, pence)
            for change in found.changes
            for (year, account), pence in change.changes.items()
        )
        told.update((ref, "", "owner", title) for ref, title in found.owners.items())
        wanted = Counter[Any]()
        for _, effects in planted[code]:
            wanted.update(effects)
        whole = [not (Counter(effects) - told) for _, effects in planted[code]]
        hits += sum(whole)
        others += sum((told - wanted).values()) + len(found.problems)
        notes += [f"missed {code}: {one}" for one in (wanted - told)]
        notes += [f"not planted {code}: {one}" for one in (told - wanted)]
        notes += [problem.message for problem in found.problems]
    total = sum(len(edits) for edits in planted.values())
    return _told(boxes, total, hits, others, kinds, notes, 1000 * took / len(codes))


_ACCOUNTS = {word: word.upper().replace(" ", "_") for word in _RATINGS}


def plant_in_workbook(
    data: bytes, chance: random.Random
) -> tuple[bytes, list[tuple[str, list[Any]]]]:
    """A return with some cells changed, and what each edit must come to; one edit a line."""
    book = openpyxl.load_workbook(BytesIO(data))
    amounts, slips, owners = (book[name] for name in ("Amounts", "Slips", "Owners"))
    heads = {cell.value: cell.column for cell in amounts[1]}
    rows = [row[0].row for row in amounts.iter_rows(min_row=2) if amounts.cell(row[0].row, 4).value]
    by_line: dict[str, list[int]] = {}
    for row in rows:
        by_line.setdefault(amounts.cell(row, 2).value, []).append(row)
    edits: list[tuple[str, list[Any]]] = []
    slip = 2
    for ref, own in by_line.items():
        row = chance.choice(own)
        rating = amounts.cell(row, 4).value
        held = {year: amounts.cell(row, heads[year]).value or 0 for year in YEARS}
        pence = {year: round(value * 100_000) for year, value in held.items()}
        what = chance.choice(("amount", "formula", "rating", "slip", "owner", "none"))
        account = _ACCOUNTS[rating]
        if what in ("amount", "formula"):
            year, new = chance.choice(YEARS), chance.randint(1, 9_999) * 10
            cell = amounts.cell(row, heads[year])
            cell.value = new / 100 if what == "amount" else f"={new}/100"
            change = new * 1_000 - pence[year]
            edits.append((what, [(ref, year, account, change)] if change else []))
        elif what == "rating":
            taken = {amounts.cell(other, 4).value for other in own}
            new_rating = next(word for word in _RATINGS if word not in taken)
            amounts.cell(row, 4).value = new_rating
            edits.append(
                (
                    what,
                    [
                        effect
                        for year, amount in pence.items()
                        if amount
                        for effect in (
                            (ref, year, account, -amount),
                            (ref, year, _ACCOUNTS[new_rating], amount),
                        )
                    ],
                )
            )
        elif what == "slip":
            start = next(year for year, amount in pence.items() if amount)
            end = next(year for year in YEARS if year != start)
            for column, value in enumerate((ref, rating, 0.01, start, end), start=2):
                slips.cell(slip, column).value = value
            slip += 1
            edits.append((what, [(ref, start, account, -1_000), (ref, end, account, 1_000)]))
        elif what == "owner":
            at = next(row[0].row for row in owners.iter_rows(min_row=2) if row[0].value == ref)
            title = next(t for t in _POSTS.values() if t != owners.cell(at, 3).value)
            owners.cell(at, 3).value = title
            edits.append((what, [(ref, "", "owner", title)]))
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue(), edits

"""How does the whole ledger, with its words, leave this installation and enter another? (LED-10)

The pure library writes and reads the chain. The words that people keep beside it travel as further
files of the same package, so that the site at the other end reads as this one does. Proposals that
still wait do not travel.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db import models as fields
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

import futurefit
from futurefit.kernel.findings import Finding, Severity
from futurefit.ledger import chain, checks, package, state
from futurefit.ledger.chain import Head
from futurefit.ledger.closing import Closed
from futurefit.ledger.entries import Journal
from futurefit.ledger.package import NotAPackage
from futurefit.site.ledger import models, proof, queries, rows
from futurefit.site.ledger.operations.writing import exclusive, words_changed

NAME = "futurefit-ledger"
_AT_ONCE = 500
_IMPORTED = "Imported with the ledger"

WORDS: Mapping[str, tuple[type[fields.Model], tuple[str, ...], tuple[str, ...]]] = {
    "programme": (
        models.Programme,
        ("id",),
        ("id", "name", "council", "first_year", "last_year", "open_from"),
    ),
    "headings": (
        models.Heading,
        ("dimension", "code"),
        ("dimension", "code", "name", "parent_dimension", "parent_code", "order"),
    ),
    "line_words": (models.Line, ("ref",), ("ref", "title", "narrative", "printed_note")),
    "claim_sources": (
        models.ClaimSource,
        ("code",),
        ("code", "source_kind", "reference", "title", "note"),
    ),
    "documents": (models.Document, ("sha256",), ("sha256", "name", "kind", "pages", "url")),
    "named_positions": (
        models.NamedPosition,
        ("name",),
        ("name", "kind", "as_at", "number", "digest", "by", "at", "why", "supersedes"),
    ),
    # Not for whom by number: people have other numbers in another installation.
    "month_steps": (
        models.MonthStep,
        ("month", "step", "at"),
        ("month", "step", "by", "at", "why", "for_post", "until"),
    ),
    "rulings": (
        models.Ruling,
        ("line_a", "line_b", "source", "at"),
        (
            "line_a",
            "line_b",
            "source",
            "verdict",
            "keeps",
            "share_a",
            "stood",
            "by",
            "at",
            "why",
        ),
    ),
    "erasures": (
        models.Erasure,
        ("journal_id", "field"),
        ("journal_id", "field", "by", "at", "why"),
    ),
}
"""Each file of words: its rows, what tells two of them apart, and its columns."""


def export_package() -> dict[str, bytes]:
    """Every file of the package by name: the chain up to its head, and the words as they stand."""
    # Chain and words of one moment: nobody posts for the second that it takes.
    with exclusive() as head:
        return _export(head)


def _export(head: models.LedgerHead) -> dict[str, bytes]:
    journals = rows.read(0, head.number)
    files = package.write(journals, name=NAME, version=futurefit.__version__)
    contents = json.loads(files["datapackage.json"])
    for resource, (model, _, columns) in WORDS.items():
        files[f"{resource}.csv"] = _csv(columns, _rows(model, columns))
        contents["resources"].append(
            {
                "name": resource,
                "path": f"{resource}.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {"fields": [_described(model, column) for column in columns]},
            }
        )
    files["datapackage.json"] = (json.dumps(contents, indent=2, ensure_ascii=False) + "\n").encode()
    return files


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in: how many journals were new, and what is doubtful about the ledger now."""

    journals: int
    findings: tuple[Finding, ...]


def import_package(files: Mapping[str, bytes]) -> Imported:
    """Take a package in, whole or not at all.

    The ledger here must be empty, or be the beginning of the one in the package: what follows is
    then asked all that is asked of whoever posts here. Words that stand here already stay as they
    are. Raises NotAPackage, and then nothing has changed.
    """
    journals = package.read(files)
    wrong = chain.verify(journals, package.head_of(files))
    if wrong:
        raise NotAPackage(" ".join(finding.message for finding in wrong[:3]))
    words = {resource: list(_read(resource, files)) for resource in WORDS}
    with exclusive() as head:
        here = Head(head.number, head.digest)
        new = _beyond(here, journals)
        before = queries.ledger_at(here)
        if here.number:
            _refuse_unlawful(before, new)
        ledger = state.extend(before, new)
        try:
            with transaction.atomic():
                _take_in(new, ledger, words)
        except (IntegrityError, ValidationError) as refused:
            raise NotAPackage(f"The database refuses a row of the package: {refused}") from None
        found = proof.verify()
        wrong = [each for each in found if each.severity is Severity.ERROR]
        if wrong:
            raise NotAPackage(" ".join(finding.message for finding in wrong[:3]))
        transaction.on_commit(lambda: queries.keep(ledger))
    return Imported(len(new), tuple(found))


def _refuse_unlawful(ledger: state.Ledger, new: Sequence[Journal]) -> None:
    """Refuse journals that nobody could have posted here, in the months that are open here."""
    horizon = queries.horizon()
    if horizon is None:
        raise NotAPackage("Set the programme and its years up first.")
    today = timezone.localdate()
    months = queries.closing()
    # Nobody in particular posts: whatever month is unlocked here now takes what comes in.
    unlocked = [act.month for act in months.unlocked if act.until and today <= act.until]
    closed = Closed(months.locked_to, None, tuple(unlocked))
    for journal in new:
        recorded = min(today, timezone.localdate(journal.recorded_at))
        refused = checks.check(
            ledger, chain.draft_of(journal), horizon=horizon, today=recorded, closed=closed
        )
        if refused:
            raise NotAPackage(
                f"Journal {journal.number} could not have been posted here. "
                + " ".join(refusal.message for refusal in refused)
            )
        ledger = state.extend(ledger, [journal])


def _beyond(here: Head, journals: list[Journal]) -> list[Journal]:
    """The journals of the package that follow the head here."""
    shared = here.number and min(here.number, len(journals))
    ours = queries.journal(shared) if shared else None
    if ours is not None and journals[shared - 1].digest != ours.digest:
        raise NotAPackage(
            f"The package is another ledger than the one here: they differ at or before journal "
            f"{shared}. Import it into an empty data folder."
        )
    return journals[here.number :]


def _take_in(
    new: list[Journal], ledger: state.Ledger, words: Mapping[str, list[dict[str, Any]]]
) -> None:
    for first in range(0, len(new), _AT_ONCE):
        rows.insert(new[first : first + _AT_ONCE])
    if new:
        _project(ledger, {row["ref"]: row for row in words["line_words"]}, since=new[0].number)
        models.LedgerHead.objects.update(
            number=new[-1].number, digest=new[-1].digest, recorded_at=new[-1].recorded_at
        )
    for resource, (model, key, _) in WORDS.items():
        if model is models.Heading:
            _take_in_headings(words[resource])
        elif model is not models.Line:
            _add_missing(model, key, words[resource])
    words_changed()


def _project(ledger: state.Ledger, words: Mapping[str, dict[str, Any]], *, since: int) -> None:
    """The rows of the lines that the new journals open or move."""
    opened = {event.line: event.ref.journal for event in ledger.line_events if event.opened}
    fresh = []
    for ref, last in ledger.last.items():
        if last < since or ref not in opened:
            continue
        projected = {**rows.classes(ledger.lines[ref]), "last_journal": last}
        if opened[ref] < since:
            models.Line.objects.filter(ref=ref).update(**projected)
        else:
            # A package of the bare chain has no words: a line is then called by its reference.
            said = words.get(ref) or {"ref": ref, "title": ref}
            fresh.append(models.Line(**said, opened_in=opened[ref], **projected))
    bulk_create_with_history(fresh, models.Line, default_change_reason=_IMPORTED)


def _add_missing(model: type[fields.Model], key: tuple[str, ...], read: list[dict]) -> None:
    standing = set(model._default_manager.values_list(*key))
    fresh = [model(**row) for row in read if tuple(row[name] for name in key) not in standing]
    if hasattr(model, "history"):
        bulk_create_with_history(fresh, model, default_change_reason=_IMPORTED)
    else:
        model._default_manager.bulk_create(fresh)


def _take_in_headings(read: list[dict[str, Any]]) -> None:
    parents = {
        (row["dimension"], row["code"]): (row.pop("parent_dimension"), row.pop("parent_code"))
        for row in read
    }
    standing = set(models.Heading.objects.values_list("dimension", "code"))
    _add_missing(models.Heading, ("dimension", "code"), read)
    by_code = {(h.dimension, h.code): h for h in models.Heading.objects.all()}
    for key, parent in parents.items():
        if key not in standing and parent[0]:
            if parent not in by_code:
                raise NotAPackage(
                    f"headings.csv: {key[1]} is a part of {parent[1]}, which is not there"
                )
            models.Heading.objects.filter(pk=by_code[key].pk).update(parent=by_code[parent])


def _rows(model: type[fields.Model], columns: tuple[str, ...]) -> list[tuple]:
    names = [column.replace("parent_", "parent__") for column in columns]
    # Sorted here: databases do not agree on the order of letters.
    return sorted(model._default_manager.values_list(*names), key=lambda row: [str(v) for v in row])


def _field(model: type[fields.Model], column: str) -> fields.Field:
    if column.startswith("parent_"):
        return model._meta.get_field(column.removeprefix("parent_"))  # type: ignore[return-value]
    return model._meta.get_field(column.removesuffix("_id"))  # type: ignore[return-value]


def _kind(model: type[fields.Model], column: str) -> str:
    field = _field(model, column)
    if isinstance(field, fields.DateTimeField):
        return "datetime"
    if isinstance(field, fields.DateField):
        return "date"
    if isinstance(field, fields.IntegerField | fields.ForeignKey):
        return "integer"
    return "string"


def _described(model: type[fields.Model], column: str) -> dict[str, str]:
    return {"name": column, "type": _kind(model, column)}


def _csv(columns: tuple[str, ...], found: list[tuple]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in found)
    return out.getvalue().encode("utf-8")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return chain.stamp(value)
    return package.shielded(value) if isinstance(value, str) else value


def _read(resource: str, files: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    """The rows of a file of words; none when the package holds only the chain."""
    model, _, columns = WORDS[resource]
    name = f"{resource}.csv"
    if name not in files:
        return
    try:
        reader = csv.reader(io.StringIO(files[name].decode("utf-8-sig"), newline=""))
        if tuple(next(reader, ())) != columns:
            raise NotAPackage(f"{name} must begin with the columns {', '.join(columns)}")
        for row in reader:
            yield {
                column: _value(_kind(model, column), cell, empty=_field(model, column).null)
                for column, cell in zip(columns, row, strict=True)
            }
    except UnicodeDecodeError as wrong:
        raise NotAPackage(f"{name} is not UTF-8 text: {wrong.reason}") from None
    except (csv.Error, ValueError) as wrong:
        if isinstance(wrong, NotAPackage):
            raise
        raise NotAPackage(f"{name}, line {reader.line_num}: {wrong}") from None


def _value(kind: str, cell: str, *, empty: bool) -> Any:
    if cell == "":
        return None if empty else ""
    if kind == "integer":
        return int(cell)
    if kind == "date":
        return date.fromisoformat(cell)
    if kind == "datetime":
        return datetime.fromisoformat(cell).astimezone(UTC)
    return package.unshielded(cell)

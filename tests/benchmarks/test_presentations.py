"""The presentations' benchmark at a size where its figures mean nothing: its answers must agree."""

import shutil

import pytest

from benchmarks import presentations, rollups
from benchmarks.measuring import TINY, Skipped
from benchmarks.peers import libreoffice
from tests.conftest import absent


def test_futurefit_numpy_and_plain_python_give_the_same_pence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(libreoffice, "measured", lambda *_, **__: Skipped("LibreOffice", "a test"))
    report = presentations.run(TINY)
    assert len(report.comparisons) == 5
    assert len(report.agreed) == 3


def test_libreoffice_shows_the_same_pence() -> None:
    if shutil.which("soffice") is None:
        absent("there is no LibreOffice (soffice) here")
    ledger, books = rollups.generated(TINY)
    questions = [*rollups.one_way(), ("theme", "rag")]
    sheet = libreoffice.measured(books, questions, runs=1)
    assert not isinstance(sheet, Skipped)
    for question in questions:
        assert sheet.answers[question] == rollups.answer(ledger, question, books.years)

"""A data return's way back: with a mistake, then put right, then recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from futurefit.ledger.entries import Account
from futurefit.ledger.revising import held
from futurefit.site.ledger import queries
from tests.journeys.conftest import Traveller
from tests.site import people
from tests.site.programme.filling import AMOUNTS, cell, rewritten, written
from tests.site.programme.worlds import World


# A page that fits a telephone fits a desk: the third way would find nothing new.
@pytest.mark.parametrize("traveller", ["on a phone", "without JavaScript"], indirect=True)
@pytest.mark.usefixtures("server")
def test_a_return_with_a_mistake_is_put_right_and_recorded(
    traveller: Traveller, tmp_path: Path
) -> None:
    World()
    traveller.sign_in("bob", people.PASSWORD)
    away = when_finance_takes_a_return_away(traveller)
    and_brings_it_back_with_a_mistake(traveller, away, tmp_path)
    then_it_is_told_where_and_nothing_can_be_recorded(traveller)
    when_it_is_put_right_and_brought_again(traveller, away, tmp_path)
    then_it_is_one_journal(traveller)
    and_a_form_shows_what_was_changed_on_both_sides(traveller, tmp_path)


def when_finance_takes_a_return_away(traveller: Traveller) -> bytes:
    traveller.open("/returns/")
    with traveller.page.expect_download() as coming:
        traveller.page.get_by_role("button", name="Take it away").click()
    return Path(coming.value.path()).read_bytes()


def _bring(traveller: Traveller, file: Path) -> None:
    traveller.open("/returns/bring/")
    traveller.page.locator('main [name="file"]').set_input_files(file)
    traveller.press("Read it")


def and_brings_it_back_with_a_mistake(traveller: Traveller, away: bytes, folder: Path) -> None:
    amount = cell(away, "Row", "LIB-1/1", "2016/17")
    file = folder / "wrong.xlsx"
    file.write_bytes(written(away, AMOUNTS, {amount: "forty"}))
    _bring(traveller, file)


def then_it_is_told_where_and_nothing_can_be_recorded(traveller: Traveller) -> None:
    traveller.sees("1 thing to put right", "Sheet “Amounts”", "“forty” is not an amount of money")
    assert traveller.page.get_by_role("button", name="Record it").count() == 0


def when_it_is_put_right_and_brought_again(traveller: Traveller, away: bytes, folder: Path) -> None:
    amount = cell(away, "Row", "LIB-1/1", "2016/17")
    file = folder / "right.xlsx"
    file.write_bytes(written(away, AMOUNTS, {amount: "36"}))
    _bring(traveller, file)
    traveller.sees("What would change", "£40,000", "£36,000")
    traveller.press("Record it")
    traveller.sees("There is a problem", "Choose “What the change on LIB-1 is”.")
    traveller.fill(why="Monthly return", **{"nature-0": "RE_ESTIMATE"})
    traveller.press("Record it")


def then_it_is_one_journal(traveller: Traveller) -> None:
    traveller.sees("Recorded. The figures are journal")
    sums = held(queries.current_ledger(), "LIB-1")
    assert sums["2016/17", Account.AMBER] == 36_000_00


def and_a_form_shows_what_was_changed_on_both_sides(traveller: Traveller, folder: Path) -> None:
    form = traveller.page.request.get(f"{traveller.site}/projects/libraries/form.docx").body()
    traveller.open("/projects/libraries/change/")
    traveller.fill(description="About reading")
    traveller.press("Save")
    file = folder / "form.docx"
    file.write_bytes(rewritten(form, "word/document.xml", ("About libraries", "About books")))
    _bring(traveller, file)
    traveller.sees("Changed here too", "About libraries", "About reading", "About books")
    traveller.page.get_by_label("Accept Description").check()
    traveller.fill(why="The paper of November")
    traveller.press("Record it")
    traveller.sees("About books")

"""Places in documents, and findings about them."""

from futurefit.kernel.findings import Finding, Severity, exit_status
from futurefit.kernel.provenance import Provenance


def test_a_place_is_said_as_a_person_would_say_it() -> None:
    place = Provenance("pack.md", heading="Savings", page=287, line=619, table=12, row=2, column=3)
    assert place.words() == "pack.md, “Savings”, page 287, line 619, table 12, row 2, column 3"
    assert Provenance(line=3).words() == "line 3"
    assert Provenance().words() == ""


def test_notes_alone_count_as_clean() -> None:
    note = Finding("X-01", Severity.NOTE, "Worth knowing.")
    warning = Finding("X-02", Severity.WARNING, "Worth a look.")
    assert exit_status([]) == exit_status([note]) == 0
    assert exit_status([note, warning]) == 1

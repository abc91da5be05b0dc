"""Every format writes every report."""

import pytest

from futurefit.publishing.formats import FORMATS
from tests.publishing.cases import IMPRINT, grid, report


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_a_table_and_a_report_the_same_way_twice(name: str) -> None:
    write = FORMATS[name].write
    for document in (grid(), report()):
        assert write(document, IMPRINT) == write(document, IMPRINT)
        assert write(document, None)


def test_what_the_command_line_offers_is_there() -> None:
    assert set(FORMATS) == {"csv", "docx", "html", "json", "pdf", "text", "xlsx"}

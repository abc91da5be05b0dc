"""Units of cells and of their headings (rule AUD-38). Expected figures are worked by hand."""

from tests.papers.drawing import findings, in_tables, told


def test_a_cell_in_millions_under_thousands_is_a_note_and_read_as_it_says() -> None:
    """AUD-38: 900 + £1.5m = 2,400 in thousands, so nothing fails."""
    (note,) = in_tables(
        findings(
            """
            | Service | 2016/17 £000 | 2017/18 £000 |
            | --- | --- | --- |
            | Parks | 900 | 10 |
            | Roads | £1.5m | 20 |
            | Total | 2,400 | 30 |
            """
        )
    )
    assert told([note]) == [("note", "AUD-38", 3, 2)]
    assert "Roads, 2016/17 £000 prints £1.5m, under a heading in another unit" in note.message


def test_a_cell_that_repeats_the_unit_of_its_heading_is_let_be() -> None:
    found = findings(
        """
        | Service | £m |
        | --- | --- |
        | Parks | £0.5m |
        | Roads | 1.5 |
        | Total | £2.0m |
        """
    )
    assert in_tables(found) == []


def test_pounds_under_a_heading_in_millions_are_a_warning() -> None:
    found = in_tables(
        findings(
            """
            | Service | £m |
            | --- | --- |
            | Parks | 1,250,000 |
            """
        )
    )
    assert told(found) == [("warning", "AUD-38", 2, 2)]
    assert "makes £1,250,000,000,000" in found[0].message

"""The real pack of November 2015: what its words, lists, dates and forms get wrong.

Every finding was judged against the paper by reading it; the comment says what the slip is. Only
labels and figures are quoted.
"""

from pathlib import Path

import pytest

from futurefit.kernel.findings import Finding
from futurefit.papers.audit import audit
from futurefit.papers.dates import paper_date
from futurefit.papers.document import Document
from futurefit.papers.readers import read_file

PACK = "data/packs/worcestershire-cabinet-2015-11-19.md"


@pytest.fixture(scope="module")
def pack(shared: Path) -> Document:
    return read_file(shared / PACK)


@pytest.fixture(scope="module")
def found(pack: Document) -> list[Finding]:
    return [one for one in audit(pack) if "AUD-40" <= one.code <= "AUD-52"]


def test_the_pack_is_of_the_day_of_its_meeting(pack: Document) -> None:
    """AUD-45."""
    own = paper_date(pack)
    assert own is not None
    assert own.words == "19 November 2015"


def test_the_warnings_on_words_are_slips(found: list[Finding]) -> None:
    warnings = [one for one in found if one.severity.value != "note"]
    assert [(one.severity.value, one.code, one.place.line, one.expected) for one in warnings] == [
        ("warning", "AUD-50", 79, "unlimited"),  # £5,000 was the limit until 11 March 2015
        ("warning", "AUD-43", 249, ""),  # reference 4 for two lines
        ("warning", "AUD-43", 331, ""),  # the same table printed again
        ("warning", "AUD-40", 901, "4"),  # five strands, four listed; a 5 run into the last
        ("warning", "AUD-40", 975, "4"),
        ("warning", "AUD-40", 1011, "4"),
        ("warning", "AUD-41", 1504, "−37.5%"),  # O-DAY-03: "almost halved", 8 to 5 days
        ("warning", "AUD-48", 1563, ""),  # equality: TBD
    ]


def test_the_notes_on_words_are_worth_a_line(found: list[Finding]) -> None:
    notes = [one for one in found if one.severity.value == "note"]
    assert [(one.code, one.place.line) for one in notes] == [
        ("AUD-48", 113),  # the schools contract: nothing on equality
        ("AUD-52", 115),  # FutureFit and Future Fit
        ("AUD-47", 167),  # a milestone of 1 October 2015 without a status
        ("AUD-48", 169),  # three places to be confirmed
        ("AUD-46", 183),  # 2015-17 over 2015/16 to 2017/18
        ("AUD-44", 221),  # savings of April 2015 promised in the contents
        ("AUD-44", 225),  # a holistic housing model promised, an integrated one described
        ("AUD-48", 270),  # self-sufficiency: no milestones under that heading
        ("AUD-48", 270),  # and nothing on equality
        ("AUD-48", 284),  # start-up costs without their amount
        ("AUD-45", 405),  # a summer of a financial year
        ("AUD-43", 412),  # the parts go from 4 to 7
        ("AUD-48", 413),  # a mitigation among the risks
        ("AUD-51", 572),  # 65% and 13% planned, for a target of 80% to 90%
        ("AUD-47", 592),  # currently consulting, and completed
        ("AUD-48", 624),  # commissioning: nothing on equality
        ("AUD-44", 652),  # Appendix 1
        ("AUD-47", 692),  # ongoing, under completed
        ("AUD-52", 814),  # COACH, COaCH, CoaCh, Coach
        ("AUD-47", 910),  # two next steps of September 2015
        ("AUD-49", 966),  # the question on savings asked again over the workstreams
        ("AUD-47", 1036),  # to be reported by 30 September 2015
        ("AUD-52", 1046),  # self-sufficient and self-sustaining
        ("AUD-52", 1057),  # a workstream misspelled
        ("AUD-42", 1108),  # gross £18.6m, net £26.3m
        ("AUD-44", 1288),  # Appendix 2b
        ("AUD-44", 1338),  # Appendix 2c
        ("AUD-47", 1398),  # two milestones of summer and autumn 2015 without a status
        ("AUD-47", 1496),  # two tasks of August and September 2015, still to come
        ("AUD-47", 1511),  # achieved, by March 2016
        ("AUD-44", 1523),  # Appendix E
        ("AUD-44", 1523),  # Appendix F
        ("AUD-49", 1523),  # one item twice
        ("AUD-48", 1577),  # human resources: no sign-off, no base budget
        ("AUD-48", 1577),  # and nothing on equality
        ("AUD-47", 1623),  # the milestones of 1398 again
        ("AUD-46", 1637),  # a base budget of 2014-15
        ("AUD-46", 1638),  # 2015-17 over 2015/16 to 2017/18
        ("AUD-48", 1644),  # FTE rows left blank
        ("AUD-48", 1659),  # investment rows left blank
    ]
    assert all(one.confidence <= 0.7 for one in notes)


def test_every_finding_says_where_and_what_to_do(found: list[Finding]) -> None:
    assert all(one.place.line and one.message and one.advice for one in found)

"""Three projects go through LibreOffice and come back: the benchmark's 200, small."""

import shutil

from benchmarks import round_trips
from benchmarks.measuring import TINY
from tests.conftest import absent


def test_what_libreoffice_opened_and_saved_differs_by_the_planted_edits_alone() -> None:
    """TRP-01, TRP-02, TRP-03."""
    if shutil.which("soffice") is None:
        absent("there is no LibreOffice here to save forms and returns")
    report = round_trips.run(TINY)
    scores = {score.title.partition(", of")[0]: score for score in report.scores}
    for kind in ("Word", "Excel"):
        assert scores[f"{kind}: boxes lost or changed that nobody edited"].ours == 0
        assert scores[f"{kind}: planted edits found"].ours == 100

"""Does a paper or a workbook that LibreOffice opened and saved come back as it left? (TRP-01 to 06)

Made-up projects with every field filled by chance leave as Word forms and as data returns. Edits of
every kind are planted in them; LibreOffice opens and saves each; what comes back must differ by the
planted edits and by nothing else.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks import installation
from benchmarks.measuring import Report, Score, Size, Skipped

MOST_PROJECTS = 200


def run(size: Size) -> Report:
    """Send every project out and back, and count what was lost, changed, found and missed."""
    projects = min(MOST_PROJECTS, size.lines // 20)
    report = Report("round_trips", f"{projects} projects out and back through LibreOffice")
    if shutil.which("soffice") is None:
        report.skipped.append(Skipped("round trips", "LibreOffice is not installed"))
        return report
    home = Path(tempfile.mkdtemp(prefix="trips-", dir=installation.workspace()))
    found = installation.Installation(home).inside("round_trips", size)
    for kind in ("Word", "Excel"):
        told = found[kind]
        report.scores += [
            Score(
                f"{kind}: boxes lost or changed that nobody edited, of {told['boxes']:,}",
                told["others"],
                aim=0,
                more=False,
                note="; ".join(told["notes"][:5]),
            ),
            Score(
                f"{kind}: planted edits found, of {told['planted']:,}",
                100 * told["found"] / max(told["planted"], 1),
                "%",
                100.0,
                note=", ".join(f"{what} {n}" for what, n in sorted(told["kinds"].items())),
            ),
            Score(f"{kind}: reading back, a file", told["read_ms"], "ms", more=False),
        ]
    return report

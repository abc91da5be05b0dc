"""A worker is warm before its first reader, and starts where there is no database yet."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = "import gc, futurefit.site.config.wsgi; print(gc.get_freeze_count())"


def test_what_stays_for_good_is_out_of_the_garbage_collectors_sight(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "FUTUREFIT_HOME": str(tmp_path), "FUTUREFIT_DATABASE": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) > 10_000

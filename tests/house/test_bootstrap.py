"""Can a newcomer set the product up with Python alone, and may we serve what it serves?"""

import ast
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import frontend

ROOT = Path(__file__).resolve().parents[2]
SETUP = [ROOT / "bootstrap.py", ROOT / "tools/frontend.py"]


@pytest.mark.parametrize("script", SETUP, ids=lambda path: path.name)
def test_setting_up_imports_the_standard_library_alone(script: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert imported <= sys.stdlib_module_names


def test_an_old_python_can_read_bootstrap_far_enough_to_be_told_so() -> None:
    ast.parse((ROOT / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def bootstrap(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "bootstrap.py", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def test_setting_up_again_says_nothing_and_costs_next_to_nothing() -> None:
    bootstrap("run")  # whatever an edit has left to do
    started = time.perf_counter()
    again = bootstrap("run")
    took = time.perf_counter() - started
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert took < 1  # about 0.05 s; the rest is for a busy machine


def test_a_wrong_word_is_answered_with_what_can_be_said() -> None:
    wrong = bootstrap("rnu")
    assert wrong.returncode == 1
    assert "python3 bootstrap.py run" in wrong.stderr


def test_the_style_sheet_keeps_neither_typeface_nor_crest() -> None:
    sheet = frontend.STYLE_SHEET.read_text(encoding="utf-8").replace(frontend.NOTICE, "").lower()
    assert len(sheet) > 100_000
    assert [trace for trace in frontend.FORBIDDEN if trace in sheet] == []
    assert frontend.TYPEFACE.lower() in sheet


def test_a_release_of_another_shape_is_refused() -> None:
    with pytest.raises(frontend.TracesLeft, match="gds transport"):
        frontend.rebrand('.govuk-body{font-family:"GDS Transport",arial}')


def test_one_script_is_shipped() -> None:
    """Decision 37: keys of the keyboard, and nothing else."""
    shipped = [path for path in (ROOT / "src").rglob("*") if path.suffix in {".js", ".mjs", ".ts"}]
    assert [path.name for path in shipped] == ["shortcuts.js"]

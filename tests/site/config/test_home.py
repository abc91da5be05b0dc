"""The data folder and its secret: made once, the owner's alone, one for all who start at once."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from futurefit.site.config import home


def test_the_secret_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "var"
    home.prepare(folder)
    first = home.secret_key(folder)
    home.prepare(folder)
    assert home.secret_key(folder) == first
    assert len(first) >= 80
    assert stat.S_IMODE((folder / home.KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_all_who_start_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    def start(_: int) -> str:
        home.prepare(tmp_path)
        return home.secret_key(tmp_path)

    with ThreadPoolExecutor(8) as starters:
        assert len(set(starters.map(start, range(16)))) == 1
    assert [path.name for path in tmp_path.glob("secret*")] == [home.KEY_FILE]


def test_looking_round_writes_nothing(tmp_path: Path) -> None:
    assert home.secret_key(tmp_path) != home.secret_key(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_var_unless_the_environment_names_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FUTUREFIT_HOME", "elsewhere")
    assert home.folder() == tmp_path / "elsewhere"
    monkeypatch.setenv("FUTUREFIT_HOME", "")
    assert home.folder() == tmp_path / "var"

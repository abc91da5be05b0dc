"""The settings of an installation, read in a process of their own as the environment stands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

SHOWN = ("DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS", "COUNCIL")


def settings_with(home: Path, **environment: str) -> dict[str, object]:
    script = (
        "import json; from futurefit.site.config import settings as s; "
        f"print(json.dumps({{name: getattr(s, name) for name in {SHOWN}}}))"
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith("FUTUREFIT_")}
    found = subprocess.run(
        [sys.executable, "-c", script],
        env={**clean, "FUTUREFIT_HOME": str(home), **environment},
        capture_output=True,
        check=True,
    )
    return json.loads(found.stdout)


def test_by_default_only_this_machine_is_served_and_faults_stay_inside(tmp_path: Path) -> None:
    assert settings_with(tmp_path) == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "SESSION_COOKIE_SECURE": False,
        "CSRF_TRUSTED_ORIGINS": [],
        "COUNCIL": "Example County Council",
    }
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_others_reach_sends_its_cookies_over_tls_only(tmp_path: Path) -> None:
    found = settings_with(tmp_path, FUTUREFIT_HOSTS="a.example, b.example", FUTUREFIT_COUNCIL="X")
    assert found["ALLOWED_HOSTS"][-2:] == ["a.example", "b.example"]  # type: ignore[index]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://a.example", "https://b.example"]
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["COUNCIL"] == "X"


@pytest.mark.django_db
def test_every_model_has_its_migration() -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert "No changes" in said.getvalue()


def test_django_finds_nothing_to_complain_of() -> None:
    call_command("check", fail_level="WARNING")

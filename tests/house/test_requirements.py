"""Is every package here for a stated reason, used, and held to a digest?"""

import re

import pytest

from tests.house.repository import ROOT, sources, text_of

FOLDER = ROOT / "requirements"
LISTS = ("boot", "node", "run", "test")
# name==version, an optional extra in brackets, two spaces, and the reason
LINE = re.compile(r"(?P<name>[a-z0-9-]+)(\[[a-z,]+\])?==(?P<version>\S+) +# (?P<reason>\S.{7,})")

# Modules that are not called what their package is called.
MODULES = {
    "fontpkg-arimo": "fontpkg_arimo",
    "django-allauth": "allauth",
    "django-simple-history": "simple_history",
    "python-calamine": "python_calamine",
    "vl-convert-python": "vl_convert",
}
# Used without being named in our source.
UNNAMED = {
    "editables": "the project's own installation asks for it",
    "psycopg": "Django loads it when the database is PostgreSQL",
}


def named(which: str) -> dict[str, str]:
    """The packages of a list, with their versions."""
    found = {}
    for line in (FOLDER / f"{which}.in").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "-r ")):
            match = LINE.fullmatch(line)
            assert match, f"{which}.in: wanted 'name==version  # what it is for', found: {line}"
            found[match["name"]] = match["version"]
    return found


def locked(which: str) -> dict[str, str]:
    """The packages of a lock, with their versions."""
    text = (FOLDER / f"{which}.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", text))


@pytest.mark.parametrize("which", LISTS)
def test_every_package_is_pinned_and_says_what_it_is_for(which: str) -> None:
    assert named(which)


@pytest.mark.parametrize("which", LISTS)
def test_a_lock_holds_what_its_list_names(which: str) -> None:
    lock = locked(which)
    assert {name: lock.get(name) for name in named(which)} == named(which)


@pytest.mark.parametrize("which", LISTS)
def test_a_lock_holds_a_digest_for_every_package_and_no_address(which: str) -> None:
    text = (FOLDER / f"{which}.lock").read_text(encoding="utf-8")
    assert "://" not in text
    packages = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_the_tests_run_with_exactly_what_runs() -> None:
    run, test = locked("run"), locked("test")
    assert {name: test.get(name) for name in run} == run


def test_every_package_that_runs_is_used() -> None:
    source = "\n".join(text_of(path) or "" for path in sources("src", "tools"))
    modules = {name: MODULES.get(name, name) for name in named("run") if name not in UNNAMED}
    unused = [name for name, module in modules.items() if not re.search(rf"\b{module}\b", source)]
    assert unused == []


def test_the_project_takes_its_packages_from_the_list() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'dynamic = ["dependencies"]' in text

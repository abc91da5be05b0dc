"""Would every file here travel, and could a person read it in one sitting?"""

import re

from tests.house.repository import ROOT, place, sources, text_of, tracked

# Written in two halves, so that this file does not find itself.
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "npm" + "js.com",
    "debian" + ".org/debian",
    "proxy." + "golang",
)
A_PERSONS_FOLDER = re.compile(r"(?<![\w.~*-])/(?:home|root|Users|work|farm)/\w")

LONGEST = 600


def test_no_file_names_a_package_registry() -> None:
    # Where packages come from is each installation's own affair: the public registry or a mirror.
    naming = [
        f"{place(path)}: {host}"
        for path in tracked()
        for host in REGISTRIES
        if host in (text_of(path) or "")
    ]
    assert naming == []


def test_no_file_names_a_folder_of_somebodys_own_machine() -> None:
    naming = [
        f"{place(path)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1)
        if A_PERSONS_FOLDER.search(line) or str(ROOT) in line
    ]
    assert naming == []


def test_every_module_can_be_read_in_one_sitting() -> None:
    # A migration is written by Django, and read by it.
    modules = [path for path in sources("src", "tools") if "migrations" not in path.parts]
    lengths = {place(path): len((text_of(path) or "").splitlines()) for path in modules}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}

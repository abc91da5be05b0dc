"""The real pack as read and as recognised, and its published extract: each once for a module."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from futurefit.papers.candidates import PaperCandidate
from futurefit.papers.document import Document
from futurefit.papers.readers import read_file
from futurefit.papers.recognise import recognise
from tests.papers.the_pack import PACK


@pytest.fixture(scope="module")
def pack(shared: Path) -> Document:
    return read_file(shared / PACK)


@pytest.fixture(scope="module")
def papers(pack: Document) -> tuple[PaperCandidate, ...]:
    return recognise(pack)


@pytest.fixture(scope="module")
def extract(shared: Path) -> dict[str, Any]:
    return yaml.safe_load((shared / "worcestershire-2015.yaml").read_text(encoding="utf-8"))

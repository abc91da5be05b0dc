"""The look of the site: colours that can be read, no scripts, nothing inline."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from django.test import Client

import futurefit
from futurefit.kernel.rag import Rag

SITE = Path(futurefit.__file__).parent / "site"
STYLES = (SITE / "common/static/common/site.css").read_text(encoding="utf-8")
TEMPLATES = sorted(SITE.glob("*/templates/**/*.html"))


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance of #rrggbb."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def custom(name: str) -> str:
    return re.search(rf"--{name}: (#[0-9a-f]{{6}});", STYLES)[1]


@pytest.mark.parametrize("rag", Rag)
def test_the_ratings_have_the_kernels_colours_and_can_be_read(rag: Rag) -> None:
    name = rag.value.lower().replace("_", "-")
    ground, ink = re.search(
        rf"\.rag--{name} {{ background: (#[0-9a-f]{{6}}); color: (#[0-9a-f]{{6}}); }}", STYLES
    ).groups()
    assert (ground, ink) == (rag.colour, rag.ink)
    assert contrast(ground, ink) >= 4.5


def test_ratings_differ_in_lightness_as_well_as_in_colour() -> None:
    for one, other in combinations((Rag.GREEN_ON_TARGET, Rag.RED, Rag.UNRATED), 2):
        assert contrast(one.colour, other.colour) >= 1.5


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("govuk-link-colour", "govuk-surface-background-colour"),
        ("govuk-link-colour", "site-total"),
        ("govuk-link-colour", "site-stripe"),
        ("site-header-ink", "govuk-brand-colour"),
    ],
)
def test_our_colours_can_be_read_on_each_other(ink: str, ground: str) -> None:
    assert contrast(custom(ink), custom(ground)) >= 4.5


SHORTCUTS = """<script src="{% static 'common/shortcuts.js' %}" defer></script>"""


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_script_and_no_style_of_its_own(template: Path) -> None:
    html = template.read_text(encoding="utf-8")
    # The one script of the site is a file of its own (decision 37).
    html = html.replace(SHORTCUTS, "")
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|autoescape off", html)


def test_every_page_can_be_skipped_into_and_names_itself(client: Client) -> None:
    html = client.get("/never/").content.decode()
    assert html.startswith('<!DOCTYPE html>\n<html lang="en-GB"')
    assert html.index('href="#main-content"') < html.index("<header")
    assert '<main class="govuk-main-wrapper" id="main-content">' in html
    assert "<title>A page – FutureFit – Example County Council</title>" in html
    assert html.count("<h1") == 1

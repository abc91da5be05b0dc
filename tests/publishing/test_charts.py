"""Charts (rule PUB-06)."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Chart, Value
from futurefit.publishing.charts import DRAWINGS, png, svg
from tests.publishing.cases import CHART, K

SVG = "{http://www.w3.org/2000/svg}"

BRIDGE = Chart(
    "bridge",
    "From target to delivered",
    "Target £100k, less £60k slipped, more £10k over-achieved, is £50k.",
    (
        {"label": "Target", "part": "total", "pence": 100 * K, "href": "/bridge?part=target&x=1"},
        {"label": "Slipped", "part": "change", "pence": -60 * K},
        {"label": "Over-achieved", "part": "change", "pence": 10 * K},
        {"label": "Forecast", "part": "total", "pence": 50 * K},
    ),
)


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart))


def words(chart: Chart) -> set[str]:
    """Every text of a picture."""
    return {"".join(text.itertext()) for text in drawn(chart).iter(f"{SVG}text")}


def test_every_rating_has_its_word_in_the_legend_and_its_letters_on_the_bar() -> None:
    every = replace(
        CHART,
        rows=tuple({"year": "2016/17", "rag": rag.value, "pence": 100 * K} for rag in Rag),
    )
    found = words(every)
    assert {
        "Green delivered (GD)", "Green on target (GT)", "Amber (A)", "Red (R)", "Unrated (U)",
    } <= found  # fmt: skip
    assert {"GD 100", "GT 100", "A 100", "R 100", "U 100"} <= found


def test_a_bar_a_year_with_its_target_and_the_unit() -> None:
    assert {"Savings by year", "2015/16", "2016/17", "Target", "£000", "GD 584", "A 152"} <= words(
        CHART
    )


def test_a_bridge_names_each_step_with_its_sign() -> None:
    found = words(BRIDGE)
    assert {"Total", "Adds", "Takes away", "100", "-60", "+10", "50"} <= found
    assert {"Target", "Slipped", "Forecast"} <= found
    assert any("achieved" in text for text in found)


ASKED = Chart(
    "side_by_side",
    "Asked, beside what is saved a year",
    "The operating model asks £2.1m to save £1.5m a year.",
    (
        {"label": "Operating Model", "series": "Asked", "pence": 2_100 * K},
        {"label": "Operating Model", "series": "Saved a year", "pence": 1_500 * K, "href": "/x"},
    ),
)


def test_two_amounts_stand_side_by_side_under_one_name() -> None:
    assert {"Operating Model", "Asked", "Saved a year", "£m", "2.100", "1.500"} <= words(ASKED)
    (link,) = drawn(ASKED).iter(f"{SVG}a")
    assert link.get("aria-label") == "Operating Model, saved a year: £1,500,000"


def test_two_steps_of_one_name_stay_two() -> None:
    twice = replace(BRIDGE, rows=(*BRIDGE.rows[:2], *BRIDGE.rows[1:]))
    texts = ["".join(text.itertext()) for text in drawn(twice).iter(f"{SVG}text")]
    assert texts.count("Slipped") == 2


@pytest.mark.parametrize(
    ("chart", "address", "spoken"),
    [
        (CHART, "/w?year=2015/16", "2015/16, Green delivered: £584,000"),
        (BRIDGE, "/bridge?part=target&x=1", "Target: £100,000"),
    ],
)
def test_a_part_leads_to_its_working_and_says_so(chart: Chart, address: str, spoken: str) -> None:
    links = list(drawn(chart).iter(f"{SVG}a"))
    assert [(link.get("href"), link.get("aria-label")) for link in links] == [(address, spoken)]
    assert drawn(chart).get("role") == "group"


def test_a_picture_without_links_is_one_image_with_its_words() -> None:
    plain = replace(BRIDGE, rows=tuple({**row, "href": ""} for row in BRIDGE.rows))
    root = drawn(plain)
    assert (root.get("role"), root.get("aria-label")) == ("img", BRIDGE.alt)
    assert not list(root.iter(f"{SVG}a"))


@pytest.mark.parametrize("chart", [CHART, BRIDGE, ASKED])
def test_a_picture_scales_and_asks_nothing_of_its_page(chart: Chart) -> None:
    root = drawn(chart)
    assert root.get("viewBox")
    assert root.get("width") is None
    for element in root.iter():
        assert element.tag != f"{SVG}script"
        # No inline style, which a strict page refuses; no names that two charts could share.
        assert not {"style", "id", "clip-path"} & element.attrib.keys()


def test_a_title_is_words_not_markup() -> None:
    hostile = replace(CHART, title="<script>alert(1)</script> & co")
    assert "<script>alert(1)</script> & co" in words(hostile)
    assert b"<script" not in svg(hostile)


@pytest.mark.parametrize("chart", [CHART, BRIDGE, ASKED])
def test_the_same_rows_draw_the_same_bytes(chart: Chart) -> None:
    assert svg(chart) == svg(chart)
    assert png(chart) == png(chart)
    assert png(chart).startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", DRAWINGS)
def test_no_rows_draw_an_empty_picture(kind: str) -> None:
    assert drawn(Chart(kind, "Nothing yet", "There is nothing to show yet.")).get("viewBox")


def test_a_part_below_nought_stands_below_the_line_and_keeps_its_label() -> None:
    rows: tuple[dict[str, Value], ...] = (
        {"year": "2016/17", "rag": "RED", "pence": -1331 * K, "href": "/w"},
        {"year": "2016/17", "rag": "AMBER", "pence": 2150 * K},
        {"year": "2016/17", "rag": "TARGET", "pence": 819 * K, "href": "/target"},
    )
    chart = replace(CHART, rows=rows)
    assert {"£m", "R -1.331", "A 2.150"} <= words(chart)
    spoken = {link.get("aria-label") for link in drawn(chart).iter(f"{SVG}a")}
    assert spoken == {"2016/17, Red: -£1,331,000", "2016/17, target: £819,000"}


def test_an_amount_that_is_not_whole_pence_is_a_broken_program() -> None:
    for pence in ("100", 0.5, None):
        with pytest.raises(TypeError, match="whole pence"):
            svg(replace(BRIDGE, rows=({"label": "Target", "part": "total", "pence": pence},)))

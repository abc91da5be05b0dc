"""How is a chart drawn, so that it is also read in grey, in print and by ear? (rule PUB-06)

One specification serves page, workbook and paper. Every rating has its word and its letters on the
bar, neighbours differ in lightness, and beside every chart stands its table. The picture scales
with the page, takes no style from anywhere and runs no script. The same rows draw the same bytes.

What the rows of each kind hold:

- `rag_by_year`: `year`, `rag` (a rating's code, or "TARGET"), `pence`;
- `bridge`: `label`, `pence`, `part` ("total" or "change");
- `side_by_side`: `label`, `series` (two of them), `pence`;
- `path`: `on` (a day), `value` (a number), `series` ("Path" or "Reading").

A row may also have an `href`: its part of the picture is then a link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from textwrap import wrap
from typing import Any
from xml.etree import ElementTree

from futurefit.kernel.money import PENCE_IN, print_money
from futurefit.kernel.rag import Rag
from futurefit.kernel.report import Chart, Unit, Value
from futurefit.publishing.printing import whole_pence

Layer = dict[str, Any]
"""Rows, the mark that each of them makes and what it shows by it, in Vega-Lite's grammar."""

TARGET = "TARGET"

_INK, _PAPER, _QUIET = "#0b0c0c", "#ffffff", "#505a5f"
_TOTAL, _MORE, _LESS = "#1d3d5c", "#a9d1e8", "#b5530f"
_LETTERS = {
    Rag.GREEN_DELIVERED: "GD",
    Rag.GREEN_ON_TARGET: "GT",
    Rag.AMBER: "A",
    Rag.RED: "R",
    Rag.UNRATED: "U",
}
_EDGE = {"stroke": _INK, "strokeWidth": 0.75}
_AXIS = ",~f"  # thousands apart, and no noughts behind the point
_SMALLEST_LABELLED = 0.055  # of the tallest bar: a shorter part has no room for its letters
_WIDTH, _HEIGHT = 620, 320
_SHARPNESS = 2  # pixels of a PNG for each of the drawing
# The drawing library would have an address within this site lead to a site of its own, so each part
# leads to its row's number until the picture is drawn.
_STAND_IN = "https://row/"
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"


def svg(chart: Chart) -> bytes:
    """The chart as SVG, to stand inside a page or a file."""
    import vl_convert

    return _tidied(vl_convert.vegalite_to_svg(_specification(chart)), chart)


def png(chart: Chart) -> bytes:
    """The chart as a PNG picture, for documents that take no SVG."""
    import vl_convert

    picture: bytes = vl_convert.vegalite_to_png(_specification(chart), scale=_SHARPNESS)
    return picture


def rag_by_year(rows: Sequence[Mapping[str, Value]]) -> list[Layer]:
    """A bar a year, stacked by rating from the surest up, and a line across at the target."""
    unit = _unit(rows)
    order = {rag: place for place, rag in enumerate(Rag)}
    parts = [row for row in rows if row["rag"] != TARGET and row["pence"]]
    tallest = _tallest(parts)
    bars = [
        {
            **_amount(row, unit),
            "year": row["year"],
            "rag": _legend_word(Rag(str(row["rag"]))),
            "order": order[Rag(str(row["rag"]))],
            "letters": _letters(row, unit, tallest),
            "ink": Rag(str(row["rag"])).ink,
        }
        for row in parts
    ]
    targets = [
        {**_amount(row, unit), "year": row["year"], "word": "Target"}
        for row in rows
        if row["rag"] == TARGET
    ]
    years = list(dict.fromkeys(str(row["year"]) for row in rows))
    shown = [rag for rag in Rag if any(row["rag"] == rag for row in parts)]

    across = _named("year", sort=years, title=None, axis={"labelAngle": 0})
    upright = _number("amount", stack="zero", axis={"title": unit.value, "format": _AXIS})
    stacked = {"x": across, "order": _number("order")}
    words = {_legend_word(rag): rag.colour for rag in shown}
    return [
        _layer(
            bars,
            {"type": "bar", **_EDGE},
            **stacked,
            y=upright,
            href=_named("href"),
            color=_coloured("rag", words, legend={"columns": 3}),
        ),
        _layer(
            bars,
            {"type": "text", "fontSize": 11, "fontWeight": "bold"},
            **stacked,
            y={**upright, "bandPosition": 0.5},
            text=_named("letters"),
            detail=_named("rag"),
            color=_named("ink", scale=None),
        ),
        _layer(
            targets,
            {
                "type": "tick",
                "thickness": 4,
                "color": _INK,
                "opacity": 1,
                "size": 0.98 * _WIDTH / max(len(years), 1),
            },
            x=across,
            y=_number("amount"),
            href=_named("href"),
            stroke=_coloured(
                "word",
                {"Target": _INK},
                legend={"symbolType": "stroke", "symbolStrokeWidth": 4, "symbolSize": 260},
            ),
        ),
    ]


def bridge(rows: Sequence[Mapping[str, Value]]) -> list[Layer]:
    """From one total to the next by what adds and what takes away, each standing on the last."""
    unit = _unit(rows)
    bars: list[dict[str, Value]] = []
    joins: list[dict[str, Value]] = []
    places: list[str] = []
    reached = 0
    for place, row in enumerate(rows):
        pence = _pence(row)
        # The place keeps two steps of one name apart; the axis prints only what follows it.
        places.append("\n".join([str(place), *wrap(str(row["label"]), 12, break_long_words=False)]))
        start = 0 if row["part"] == "total" else reached
        reached = start + pence
        word = "Total" if row["part"] == "total" else "Adds" if pence >= 0 else "Takes away"
        bars.append(
            {
                **_amount(row, unit),
                "place": places[-1],
                "start": start / PENCE_IN[unit],
                "end": reached / PENCE_IN[unit],
                "top": max(start, reached) / PENCE_IN[unit],
                "word": word,
                "figure": "+" * (word == "Adds") + _figure(pence, unit),
            }
        )
        if place:
            joins[-1]["next"] = places[-1]
        joins.append({"place": places[-1], "level": reached / PENCE_IN[unit]})
    del joins[-1:]  # from the last bar there is no way on
    colours = {"Total": _TOTAL, "Adds": _MORE, "Takes away": _LESS}
    words = {w: c for w, c in colours.items() if any(bar["word"] == w for bar in bars)}
    across = _named(
        "place",
        sort=places,
        title=None,
        scale={"paddingInner": 0.25, "paddingOuter": 0.15},
        axis={
            "labelAngle": 0,
            "labelAlign": "center",
            "labelBaseline": "top",  # below the axis, also where a label has two lines
            "labelExpr": r"slice(split(datum.label, '\n'), 1)",
            "labelFontSize": 11,
            "labelPadding": 6,
            "ticks": False,
        },
    )
    return [
        _layer(
            joins,
            {"type": "rule", "color": _QUIET, "strokeDash": [3, 2]},
            x=_named("place", sort=places, bandPosition=0.5),
            x2={"field": "next", "bandPosition": 0.5},
            y=_number("level"),
        ),
        _layer(
            bars,
            {"type": "bar", **_EDGE},
            x=across,
            y=_number("start", axis={"title": unit.value, "format": _AXIS}),
            y2={"field": "end"},
            href=_named("href"),
            color=_coloured("word", words),
        ),
        _layer(
            bars,
            {"type": "text", "dy": -8, "fontSize": 12, "fontWeight": "bold", "color": _INK},
            x=across,
            y=_number("top"),
            text=_named("figure"),
        ),
    ]


def side_by_side(rows: Sequence[Mapping[str, Value]]) -> list[Layer]:
    """Two bars for each label, one below the other, lying down so that long names can be read."""
    unit = _unit(rows)
    bars = [
        {
            **_amount(row, unit),
            "label": str(row["label"]),
            "series": str(row["series"]),
            "figure": _figure(_pence(row), unit),
            "end": max(_pence(row), 0) / PENCE_IN[unit],
        }
        for row in rows
    ]
    labels = list(dict.fromkeys(str(row["label"]) for row in rows))
    series = list(dict.fromkeys(str(row["series"]) for row in rows))
    placed = {
        "y": _named("label", sort=labels, title=None, axis={"labelLimit": 180, "ticks": False}),
        "yOffset": _named("series", sort=series),
    }
    return [
        _layer(
            bars,
            {"type": "bar", **_EDGE},
            **placed,
            x=_number("amount", axis={"title": unit.value, "format": _AXIS, "titleX": _WIDTH}),
            href=_named("href"),
            color=_coloured("series", dict(zip(series, (_TOTAL, _MORE), strict=False))),
        ),
        _layer(
            bars,
            {"type": "text", "align": "left", "dx": 6, "fontSize": 12, "color": _INK},
            **placed,
            x=_number("end"),
            text=_named("figure"),
        ),
    ]


def path(rows: Sequence[Mapping[str, Value]]) -> list[Layer]:
    """A dashed line from a baseline to a target, and the readings as points joined by a line."""

    def of(series: str, **mark: Any) -> Layer:
        points = [
            {"on": str(row["on"]), "value": row["value"], "series": series}
            for row in rows
            if row["series"] == series
        ]
        days = {"format": "%b %Y", "labelAngle": 0, "tickCount": 6}
        return _layer(
            points,
            {"type": "line", **mark},
            x={"field": "on", "type": "temporal", "title": None, "axis": days},
            y=_number("value", title=None, scale={"zero": False}),
            color=_coloured("series", {"Path": _QUIET, "Reading": _TOTAL}),
        )

    return [
        of("Path", strokeDash=[6, 4], strokeWidth=2),
        of("Reading", strokeWidth=3, point={"size": 70}),
    ]


DRAWINGS: dict[str, Callable[[Sequence[Mapping[str, Value]]], list[Layer]]] = {
    "rag_by_year": rag_by_year,
    "bridge": bridge,
    "side_by_side": side_by_side,
    "path": path,
}
"""Every kind of chart. Adding one is a function and a line here."""


def _specification(chart: Chart) -> dict[str, Any]:
    rows = [{**row, "number": number} for number, row in enumerate(chart.rows)]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "layer": DRAWINGS[chart.kind](rows),
        "width": _WIDTH,
        "height": _HEIGHT,
        "title": chart.title,
        "background": _PAPER,
        "config": _LOOK,
    }


def _layer(rows: Sequence[Mapping[str, Value]], mark: Mapping[str, Any], **shows: Any) -> Layer:
    """One mark a row."""
    return {"data": {"values": rows}, "mark": mark, "encoding": shows}


def _named(field: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "type": "nominal", **more}


def _number(field: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", **more}


def _coloured(field: str, colours: Mapping[str, str], **more: Any) -> dict[str, Any]:
    """Each word in its colour, with a legend, in the order that is given."""
    words = list(colours)
    scale = {"domain": words, "range": list(colours.values())}
    return _named(field, title=None, sort=words, scale=scale, **more)


_LOOK: Mapping[str, Any] = {
    "font": "Arial, Helvetica, sans-serif",
    "aria": False,
    "view": {"stroke": None},
    "title": {"anchor": "start", "fontSize": 16, "color": _INK, "offset": 14},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "labelColor": _INK,
        "titleColor": _INK,
        "gridColor": "#dee0e2",
        "domainColor": _QUIET,
        "tickColor": _QUIET,
        "titleAngle": 0,
        "titleAlign": "right",
        "titleBaseline": "bottom",
        "titleX": -6,
        "titleY": -8,
    },
    "legend": {
        "orient": "top",  # beside the bars it would leave a telephone no room for them
        "labelFontSize": 13,
        "labelColor": _INK,
        "labelLimit": 260,
        "columnPadding": 16,
        "rowPadding": 6,
        "symbolType": "square",
        "symbolSize": 160,
        "symbolStrokeColor": _INK,
        "symbolStrokeWidth": 0.75,
    },
}
"""The look that all charts share."""


def _amount(row: Mapping[str, Value], unit: Unit) -> dict[str, Value]:
    """What every mark holds of its row: the amount in the chart's unit, and where it leads."""
    found: dict[str, Value] = {"amount": _pence(row) / PENCE_IN[unit]}
    return {**found, "href": f"{_STAND_IN}{row['number']}"} if row.get("href") else found


def _pence(row: Mapping[str, Value]) -> int:
    pence = row["pence"]
    if not isinstance(pence, int | float):
        raise TypeError(f"A chart's amount is whole pence, not {pence!r}.")
    return whole_pence(pence)


def _unit(rows: Sequence[Mapping[str, Value]]) -> Unit:
    """£m where any amount is a million or more, else £000."""
    largest = max((abs(_pence(row)) for row in rows), default=0)
    return Unit.MILLIONS if largest >= PENCE_IN[Unit.MILLIONS] else Unit.THOUSANDS


def _tallest(parts: Sequence[Mapping[str, Value]]) -> int:
    """The amount of the tallest bar, up or down."""
    heights: dict[tuple[Value, bool], int] = {}
    for row in parts:
        bar = (row["year"], _pence(row) < 0)
        heights[bar] = heights.get(bar, 0) + abs(_pence(row))
    return max(heights.values(), default=0)


def _letters(row: Mapping[str, Value], unit: Unit, tallest: int) -> str:
    """What stands on a part: its rating's letters and its amount, where there is room."""
    if abs(_pence(row)) < _SMALLEST_LABELLED * tallest:
        return ""
    return f"{_LETTERS[Rag(str(row['rag']))]} {_figure(_pence(row), unit)}"


def _legend_word(rag: Rag) -> str:
    return f"{rag.word} ({_LETTERS[rag]})"


def _figure(pence: int, unit: Unit) -> str:
    return print_money(pence, unit)


def _says(row: Mapping[str, Value]) -> str:
    """A part of a chart in words, for whoever hears its link instead of seeing it."""
    if "series" in row:
        name = f"{row['label']}, {str(row['series']).lower()}"
    elif "label" in row:
        name = str(row["label"])
    else:
        rating = "target" if row["rag"] == TARGET else Rag(str(row["rag"])).word
        name = f"{row['year']}, {rating}"
    return f"{name}: {print_money(_pence(row))}"


def _tidied(drawn: str, chart: Chart) -> bytes:
    """The SVG as a page needs it: named, scaling with the page, its links plain and spoken.

    The drawing library numbers its clip paths from nought in every chart and leaves roles of its
    own on the marks; a page with two charts, or somebody who listens to it, is served by neither.
    """
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(drawn)  # noqa: S314 -- drawn here, not uploaded
    has_links = False
    for element in root.iter():
        for name in ("role", "aria-roledescription", "aria-label", "aria-hidden"):
            element.attrib.pop(name, None)
        if element.get("class", "").startswith("mark-text"):
            element.set("pointer-events", "none")  # a label must not cover its bar's link
        if element.tag == f"{{{_SVG}}}a":
            leads_to = element.attrib[f"{{{_XLINK}}}href"]
            element.attrib.clear()
            if not leads_to.startswith(_STAND_IN):
                element.tag = f"{{{_SVG}}}g"  # a part that leads nowhere, among others that do
                continue
            has_links = True
            row = chart.rows[int(leads_to.removeprefix(_STAND_IN))]
            element.set("href", str(row["href"]))
            element.set("aria-label", _says(row))
    del root.attrib["width"], root.attrib["height"]  # the view box stays: its page gives the width
    # A picture hides what is inside it, so a chart whose parts can be followed is a group.
    root.set("role", "group" if has_links else "img")
    root.set("aria-label", chart.alt)
    return ElementTree.tostring(root, encoding="unicode").encode()

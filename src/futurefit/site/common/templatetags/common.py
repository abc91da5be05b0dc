"""Tags and filters that every template may use, without loading them."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from futurefit.kernel.report import Shape, Table, Unit
from futurefit.site.common import caching, navigation, tables
from futurefit.site.common.forms import Field

register = template.Library()


@register.simple_tag(takes_context=True)
def gap(context: template.Context, name: str) -> SafeString:
    """What differs between two readers of one cached page: "person" or "messages"."""
    return mark_safe(caching.gap(context.get("request"), name))  # noqa: S308  (a drawn template)


@register.simple_tag(takes_context=True)
def site_navigation(context: template.Context) -> list[navigation.Link]:
    """The links at the top of every page, for this reader."""
    request: HttpRequest | None = context.get("request")
    return navigation.links(request) if request else []


@register.simple_tag(takes_context=True)
def page_tools(context: template.Context) -> list[navigation.ToolLink]:
    """What this reader can do with the page as a whole."""
    request: HttpRequest | None = context.get("request")
    return navigation.tools(request) if request else []


@register.inclusion_tag("common/forms/error_summary.html")
def error_summary(*filled_in: forms.BaseForm) -> dict[str, object]:
    """All errors of one or more forms, above the page's title; each leads to its field."""
    problems: list[tuple[str, str]] = []
    for form in filled_in:
        if not form.is_bound:
            continue
        problems += [("", str(error)) for error in form.non_field_errors()]
        for field in form:
            if isinstance(field, Field):
                problems += [(field.first_id, problem) for problem in field.problems]
    return {"problems": problems}


@register.simple_tag
def table(value: Table, name: str = "", caption_hidden: bool = False) -> SafeString:
    """A table of a report: `{% table figures name="rag" %}`."""
    return tables.html(value, name=name, caption_hidden=caption_hidden)


@register.filter
def money(pence: Any, unit: str = Unit.POUNDS.value) -> SafeString:
    """Whole pence as people read them: `{{ target|money:"£m" }}`."""
    return mark_safe(tables.printer(Shape.PENCE, Unit(unit))(pence))  # noqa: S308  (escaped there)


@register.filter
def rag(value: Any) -> SafeString:
    """A rating as its word on its colour."""
    return mark_safe(tables.rag_tag(value))  # noqa: S308  (escaped there)

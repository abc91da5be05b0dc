"""Tags for the programme's own pages."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from futurefit.site.programme import models
from futurefit.site.programme.links import statement_url

register = template.Library()


@register.simple_tag
def statement(words: models.Placed, text: str, editable: bool) -> SafeString:
    """Something said; for who may change it, it leads to where that is done."""
    if not editable:
        return conditional_escape(text)
    href = statement_url(words, editable=True)
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, text)

"""Forms of the site, filled in as a browser would."""

from __future__ import annotations

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client


def fields_of(answer: HttpResponse) -> dict[str, str]:
    """What a form on a page would send back as it stands."""
    found = {}
    page = answer.content.decode()
    main = page[page.index("<main") :]
    for tag in re.findall(r"<input[^>]*>", main):
        name, kind = re.search(r'name="([^"]+)"', tag), re.search(r'type="([^"]+)"', tag)
        if name and (kind is None or kind[1] not in ("radio", "checkbox") or " checked" in tag):
            value = re.search(r'value="([^"]*)"', tag)
            found[name[1]] = unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', main):
        found[name] = unescape(text)
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        chosen = chosen or re.search(r'value="([^"]*)"', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    return found


def preview(client: Client, path: str, **typed: str) -> HttpResponse:
    """Open a form, fill it in and ask what it would do."""
    form = fields_of(client.get(path))
    return client.post(path, {**form, **typed, "step": "preview"})  # type: ignore[return-value]

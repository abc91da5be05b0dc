"""Which line, project, workstream or theme is meant, and what may this reader know of it?"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import Http404
from django.urls import Resolver404, resolve

from futurefit.site.desk.models import SubjectKind
from futurefit.site.ledger import links
from futurefit.site.ledger.reading import Reader
from futurefit.site.programme.links import part_url
from futurefit.site.programme.queries import heading

_PARAMETER = {
    SubjectKind.LINE: "ref",
    SubjectKind.PROJECT: "code",
    SubjectKind.WORKSTREAM: "code",
    SubjectKind.THEME: "code",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that can be commented on and watched: its name, its page, its lines."""

    kind: SubjectKind
    code: str
    title: str
    href: str
    lines: frozenset[str]

    @property
    def desk_url(self) -> str:
        """The page of its comments."""
        return f"/desk/{self.kind}/{self.code}/"


def find(reader: Reader, kind: str, code: str) -> Subject:
    """The subject of a kind and code; 404 for what is not there or may not be read."""
    if kind == SubjectKind.LINE:
        reader.line(code)
        href = links.line_url(code)
        return Subject(
            SubjectKind.LINE, code, f"{code} {reader.title(code)}", href, frozenset((code,))
        )
    part = heading(kind, code) if kind in SubjectKind.values else None
    if part is None:
        raise Http404(f"There is no {kind} “{code}”.")
    lines = frozenset(
        ref for ref, line in reader.ledger.lines.items() if getattr(line, kind) == code
    )
    return Subject(SubjectKind(kind), code, part.name, part_url(part), lines)


def at(address: str) -> tuple[SubjectKind, str] | None:
    """The kind and code of the subject that a page of this site is about; None for other pages."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    if found.url_name not in SubjectKind.values:
        return None
    kind = SubjectKind(found.url_name)
    return kind, str(found.kwargs[_PARAMETER[kind]])

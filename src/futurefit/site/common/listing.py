"""How does a reader sort, filter, page and take away a table, by nothing but addresses?

`?sort=` a column's key ("-key" downwards), `?q=` words that each row must hold, `?page=` and
`?format=` csv, xlsx or json for the file: the same rows in the same order, on all pages. Where a
page holds more than one such table, each has a name that stands before its own:
`?risks.sort=owner`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import ceil

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify

from futurefit.kernel.report import Report, Table
from futurefit.publishing.printing import Imprint
from futurefit.site.common import arranging, council, tables

PAGE_ROWS = 500
"""A page that a reader can search with the browser and that still loads at once."""


FILES = (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))
"""The files that a table can be taken away as, and what their links say."""

Facts = Callable[[], Iterable[tuple[str, str]]]
_facts: list[Facts] = []


def register_facts(read: Facts) -> None:
    """Say what every file prints of where its figures stand, such as the ledger's head."""
    _facts[:] = [read]


@dataclass(frozen=True, slots=True)
class Listing:
    """A table as a reader asked for it; `file` is the download they asked for instead, if so."""

    name: str
    shown: Table
    words: str
    page: int
    pages: int
    rows: int
    file: HttpResponse | None
    rendered: SafeString

    def __html__(self) -> str:
        return self.rendered

    __str__ = __html__


def listing(
    request: HttpRequest,
    table: Table,
    *,
    name: str = "",
    rows_per_page: int = PAGE_ROWS,
    can_filter: bool = True,
    can_sort: bool = True,
    caption_hidden: bool = False,
) -> Listing:
    """The table as the address of the page asks for it; 404 where it asks for what there is not.

    `can_sort` is False for a table whose rows mean something by their order, such as a bridge.
    A view answers with `listing.file` where there is one, and prints `{{ listing }}` where not.
    """
    address = _Address(request.GET, name)
    sort, words = address["sort"], " ".join(address["q"].split())
    sortable = {column.key for column in table.columns} if can_sort else set()
    if sort and sort.removeprefix("-") not in sortable:
        raise Http404(f"This table has no column “{sort.removeprefix('-')}” to sort by.")
    arranged = arranging.arrange(table, words=words, sort=sort)
    rows, totals = arranging.split_totals(arranged)
    pages = max(1, ceil(len(rows) / rows_per_page))
    page = _page_number(address["page"], pages)
    start = (page - 1) * rows_per_page
    shown = replace(arranged, rows=(*rows[start : start + rows_per_page], *totals))
    rendered = render_to_string(
        "common/listing.html",
        {
            "name": name,
            "table": tables.html(
                shown,
                name=name,
                sort=sort,
                link=(lambda order: address.with_(sort=order, page="")) if can_sort else None,
                caption_hidden=caption_hidden,
            )
            if rows
            else "",
            "title": table.title,
            "words": words,
            "can_filter": can_filter and (words or len(table.rows) > 1),
            "q_name": address.key("q"),
            "kept": address.others("q", "page"),
            "clear": address.with_(q="", page=""),
            "first": start + 1,
            "last": start + len(rows[start : start + rows_per_page]),
            "rows": len(rows),
            "all_rows": len(arranging.split_totals(table)[0]),
            "page": page,
            "pages": pages,
            "previous": address.with_(page=str(page - 1) if page > 2 else "") if page > 1 else "",
            "next": address.with_(page=str(page + 1)) if page < pages else "",
            "files": [(label, address.with_(format=key, page="")) for key, label in FILES]
            if rows
            else [],
        },
    )
    wanted = address["format"]
    return Listing(
        name=name,
        shown=shown,
        words=words,
        page=page,
        pages=pages,
        rows=len(rows),
        file=_file(request, arranged, wanted) if wanted else None,
        rendered=rendered,
    )


def _file(request: HttpRequest, table: Table, wanted: str) -> HttpResponse:
    if wanted not in dict(FILES):
        raise Http404(f"There is no “{wanted}” file: ask for xlsx, csv or json.")
    table = replace(table, rows=tuple(table.rows))  # made once, if they are not made yet
    return file_of(request, table, wanted)


def file_of(request: HttpRequest, document: Report | Table, wanted: str) -> HttpResponse:
    """A report or a table as a file of one of the formats, with what it says of itself."""
    # Imported here: a page that is only looked at need not load the writers.
    from futurefit.publishing.formats import FORMATS

    kind = FORMATS[wanted]
    imprint = Imprint(
        made_at=timezone.localtime(),
        facts=(
            ("Published by", council.name()),
            ("Address", request.build_absolute_uri()),
            *(fact for read in _facts for fact in read()),
        ),
    )
    response = HttpResponse(kind.write(document, imprint), content_type=kind.media_type)
    file_name = f"{slugify(document.title) or 'table'}.{kind.suffix}"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _page_number(text: str, pages: int) -> int:
    if not text:
        return 1
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= pages:
        raise Http404(f"This table has pages 1 to {pages}; there is no page “{text}”.")
    return int(text)


class _Address:
    """The query of the page's address, as far as it concerns one table."""

    def __init__(self, query: QueryDict, name: str) -> None:
        self.query = query
        self.name = name

    def key(self, part: str) -> str:
        """What `part` is called in the address."""
        return f"{self.name}.{part}" if self.name else part

    def __getitem__(self, part: str) -> str:
        return self.query.get(self.key(part), "")

    def with_(self, **parts: str) -> str:
        """The address with some parts set (or, if empty, left out); never with a file format."""
        query = self.query.copy()
        for part, value in {"format": "", **parts}.items():
            query.pop(self.key(part), None)
            if value:
                query[self.key(part)] = value
        return f"?{query.urlencode()}"

    def others(self, *parts: str) -> list[tuple[str, str]]:
        """What a form must carry along that sets these parts anew."""
        taken = {self.key(part) for part in (*parts, "format")}
        return [
            (key, value)
            for key, values in self.query.lists()
            if key not in taken
            for value in values
        ]

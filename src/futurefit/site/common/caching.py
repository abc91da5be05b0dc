"""Why need an unchanged page never be made twice?

Everything a page derives is a function of the ledger's head, the words beside it, the code, the
day, the address and the audience. Together they are the key under which a finished page is kept, so
nothing is ever invalidated: after a change the key is another one.

* A visitor without a session is answered by `PublicPages`, the first of the middleware, after one
  small query (the stamp) and before sessions or people are looked up. The key is also the page's
  ETag.
* For people who are signed in, `cached` keeps the page of their audience (roles and scope) with
  gaps where the header names the person and where messages stand, and fills the gaps each time.

A page is kept only if its view is marked `@cached`, it answered 200, and it holds no form with a
token against forgery and sets no cookie. Nothing that differs between two people of one audience
may stand on a cached page outside the gaps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

import futurefit
from futurefit.site.common import zipping
from futurefit.site.common.page_store import Key, Page, Pages

WORTH_ZIPPING = 2000
"""Smaller pages fit into a packet or two as they are."""

VISITOR = "visitor"

View = Callable[..., HttpResponseBase]

pages = Pages()
"""What this process keeps."""


# --- What a page depends on ---------------------------------------------------------------------

Stamp = tuple[str, ...]
_stamps: list[Callable[[], Stamp]] = []
_making: ContextVar[Stamp | None] = ContextVar("making", default=None)


def register_stamp(read: Callable[[], Stamp]) -> None:
    """Say how to read, in one small query, what changes with every figure and word."""
    _stamps[:] = [read]


def stamp(request: HttpRequest) -> Stamp:
    """The stamp, read once a request; () where no room registered one (nothing is kept then)."""
    known: Stamp | None = getattr(request, "_stamp", None)
    if known is None:
        known = tuple(part for read in _stamps for part in read())
        request._stamp = known  # type: ignore[attr-defined]
    return known


def stamp_being_made() -> Stamp | None:
    """The stamp under which a page is being made here, and with which all of it must agree, so that
    none of its parts need ask again; None outside such a page.
    """
    return _making.get()


@contextmanager
def _made_under(request: HttpRequest) -> Iterator[None]:
    token = _making.set(stamp(request))
    try:
        yield
    finally:
        _making.reset(token)


@cache
def code_version() -> str:
    """A digest of the program and of what this installation is called: a new version, new keys."""
    digest = hashlib.sha256(f"{futurefit.__version__}\n{settings.COUNCIL}".encode())
    for name, content in sorted(_program(resources.files(futurefit), "")):
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _program(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for item in folder.iterdir():
        if item.is_dir():
            if item.name != "__pycache__":
                yield from _program(item, f"{path}{item.name}/")
        elif not item.name.endswith((".pyc", ".scss")):
            yield f"{path}{item.name}", item.read_bytes()


def _key(request: HttpRequest, audience: str) -> Key | None:
    head = stamp(request)
    if not head:
        return None
    return (
        " ".join(head),
        code_version(),
        timezone.localdate().isoformat(),
        f"{request.scheme}://{request.get_host()}{request.get_full_path()}",
        audience,
    )


# --- Visitors -----------------------------------------------------------------------------------


_OWN_COOKIES = frozenset((settings.SESSION_COOKIE_NAME, "messages"))
"""Who has one of these may be somebody, or have been told something."""


class PublicPages:
    """First of the middleware: answers visitors from what is kept, before all else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.method not in ("GET", "HEAD")
            or not _OWN_COOKIES.isdisjoint(request.COOKIES)
            or request.path_info.startswith(settings.STATIC_URL)
        ):
            return self.get_response(request)
        try:
            key = _key(request, VISITOR)
        except DisallowedHost:
            key = None  # is refused further in, under the policies that every answer carries
        if key is None:
            return self.get_response(request)
        page = pages.get(key)
        if page is None:
            if not _is_cached(request):
                return self.get_response(request)
            with pages.alone(key):
                page = pages.get(key)
                if page is None:
                    request.is_for_everybody = True  # type: ignore[attr-defined]
                    with _made_under(request):
                        response = self.get_response(request)
                    page = _page_of(request, response)
                    if page is None:
                        return response
                    pages.put(key, page)
        return _answer(request, key, page)


def _is_cached(request: HttpRequest) -> bool:
    try:
        return hasattr(resolve(request.path_info).func, "is_cached")
    except Resolver404:
        return False


def _page_of(request: HttpRequest, response: HttpResponseBase) -> Page | None:
    """The answer as a page to keep, or None if it must not be kept."""
    if (
        not isinstance(response, HttpResponse)
        or response.status_code != 200
        or response.cookies
        or "CSRF_COOKIE_NEEDS_UPDATE" in request.META  # it holds a form with a token
    ):
        return None
    return Page(
        headers=tuple(response.items()),
        parts=(response.content,),
        restricted=getattr(response, "restricted", ""),
    )


def _answer(request: HttpRequest, key: Key, page: Page) -> HttpResponse:
    zips = _zips(request, page)
    digest = hashlib.sha256("\n".join(key).encode()).hexdigest()[:32]
    etag = f'"{digest}-gzip"' if zips else f'"{digest}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in known or f"W/{etag}" in known or "*" in known:
        response = HttpResponse(status=304)
    elif zips:
        response = HttpResponse(pages.zip(key, page)[0])
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(page.parts[0])
    for name, value in page.headers:
        response.headers[name] = value
    response.headers["ETag"] = etag
    # Keep it, but ask each time: an answer "not modified" costs next to nothing here.
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    if response.status_code == 304:
        del response.headers["Content-Type"]
        response.headers.pop("Content-Length", None)
    else:
        response.headers["Content-Length"] = str(len(response.content))
    return response


def _zips(request: HttpRequest, page: Page) -> bool:
    accepted = request.headers.get("Accept-Encoding", "")
    return "gzip" in accepted and sum(map(len, page.parts)) > WORTH_ZIPPING


# --- People who are signed in -------------------------------------------------------------------

GAPS = {"person": "common/person.html", "messages": "common/messages.html"}
"""What is drawn afresh on every page that comes from the cache."""


def gap(request: HttpRequest | None, name: str) -> str:
    """A gap of the page in HTML: drawn now, or left open where the page around it will be kept."""
    if request is None:
        return ""
    if getattr(request, "leaves_gaps", False):
        return _mark(name).decode()
    if name == "messages" and not len(get_messages(request)):
        return ""
    return render_to_string(GAPS[name], request=request)


def _mark(name: str) -> bytes:
    # Words that anybody typed are escaped, so they can never hold these angle brackets.
    return f"<!--gap:{name}-->".encode()


def cached(view: View) -> View:
    """Keep what a view answers, for as long as nothing that it shows has changed.

    Stands below `@audience`. A view that shows restricted words sets `response.restricted` to what
    was read: it is kept with the page, so that each reading is logged.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or hasattr(request, "is_for_everybody"):
            return view(request, *args, **kwargs)
        key = _key(request, request.holder.audience_key)  # type: ignore[attr-defined]
        if key is None:
            return view(request, *args, **kwargs)
        key = ("with gaps", *key)
        page = pages.get(key)
        if page is None:
            with pages.alone(key):
                page = pages.get(key)
                if page is None:
                    response, page = _with_gaps(request, lambda: view(request, *args, **kwargs))
                    if page is None:
                        return response
                    pages.put(key, page)
        return _filled(request, key, page)

    kept.is_cached = True  # type: ignore[attr-defined]
    return kept


def _with_gaps(
    request: HttpRequest, make: Callable[[], HttpResponseBase]
) -> tuple[HttpResponseBase, Page | None]:
    request.leaves_gaps = True  # type: ignore[attr-defined]
    try:
        with _made_under(request):
            response = make()
            if hasattr(response, "render"):
                response = response.render()
    finally:
        request.leaves_gaps = False  # type: ignore[attr-defined]
    whole = _page_of(request, response)
    if whole is None:
        if isinstance(response, HttpResponse):
            parts, gaps = _cut(response.content)
            response.content = b"".join(_between(parts, _fillings(request, gaps)))
        return response, None
    whole.parts, whole.gaps = _cut(whole.parts[0])
    return response, whole


def _cut(content: bytes) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """The bytes between the gaps, and the gaps' names in their order."""
    places = sorted((place, name) for name in GAPS if (place := content.find(_mark(name))) >= 0)
    parts, gaps, start = [], [], 0
    for place, name in places:
        parts.append(content[start:place])
        gaps.append(name)
        start = place + len(_mark(name))
    return (*parts, content[start:]), tuple(gaps)


def _fillings(request: HttpRequest, gaps: Iterable[str]) -> list[bytes]:
    return [gap(request, name).encode() for name in gaps]


def _between(parts: Sequence[bytes], fillings: Sequence[bytes]) -> list[bytes]:
    """The parts with what fills the gaps between them."""
    whole = [parts[0]]
    for filling, part in zip(fillings, parts[1:], strict=True):
        whole += [filling, part]
    return whole


def _filled(request: HttpRequest, key: Key, page: Page) -> HttpResponse:
    fillings = _fillings(request, page.gaps)
    contents = _between(page.parts, fillings)
    if _zips(request, page):
        pieces = _between(pages.zip(key, page), list(map(zipping.piece, fillings)))
        zipped = zipping.joined(contents, pieces) if page.gaps else pieces[0]
        response = HttpResponse(zipped, headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(b"".join(contents))
    patch_vary_headers(response, ("Accept-Encoding",))
    for name, value in page.headers:
        response.headers[name] = value
    response.headers.pop("Content-Length", None)
    if page.restricted:
        response.restricted = page.restricted  # type: ignore[attr-defined]
    # Somebody else may use this browser next: the page is not to be found by going back.
    response.headers["Cache-Control"] = "private, no-store"
    return response

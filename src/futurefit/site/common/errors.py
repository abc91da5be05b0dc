"""What does a reader see when a page cannot be shown?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404

from futurefit.site.common import council


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(
        request if hasattr(request, "user") else None,
        400,
        "The address or the form cannot be read",
        "Something in what your browser sent does not make sense here. Nothing was changed.",
        "Go back, load the page again, and try once more.",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(
        request,
        403,
        "You may not open this page",
        str(exception) or "Your role does not let you do this. Nothing was changed.",
        "If you need it for your work, ask the programme office.",
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token against forgery."""
    return _page(
        request,
        403,
        "This form can no longer be sent",
        "It was open for too long, you signed in or out meanwhile, or your browser keeps no "
        "cookies. Nothing was changed.",
        "Go back, load the page again, and fill it in once more.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    said = exception.args[0] if exception.args else ""
    own_words = isinstance(exception, Http404) and not isinstance(exception, Resolver404)
    return _page(
        request,
        404,
        "There is no such page",
        said
        if own_words and isinstance(said, str) and said
        else "If you typed the address, check it. If you followed a link, it may be out of date.",
    )


def failed(request: HttpRequest) -> HttpResponse:
    """500. Drawn without a look at who is there, since that may be what failed."""
    return _page(
        None,
        500,
        "This page could not be made",
        "The fault is ours, and it has been written to the server's log.",
        "If you were changing something, look whether it was kept before you try again.",
    )


def _page(request: HttpRequest | None, status: int, heading: str, *paragraphs: str) -> HttpResponse:
    words = {"heading": heading, "paragraphs": paragraphs, "council": council.name()}
    return HttpResponse(render_to_string("common/error.html", words, request), status=status)

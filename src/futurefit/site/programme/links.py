"""Where do the themes, workstreams and projects stand on the site? A test holds these to `urls`."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from futurefit.site.ledger.models import Heading
from futurefit.site.programme import models


def code_url(dimension: str, code: str) -> str:
    """The page of a theme, workstream or project."""
    return f"/{dimension}s/{quote(code, safe='')}/"


def part_url(part: Heading) -> str:
    """The page of a theme, workstream or project."""
    return code_url(part.dimension, part.code)


def statement_url(words: models.Placed, *, editable: bool) -> str:
    """Where a milestone, risk or other statement is changed, or else its history."""
    address = f"/statements/{words._meta.model_name}/{words.pk}/"
    return address if editable else f"{address}history/"


def month_url(month: date) -> str:
    """The page of the month that ends on a day."""
    return f"/month/{month:%Y-%m}/"


def update_url(month: date) -> str:
    """Where the lines of a month are confirmed or changed."""
    return f"{month_url(month)}update/"


def year_end_url(year: str) -> str:
    """Where it is said what becomes of what a year did not deliver: "2015/16"."""
    return f"/month/year-end/{year.replace('/', '-')}/"


def return_url(number: int) -> str:
    """The page of a form or data return that came back."""
    return f"/returns/{number}/"

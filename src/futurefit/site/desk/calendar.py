"""Which days should stand in somebody's calendar? (rule DSK-04)"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Day:
    """Something that is due: `key` stays the same when its words or its day change."""

    key: str
    on: date
    title: str
    about: str
    href: str


def written(days: Iterable[Day], *, name: str, made_at: datetime) -> bytes:
    """The days as an iCalendar feed (RFC 5545): whole days, each with a link."""
    feed = Calendar()
    feed.add("prodid", "-//FutureFit//Desk//EN")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", name)
    for day in sorted(days, key=lambda day: (day.on, day.key)):
        event = Event()
        event.add("uid", hashlib.sha256(day.key.encode()).hexdigest()[:32] + "@futurefit")
        event.add("dtstamp", made_at)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("summary", day.title)
        event.add("description", day.about)
        event.add("url", day.href)
        event.add("transp", "TRANSPARENT")
        feed.add_component(event)
    return bytes(feed.to_ical())

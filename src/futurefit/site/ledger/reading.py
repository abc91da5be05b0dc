"""Who is reading, and so which lines' words may stand on the page?

Restriction hides words, never pounds: a line that a reader may not read is left
out of every list by name, and its amounts stand in one row, “Restricted lines”, and in every total.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from django.http import Http404, HttpRequest

from futurefit.ledger.entries import Entry, LineAttributes, Restriction
from futurefit.ledger.state import Ledger
from futurefit.site.accounts.holders import Holder
from futurefit.site.ledger import people, queries
from futurefit.site.ledger.naming import RESTRICTED, Names
from futurefit.site.ledger.queries import LineWords


class Reader:
    """Somebody who reads, beside the ledger and the words as they stand now."""

    def __init__(self, holder: Holder, ledger: Ledger) -> None:
        self.holder = holder
        self.ledger = ledger

    @cached_property
    def names(self) -> Names:
        """What codes are called."""
        return Names(queries.headings())

    @cached_property
    def words(self) -> Mapping[str, LineWords]:
        """The words of every line: ask `title` and `hides` first."""
        return queries.line_words()

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The lines whose words this reader may not read."""
        return frozenset(
            ref
            for ref, attributes in self.ledger.lines.items()
            if attributes.restriction is not Restriction.PUBLIC
            and not self.holder.may_read(attributes)
        )

    def hides(self, refs: Iterable[str]) -> bool:
        """True when one of these lines may not be read."""
        return not self.hidden.isdisjoint(refs)

    def title(self, ref: str) -> str:
        """A line's title, or that it is restricted."""
        if ref in self.hidden:
            return RESTRICTED
        words = self.words.get(ref)
        return words.title if words else ref

    def line(self, ref: str) -> LineAttributes:
        """A line that may be read; 404 for any other, whether it is there or not."""
        attributes = self.ledger.lines.get(ref)
        if attributes is None or ref in self.hidden:
            raise Http404(f"There is no line “{ref}”.")
        return attributes

    def restricted(self, refs: Iterable[str]) -> str:
        """What must be noted of having read these lines: the restricted ones; "" where none is."""
        return ", ".join(
            sorted(
                ref
                for ref in set(refs) - self.hidden
                if ref in self.ledger.lines
                and self.ledger.lines[ref].restriction is not Restriction.PUBLIC
            )
        )

    def hides_entry(self, entry: Entry) -> bool:
        """True when an entry touches a line that may not be read."""
        return self.hides(people.touched([entry]))

    @property
    def sees_people(self) -> bool:
        """True for those who may see who made a change; visitors see the change."""
        return self.holder.user_id is not None


def reader_of(request: HttpRequest) -> Reader:
    """Whoever asks for this page."""
    return Reader(request.holder, queries.current_ledger())  # type: ignore[attr-defined]

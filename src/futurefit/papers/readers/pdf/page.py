"""What does a page of a PDF hold before anything is made of it? (rule AUD-22)

Runs of words and strokes, in points from the top left corner of the page, turned so that most of
its text stands upright. Plain tuples: a long paper has a million of them.
"""

from __future__ import annotations

from typing import NamedTuple

from futurefit.papers.document import Box

FAR = 100_000.0
"""Points: seven times the largest page there may be. Damaged files put things beyond all bounds."""

EM = 0.87
"""The size of a font as a share of the height of its letters, lowest to highest: 1 / 1.15."""


def near(place: float) -> float:
    """A place, no farther than anything can stand; the page's corner for one that is no number."""
    return max(-FAR, min(FAR, place)) if place == place else 0.0


class Word(NamedTuple):
    """A word and the stretch of its line that it takes."""

    left: float
    right: float
    text: str


class Run(NamedTuple):
    """Words of one line with no more than ordinary spaces between them.

    `order` counts the runs in the order of the file. `line` is the same for the runs of what the
    file draws as one line. `upright` is false of a run that stands sideways. Words are told apart
    where a line of a table may part them; a line of prose counts as one.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    words: tuple[Word, ...]
    bold: bool
    order: int
    line: int
    upright: bool

    @property
    def word_count(self) -> int:
        """How many words it has."""
        return self.text.count(" ") + 1

    def within_bounds(self) -> Run:
        """The run, with every place of it within what can be."""
        if -FAR <= self.left <= self.right <= FAR and -FAR <= self.top <= self.bottom <= FAR:
            return self
        left, top = near(self.left), near(self.top)
        return self._replace(
            left=left,
            top=top,
            right=max(left, near(self.right)),
            bottom=max(top, near(self.bottom)),
            words=tuple([Word(near(one.left), near(one.right), one.text) for one in self.words]),
        )


class Stroke(NamedTuple):
    """A line that runs across the page or down it; as thick as it is drawn."""

    left: float
    top: float
    right: float
    bottom: float


class Page(NamedTuple):
    """What stands on a page.

    `turned` says by how many quarters, clockwise, the page was turned beyond what the file asks for
    so that its text stands upright. `pictured` is the part of it that pictures cover (0 to 1).
    """

    number: int
    width: float
    height: float
    runs: list[Run]
    across: list[Stroke]
    down: list[Stroke]
    pictured: float
    turned: int

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """A place as the page is shown, turned back where we turned it, to a tenth of a point."""
        match self.turned:
            case 0:
                pass
            case 1:
                left, top, right, bottom = top, self.width - right, bottom, self.width - left
            case 2:
                left, right = self.width - right, self.width - left
                top, bottom = self.height - bottom, self.height - top
            case 3:
                left, top, right, bottom = self.height - bottom, left, self.height - top, right
        # In tenths; the function that rounds takes four times as long, which tells in a long paper.
        return Box(
            int(left * 10 + 0.5) / 10,
            int(top * 10 + 0.5) / 10,
            int(right * 10 + 0.5) / 10,
            int(bottom * 10 + 0.5) / 10,
        )

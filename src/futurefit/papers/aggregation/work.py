"""How much looking has a table been given? (rule ARI-15)

Steps are counted, not seconds, so that a table gives the same answer on any machine. A search that
does not fit into what is left is not begun; what was found before stays.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_STEPS = 20_000_000
"""Steps (about a figure compared each) for one table: some seconds. Common tables need one."""


@dataclass(slots=True)
class Work:
    """Steps left for a table, and whether a search was left out for want of them."""

    left: int = MOST_STEPS
    cut: bool = False

    def spend(self, steps: int) -> bool:
        """Whether so many steps may be taken; if so they are."""
        if steps > self.left:
            self.cut = True
            return False
        self.left -= steps
        return True

"""The world of the programme's tests, seen from people's desks."""

from tests.site.programme.conftest import alice, bob, charlie, world

__all__ = ["alice", "bob", "charlie", "world"]

"""What is kept has a limit; the page not asked for the longest goes first."""

from __future__ import annotations

import threading
import time

from futurefit.site.common.page_store import Page, Pages


def page(size: int) -> Page:
    return Page(headers=(), parts=(b"x" * size,))


def test_the_page_not_asked_for_the_longest_goes_first() -> None:
    pages = Pages(limit=40_000)
    for name in "abc":
        pages.put((name,), page(9_000))
    pages.get(("a",))
    pages.put(("d",), page(9_000))
    pages.put(("e",), page(9_000))
    assert [name for name in "abcde" if pages.get((name,))] == ["a", "c", "d", "e"]
    assert pages.kept <= pages.limit


def test_a_page_that_takes_too_much_room_is_not_kept() -> None:
    pages = Pages(limit=40_000)
    pages.put(("large",), page(10_000))
    assert pages.get(("large",)) is None
    assert pages.kept == 0


def test_keeping_a_page_again_does_not_count_it_twice() -> None:
    pages = Pages()
    pages.put(("a",), page(5_000))
    pages.put(("a",), page(6_000))
    assert pages.kept == page(6_000).size


def test_zipping_counts_too_and_is_done_once() -> None:
    pages = Pages()
    kept = page(50_000)
    pages.put(("a",), kept)
    zipped = pages.zip(("a",), kept)
    assert pages.zip(("a",), kept) is zipped
    assert pages.kept == kept.size


def test_one_makes_while_others_wait() -> None:
    pages = Pages()
    inside = []

    def make() -> None:
        with pages.alone(("a",)):
            inside.append(1)
            most = len(inside)
            time.sleep(0.01)
            inside.pop()
            assert most == 1

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_clearing_forgets_all() -> None:
    pages = Pages()
    pages.put(("a",), page(5_000))
    pages.clear()
    assert (pages.get(("a",)), pages.kept) == (None, 0)

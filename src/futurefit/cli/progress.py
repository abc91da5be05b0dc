"""How does the terminal show that work is going on?

Progress goes to the terminal's error stream, and only where a person looks: never into a file or a
pipe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def busy(words: str) -> Iterator[None]:
    """Show that something of unknown length is going on."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    with console.status(words):
        yield


@contextmanager
def counted(words: str, steps: int) -> Iterator[Callable[[str], None]]:
    """Show a bar of so many steps; what is yielded is called with the words of each."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda said: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(words, total=steps)
        begun = False

        def step(said: str) -> None:
            nonlocal begun
            # A step that begins ends the one before it.
            bar.update(task, description=said, advance=int(begun))
            begun = True

        yield step

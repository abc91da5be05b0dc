"""The door through which a web server reaches the site."""

from __future__ import annotations

import gc
import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections

from futurefit.site.config import home

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futurefit.site.config.settings")
home.prepare(home.folder())

application = get_wsgi_application()


def _warm_up() -> None:
    """Read the ledger and its words before the first reader waits for them.

    What then stays for good is taken out of the garbage collector's sight: looking through all of
    it again and again held one page in ten up by 50 ms (5,000 lines, 60,000 postings). What comes
    after is looked through seldom: a page makes thousands of objects, and hardly any in circles.
    """
    from futurefit.site.ledger import queries

    # A database that is not there yet is reported to whoever asks for a page.
    with suppress(DatabaseError):
        queries.current_ledger()
        queries.headings()
        queries.line_words()
    connections.close_all()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


_warm_up()

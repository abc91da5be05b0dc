"""How does one worker of the server leave when it should, and once?

Ctrl-C in a terminal, and a service manager that stops a service, signal every process of it; the
server then tells its workers too. A worker of Granian 2.8.7 that hears it twice never comes to an
end. So signals are held back here, and the first is passed on alone. A worker leaves too when the
server is gone without a word.
"""

from __future__ import annotations

import os
import signal
import threading
import time

from futurefit.site.config.wsgi import application

__all__ = ["application"]

_SERVER = os.getppid()


def _finish_when_told() -> None:
    signal.sigwait({signal.SIGTERM})
    finish = signal.getsignal(signal.SIGTERM)
    if callable(finish):
        finish(signal.SIGTERM, None)
    else:  # told before Granian was ready to hear it
        os._exit(0)


def _finish_without_the_server() -> None:
    while os.getppid() == _SERVER:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


# Threads that are started from here on, Granian's among them, hold the signals back too.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
for task in (_finish_when_told, _finish_without_the_server):
    threading.Thread(target=task, daemon=True).start()

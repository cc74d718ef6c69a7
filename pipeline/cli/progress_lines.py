"""How far a build has come, a line now and then, where the output is no terminal: a log, a pipe, another program."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# Seconds between two lines.
PAUSE: Final = 20.0


class ProgressLines:
    """Says through ``say`` how many of how many articles are done, how fast, and how long the rest will take."""

    def __init__(self, say: Callable[[str], object], clock: Callable[[], float] = time.monotonic) -> None:
        self._say = say
        self._clock = clock
        self._began = self._last = clock()
        self._total = self._done = self._words = 0

    def begin(self, total: int) -> None:
        """There are ``total`` articles to be annotated; nothing is said of none."""
        self._began = self._last = self._clock()
        self._total = total
        if total:
            self._say(f"Annotating {_articles(total)}.")

    def advance(self, articles: int, words: int) -> None:
        """So many more are done; every ``PAUSE`` seconds, and when all are, a line says so."""
        self._done += articles
        self._words += words
        now = self._clock()
        over = self._done >= self._total
        if not over and now - self._last < PAUSE:
            return
        self._last = now
        spent = max(now - self._began, 1e-9)
        rest = "" if over else f", about {_span(spent / self._done * (self._total - self._done))} left"
        self._say(
            f"{self._done:,} of {_articles(self._total)} annotated ({100 * self._done // self._total}%), "
            f"{self._words / spent:,.0f} words a second{rest}."
        )
        if over:
            self._say("Looking for stories and writing the snapshot.")


def _articles(number: int) -> str:
    return f"{number:,} article{'' if number == 1 else 's'}"


def _span(seconds: float) -> str:
    """A time as somebody would say it: 40 seconds, 12 minutes, 3 hours."""
    for size, unit in ((3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= 1.5 * size or size == 1:
            number = max(1, round(seconds / size))
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return ""

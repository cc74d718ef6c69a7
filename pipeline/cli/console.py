"""What the commands say to the person at the terminal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

import typer
from rich.console import Console

from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

EXIT_NOTHING: Final = 1
say = Console(stderr=True, highlight=False)


def stop(reason: str) -> NoReturn:
    """End the command: nothing could be done, and this is why."""
    say.print(f"Stopped. {reason}", style="bold", markup=False, soft_wrap=True)
    raise typer.Exit(EXIT_NOTHING)


@contextmanager
def plain_errors() -> Iterator[None]:
    """No traceback reaches a user: what was wrong, where, and what to do."""
    try:
        yield
    except (StoreError, ValueError, OSError) as error:
        stop(str(error))

"""What the commands say to the person at the terminal."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NoReturn

import typer
from click.exceptions import ClickException
from rich.console import Console

from pipeline.cli.printable import printable
from store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

EXIT_NOTHING: Final = 1
# Set to anything, it shows where an error that nobody foresaw came from.
TRACEBACK: Final = "FRAMELENS_TRACEBACK"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class _Console(Console):
    """A console that a file's name cannot give orders to."""

    def print(self, *objects: Any, **options: Any) -> None:  # noqa: ANN401  as its base has it
        """Print, with plain text made printable."""
        super().print(*(printable(part) if isinstance(part, str) else part for part in objects), **options)


say: Final = _Console(stderr=True, highlight=False)


def tell(text: str) -> None:
    """Write to standard output: what articles and names of files hold gives no order to a terminal there either."""
    sys.stdout.write(printable(text))


def stop(reason: str) -> NoReturn:
    """End the command: nothing could be done, and this is why."""
    say.print(f"Stopped. {reason}", style="bold", markup=False, soft_wrap=True)
    raise typer.Exit(EXIT_NOTHING)


@contextmanager
def plain_errors() -> Iterator[None]:
    """No traceback reaches a user: what was wrong, where, and what to do."""
    try:
        yield
    except (typer.Exit, typer.Abort, ClickException):
        raise
    except (StoreError, ValueError) as error:
        stop(str(error))
    except Exception as error:
        if isinstance(error, OSError) or _is_full(error):
            stop(_of_the_disk(error))
        if os.environ.get(TRACEBACK):
            raise
        stop(
            f"Framelens did not foresee this ({type(error).__name__}: {error}). The corpus is as it was. "
            f"Please report it, with what {TRACEBACK}=1 shows."
        )


def _is_full(error: Exception) -> bool:
    """Whether an error is of a full disk; each library says it in its own words."""
    message = str(error).lower()
    return getattr(error, "errno", None) in _FULL or "no space left" in message or "disk is full" in message


def _of_the_disk(error: Exception) -> str:
    where = getattr(error, "filename", None)
    file = os.fsdecode(where) if where else ""
    message = getattr(error, "strerror", None) or str(error)
    if _is_full(error):
        # The tables' own library tells it over several coloured lines.
        where = f" ({file or message})" if file or "\n" not in message else ""
        return f"The disk is full{where}. Make room and run the command again; the corpus is as it was."
    if getattr(error, "errno", None) in _FORBIDDEN:
        return f"{file or 'A file'} may not be written or read ({message}). Choose another folder, or allow it."
    return f"{file}: {message}." if file else f"{message}."

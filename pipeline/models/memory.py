"""Memory given back between the steps of a build, each of which needs much that the next does not.

What Python frees stays with the process: of 160 MB that loading an encoder takes, 60 are scraps and 100 its weights.
"""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

# Of fewer articles little is held, and what is loaded is soon wanted again.
MANY: Final = 1_000
# Objects that are made before Python looks for garbage among them: those of some two articles, not of a part of one.
_YOUNG: Final = 4_000
_USUAL: Final = gc.get_threshold()
_FORGET: Final[list[Callable[[], object]]] = []


class _Kept(Protocol):
    def cache_clear(self) -> None: ...


Loader = TypeVar("Loader", bound=_Kept)


def loads_a_model(loader: Loader) -> Loader:
    """Mark a function that keeps what it loaded: :func:`let_go` makes it forget, and load again when it is asked."""
    _FORGET.append(loader.cache_clear)
    return loader


@lru_cache(maxsize=1)
def keep_what_is_loaded() -> None:
    """Look no more for garbage among what this process holds by now: models and tables, until :func:`let_go`.

    They stay as long as it runs, and Python would go through all of them again and again. It looks seldomer from then
    on, as an article's tokens, which know one another, are garbage only when all of them are.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, *_USUAL[1:])


def let_go(articles: int) -> None:
    """Forget the models of this process and give back what is free, in a build of so many ``articles``."""
    if articles < MANY:
        return
    for forget in _FORGET:
        forget()
    keep_what_is_loaded.cache_clear()
    gc.set_threshold(*_USUAL)
    gc.unfreeze()
    gc.collect()
    with suppress(AttributeError, OSError):  # where the system's library knows of no such thing
        ctypes.CDLL(None).malloc_trim(0)

"""The open store and remembered answers. The only way pages reach the data.

``data.ask(queries.counts, filter_)`` is ``queries.counts(store, filter_)``, remembered for this snapshot and the
corrections laid over it.
"""

from __future__ import annotations

from datetime import datetime
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from store import Store, StoreMissing, corpora

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")

_EDITION: Final = "framelens_edition"


def folder() -> Path:
    """Where the store of the open corpus is."""
    return corpora.current().folder


def refresh() -> Store:
    """Open the newest snapshot with its corrections; all answers of this run come from it.

    Raises StoreError, written for the reader.
    """
    path = folder()
    edition = Store.current_edition(path)
    st.session_state[_EDITION] = edition
    return _open(str(path), edition)


def store() -> Store:
    """The store of this run: a build that ends meanwhile is seen at the next one."""
    if _EDITION not in st.session_state:
        return refresh()
    return _open(str(folder()), st.session_state[_EDITION])


def ask(query: Callable[Concatenate[Store, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The answer of a store query; asked once an edition for equal arguments, by whichever reader."""
    opened = store()
    name = f"{query.__module__}.{query.__qualname__}"
    try:
        hash((args, tuple(kwargs.values())))
    except TypeError:  # tables among them: Streamlit reads these itself, which takes longer
        arguments: object = (args, kwargs)
    else:
        arguments = repr((args, sorted(kwargs.items())))
    answer: R = _remembered(name, str(opened.path), opened.edition, arguments, query, opened, args, kwargs)
    return answer


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of an answer as plain values: days are ``date``, what is missing is None."""
    columns = {str(name): [_plain(value) for value in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell can hold anything
    if isinstance(value, datetime):
        return None if value is pd.NaT else value.date()
    return None if isinstance(value, float) and isnan(value) else value


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(path: str, edition: tuple[int, str] | None) -> Store:
    if edition is None:
        Store.open(Path(path))
        message = f"There is no store in {path}."
        raise StoreMissing(message)
    return Store.open(Path(path))


@st.cache_data(max_entries=400, show_spinner=False)
def _remembered(
    name: str,
    path: str,
    edition: tuple[int, str],
    arguments: object,
    _query: Callable[..., Any],
    _store: Store,
    _args: tuple[Any, ...],
    _kwargs: dict[str, Any],
) -> Any:  # noqa: ANN401 - it is whatever the query gives; `ask` says so
    """Answer and remember. Store, function and arguments are not part of the key: what tells them apart is."""
    del name, path, edition, arguments
    return _query(_store, *_args, **_kwargs)

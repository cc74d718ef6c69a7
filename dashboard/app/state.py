"""The URL is the only view state: the filter is read from it, written to it, and kept from page to page.

A page asks :func:`current`; the filter bar calls :func:`put`. Keys that are not the filter's belong to the pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn
from urllib.parse import parse_qs

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from store import Filter
from store.filter import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE_FILES: Final = Path(__file__).parents[2] / "pages"
FILTER_KEYS: Final = (*(dimension.key for dimension in DIMENSIONS.values()), "from", "to", "text")
# What pages keep in the URL beside the filter. Any other key is a slip of the pen and is said to be one.
PAGE_KEYS: Final = (
    "article",
    "at",
    "sort",
    "order",
    "page",
    "kind",
    "by",
    "entity",
    "group",
    "word",
    "label",
    "show",
    "speaker",
    "alone",
    "naming",
    "search",
    "of",
    "a",
    "b",
    "concept",
    "cue",
    "term",
    "context",
    "unit",
    "plot",
    "tag",
    "of_whom",
    "within",
    "role",
    "frame",
    "frames",
    "series",
    "step",
    "scale",
    "section",
    "check",
    "new",
    "coder",
)

_PAGE, _QUERY, _GOING = "framelens_page", "framelens_filter", "framelens_going"


def own_query() -> dict[str, list[str]]:
    """The filter's part of the URL, as repeated values a key."""
    return {key: st.query_params.get_all(key) for key in FILTER_KEYS if key in st.query_params}


def current() -> Filter:
    """The filter the URL asks for; what cannot be understood is left out."""
    return Filter.from_query(own_query())[0]


def query() -> str:
    """The current filter as it stands in a URL: every link to another page carries it."""
    return current().to_query()


def set_filter(chosen: Filter) -> None:
    """Make ``chosen`` the filter: the URL now says so, and keys of the page that pointed into the old rows go."""
    _write(chosen)
    for key in ("page", "at"):
        if key in st.query_params:
            del st.query_params[key]


def _write(chosen: Filter) -> None:
    st.session_state[_QUERY] = chosen.to_query()
    standing = _standing()
    wanted = {key: value for key, value in standing.items() if key not in FILTER_KEYS} | values(chosen)
    if wanted != standing:
        st.query_params.from_dict(wanted)


def values(chosen: Filter) -> dict[str, list[str]]:
    """The filter as keys and repeated values, as ``st.query_params`` and ``st.switch_page`` take them."""
    return parse_qs(chosen.to_query(), keep_blank_values=True)


def go(page: str, chosen: Filter | None = None, **keys: object) -> None:
    """Turn to a page with a filter (the current one) and keys of it; callbacks cannot leave their page themselves."""
    wanted = values(current() if chosen is None else chosen)
    st.session_state[_GOING] = (page, wanted | {key: [str(value)] for key, value in keys.items() if value is not None})


def leaving() -> bool:
    """Whether a callback of this run asked to leave the page: a part that runs alone then lets the whole page run."""
    return _GOING in st.session_state


def follow() -> None:
    """Leave for the page a callback of this run asked for, if one did."""
    if going := st.session_state.pop(_GOING, None):
        page, wanted = going
        st.switch_page(PAGE_FILES / f"{page}.py", query_params=wanted)


def turn_to(page: str) -> NoReturn:
    """Turn to a page with the URL's keys as they stand."""
    st.switch_page(PAGE_FILES / f"{page}.py", query_params=_standing())


def _standing() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in dict.fromkeys(st.query_params)}


def went_back() -> bool:
    """Whether the reader came by the browser's Back or Forward: then the URL is meant as it stands."""
    run = get_script_run_ctx()
    return run is not None and bool(run.is_history_navigation)


def restore(page: str, in_corpus: Callable[[Filter], tuple[Filter, list[str]]]) -> tuple[Filter, list[str]]:
    """The filter of this run and what to tell the reader about it.

    Following a link of the navigation empties the URL: the filter of the page before is then put back. Values that
    ``in_corpus`` does not find in the corpus are dropped from the URL, each with a notice.
    """
    in_address: str | dict[str, list[str]] = own_query()
    came_from = st.session_state.get(_PAGE)
    if not in_address and came_from not in (None, page) and not went_back():
        in_address = st.session_state.get(_QUERY, "")
    wanted, notices = Filter.from_query(in_address)
    strangers = [key for key in dict.fromkeys(st.query_params) if key not in (*FILTER_KEYS, *PAGE_KEYS)]
    notices += [f"The address holds “{key}”, which means nothing here; it was left out." for key in strangers]
    for key in strangers:
        del st.query_params[key]
    wanted, unknown = in_corpus(wanted)
    st.session_state[_PAGE] = page
    _write(wanted)
    return wanted, notices + unknown

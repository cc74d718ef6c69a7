"""Remove one article with all that is held of it, from the page on which it is read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.app import data
from dashboard.markup.html import draw, markdown, tag
from store import StoreError

_ROOT: Final = Path(__file__).parents[2]
_OUTCOME: Final = "framelens_removed"
# Stories are told anew without the article, which takes a while in a large corpus.
_SECONDS: Final = 1800


def offer(article: str) -> None:
    """The control, to be confirmed: nothing that it takes away can be brought back from here."""
    with st.popover("Remove this article", type="tertiary"):
        draw(
            tag(
                "p",
                "It is taken out of the tables, the search, the caches and the uploads kept here, and no build reads "
                "it again. Files of your own outside of the data folder are not touched.",
                class_="fl-sub",
            )
        )
        sure = st.checkbox("Remove it; this cannot be undone", key="remove_sure")
        st.button("Remove", key="remove_go", disabled=not sure, on_click=_remove, args=(article,))


def report_last_removal() -> None:
    """Say once what became of the last removal."""
    if outcome := st.session_state.pop(_OUTCOME, ""):
        draw(tag("p", outcome, class_="fl-notice", role="status"))


def _remove(article: str) -> None:
    fault = run(article, data.store().path)
    st.session_state["remove_sure"] = False
    if fault:
        st.session_state[_OUTCOME] = f"The article was not removed: {fault}"
        return
    st.session_state[_OUTCOME] = "The article is removed, with all that was held of it."
    for name in ("article", "at"):
        st.query_params.pop(name, None)
    try:
        data.refresh()
    except StoreError as error:  # it was the only one
        st.toast(markdown(error))


def run(article: str, folder: Path) -> str:
    """Remove an article from a data folder, in a process of its own; what went wrong, empty when nothing did."""
    command = (sys.executable, "-m", "pipeline", "remove", "--data", str(folder), "--", article)
    try:
        done = subprocess.run(  # noqa: S603  our own command; the id is an argument of its own
            command, cwd=_ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    lines = (done.stdout + done.stderr).strip().splitlines()
    return "" if done.returncode == 0 else (lines[-1] if lines else "the command did not say why")

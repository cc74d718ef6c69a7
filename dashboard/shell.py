"""One run of the dashboard: look, navigation, filter, page. Streamlit runs this file anew at every change."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.app import correction_controls, data, filter_bar, notices, page_tools, state, theme
from dashboard.markup import html
from store import StoreError, StoreMissing

HERE = Path(__file__).parent
# Path in the URL and name of the file, name in the navigation. A visit begins at the front.
FRONT, FRONT_TITLE = "overview", "Overview"
PAGES = (
    ("articles", "Articles"),
    ("read", "Read"),
    ("quotes", "Quotes"),
    ("people", "People and places"),
    ("compare", "Compare"),
    ("story", "Story"),
    ("check", "Check"),
    ("add", "Add articles"),
    ("corrections", "Corrections"),
    ("methods", "Methods"),
    ("problems", "Problems"),
)
# Without an entry of ours Streamlit leaves out the menu, and with it the choice between light and dark.
ABOUT = "**Framelens** shows how each outlet frames the same subject, and in whose words. Nothing leaves this machine."
# Pages about the whole corpus: no filter stands above them.
UNFILTERED = {"add", "check", "corrections", "methods", "problems"}


def front() -> None:
    """The front under its own name, which people type and link to: Streamlit serves it at the bare address alone."""
    state.turn_to(FRONT)


def main() -> None:
    """One run: look, navigation, filter, page."""
    st.set_page_config("Framelens", str(HERE / "icon.svg"), layout="wide", menu_items={"About": ABOUT})
    theme.apply_theme()
    st.logo(str(HERE / ("wordmark-dark.svg" if theme.is_dark() else "wordmark.svg")), size="medium")
    page = st.navigation(
        [
            st.Page(state.PAGE_FILES / f"{FRONT}.py", title=FRONT_TITLE, url_path="front", default=True),
            *(st.Page(state.PAGE_FILES / f"{name}.py", title=title, url_path=name) for name, title in PAGES),
            st.Page(front, url_path=FRONT, visibility="hidden"),
        ],
        position="top",
    )
    if page.url_path == FRONT:
        page.run()
    state.follow()
    if page.url_path == "add":
        html.draw(class_="fl-space")
        page.run()
        theme.follow()
        return
    try:
        store = data.refresh()
        chosen, left_out = state.restore(page.url_path, store.without_unknown)
        if page.url_path in UNFILTERED:
            html.draw(class_="fl-space")
        else:
            filter_bar.show(chosen, left_out)
        correction_controls.report_last_correction()
        shown = chosen.describe(notices.names(chosen)) if chosen and page.url_path not in UNFILTERED else ""
        page_tools.tab(page.title, shown)
        page.run()
        page_tools.follow(chosen)
    except StoreMissing:
        st.switch_page(state.PAGE_FILES / "add.py")
    except StoreError as error:
        notices.unreadable(error, data.folder())
    theme.follow()


main()

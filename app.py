"""The dashboard, served by serve.py. Pages are in pages/, what they share in dashboard/."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.app import correction_controls, data, filter_bar, notices, page_tools, state, theme
from dashboard.markup import html
from store import StoreError, StoreMissing

HERE = Path(__file__).parent
# Path in the URL, file, name in the navigation; the first is where a visit begins.
PAGES = (
    ("overview", "Overview"),
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


def main() -> None:
    """One run: look, navigation, filter, page."""
    icon = str(HERE / "dashboard" / "icon.svg")
    st.set_page_config(page_title="Framelens", layout="wide", page_icon=icon, menu_items={"About": ABOUT})
    theme.apply_theme()
    st.logo(str(HERE / "dashboard" / ("wordmark-dark.svg" if theme.is_dark() else "wordmark.svg")), size="medium")
    page = st.navigation(
        [
            st.Page(f"pages/{name}.py", title=title, url_path=name, default=name == PAGES[0][0])
            for name, title in PAGES
            if (HERE / "pages" / f"{name}.py").exists()
        ],
        position="top",
    )
    state.follow()
    if page.url_path == "add":
        html.draw(class_="fl-space")
        page.run()
        theme.follow()
        return
    try:
        store = data.refresh()
        chosen, left_out = state.restore(page.url_path, store.known)
        if page.url_path in UNFILTERED:
            html.draw(class_="fl-space")
        else:
            filter_bar.show(chosen, left_out)
        correction_controls.told()
        shown = chosen.describe(notices.names(chosen)) if chosen and page.url_path not in UNFILTERED else ""
        page_tools.tab(page.title, shown)
        page.run()
        page_tools.follow(chosen)
    except StoreMissing:
        st.switch_page("pages/add.py")
    except StoreError as error:
        notices.unreadable(error, data.folder())
    theme.follow()


main()

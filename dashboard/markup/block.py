"""A block of our own HTML in the page, parts of which can be chosen by mouse or keyboard.

An element takes part when it has ``data-choose``; give it ``role="button" tabindex="0"`` to let the keyboard reach it.
The HTML is put into the page as it is: everything an outlet wrote must be escaped before it comes here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = Path(__file__)
_mount = st.components.v2.component(
    "framelens.block",
    html="<div data-block></div>",
    css=_HERE.with_name("block.css").read_text(encoding="utf-8"),
    js=_HERE.with_name("block.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def block(html: str, *, key: str, on_choose: Callable[[str], None], classes: str = "", goto: str = "") -> None:
    """Show ``html``; ``on_choose`` is called with the ``data-choose`` of a chosen part before the page runs again.

    ``classes`` go on the root and can change without the block being built anew. When ``goto`` changes, the first
    element of class ``fl-here`` is scrolled to.
    """

    def chosen() -> None:
        if value := st.session_state[key].chosen:
            on_choose(str(value))

    _mount(key=key, data={"html": html, "classes": classes, "goto": goto}, on_chosen_change=chosen)

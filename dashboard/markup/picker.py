"""One search box with its list: what is typed is looked for in the store, and Enter takes the first that is found.

Lists of a whole corpus are too long for a browser; only the few lines that are shown travel.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import streamlit as st

from store.queries import finding

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

# Lines shown at once: more letters find the rest.
MOST: Final = 40
_HERE = Path(__file__)
_mount = st.components.v2.component(
    "framelens.picker",
    html="<div data-picker class='fl'></div>",
    css=_HERE.with_name("picker.css").read_text(encoding="utf-8"),
    js=_HERE.with_name("picker.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


class Option(NamedTuple):
    """A line of the list: its value, name, what it is (to tell namesakes apart), and a figure at the right."""

    value: str
    name: str
    what: str = ""
    figure: str = ""


def distinguishing_note(row: Mapping[str, Any], sought: str = "", otherwise: str = "") -> str:
    """What tells a name from namesakes: what it is (else ``otherwise``), and by which other name it was found.

    ``row`` has name, kind, state and aliases.
    """
    state = str(row["state"]) if row["kind"] != "state" else ""
    what = ", ".join(part for part in (str(row["kind"]) or otherwise, state) if part)
    wanted = finding.plain(sought)
    if not wanted or wanted in finding.plain(str(row["name"])):
        return what
    others = [alias for alias in row["aliases"] if finding.plain(alias).startswith(wanted)]
    return " · ".join(part for part in (what, f"called “{others[0]}”" if others else "") if part)


def sought(key: str) -> str:
    """What stands in the search box of the picker ``key``."""
    return str(st.session_state.get(f"{key}_sought", ""))


def picker(
    label: str,
    *,
    key: str,
    options: Sequence[Option],
    on_pick: Callable[[str], None],
    chosen: Collection[str] = (),
    placeholder: str = "part of a name",
    note: str = "",
) -> None:
    """Show the box; ``options`` are those for :func:`sought`. ``on_pick`` is called with a value before the next run.

    What to do with it is the caller's: add it to what is chosen, or take it away. ``note`` stands below the list.
    """

    def looked() -> None:
        st.session_state[f"{key}_sought"] = _said(st.session_state[key].sought)

    def picked() -> None:
        if value := _said(st.session_state[key].picked):
            st.session_state[f"{key}_sought"] = ""
            on_pick(value)

    shown = [list(option) for option in options[:MOST]]
    data = {
        "label": label,
        "placeholder": placeholder,
        "asked": sought(key),
        "options": shown,
        "chosen": list(chosen),
        "note": note,
    }
    _mount(key=key, data=data, on_sought_change=looked, on_picked_change=picked)


def _said(event: object) -> str:
    """The value of an event without the moment that tells it from the one before."""
    return str(event or "").rpartition("\n")[0]

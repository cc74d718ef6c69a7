"""The filter bar every page stands under: one chip a dimension, then the filter in words and what it leaves.

The widgets hold nothing of their own: before each run they are set from the URL, and what is chosen goes back to it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import streamlit as st

from dashboard.app import data, notices, page_tools, state
from dashboard.markup import phrasing, picker, reader
from dashboard.markup.html import draw, markdown, tag
from store import Filter, queries
from store.queries import finding
from store.schema import COUNTED_VOICES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Most options a list of the whole corpus has; beyond it, names are searched for in the store.
MOST: Final = 1000
# Chip, field of the filter, and how the chip's list is headed.
CHIPS: Final = (
    ("Outlet", (("sources", "Outlets"),)),
    ("Person", (("people", "People named or quoted"),)),
    ("Organisation", (("organisations", "Organisations named"),)),
    ("Place", (("jurisdictions", "Places named; a state includes its counties and cities"),)),
    ("Story", (("stories", "Stories: articles that report one event"),)),
    ("Language", (("languages", "Languages; only English is analysed"),)),
    ("Your columns", (("own", "Columns of your files, kept with each article"),)),
    (
        "Administration",
        (("administrations", "In office on the day of the article"), ("named_administrations", "Named in the article")),
    ),
)


_MOVED: Final = "filter_moved"


def show(chosen: Filter, left_out: Sequence[str]) -> None:
    """Draw the bar, the filter as a sentence, and what had to be left out of the URL."""
    st.session_state.pop(_MOVED, None)
    _chips()
    _sentence(chosen, names(chosen))
    if left_out:
        draw(*(tag("p", reader.spelt(notice), class_="fl-notice") for notice in left_out))


@st.fragment
def _chips() -> None:
    """All chips: opening one and typing in it runs the bar alone, choosing in it runs the page."""
    if st.session_state.pop(_MOVED, False):
        st.rerun()
    chosen = state.current()
    with st.container(horizontal=True, gap="small", key="filter_chips"):
        for label, dimensions in CHIPS:
            if any(not data.ask(queries.facet, Filter(), field, limit=1).empty for field, _ in dimensions):
                _chip(label, dimensions, chosen)
        _dates(chosen)
        _voices(chosen)
        _text(chosen)


# Chips of what only some corpora have: a second language, columns of their own.
_WHERE_THERE: Final = {"languages": 2, "own": 1}


def _is_there(field: str, chosen: Filter) -> bool:
    """Whether the corpus has enough values of ``field`` to choose among, or one is chosen."""
    return bool(getattr(chosen, field)) or len(data.ask(queries.facet, Filter(), field)) >= _WHERE_THERE[field]


def _chip(label: str, dimensions: Sequence[tuple[str, str]], chosen: Filter) -> None:
    """One chip of lists, which are asked for when it is opened."""
    called = names(chosen)
    picked = [called.get(value, value) for field, _ in dimensions for value in getattr(chosen, field)]
    chip = st.popover(_title(label, picked), key=f"chip_{dimensions[0][0]}", on_change="rerun")
    if chip.open:
        with chip:
            for field, heading in dimensions:
                _list(field, heading, chosen)


def _list(field: str, heading: str, chosen: Filter) -> None:
    """The list of one field: what is picked goes in, and out again when it is picked once more."""
    key = f"pick_{field}"
    picked = getattr(chosen, field)
    sought = picker.sought(key)
    # One more than is shown tells whether there are more.
    facet_rows = data.rows(data.ask(queries.facet, chosen, field, search=sought, limit=picker.MOST + 1))
    lines = [
        picker.Option(
            row["value"],
            phrasing.entity_name(row["value"], row["name"]),
            picker.distinguishing_note(row, sought),
            phrasing.number(row["articles"]),
        )
        for row in facet_rows
        if not sought or row["value"] not in picked or _fits(row, sought)
    ]

    def take(value: str) -> None:
        now = getattr(state.current(), field)
        values = tuple(other for other in now if other != value) if value in now else (*now, value)
        state.set_filter(state.current().but(**{field: values}))
        st.session_state[_MOVED] = True

    picker.picker(
        reader.spelt(heading),
        key=key,
        options=lines,
        chosen=picked,
        on_pick=take,
        note=_note(field, sought, len(lines)),
    )


def _fits(row: dict[str, Any], sought: str) -> bool:
    """Whether a chosen value, which is listed whatever is typed, is one of those looked for."""
    return finding.plain(sought) in finding.plain(f"{row['name']} {' '.join(row['aliases'])}")


def _note(field: str, sought: str, lines: int) -> str:
    if not lines:
        return f"Nothing is called “{sought}” under the rest of the filter."
    if lines > picker.MOST:
        return f"The {picker.MOST} with most articles. Type to find other {reader.spelt(_plural(field))}."
    return "Numbers are articles."


def names(chosen: Filter) -> dict[str, str]:
    """Names of the entities and stories the filter holds."""
    return notices.names(chosen)


def choose(
    field: str,
    heading: str,
    options: dict[str, tuple[str, int]],
    chosen: Filter,
    *,
    place: str = "filter",
    placeholder: str = "Choose; numbers are articles",
    width: int | Literal["stretch"] = 340,
) -> None:
    """A list in which values of one field of the filter are chosen; ``place`` tells two lists of one field apart."""
    key = f"{place}_{field}"
    st.session_state[key] = list(getattr(chosen, field))
    st.multiselect(
        heading,
        list(options),
        key=key,
        format_func=lambda value: f"{options[value][0]} · {options[value][1]:,}" if value in options else str(value),
        on_change=_take(field, key),
        placeholder=placeholder,
        select_all=False,
        width=width,
    )


def _plural(field: str) -> str:
    return {"sources": "outlets", "jurisdictions": "places"}.get(field, field.replace("_", " "))


def options(field: str, chosen: Filter) -> dict[str, tuple[str, int]]:
    """What can be chosen: value to name and distinct articles, most articles first."""
    frame = data.ask(queries.facet, chosen, field, limit=MOST)
    return {
        str(value): (phrasing.entity_name(str(value), str(name)), int(articles))
        for value, name, articles in zip(frame["value"], frame["name"], frame["articles"], strict=True)
    }


def _take(field: str, key: str) -> Callable[[], None]:
    """What to do when the widget changes: move its value into the URL."""

    def moved() -> None:
        value: Any = st.session_state[key]
        state.set_filter(state.current().but(**{field: tuple(value) if isinstance(value, list) else value}))
        st.session_state[_MOVED] = True

    return moved


def _dates(chosen: Filter) -> None:
    dates = Filter(date_from=chosen.date_from, date_to=chosen.date_to)
    with st.popover(_title("Dates", [dates.describe({})] if dates else []), key="chip_dates"):
        for field, heading in (("date_from", "From"), ("date_to", "To")):
            key = f"filter_{field}"
            st.session_state[key] = getattr(chosen, field)
            st.date_input(
                heading,
                value=None,
                key=key,
                format="YYYY-MM-DD",
                min_value=date(1700, 1, 1),
                max_value=date(2100, 12, 31),
                on_change=_take(field, key),
                width=340,
            )
        st.caption("An article counts when any day it can have been published lies between them.")


def _voices(chosen: Filter) -> None:
    with st.popover(_title("Voice", [phrasing.VOICE_NAMES[v].lower() for v in chosen.voices]), key="chip_voices"):
        st.session_state["filter_voices"] = list(chosen.voices)
        st.pills(
            "Whose words",
            COUNTED_VOICES,
            selection_mode="multi",
            key="filter_voices",
            format_func=phrasing.VOICE_NAMES.__getitem__,
            on_change=_take("voices", "filter_voices"),
        )
        st.caption("Counts, names and sentences only from words in these voices.")


def _text(chosen: Filter) -> None:
    with st.popover(_title("Word or phrase", [chosen.text] if chosen.text else []), key="chip_text"):
        st.session_state["filter_text"] = chosen.text
        st.text_input(
            "Articles that hold",
            key="filter_text",
            placeholder='sanctuary raid*, or "border patrol"',
            on_change=_take("text", "filter_text"),
            width=340,
        )
        draw(
            tag(
                "table",
                *(tag("tr", tag("th", typed, scope="row"), tag("td", explained)) for typed, explained in ASKING),
                class_="fl-asking",
            )
        )


# What can be typed, and what it asks.
ASKING: Final = (
    ("wall raid", "both words, anywhere"),
    ('"border wall"', "these words in this order"),
    ("raid*", "words that begin so"),
    ("wall OR fence", "either"),
    ("wall NOT fence", "the first without the second"),
    ("(wall OR fence) raid", "brackets hold together"),
)


def _title(label: str, picked: Sequence[str]) -> str:
    """The chip's label; in use it is bold, which tints the chip."""
    label = reader.spelt(label)
    if not picked:
        return label
    if len(picked) > 1:
        return f"**{label}: {len(picked)} chosen**"
    name = picked[0].replace(f" {label.lower()}", "")
    short = name if len(name) <= 28 else name[:27].rstrip() + "…"
    return f"**{label}: {markdown(short)}**"


def _not_analysed(chosen: Filter) -> str:
    """How many of the articles are in no figure of quotes, people or tone."""
    others = data.ask(queries.not_analysed, chosen)
    if not others:
        return ""
    return f", {phrasing.number(others)} of them in other languages than English and not analysed"


def _sentence(chosen: Filter, names: dict[str, str]) -> None:
    counts = data.ask(queries.counts, chosen)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="filter_state"):
        st.html(
            tag(
                "p",
                tag("b", chosen.describe(names)),
                f" · {phrasing.number(counts.articles)} of {phrasing.count(counts.of, 'article')}",
                _not_analysed(chosen),
                class_="fl-state",
                role="status",
            ),
            width="content",
        )
        _other_forms(chosen)
        st.html(tag("p", page_tools.COPY_LINK, class_="fl-tool"), width="content")
        if chosen:
            st.button("Clear", key="filter_clear", type="tertiary", on_click=state.set_filter, args=(Filter(),))


def _other_forms(chosen: Filter) -> None:
    """How many more articles other forms of the searched words would find, and the way to have them."""
    forms = data.ask(queries.other_forms, chosen) if chosen.text else None
    if forms is None or not forms.more:
        return
    shown = phrasing.listed([f"“{form}”" for form in forms.forms[:4]], "or")
    label = f"{phrasing.count(forms.more, 'more article')} with {markdown(shown)}"
    st.button(
        label, key="filter_forms", type="tertiary", on_click=state.set_filter, args=(chosen.but(text=forms.text),)
    )

"""Planning a check: of what, how many, how they are spread; then the sample is drawn and frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.app import data, notices, state
from dashboard.markup import phrasing, reader
from dashboard.markup.html import draw, link, markdown, query, tag
from store import StoreError, queries
from store.checks import draw as drawing
from store.checks.estimates import planned_width
from store.checks.frame import FRAMES
from store.checks.report import percent

if TYPE_CHECKING:
    from store import Filter
    from store.checks.draw import Stratum

KINDS: Final = {
    "quotes": "Quotes: who says it, which words, whether anybody says anything",
    "people": "Names: who or what is meant",
    "places": "Places: which place is meant",
    "portrayals": "Portrayals: how somebody is spoken of",
    "facts": "Facts: whether two outlets tell the same",
    "missed": "What was missed: passages in which nobody was found to speak",
}
_BY: Final = {
    "source and sure": ("source", "sure"),
    "source": ("source",),
    "voice and sure": ("voice", "sure"),
    "voice": ("voice",),
    "sure": ("sure",),
    "nothing": (),
}
_BY_SAID: Final = {
    "source and sure": "outlet and how sure Framelens is",
    "source": "outlet",
    "voice and sure": "voice and how sure Framelens is",
    "voice": "voice",
    "sure": "how sure Framelens is",
    "nothing": "nothing: all by chance alone",
}
_ALLOCATIONS: Final = {
    "proportional": "large groups give more (best for a share of all)",
    "equal": "each gives as many (best for comparing groups)",
}
_SIZES: Final = (25, 50, 100, 200, 400)


def show(chosen: Filter) -> None:
    """The form, what each size would tell, and the button that draws."""
    wanted = st.query_params.get("new", "quotes")
    draw(
        tag("p", "New check", class_="fl-kicker"),
        tag("h1", "How right is it on these articles?", class_="fl-h1"),
        tag(
            "p",
            "Passages are drawn by chance, each with a known probability. You answer before you see what Framelens "
            "found. Then you know how often it is right here, and figures can be corrected for where it is not.",
            class_="fl-standfirst",
        ),
    )
    kinds = list(KINDS)
    kind = st.selectbox(
        "Check",
        kinds,
        index=kinds.index(wanted) if wanted in kinds else 0,
        format_func=KINDS.__getitem__,
        key="plan_kind",
    )
    columns = data.ask(queries.own_columns)
    group = (
        st.selectbox(
            "Groups",
            ["", *columns],
            format_func=lambda column: f"Your column: {column}" if column else "Outlets",
            key="plan_group",
        )
        if columns
        else ""
    )
    outlet = f"“{group}”" if group else "outlet"
    first_column, second_column, third_column = st.columns(3)
    size = first_column.select_slider("How many answers", _SIZES, value=50, key="plan_size")
    by = second_column.selectbox(
        "Spread by", list(_BY), format_func=lambda spread: _BY_SAID[spread].replace("outlet", outlet), key="plan_by"
    )
    allocation = third_column.selectbox(
        "How", list(_ALLOCATIONS), format_func=_ALLOCATIONS.__getitem__, key="plan_allocation"
    )
    seed = int(first_column.number_input("Seed: the same draws the same", 0, 10**9, 20, key="plan_seed"))
    plan = drawing.Plan(kind, chosen, size, seed, _BY[by], allocation, group)
    strata = data.ask(drawing.strata, plan)
    if not strata:
        _nothing(kind, chosen)
        return
    _show_plan(kind, chosen, strata, size)
    st.button(
        f"Draw {sum(stratum.drawn for stratum in strata):,} and begin",
        key="plan_draw",
        on_click=_draw,
        args=(plan,),
        type="primary",
    )


def _nothing(kind: str, chosen: Filter) -> None:
    draw(
        tag(
            "p",
            f"There are no {FRAMES[kind].many} under this filter ({chosen.describe(notices.names(chosen))}).",
            class_="fl-h2 fl-plain",
        ),
    )


def _show_plan(kind: str, chosen: Filter, strata: tuple[Stratum, ...], size: int) -> None:
    population = sum(stratum.population for stratum in strata)
    widths = [(number, planned_width(number, population)) for number in _SIZES if number <= population]
    lines = [
        tag(
            "tr",
            tag("td", phrasing.count(number, "answer"), style="font-weight:600" if number == size else None),
            tag("td", reader.worded(percent(width)), class_="fl-num", data_head=f"{reader.per_cent('95')} interval"),
            tag("td", f"about {round(number * drawing.SECONDS / 60):,} min", class_="fl-num", data_head="Time"),
        )
        for number, width in widths
    ]
    chances = [
        tag(
            "tr",
            tag("td", stratum.name),
            tag("td", f"{stratum.drawn:,} of {stratum.population:,}", class_="fl-num", data_head="Drawn"),
            tag("td", f"{stratum.drawn / stratum.population:.3f}", class_="fl-num", data_head="Chance of each"),
        )
        for stratum in strata
    ]
    where = chosen.describe(notices.names(chosen))
    draw(
        tag("h2", f"The plan: from {phrasing.number(population)} {FRAMES[kind].many}", class_="fl-h2"),
        tag(
            "p",
            f"Filter: {where}. Were 9 in 10 right, so many answers would tell the share this exactly:",
            class_="fl-sub",
        ),
        tag("table", tag("tbody", *lines), class_="fl-table fl-plan"),
        tag("p", "What is drawn, by group, and the chance each item of a group has:", class_="fl-sub fl-gap"),
        tag(
            "table",
            tag(
                "thead",
                tag(
                    "tr",
                    *(
                        tag("th", head, scope="col", class_=class_)
                        for head, class_ in (("Group", None), ("Drawn", "fl-num"), ("Chance of each", "fl-num"))
                    ),
                ),
            ),
            tag("tbody", *chances),
            class_="fl-table fl-plan",
        ),
    )


def _draw(plan: drawing.Plan) -> None:
    store = data.store()
    try:
        sample = drawing.write(store.path, drawing.draw(store, plan))
    except (StoreError, ValueError) as error:
        st.toast(markdown(error))
        return
    for key in ("new", "show"):
        st.query_params.pop(key, None)
    st.query_params["check"] = sample.id


def new_link() -> str:
    """The way to a new check under the filter in force."""
    return link("check", "New check", query(state.query(), new="quotes"))

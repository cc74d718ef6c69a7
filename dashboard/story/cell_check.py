"""Where a reader says whether an article tells a fact: "the same", or "not told, checked"."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.app import correction_controls
from dashboard.story.fact_matrix import one_line
from store.corrections.log import NOT_TOLD, SAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.story.fact_matrix import Fact

Row = dict[str, Any]
_LONG: Final = 90
_SAYS: Final = {SAME: "It tells the same, in the passage shown", NOT_TOLD: "I read it, and it does not tell this"}


def control(facts: Sequence[Fact], articles: Sequence[Row]) -> None:
    """A popover that asks of one fact and one article; what is answered is a correction like any other."""
    names = {row["article_id"]: row["source"] for row in articles}
    by_number = {fact.number: fact for fact in facts}
    with st.popover("Check a cell …", key="cell_open"):
        number = st.selectbox(
            "What is told",
            list(by_number),
            key="cell_fact",
            format_func=lambda fact_number: one_line(by_number[fact_number].clearest["phrase"], _LONG),
        )
        fact = by_number[number]
        open_ = [article_id for article_id in names if any(told_in != article_id for told_in in fact.cells)]
        article = st.selectbox("In the article of", open_, key=f"cell_article_{number}", format_func=names.__getitem__)
        shown = fact.cells[article][0] if article in fact.cells else fact.near.get(article)
        if shown:
            st.caption(one_line(shown["text"], 3 * _LONG))
        can = [says for says in _SAYS if shown or says == NOT_TOLD]
        says = st.radio("What is right?", can, key=f"cell_says_{number}_{article}", format_func=_SAYS.__getitem__)
        telling = next(rows[0] for one, rows in fact.cells.items() if one != article)
        fields = {
            "article": article,
            "other": telling["article_id"],
            "other_start": int(telling["start"]),
            "other_end": int(telling["end"]),
            "says": says,
            "surface": one_line(fact.clearest["phrase"], _LONG),
        }
        if says == SAME and shown:
            fields |= {"start": int(shown["start"]), "end": int(shown["end"])}
        why = st.text_input(correction_controls.WHY, key="cell_why")
        st.button(
            "Correct", key="cell_do", type="primary", on_click=partial(correction_controls.write, "cell", why, **fields)
        )

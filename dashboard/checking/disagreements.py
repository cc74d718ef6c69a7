"""Where people answered differently: both answers beside the passage, and settling them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.app import data
from dashboard.markup.html import Html, draw, markdown, tag
from store import StoreError
from store.checks import log
from store.checks.answers import in_words
from store.queries.texts import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.checks.log import Line
    from store.checks.results import Agreement, Disagreement

_MOST: Final = 40


def show(sample: Line, agreement: Agreement) -> None:
    """The list, and below it the first that is open, to be settled."""
    if not agreement.disagreements:
        return
    items = sample.fields["items"]
    articles = tuple(sorted({items[disagreement.item]["article"] for disagreement in agreement.disagreements}))
    article_texts = data.ask(texts, articles)
    heads = ("Passage", *agreement.coders, "Settled")
    lines = [
        _line(items[disagreement.item], disagreement, agreement.coders, article_texts)
        for disagreement in agreement.disagreements[:_MOST]
    ]
    open_ = [disagreement for disagreement in agreement.disagreements if disagreement.settled is None]
    draw(
        tag("h2", "Where people disagreed", class_="fl-h2"),
        tag(
            "p",
            f"{len(agreement.disagreements)} of {agreement.of}. All answers stay in the file; the settled one is used, "
            f"before that {agreement.coders[0]}’s",
            class_="fl-sub",
        ),
        tag(
            "table",
            tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
            tag("tbody", *lines),
            class_="fl-table",
        ),
    )
    if open_:
        _settle(sample, open_[0], article_texts)


def _line(
    item: Mapping[str, Any], disagreement: Disagreement, coders: tuple[str, ...], article_texts: Mapping[str, str]
) -> Html:
    settled = tag("td", "open", class_="fl-none")
    if disagreement.settled:
        by = f"{disagreement.settled.fields['coder']}, {disagreement.settled.at[:10]}"
        settled = tag(
            "td", tag("b", in_words(disagreement.settled.fields["answer"])), tag("small", by, class_="fl-under")
        )
    answers = (
        tag("td", in_words(disagreement.answers[coder]) if coder in disagreement.answers else "") for coder in coders
    )
    return tag("tr", tag("td", _words(item, article_texts), class_="lead"), *answers, settled)


def _words(item: Mapping[str, Any], article_texts: Mapping[str, str]) -> str:
    words = " ".join(article_texts.get(item["article"], "")[item["start"] : item["end"]].split())
    return words if len(words) < 260 else words[:259].rsplit(" ", 1)[0] + "…"


def _settle(sample: Line, disagreement: Disagreement, article_texts: Mapping[str, str]) -> None:
    item = sample.fields["items"][disagreement.item]
    draw(tag("h3", "Settle the next", class_="fl-h3 fl-gap"), tag("p", _words(item, article_texts), class_="fl-ctx"))
    options: dict[str, Mapping[str, Any]] = {in_words(answer): answer for answer in disagreement.answers.values()}
    options.setdefault(in_words({"choice": "unclear"}), {"choice": "unclear"})
    who = st.text_input("Settled by", "both", key="check_settled_by", width=340)
    with st.container(horizontal=True, gap="small", key="check_settle"):
        for place, (label, answer) in enumerate(options.items()):
            st.button(
                markdown(label),
                key=f"check_settle_{place}",
                on_click=_keep,
                args=(sample, disagreement.item, answer, who),
            )


def _keep(sample: Line, number: int, answer: Mapping[str, Any], who: str) -> None:
    try:
        line = log.line("settle", sample=sample.id, item=number, coder=who or "both", answer=dict(answer))
        log.append(data.store().path, line)
    except (StoreError, ValueError) as error:
        st.toast(markdown(error))

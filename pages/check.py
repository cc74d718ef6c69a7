"""Check: how right the analyses are on these very articles, from passages drawn by chance and answered blind."""

from __future__ import annotations

import streamlit as st

from dashboard.app import data, filter_bar, state
from dashboard.checking import answering, beside, planning, result
from dashboard.markup.html import draw, link, query, tag
from store.checks import log
from store.checks.progress import coders, progress
from store.checks.report import called
from store.filter import Filter

FIRST = "coder 1"


def page() -> None:
    """A new check, the next item of one, or what it found."""
    checks = beside.checks_of_corpus()
    for fault in checks.faults[:10]:
        draw(tag("p", f"{log.NAME}, line {fault.line:,}: not used: {fault.reason}.", class_="fl-notice"))
    samples = checks.samples()
    wanted = st.query_params.get("check", "")
    if "new" in st.query_params or not samples:
        filter_bar.show(state.current(), [])
        planning.show(state.current())
        return
    if wanted not in samples:
        wanted = next((name for name in samples if wanted in checks.chain(name)), list(samples)[-1])
    sample = samples[wanted]
    coder = _chips(checks, samples, wanted)
    _state(sample)
    standing = progress(checks, sample.id, coder)
    if standing.next is None or st.query_params.get("show") == "result":
        result.show(sample)
        if standing.next is not None:
            again = query("", check=sample.id, coder=coder)
            draw(tag("p", link("check", f"Go on as {coder}: {standing.to_go:,} to go", again), class_="fl-sub fl-gap"))
    else:
        answering.show(sample, coder)


def _chips(checks: log.Log, samples: dict[str, log.Line], wanted: str) -> str:
    """Which check, and who answers: both kept in the address."""
    store = data.store()
    names = {name: called(store, sample) for name, sample in samples.items()}
    people = coders(checks, wanted)
    coder = st.query_params.get("coder", "").strip() or (people[0] if people else FIRST)
    options = list(dict.fromkeys((*people, coder)))

    def turn() -> None:
        st.query_params.from_dict({"check": st.session_state["check_which"]})

    def answer_as() -> None:
        if typed := str(st.session_state["check_coder"] or "").strip():
            st.query_params["coder"] = typed
            st.query_params.pop("show", None)

    st.session_state["check_which"] = wanted
    st.session_state["check_coder"] = coder
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="check_head"):
        st.selectbox(
            "Check", list(names)[::-1], key="check_which", format_func=names.__getitem__, on_change=turn, width=420
        )
        st.selectbox(
            "Coder: choose, or type a name",
            options,
            key="check_coder",
            accept_new_options=True,
            on_change=answer_as,
            width=240,
        )
        draw(
            tag(
                "p",
                link("check", "New check", query(state.query(), new=samples[wanted].fields["kind"])),
                class_="fl-sub",
                style="white-space:nowrap",
            ),
            width="content",
        )
    return coder


def _state(sample: log.Line) -> None:
    """How the sample was drawn, as a sentence."""
    fields = sample.fields
    chances = [item["chance"] for item in fields["items"]]
    low, high = min(chances), max(chances)
    chance = f"chance of being drawn {low:.3f}" + ("" if high - low < 0.0005 else f" to {high:.3f}")
    filtered = "" if Filter.from_query(fields["filter"])[0] == Filter() else " · under a filter"
    draw(
        tag(
            "p",
            tag("b", f"{len(fields['items']):,} passages"),
            f" drawn at random from {fields['population']:,} · seed {fields['seed']}, frozen {sample.at[:10]} · "
            f"{chance}{filtered} · answers go into {log.NAME} in the data folder",
            class_="fl-state",
        ),
        class_="fl fl-check-state",
    )


page()

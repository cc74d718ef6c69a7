"""The URL is the only view state."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.app import state
from store import Filter
from store.filter import DIMENSIONS


def whole_run():
    """A run of a page: what the shell does, then what a page asks."""
    import streamlit as st

    from dashboard.app import state

    page = st.session_state.get("test_page", "overview")
    chosen, notices = state.restore(page, lambda asked: (asked, []))
    assert chosen == state.current()
    st.text(state.query())
    for notice in notices:
        st.warning(notice)
    if st.button("choose"):
        state.set_filter(chosen.but(sources=("The Daily Example",)))
        st.rerun()
    if st.button("clear"):
        state.set_filter(type(chosen)())
        st.rerun()


def visit(**query: object):
    app = AppTest.from_function(whole_run, default_timeout=20)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def turn_to(app, page):
    """Follow a link of the navigation: another page, and the URL is empty."""
    app.session_state["test_page"] = page
    app.query_params.clear()
    return app.run()


def test_a_pasted_address_restores_the_filter():
    app = visit(source=["Fox News", "ABC News"], to="2020-02-29", text='"border patrol"')
    assert not app.exception
    assert Filter.from_query(app.text[0].value)[0] == Filter(
        sources=("ABC News", "Fox News"), date_to=date(2020, 2, 29), text='"border patrol"'
    )


def test_what_is_chosen_stands_in_the_address():
    app = visit()
    app.button[0].click().run()
    assert app.query_params == {"source": "The Daily Example"}
    app.button[1].click().run()
    assert app.query_params == {}


def test_navigation_keeps_the_filter():
    app = turn_to(visit(source="Fox News"), "quotes")
    assert app.query_params["source"] == "Fox News"
    assert app.text[0].value == "source=Fox+News"


def test_going_back_to_an_address_without_filter_clears_it():
    app = visit(source="Fox News")
    app.query_params.clear()
    assert app.run().text[0].value == ""


def test_a_cleared_filter_does_not_come_back_on_the_next_page():
    app = visit(source="Fox News")
    app.button[1].click().run()
    assert turn_to(app, "quotes").text[0].value == ""


def test_keys_of_pages_stay_and_strange_ones_go_with_a_notice():
    app = visit(article="abc", at="12", source="Fox News", outlet="Fox")
    assert set(app.query_params) == {"article", "at", "source"}
    assert [notice.value for notice in app.warning] == [
        "The address holds “outlet”, which means nothing here; it was left out."
    ]


def test_choosing_forgets_the_page_of_the_old_list_but_not_its_order():
    app = visit(page="7", sort="longest", at="3")
    app.button[0].click().run()
    assert app.query_params == {"sort": "longest", "source": "The Daily Example"}


def test_a_bad_date_is_said_and_left_out():
    app = visit(**{"from": "yesterday"})
    assert "yesterday" in app.warning[0].value
    assert app.query_params == {}


names = st.lists(st.text(min_size=1, max_size=12), max_size=3).map(tuple)
filters = st.builds(
    Filter,
    sources=names,
    people=names,
    jurisdictions=names,
    voices=names,
    text=st.text(max_size=12),
    date_from=st.none() | st.dates(),
)


@given(filters)
def test_the_values_given_to_a_page_are_the_filter(chosen):
    assert Filter.from_query(state.values(chosen)) == (chosen, [])


@pytest.mark.parametrize("key", state.PAGE_KEYS)
def test_pages_never_use_a_key_of_the_filter(key):
    assert key not in state.FILTER_KEYS


def test_every_part_of_a_filter_can_stand_in_the_address():
    app = visit(language="de", own="desk:metro")
    assert Filter.from_query(app.text[0].value)[0] == Filter(languages=("de",), own=("desk:metro",))
    assert not app.warning
    everything = Filter(
        **{name: ("x",) for name in DIMENSIONS if name != "voices"},
        voices=("quote",),
        text="x",
        date_from=date(2020, 1, 1),
        date_to=date(2020, 1, 2),
    )
    assert set(state.values(everything)) == set(state.FILTER_KEYS)

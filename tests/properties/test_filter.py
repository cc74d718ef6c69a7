"""Whatever is chosen, an address says it and gives it back; whatever is typed, the search answers."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.filter import DIMENSIONS, Filter
from store.search.index import IndexWriter, find, used
from store.search.question import rewritten, understood

if TYPE_CHECKING:
    from pathlib import Path

values = st.lists(st.text(max_size=12), max_size=3).map(tuple)
filters = st.builds(
    Filter,
    **dict.fromkeys(DIMENSIONS, values),
    date_from=st.none() | st.dates(),
    date_to=st.none() | st.dates(),
    text=st.text(max_size=30),
)
typed = st.text(max_size=60) | st.text(alphabet="\"'*()+-^:{}<> NEARANDORNOTabc\x00“”\\", max_size=30)


@given(filters)
def test_an_address_gives_back_the_filter(chosen: Filter):
    assert Filter.from_query(chosen.to_query()) == (chosen, [])
    assert Filter.from_query(parse_qs(chosen.to_query())) == (chosen, [])
    assert chosen.to_query().isascii()


@given(filters)
def test_the_empty_address_is_everything_and_nothing_else(chosen: Filter):
    assert (chosen.to_query() == "") == (not chosen) == (chosen == Filter())


@given(filters)
def test_conditions_hold_no_value(chosen: Filter):
    where = chosen.articles_where(lambda text: [text])
    template = Filter(
        **{name: ("x",) if getattr(chosen, name) else () for name in DIMENSIONS if name not in {"voices", "own"}},
        own=tuple(f"column {number}:x" for number, _ in enumerate({one.partition(":")[0] for one in chosen.own})),
        voices=chosen.voices,
        date_from=chosen.date_from,
        date_to=chosen.date_to,
        text="x" if chosen.text else "",
    )
    assert where.sql == template.articles_where(lambda text: [text]).sql


@given(st.text(max_size=60))
@example("from=2020-13-01&person")
@example("&&==%zz&source=%ff")
def test_no_address_fails(address: str):
    chosen, notices = Filter.from_query(address)
    assert Filter.from_query(chosen.to_query()) == (chosen, [])
    assert all(notice.endswith(".") for notice in notices)


@given(filters, st.dictionaries(st.text(max_size=5), st.text(max_size=5)))
def test_every_filter_can_be_said(chosen: Filter, names: dict[str, str]):
    assert chosen.describe(names)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("search") / "search-1.sqlite"
    with closing(IndexWriter(file)) as writer:
        writer.add([("one", "A title", "the near word and not another"), ("two", "", "Ünïcode 'quoted' text")])
    return file


def asked(index: Path, text: str) -> list[tuple[str, str]]:
    return sorted(find(index, understood(text)))


@given(typed)
@example('"')
@example('"" ""')
@example("NEAR(a b)")
@example("title:near")
@example("word*")
@example("\ud800 near")
@example('a"b')
@example("a AND")
@example("x " * 2000)
@example("(" * 900 + "near")
@example("near OR OR (NOT")
def test_no_text_makes_the_search_fail(index: Path, text: str):
    assert set(asked(index, text)) <= {("one", "A title"), ("two", "")}


@given(st.lists(st.sampled_from(["the", "near", "word", "and", "not", "another"]), min_size=1, max_size=4))
def test_all_words_are_asked_for_whatever_they_mean_elsewhere(index: Path, words: list[str]):
    assert asked(index, " ".join(words)) == [("one", "A title")]
    assert asked(index, " ".join([*words, "missing"])) == []


def test_a_phrase_is_in_order(index: Path):
    assert asked(index, '"near word"') == [("one", "A title")]
    assert asked(index, '"word near"') == []
    assert asked(index, "“UNICODE QUOTED”") == [("two", "")]
    assert understood("…").expression == ""


BOTH, ONE, TWO = [("one", "A title"), ("two", "")], [("one", "A title")], [("two", "")]
QUESTIONS = {
    "near OR quoted": BOTH,
    "near quoted": [],
    "wor*": ONE,
    "wor": [],
    "NOT quoted": ONE,
    "near NOT another": [],
    "unicode NOT near": TWO,
    "missing OR NOT near": TWO,
    "NOT (near OR quoted)": [],
    "(near OR quoted) text": TWO,
    "NOT NOT near": ONE,
    "near)": ONE,
    "(near": ONE,
    "near AND word": ONE,
    '"near word" OR quoted': BOTH,
}


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_capitals_brackets_and_stars_ask(index: Path, text: str):
    assert asked(index, text) == QUESTIONS[text]


questions = st.recursive(
    st.sampled_from(["near", "quoted", "missing", "wor*"]),
    lambda inner: st.one_of(
        inner.map(lambda a: f"NOT ({a})"),
        st.tuples(inner, inner).map(lambda ab: f"({ab[0]}) OR ({ab[1]})"),
        st.tuples(inner, inner).map(lambda ab: f"({ab[0]}) ({ab[1]})"),
    ),
    max_leaves=6,
)


@given(questions, questions)
def test_logic_holds_of_any_two_questions(index: Path, a: str, b: str):
    whole, of_a, of_b = set(BOTH), set(asked(index, a)), set(asked(index, b))
    assert set(asked(index, f"({a}) OR ({b})")) == of_a | of_b
    assert set(asked(index, f"({a}) ({b})")) == of_a & of_b
    assert set(asked(index, f"({a}) NOT ({b})")) == of_a - of_b
    assert set(asked(index, f"NOT ({a})")) == whole - of_a


def test_other_forms_are_put_beside_plain_words_alone():
    forms = {"raid": ["raids"], "wall": ["walls"], "border": ["borders"]}
    each = lambda word: forms.get(word, [])  # noqa: E731
    assert rewritten('Raid "border wall" wall* NOT border', each) == '(Raid OR raids) "border wall" wall* NOT border'
    assert rewritten("raid OR wall", each) == "raid OR raids OR wall OR walls"
    assert rewritten("xylophone", each) == "xylophone"


def test_words_of_the_articles_are_known(index: Path):
    assert used(index, ["words", "word", "unicode", "missing"]) == ["unicode", "word"]
    assert used(index, []) == []

"""Whatever is corrected, taking it back gives what was there; and corrections of different things need no order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import Filter, Store, corrections
from store.corrections.effect import effect
from store.corrections.log import about, correction, loads, parse
from store.export import TABLES_FOR_EXPORT
from tests.store.small_corpus import ALL_DRAFTS, ENTITIES, begin_with, id_of

if TYPE_CHECKING:
    from pathlib import Path

    from store.corrections.log import Correction

NAMES = st.text(min_size=1, max_size=12).filter(str.strip)
PEOPLE = st.sampled_from(sorted(ENTITIES))
ARTICLES = st.sampled_from([id_of(draft) for draft in ALL_DRAFTS] + ["gone"])
SPANS = st.tuples(ARTICLES, st.integers(0, 80), st.integers(1, 40))
ONES = st.one_of(
    st.tuples(PEOPLE, PEOPLE).filter(lambda p: p[0] != p[1]).map(lambda p: ("merge", {"entity": p[0], "into": p[1]})),
    PEOPLE.map(lambda entity: ("reject", {"entity": entity})),
    st.tuples(PEOPLE, NAMES).map(lambda p: ("rename", {"entity": p[0], "name": p[1]})),
    st.tuples(PEOPLE, ARTICLES, NAMES).map(
        lambda p: ("split", {"entity": p[0], "articles": [p[1]], "to": "person:split-off", "name": p[2]})
    ),
    st.tuples(SPANS, PEOPLE).map(
        lambda p: ("mention", {"article": p[0][0], "start": p[0][1], "end": p[0][1] + p[0][2], "entity": p[1]})
    ),
    st.tuples(SPANS, PEOPLE).map(
        lambda p: ("speaker", {"article": p[0][0], "start": p[0][1], "end": p[0][1] + p[0][2], "speaker": p[1]})
    ),
    st.tuples(ARTICLES, NAMES, st.dates()).map(
        lambda p: ("article", {"article": p[0], "source": p[1], "published": p[2].isoformat()})
    ),
).map(lambda one: correction(one[0], **one[1]))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corrected")
    begin_with(path, *ALL_DRAFTS)
    return path


@pytest.fixture(scope="module")
def as_built(corpus: Path) -> dict[str, list[dict[str, object]]]:
    """Every table before anything was corrected."""
    return exported(corpus)


def exported(path: Path) -> dict[str, list[dict[str, object]]]:
    store = Store.open(path)
    try:
        return {name: table(store, Filter()).to_pylist() for name, table in TABLES_FOR_EXPORT.items()}
    finally:
        store.close()


@given(made=st.lists(ONES, min_size=1, max_size=6), order=st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_taking_everything_back_gives_the_tables_as_built(corpus: Path, as_built, made: list[Correction], order):
    file = corpus / corrections.NAME
    file.unlink(missing_ok=True)
    corrections.append(corpus, made)
    exported(corpus)  # whatever they say, every table can be read
    for one in order.sample(made, len(made)):
        corrections.undo(corpus, one.id)
    assert exported(corpus) == as_built
    file.unlink()


@given(made=st.lists(ONES, max_size=6), order=st.randoms(use_true_random=False))
def test_corrections_that_do_not_contradict_need_no_order(made: list[Correction], order):
    settled = [key for one in made for key in about(one)]
    first = effect(made)
    if len(set(settled)) < len(settled) or first.contradictions:
        return
    again = effect(order.sample(made, len(made)))
    assert (again.moved, again.names, again.mentions, again.speakers) == (
        first.moved,
        first.names,
        first.mentions,
        first.speakers,
    )
    assert (again.sources, again.dates, sorted(map(str, again.splits))) == (
        first.sources,
        first.dates,
        sorted(map(str, first.splits)),
    )


@given(ONES)
def test_a_line_reads_as_it_was_written(one: Correction):
    assert loads(one.line().encode("utf-8", "surrogatepass") + b"\n").corrections == (one,)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(held: bytes):
    log = loads(held)
    assert all(fault.reason and fault.line > 0 for fault in log.faults)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda c: st.lists(c) | st.dictionaries(st.text(), c),
        max_leaves=8,
    )
)
def test_no_json_breaks_it_either(row: object):
    with pytest.raises(ValueError, match=r"."):
        parse(row)

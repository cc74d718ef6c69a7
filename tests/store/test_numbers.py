"""Sums of whole columns are those that would be made row by row, whatever is left out."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import ADA, ALL_DRAFTS, GRACE, begin_with

from store import Filter, Store, queries
from store.numbers import _bytes, _rows
from store.queries.totals import totals

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = 6
ROWS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, ARTICLES), st.integers(0, 70_000), st.integers(0, 2)))
MASK = st.none() | st.lists(st.booleans(), min_size=ARTICLES, max_size=ARTICLES)


@given(st.lists(st.text("0123456789abcdef", min_size=1, max_size=3)), st.integers(0, 3))
def test_ids_are_the_same_bytes_whatever_their_lengths(ids, left_out):
    kept = pa.array(ids, pa.string()).cast(pa.binary()).slice(left_out)
    assert _bytes(kept).tolist() == [name.encode() for name in ids[left_out:]]


@given(ROWS, MASK, st.none() | st.just(["few"]))
def test_sums_are_those_of_the_rows(rows, mask, having):
    names = ("key_no", "article_no", "many", "few")
    table = pa.table({name: pa.array([row[n] for row in rows], pa.int32()) for n, name in enumerate(names)})
    found = _rows(table).chosen(None if mask is None else np.array(mask), having)
    expected = defaultdict(list)
    for key, article, many, few in rows:
        if (mask is None or mask[article - 1]) and (having is None or few):
            expected[key].append((many, few))
    assert found.keys.tolist() == sorted(expected)
    in_order = [expected[key] for key in sorted(expected)]
    assert found.counts.tolist() == [len(own) for own in in_order]
    assert found.of("many").tolist() == [sum(many for many, _ in own) for own in in_order]
    assert found.having("few").tolist() == [sum(few > 0 for _, few in own) for own in in_order]
    assert found.least("many").tolist() == [min(own)[0] for own in in_order]
    assert found.most("many").tolist() == [max(own)[0] for own in in_order]
    odd = np.array([key % 2 == 1 for key in sorted(expected)], dtype=np.bool_)
    some = found.among(odd)
    assert some.keys.tolist() == [key for key in sorted(expected) if key % 2]
    assert some.of("many").tolist() == [sum(many for many, _ in expected[key]) for key in sorted(expected) if key % 2]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    begin_with(tmp_path, *ALL_DRAFTS)
    return tmp_path


FILTERS = (
    Filter(),
    Filter(sources=("The Daily",)),
    Filter(people=(ADA,)),
    Filter(people=(ADA, GRACE), date_from=date(2021, 1, 1)),
    Filter(jurisdictions=("place:tx",)),
    Filter(voices=("quote",)),
    Filter(voices=("furniture",)),
    Filter(sources=("Nobody",)),
)


@pytest.mark.parametrize("chosen", FILTERS, ids=Filter.to_query)
def test_the_first_few_are_the_first_of_all(corpus, chosen):
    store = Store.open(corpus)
    for label in ("PERSON", "ORG", "JURISDICTION"):
        for sort in ("articles", "mentions", "quote", "quoted_words"):
            every = queries.entities(store, chosen, label, sort=sort)
            assert queries.entity_count(store, chosen, label) == len(every)
            for limit in (1, 2, 10):
                few = queries.entities(store, chosen, label, sort=sort, limit=limit, offset=1)
                rest = every.iloc[1 : limit + 1].reset_index(drop=True)
                pd.testing.assert_frame_equal(few, rest, check_dtype=bool(len(rest)))
        found = queries.entities(store, chosen, label, "a")
        assert queries.entity_count(store, chosen, label, "a") == len(found)
    speakers = queries.speakers(store, chosen)
    known = speakers[(speakers["speaker_id"] != "") & (speakers["words"] > 0)].groupby("speaker_id")["words"].sum()
    ranked = sorted(known.index, key=lambda speaker: (-known[speaker], speaker))
    assert [queries.loudest(store, chosen, most) for most in (1, 5)] == [ranked[:1], ranked[:5]]
    said = queries.speaking(store, chosen, 2)
    named = speakers[(speakers["speaker"].fillna("") != "") & (speakers["words"] > 0)]
    assert (said.words, said.reported) == (speakers["words"].sum(), speakers["reported"].sum())
    assert (said.named, said.named_words) == (len(named), named["words"].sum())
    assert said.terms == speakers["words"][speakers["term"]].sum()
    assert said.named_words + said.lost + said.terms == said.words
    assert said.first["speaker"].tolist() == named["speaker"].tolist()[:2]
    wide = named.sort_values("articles", ascending=False, kind="stable")
    assert said.widest["speaker"].tolist() == wide["speaker"].tolist()[:2]
    newest = queries.articles(store, chosen)["article_id"].tolist()
    assert queries.articles(store, chosen, limit=2, offset=1)["article_id"].tolist() == newest[1:3]


@pytest.mark.parametrize("chosen", FILTERS, ids=Filter.to_query)
def test_groups_of_articles_add_up_to_all(corpus, chosen):
    store = Store.open(corpus)
    counts = queries.counts(store, chosen)
    for group in ("source", "month", "administration"):
        frame = totals(store, chosen, group)
        assert frame["articles"].sum() == counts.articles == len(queries.articles(store, chosen))
        if not chosen.voices:
            assert frame["words"].sum() == counts.words
    days = totals(store, chosen, "all")
    dated = queries.articles(store, chosen)["published_from"].dropna()
    assert days["first"].dropna().tolist() == ([dated.min()] if len(dated) else [])
    assert days["last"].dropna().tolist() == ([dated.max()] if len(dated) else [])

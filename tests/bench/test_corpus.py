"""A large corpus made of a small one is a whole store: it opens, and its sums are those of its copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.corpus import make
from bench.sizes import at
from store import Filter, Store, queries
from store.snapshot import manifest
from store.snapshot.verify import damages

if TYPE_CHECKING:
    from pathlib import Path


def test_every_article_stands_in_it_as_often_as_it_was_copied(seeds_store: Path, tmp_path: Path):
    before = Store.open(seeds_store)
    articles = before.rows["articles"]
    make(seeds_store, tmp_path / "large", articles * 3, searchable=2)
    after = Store.open(tmp_path / "large")
    assert not damages(tmp_path / "large", manifest.read(tmp_path / "large"))
    for name in ("articles", "mentions", "quotes", "passages", "article_mentions", "stories"):
        assert after.rows[name] == 3 * before.rows[name]
    once, thrice = queries.counts(before, Filter()), queries.counts(after, Filter())
    assert (thrice.words, thrice.quotes) == (3 * once.words, 3 * once.quotes)
    assert once.people <= thrice.people <= 3 * once.people


def test_articles_are_cut_to_their_first_sentences(seeds_store: Path, tmp_path: Path):
    make(seeds_store, tmp_path / "large", Store.open(seeds_store).rows["articles"], searchable=0, sentences=2)
    cut = Store.open(tmp_path / "large")
    rows = cut.rows_of(
        "SELECT a.words, length(a.text), max(p.\"end\"), sum(p.words) FILTER (p.voice <> 'furniture'), max(p.sentence) "
        "FROM articles a JOIN passages p USING (article_id) GROUP BY ALL"
    )
    assert rows
    for words, length, last, counted, sentence in rows:
        assert (words, length) == (counted or 0, last)
        assert sentence <= 1


def test_the_time_that_most_stay_within():
    assert [at([3.0, 1.0, 2.0, 4.0], share) for share in (0.5, 0.75, 0.95)] == [2.0, 3.0, 4.0]

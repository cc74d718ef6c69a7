"""Whatever bytes a file holds, it becomes articles and problems, and every article can be stored."""

import gzip
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.readers import read_sources
from pipeline.readers.article import Article, Problem
from pipeline.readers.sources import READER_FAILED
from pipeline.readers.tables.nested import articles_in, flat, plain_row
from tests.strategies import texts

# Whatever bytes, and whatever the name says that they are.
SUFFIXES = (
    ".txt", ".csv", ".tsv", ".json", ".jsonl", ".jsonl.gz", ".html", ".mhtml", ".eml", ".docx", ".rtf", ".pdf", ".xlsx",
    ".xls", ".ods", ".parquet", ".db", ".warc", ".zip", ".csv.gz", "",
)  # fmt: skip

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
records = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("source", "text", "body", "title", "date", "authors", "url"), json_values)
)
contents = st.one_of(
    st.binary(max_size=300),
    texts.map(lambda text: text.encode("utf-8")),
    st.lists(records.map(json.dumps), max_size=5).map(lambda rows: "\n".join(rows).encode()),
    st.lists(st.sampled_from(["text", "source", ",", '"', "\n", "\r", "\0", "é", "a b"]), max_size=40).map(
        lambda parts: ("source,text\n" + "".join(parts)).encode()
    ),
)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=15, deadline=None)
@given(content=contents, manifest=st.none() | contents)
def test_any_bytes_become_articles_and_problems(suffix, content, manifest):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{suffix}")
        path.write_bytes(gzip.compress(content) if suffix.endswith(".gz") and content[:1] != b"\0" else content)
        if manifest is not None:
            Path(folder, "manifest.csv").write_bytes(manifest)
        found = list(read_sources([Path(folder)]))
    assert len({item.article_id for item in found if isinstance(item, Article)}) == sum(
        isinstance(item, Article) for item in found
    )
    for item in found:
        if isinstance(item, Problem):
            assert item.reason
            assert item.code
            assert item.code != READER_FAILED, item.reason
            item.reason.encode("utf-8")
        else:
            assert item.text.strip()
            assert item.source
            assert "\0" not in item.text + item.title + item.source
            f"{item.text}{item.title}{item.source}{item.authors}{item.url}{item.published}".encode()
            assert bool(item.published) == (item.date_precision != "unknown")


@given(texts.filter(str.strip))
def test_a_text_is_read_as_it_was_written(text):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_text(json.dumps({"text": text}), "utf-8")
        found = list(read_sources([path]))
    articles = [item for item in found if isinstance(item, Article)]
    # What is mended is told; nothing else is changed.
    assert all(article.text == text or article.text_changes for article in articles)
    assert articles or all(not item.used for item in found)


@given(
    records | st.dictionaries(st.text(max_size=5) | st.sampled_from(["$date", "iso", "data"]), json_values, max_size=5)
)
def test_a_plain_object_is_the_row_that_any_object_would_be(record):
    if (row := plain_row(record)) is not None:
        assert [flat(article) for article in articles_in(record)] == [row]

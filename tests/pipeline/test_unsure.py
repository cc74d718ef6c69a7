"""What may be somebody's but is too unsure to be shown: told of beside what is found, and in no table."""

import pytest

from pipeline.build.annotator import annotator
from pipeline.build.records import annotation_of, rows_of
from pipeline.core.annotations import Context
from pipeline.quotes.unsure import RIGHT_OF_UNSURE
from pipeline.readers.article import Article
from store.schema import SAID, UNSURE


@pytest.fixture(scope="module")
def found():
    """Annotate a text."""

    def of(text):
        pipeline = annotator()
        return pipeline.analyse(next(iter(pipeline.parse([text]))), Context())

    return of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The storm is expected to reach the island by Friday.", "to reach the island by Friday"),
        ("Critics point to ferries that leak in every storm.", "ferries that leak in every storm"),
    ],
)
def test_what_is_less_likely_or_ruled_out_is_unsure(found, text, words):
    (quote,) = found(text)._.quotes
    assert (text[quote.start : quote.end], quote.status) == (words, UNSURE)
    assert quote.confidence <= RIGHT_OF_UNSURE


def test_what_is_unsure_stands_beside_what_is_found_and_changes_nothing_of_it(found):
    text = "“It leaks,” said Ann Lee, who is expected to vote against the new ferry."
    said, more = found(text)._.quotes
    assert (text[said.start : said.end], said.status, said.attribution) == ("“It leaks,”", SAID, 0)
    assert (text[more.start : more.end], more.status) == ("to vote against the new ferry", UNSURE)
    assert more.attribution == 1


def test_no_table_has_what_is_unsure(found):
    text = "“It leaks,” said Ann Lee, who is expected to vote against the new ferry."
    doc = found(text)
    assert [quote["status"] for quote in annotation_of(doc)["unsaid"]] == [UNSURE]
    rows = rows_of(Article("Island News", text), doc)
    assert [row["status"] for row in rows["quotes"]] == [SAID]


def test_an_outlet_is_no_source_for_being_told_of(found):
    text = "The New York Times points to ferries that leak in every storm. The Washington Post closed early."
    doc = found(text)
    statuses = {quote.status for quote in doc._.quotes}
    assert statuses <= {UNSURE}
    assert not any(mention.cited for mention in doc._.mentions)

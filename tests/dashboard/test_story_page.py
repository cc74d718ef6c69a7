"""A story: its articles in columns, what each tells, and the nearest passage where no match was found."""

from datetime import date

import pyarrow as pa
import pytest

from dashboard.story import fact_matrix, voices_and_names
from store.schema import TABLES
from store.snapshot.writer import Writer
from tests.dashboard.conftest import EVIL
from tests.dashboard.reading_pages import markup, open_page, said
from tests.store.small_corpus import ADA, Draft, Piece, build, id_of

ONE = Draft(
    "Daily", date(2021, 5, 1),
    (Piece("headline", "Ferry piers to close"), Piece("narration", "The Navy will close three ferry piers in March, for 90 days."),
     Piece("quote", "We shall all be back when every plank is sound.", ADA)),
    title="Ferry piers to close", story="story:piers",
)  # fmt: skip
TWO = Draft(
    "Herald", date(2021, 5, 2),
    (Piece("narration", "Three ferry piers close in March, a friend of {Lovelace|person:ada-lovelace} said."),
     Piece("quote", "back when every plank is sound", ADA)),
    story="story:piers",
)  # fmt: skip
BAD = Draft(
    f"Evil {EVIL}", date(2021, 5, 3), (Piece("narration", f"Ferry piers {EVIL}."),), title=EVIL, story="story:piers"
)


def row(draft, fact, sentence, told="full", kind="words", likeness=0.95, lacks=""):
    at = [0]
    for piece in draft.pieces:
        at.append(at[-1] + len(piece.text.replace("{", "").replace("|person:ada-lovelace}", "")) + 1)
    return {
        "story_id": "story:piers", "fact": fact, "article_id": id_of(draft), "start": at[sentence],
        "end": at[sentence + 1] - 1, "sentence": sentence, "voice": draft.pieces[sentence].voice, "speaker": "",
        "kind": kind, "shared": "piers; March", "told": told, "likeness": likeness,
        "phrase_start": at[sentence], "phrase_end": at[sentence + 1] - 1, "clarity": 0.9 - sentence / 10, "lacks": lacks,
    }  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("piers")
    build(made, ONE, TWO, BAD)
    rows = [row(ONE, 0, 1), row(TWO, 0, 0), row(BAD, 0, 0), row(ONE, 1, 2, kind="quote"), row(TWO, 1, 1, "part", "quote"),
            row(ONE, 2, 0), row(TWO, 2, 0, "near", likeness=0.02)]  # fmt: skip
    with Writer.open(made, versions={"framelens": "test"}) as writer:
        writer.rewrite("stories", pa.Table.from_pylist(rows, schema=TABLES["stories"]))
        writer.commit()
    return made


@pytest.fixture
def story(monkeypatch, folder):
    return lambda **query: open_page(monkeypatch, folder, "story", **query)


def test_articles_stand_in_columns_in_order(story):
    words = said(story())
    assert "3 outlets tell it in 3 articles" in words
    assert words.index("Daily") < words.index("Herald")
    assert "First sentence; no headline in the file" in words


def test_what_all_tell_comes_first_and_the_rest_has_the_nearest_beside_it(story):
    words = said(story())
    assert words.index("All three tell") < words.index("Two of three tell") < words.index("No match found for these")
    assert "nothing like it found in Herald or Evil" in words
    assert "nearest, Herald Three ferry piers close in March" in words
    assert "something like it" not in words
    for claim in ("omitted", "alone", "not found", "left out of"):
        assert claim not in words.partition("Who and what is named")[0]


def test_that_nothing_is_like_it_is_said_only_where_no_passage_could_tell_it():
    articles = [{"article_id": id_of(draft), "source": draft.source} for draft in (ONE, TWO)]
    rows = [row(ONE, 0, 0), row(TWO, 0, 0, "near", likeness=0.3), row(ONE, 1, 1), row(TWO, 1, 1, "near", likeness=0.02)]
    facts = fact_matrix.facts_of([one | {"text": "Piers close.", "phrase": "Piers"} for one in rows])
    drawn = str(fact_matrix.unmatched(facts, articles, ""))
    assert "1 of its 2 passages" in drawn
    assert "1 without a match, but something like it in Herald: read both" in drawn
    assert drawn.index("nearest, Herald") < drawn.index("something like it") < drawn.index("perhaps, Herald")
    shared = [row(ONE, 0, 0), row(BAD, 0, 0), row(TWO, 0, 0, "near", likeness=0.3)]
    facts = fact_matrix.facts_of([one | {"text": "Piers close.", "phrase": "Piers"} for one in shared])
    three = [*articles, {"article_id": id_of(BAD), "source": "Evil"}]
    assert "no match found" in str(fact_matrix.matrix(facts, three, ""))
    unlike = [one | {"likeness": 0.02} if one["told"] == "near" else one for one in shared]
    facts = fact_matrix.facts_of([one | {"text": "Piers close.", "phrase": "Piers"} for one in unlike])
    assert "nothing like it found" in str(fact_matrix.matrix(facts, three, ""))


def test_a_nearest_passage_opens_its_place(story):
    at = row(TWO, 2, 0)
    page = markup(story())
    assert (
        f'<em>nearest, Herald</em><a href="read?article={id_of(TWO)}&amp;at={at["start"]}-{at["end"]}"'
        in page.replace(' target="_self"', "")
    )


def test_what_a_passage_lacks_is_named():
    articles = [{"article_id": id_of(draft), "source": draft.source} for draft in (ONE, TWO)]
    rows = [row(ONE, 0, 1), row(TWO, 0, 0, "part", lacks="90; Navy")]
    facts = fact_matrix.facts_of([one | {"text": "Piers close.", "phrase": "Piers"} for one in rows])
    drawn = str(fact_matrix.matrix(facts, articles, ""))
    assert "in part: without 90, Navy" in drawn
    assert drawn.count("fl-cell part") == 1


def test_a_cut_quote_is_told_in_part(story):
    assert "in part: another quotes these words and more" in said(story())


def test_what_is_less_alike_is_a_perhaps():
    articles = [{"article_id": id_of(draft), "source": draft.source} for draft in (ONE, TWO, BAD)]
    alike = [row(ONE, 0, 1), row(TWO, 0, 0), row(BAD, 0, 0, likeness=0.85)]
    loose = [row(ONE, 1, 2, likeness=0.85), row(TWO, 1, 1, likeness=0.85)]
    facts = fact_matrix.facts_of([one | {"text": "Piers close.", "phrase": "Piers"} for one in (*alike, *loose)])
    drawn = str(fact_matrix.matrix(facts, articles, ""))
    assert "Two of three tell" in drawn
    assert drawn.index("Two of three tell") < drawn.index("Perhaps told by more than one: read both")
    assert drawn.count("perhaps the same") == 1
    assert drawn.count('fl-cell per"') == 3
    assert "1 of 2, and 1 perhaps" in drawn


def test_a_fact_is_headed_by_an_outlets_own_words(story):
    words = said(story(show="story:piers", of=[id_of(ONE), id_of(TWO)]))
    assert "Three ferry piers close in March, a friend of Lovelace said. words of Herald" in words
    assert "piers; March" not in words


def test_a_cut_quote_is_shown_with_what_it_lacks(story):
    page = markup(story())
    assert "<del>We shall all be</del>" in page
    assert "4 words of Daily’s version not in Herald’s" in page


def test_numbers_are_rows_too(story):
    assert "Numbers" in said(story(show="story:piers"))


def test_every_passage_opens_its_place(story):
    at = row(ONE, 0, 1)
    assert f"article={id_of(ONE)}&amp;at={at['start']}-{at['end']}" in markup(story())


def test_which_articles_stand_side_by_side_is_in_the_address(story):
    words = said(story(show="story:piers", of=[id_of(ONE), id_of(TWO)]))
    assert "Both tell" in words
    assert "2 stand side by side" in words


def test_words_of_an_article_run_nowhere(story):
    assert "<script" not in markup(story())


def test_the_table_can_be_had_as_a_file(story):
    labels = [button.proto.label for button in story().get("download_button")]
    assert labels[0] == "Download what each tells (CSV)"


def test_names_and_speakers_are_set_side_by_side(story):
    words = said(story())
    assert "Who and what is named" in words
    assert "Ada Lovelace" in words
    assert "none: nobody is quoted" in words


def test_what_could_be_a_name_is_a_perhaps_and_not_said_to_be_missing():
    articles = [{"article_id": name, "source": name, "published": "2021-05-01"} for name in ("Daily", "Herald")]
    at = {"start": 0, "end": 4}
    rows = [{"id": "ada", "name": "Ada Lovelace", "article_id": "Daily", "said": "2 times", **at},
            {"id": "ada", "name": "Ada Lovelace", "article_id": "Herald", "said": "Lovelace", "hint": True, **at},
            {"id": "bo", "name": "Bo", "article_id": "Daily", "said": "1 time", **at},
            {"id": "bo", "name": "Bo", "article_id": "Herald", "said": "1 time", **at}]  # fmt: skip
    people = voices_and_names.named_by(rows, "id", "name")
    assert [(entity.name, entity.tellers) for entity in people] == [("Bo", 2), ("Ada Lovelace", 1)]
    drawn = str(voices_and_names.named({"People": people}, articles, ""))
    assert "1 of 2 in more than one" in drawn
    assert "perhaps: <a" in drawn
    assert "not named" not in drawn


def test_without_stories_it_says_so(monkeypatch, corpora):
    app = open_page(monkeypatch, corpora["many"], "story")
    assert "No two of these articles tell the same story" in said(app)


def test_a_filter_that_leaves_nothing_says_so(story):
    assert "No article matches" in said(story(text="xylophone"))

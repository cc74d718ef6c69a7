"""Mistakes are put right where they are met, told on a page of their own, and taken back there."""

import shutil

import pytest

from store import corrections
from store.corrections.log import correction
from tests.dashboard.reading_pages import markup, open_page, said
from tests.store.small_corpus import ADA, DAILY_ONE, DAILY_TWO, GRACE, id_of


@pytest.fixture
def corpus(corpora, tmp_path):
    return shutil.copytree(corpora["small"], tmp_path / "corpus")


@pytest.fixture
def visit_page(monkeypatch, corpus):
    return lambda page, **query: open_page(monkeypatch, corpus, page, **query)


def held(corpus):
    return [(one.what, dict(one.said)) for one in corrections.read(corpus).in_effect()]


def test_nothing_corrected_is_said(visit_page):
    assert "Nothing has been corrected" in said(visit_page("corrections"))


def test_two_people_are_made_one_above_the_names(visit_page, corpus):
    app = visit_page("people", entity=ADA)
    app.selectbox(key=f"correct_{ADA}_0").select(GRACE).run()
    app.text_input(key=f"correct_{ADA}_0_why").input("One and the same").run()
    app.button(key=f"correct_{ADA}_0_do").click().run()
    assert held(corpus) == [("merge", {"entity": ADA, "into": GRACE})]
    assert "1 person, articles of 4" in said(app)
    assert "snapshot 1, 1 correction." in said(app)


def test_a_person_is_renamed_and_another_rejected(visit_page, corpus):
    app = visit_page("people", entity=ADA)
    app.radio(key=f"correct_{ADA}_what").set_value("The same, by another name").run()
    app.text_input(key=f"correct_{ADA}_1").input("Augusta").run()
    app.button(key=f"correct_{ADA}_1_do").click().run()
    assert "Augusta" in said(app)
    app = visit_page("people", entity=GRACE)
    app.radio(key=f"correct_{GRACE}_what").set_value("Not a person at all, anywhere").run()
    app.button(key=f"correct_{GRACE}_2_do").click().run()
    assert "Hopper" not in markup(app).split("fl-names")[1].split("</table>")[0].replace("also: ", "")


def test_a_mention_is_put_right_beside_its_card(visit_page, corpus):
    app = visit_page("read", article=id_of(DAILY_ONE), at="0-8")
    app.radio(key="correct_0_8_what").set_value("Here it is no name").run()
    app.button(key="correct_0_8_1_do").click().run()
    ((what, told),) = held(corpus)
    assert (what, told["start"], told["end"], told["entity"]) == ("mention", 0, 8, "")


def test_a_quote_gets_its_speaker_beside_its_card(visit_page, corpus):
    where = "67-83"
    app = visit_page("read", article=id_of(DAILY_TWO), at=where)
    start, end = where.split("-")
    app.selectbox(key=f"correct_quote_{start}_{end}_0").select(ADA).run()
    app.button(key=f"correct_quote_{start}_{end}_0_do").click().run()
    ((what, told),) = held(corpus)
    assert (what, told["speaker"]) == ("speaker", ADA)
    assert "Speaker not found" not in said(app)


def test_an_outlet_and_a_date_are_put_right_in_the_list(visit_page, corpus):
    app = visit_page("articles")
    chosen = app.selectbox(key="articles_correct_which").value
    app.text_input(key=f"articles_correct_source_{chosen}").input("The Weekly").run()
    app.text_input(key=f"articles_correct_date_{chosen}").input("May").run()
    assert "is not a date" in app.error[0].value
    assert app.button(key="articles_correct_do").disabled
    app.text_input(key=f"articles_correct_date_{chosen}").input("2020-05").run()
    app.button(key="articles_correct_do").click().run()
    assert held(corpus) == [("article", {"article": chosen, "source": "The Weekly", "published": "2020-05"})]
    assert "The Weekly" in said(app)


def test_the_page_tells_each_and_takes_it_back(visit_page, corpus):
    merge = correction("merge", entity=ADA, into=GRACE, note="One and the same", author="Eve")
    corrections.append(corpus, [merge])
    app = visit_page("corrections")
    words = said(app)
    for told in ("1 correction in effect", "Ada Lovelace is Grace Hopper", "by Eve", "Why: One and the same"):
        assert told in words
    app.button(key=f"undo_{merge.id}").click().run()
    assert "Nothing has been corrected" in said(app)
    assert held(corpus) == []


@pytest.mark.parametrize("page", ["corrections", "problems"])
def test_contradictions_and_unreadable_lines_are_told(visit_page, corpus, page):
    pair = [correction("rename", entity=ADA, name=name) for name in ("One", "<b>Two</b>")]
    corrections.append(corpus, pair)
    with (corpus / corrections.NAME).open("a") as file:
        file.write("{\n")
    app = visit_page(page)
    words = said(app)
    assert "They give one entity different names" in words
    assert "line 3: not used" in words
    assert "<b>Two" not in markup(app)

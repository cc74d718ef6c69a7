"""Mistakes are put right where they are met, told on a page of their own, and taken back there."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest

from store import corrections
from store.corrections.log import correction
from tests.dashboard.conftest import ROOT
from tests.dashboard.reading_pages import markup, open_page, said
from tests.store.small_corpus import ADA, DAILY_ONE, DAILY_TWO, GRACE, id_of


@pytest.fixture
def corpus(corpora, tmp_path):
    return shutil.copytree(corpora["small"], tmp_path / "corpus")


@pytest.fixture
def visit_page(monkeypatch, corpus):
    return lambda page, **query: open_page(monkeypatch, corpus, page, **query)


def held(corpus):
    return [(one.what, dict(one.fields)) for one in corrections.read(corpus).in_effect()]


def test_nothing_corrected_is_said(visit_page):
    assert "Nothing has been corrected" in said(visit_page("corrections"))


def asking(monkeypatch, corpus, page, /, *about, **query):
    """A page on which "Correct this" was chosen."""
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=30)
    monkeypatch.setenv("FRAMELENS_DATA", str(corpus))
    app.session_state["framelens_correcting"] = about or (True,)
    for key, value in query.items():
        app.query_params[key] = value
    return app


def test_two_people_are_made_one_under_the_open_name(monkeypatch, visit_page, corpus):
    assert "Correct this" in said(visit_page("people", entity=ADA))
    app = asking(monkeypatch, corpus, "people", entity=ADA)
    app.session_state[f"correct_{ADA}_0_is"] = (GRACE, "Grace Hopper")
    app.run()
    app.text_input(key=f"correct_{ADA}_0_why").input("One and the same")
    app.button(key=f"correct_{ADA}_0_do").click().run()
    assert held(corpus) == [("merge", {"entity": ADA, "into": GRACE})]
    app = visit_page("people")
    assert "1 person, articles of 4" in said(app)
    assert "snapshot 1, 1 correction." in said(app)


def test_a_person_is_renamed_and_another_rejected(monkeypatch, visit_page, corpus):
    app = asking(monkeypatch, corpus, "people", entity=ADA)
    app.session_state[f"correct_{ADA}_what"] = "The same, by another name"
    app.run()
    app.text_input(key=f"correct_{ADA}_1").input("Augusta")
    app.session_state["framelens_correcting"] = (True,)
    app.run()
    app.button(key=f"correct_{ADA}_1_do").click().run()
    assert "Augusta" in said(visit_page("people"))
    app = asking(monkeypatch, corpus, "people", entity=GRACE)
    app.session_state[f"correct_{GRACE}_what"] = "Not a person at all, anywhere"
    app.run()
    app.button(key=f"correct_{GRACE}_2_do").click().run()
    assert "Hopper" not in markup(visit_page("people")).split("fl-names")[1].split("</table>")[0].replace("also: ", "")


def test_a_mention_is_put_right_on_its_card(monkeypatch, visit_page, corpus):
    where = {"article": id_of(DAILY_ONE), "at": "0-8"}
    assert "Correct this" in said(visit_page("read", **where))
    app = asking(monkeypatch, corpus, "read", **where)
    app.session_state["correct_0_8_what"] = "Here it is no name"
    app.run()
    app.button(key="correct_0_8_1_do").click().run()
    ((what, told),) = held(corpus)
    assert (what, told["start"], told["end"], told["entity"]) == ("mention", 0, 8, "")


@pytest.mark.parametrize(("page", "about"), [("read", ()), ("quotes", (f"{id_of(DAILY_TWO)}/67-83",))])
def test_a_quote_gets_its_speaker_on_its_card_and_in_the_list(monkeypatch, visit_page, corpus, page, about):
    app = asking(monkeypatch, corpus, page, *about, article=id_of(DAILY_TWO), at="67-83")
    app.session_state["correct_quote_67_83_0_is"] = (ADA, "Ada Lovelace")
    app.run()
    app.button(key="correct_quote_67_83_0_do").click().run()
    ((what, told),) = held(corpus)
    assert (what, told["speaker"], told.get("name")) == ("speaker", ADA, None)
    assert "Speaker not found" not in said(visit_page("read", article=id_of(DAILY_TWO), at="67-83"))


def test_only_a_name_written_as_a_new_one_makes_somebody_new(monkeypatch, corpus):
    app = asking(monkeypatch, corpus, "read", article=id_of(DAILY_TWO), at="67-83")
    app.session_state["correct_quote_67_83_0_find_sought"] = "nobody at all"
    app.run()
    assert app.button(key="correct_quote_67_83_0_do").disabled
    app = asking(monkeypatch, corpus, "read", article=id_of(DAILY_TWO), at="67-83")
    app.session_state["correct_quote_67_83_0_new"] = "Joan Clarke"
    app.run()
    app.button(key="correct_quote_67_83_0_do").click().run()
    assert [told["speaker"] for _, told in held(corpus)] == ["person:joan-clarke"]


def test_a_correction_is_taken_back_where_it_was_made(monkeypatch, corpus):
    corrections.append(corpus, [merge := correction("merge", entity=ADA, into=GRACE)])
    monkeypatch.setenv("FRAMELENS_DATA", str(corpus))
    app = AppTest.from_file(str(ROOT / "dashboard" / "shell.py"), default_timeout=30)
    app.session_state["framelens_undo"] = merge.id
    app.run()
    app.button(key="corrected_undo").click().run()
    assert held(corpus) == []


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

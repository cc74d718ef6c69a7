"""A check on the page: planned under a filter, answered before the machine is seen, and told in figures and beside them."""

import shutil

import pytest

from store import Filter, Store, corrections
from store.checks import log
from store.checks.draw import Plan, draw, write
from store.checks.progress import progress
from tests.dashboard.conftest import MANY
from tests.dashboard.reading_pages import markup, open_page, said
from tests.store.small_corpus import ADA, GRACE, begin_with


@pytest.fixture
def corpus(corpora, tmp_path):
    return shutil.copytree(corpora["small"], tmp_path / "corpus")


@pytest.fixture
def many(tmp_path):
    """A hundred and twenty quotes of Ada in two outlets."""
    drafts = [one._replace(source=f"Outlet {number % 2}") for number, one in enumerate(MANY)]
    begin_with(tmp_path, *drafts)
    return tmp_path


def drawn(path, kind="quotes", size=4, by=("source",)):
    return write(path, draw(Store.open(path), Plan(kind, size=size, by=by)))


def button(app, label):
    return next(one for one in app.button if label in one.label)


def test_a_check_is_planned_under_the_filter_and_drawn(monkeypatch, corpus):
    app = open_page(monkeypatch, corpus, "check", source="Herald", new="quotes")
    assert "How right is it on these articles?" in said(app)
    assert "Filter: Herald." in said(app)
    app.button(key="plan_draw").click().run()
    (sample,) = log.read(corpus).samples().values()
    assert sample.fields["filter"] == "source=Herald"
    assert app.query_params["check"] in (sample.id, [sample.id])


def test_a_kind_of_which_there_is_nothing_is_said(monkeypatch, corpus):
    app = open_page(monkeypatch, corpus, "check", new="facts")
    assert "There are no pairs of passages" in said(app)
    assert not log.read(corpus).lines


def test_nothing_of_the_machine_stands_on_the_page_before_the_answer(monkeypatch, corpus):
    sample = drawn(corpus)
    app = open_page(monkeypatch, corpus, "check")
    item = sample.fields["items"][0]
    words = said(app)
    assert "Who says the marked words?" in words
    assert item["source"] not in words.split("Not shown before you answer")[0].partition("Item 1")[2]
    assert "Framelens:" not in words
    assert "right" not in words.partition("So far")[2].replace("How often Framelens was right is shown", "")


def test_an_answer_is_kept_compared_and_becomes_a_correction(monkeypatch, corpus):
    sample = drawn(corpus)
    app = open_page(monkeypatch, corpus, "check", coder="Eve")
    wrong = next(one for one in app.button if one.label == "Nobody says anything here")
    app = wrong.click().run()
    line = progress(log.read(corpus), sample.id, "Eve").answers[0]
    assert line.fields["answer"] == {"choice": "nobody"}
    assert "not the same" in said(app)
    app.button(key="check_correct").click().run()
    (one,) = corrections.read(corpus).in_effect()
    item = sample.fields["items"][0]
    assert (one.what, one.fields["start"], one.author) == ("reject-quote", item["start"], "Eve")
    # What was found is told for the answers of when the sample was drawn.
    app.button(key="check_undo").click().run()
    assert progress(log.read(corpus), sample.id, "Eve").next == 0


def test_somebody_is_written_words_are_marked_and_a_note_is_kept(monkeypatch, corpus):
    sample = drawn(corpus)
    app = open_page(monkeypatch, corpus, "check", coder="Eve")
    app.button(key="check_elsewhere_button").click().run()
    button(app, "write who").click().run()
    app.text_input(key="check_write_0").input("A neighbour").run()
    app.button(key="check_note").click().run()
    app.text_input(key="check_note_1").input("Not sure").run()
    app.button(key="check_skip").click().run()
    app.text_input(key="check_skip_1").input("Torn page").run()
    there = progress(log.read(corpus), sample.id, "Eve")
    assert there.answers[0].fields["answer"] == {"choice": "named", "name": "A neighbour", "elsewhere": True}
    assert there.notes[1].fields["note"] == "Not sure"
    assert there.skips[1].fields["reason"] == "Torn page"
    assert there.next == 2


def test_a_second_person_does_not_see_the_first(monkeypatch, corpus):
    sample = drawn(corpus)
    log.append(
        corpus, log.line("answer", sample=sample.id, item=0, coder="Eve", answer={"choice": "outlet"}, codebook=0)
    )
    app = open_page(monkeypatch, corpus, "check", coder="Joe")
    assert "Item 1" in said(app)
    assert "You:" not in said(app)


def answer_all(path, sample, coder, entity_of):
    for number in range(len(sample.fields["items"])):
        answer = {"choice": "named", "entity": entity_of(number)}
        log.append(path, log.line("answer", sample=sample.id, item=number, coder=coder, answer=answer, codebook=0))


def test_the_result_corrects_figures_and_settles_disagreements(monkeypatch, many):
    sample = drawn(many, size=100, by=())
    answer_all(many, sample, "Eve", lambda number: GRACE if number % 4 == 0 else ADA)
    answer_all(many, sample, "Joe", lambda number: GRACE if number % 5 == 0 else ADA)
    app = open_page(monkeypatch, many, "check")
    words = said(app)
    assert "Checked on this corpus: 75 of 100 right, 66–82%" in words
    assert "raw: as counted" in words
    assert "Where people disagreed" in words
    assert "The intervals overlap: no difference between them can be claimed." in words
    assert "Eve and Joe, the same 100" in words
    assert app.selectbox(key="check_one_source").value
    app.button(key="check_settle_1").click().run()
    assert [one.fields["item"] for one in log.read(many).in_effect() if one.what == "settle"] == [4]
    assert "no difference can be claimed from" in said(app)
    app.selectbox(key="check_by").select("all").run()
    assert "too few" not in markup(app).split("What it does to the figure")[1].split("fl-say")[0]


def test_more_is_drawn_from_the_result(monkeypatch, many):
    sample = drawn(many, size=100, by=())
    answer_all(many, sample, "Eve", lambda number: GRACE if number % 4 == 0 else ADA)
    app = open_page(monkeypatch, many, "check")
    app.button(key="check_more").click().run()
    (longer,) = log.read(many).samples().values()
    assert len(longer.fields["items"]) == 120
    assert "Item 101" in said(app)


def test_a_codebook_of_the_team_is_kept_as_a_version(monkeypatch, corpus):
    drawn(corpus, "portrayals")
    app = open_page(monkeypatch, corpus, "check")
    assert "Codebook, as Framelens brings it" in said(app)
    app.text_area[0].input("Judge the verb alone.").run()
    app.button(key="check_codebook_keep").click().run()
    assert log.codebook(log.read(corpus), "portrayals") == log.Codebook(1, "Judge the verb alone.")
    assert "Codebook, version 1" in said(app)


def test_lines_that_cannot_be_used_are_told(monkeypatch, corpus):
    drawn(corpus)
    with (corpus / log.NAME).open("a") as file:
        file.write("{\n")
    assert "line 2: not used" in said(open_page(monkeypatch, corpus, "check"))


@pytest.mark.parametrize("kind", ["people", "places", "portrayals", "missed"])
def test_every_kind_is_asked_and_told(monkeypatch, corpus, kind):
    sample = drawn(corpus, kind, size=10)
    app = open_page(monkeypatch, corpus, "check")
    while progress(log.read(corpus), sample.id, "coder 1").next is not None:
        app = app.button(key="check_answer_0").click().run()
        assert not app.exception
    assert "hecked on this corpus" in said(app)


def test_hostile_words_stay_words(monkeypatch, corpora, tmp_path):
    path = shutil.copytree(corpora["hostile"], tmp_path / "hostile")
    drawn(path, "missed")
    app = open_page(monkeypatch, path, "check")
    assert "<script>" not in markup(app)
    assert "<img" not in markup(app)


@pytest.mark.parametrize(
    ("page", "kind", "words"),
    [
        ("quotes", "quotes", "Who says it"),
        ("people", "people", "Who is meant"),
        ("overview", "quotes", "Who says it"),
        ("overview", "places", "Which place is meant"),
        ("compare", "quotes", "Who says it"),
    ],
)
def test_beside_figures_stands_how_right_they_were_found_to_be(monkeypatch, corpus, page, kind, words):
    assert f"{words}: not checked here" in said(open_page(monkeypatch, corpus, page))
    sample = drawn(corpus, kind)
    for number, item in enumerate(sample.fields["items"]):
        answer = {key: value for key, value in item["machine"].items() if key != "category"}
        log.append(corpus, log.line("answer", sample=sample.id, item=number, coder="Eve", answer=answer, codebook=0))
    count = len(sample.fields["items"])
    assert f"{words}: checked on this corpus: {count} of {count} right" in said(open_page(monkeypatch, corpus, page))
    elsewhere = open_page(monkeypatch, corpus, page, source="Herald")
    assert f"{words}: checked on this corpus: {count} of {count} right" in said(elsewhere)
    # The check is of all articles; one of just these can be drawn from here.
    assert f"source=Herald&amp;new={kind}" in markup(elsewhere)


def test_a_check_of_other_articles_says_nothing_of_these(monkeypatch, corpus):
    sample = write(corpus, draw(Store.open(corpus), Plan("quotes", Filter(sources=("Herald",)))))
    log.append(
        corpus, log.line("answer", sample=sample.id, item=0, coder="Eve", answer={"choice": "outlet"}, codebook=0)
    )
    assert "Who says it: not checked here" in said(open_page(monkeypatch, corpus, "quotes"))
    assert "0 of 1 right" in said(open_page(monkeypatch, corpus, "quotes", source="Herald"))


def test_methods_tell_of_ones_own_corpus(monkeypatch, corpus):
    assert "Nothing has been checked on these articles yet" in said(open_page(monkeypatch, corpus, "methods"))
    sample = drawn(corpus)
    for number in range(4):
        log.append(
            corpus,
            log.line("answer", sample=sample.id, item=number, coder="Eve", answer={"choice": "outlet"}, codebook=0),
        )
    words = said(open_page(monkeypatch, corpus, "methods"))
    assert "Who says it" in words
    assert "Who says it 0 4 0–49%" in words


def test_figures_of_outlets_stand_corrected_under_those_that_are_compared(monkeypatch, many):
    assert "Corrected by your checks" not in said(open_page(monkeypatch, many, "compare"))
    sample = drawn(many, size=100, by=())
    answer_all(many, sample, "Eve", lambda number: GRACE if number % 4 == 0 else ADA)
    app = open_page(monkeypatch, many, "compare")
    assert "Corrected by your checks" in said(app)
    drawn_ = markup(app).split("Corrected by your checks")[1]
    # Hollow and solid for each of two outlets, and a hollow one in the legend.
    assert (drawn_.count('class="fl-ci raw"'), drawn_.count('class="fl-ci"')) == (3, 2)
    # Figures of other articles, or of other groups, are not those that were checked.
    assert "Corrected by your checks" not in said(open_page(monkeypatch, many, "compare", source="Outlet 0"))
    assert "Corrected by your checks" not in said(open_page(monkeypatch, many, "compare", group="year"))

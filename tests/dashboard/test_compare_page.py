"""Comparing groups: which, about whom, and down to the sentences."""

import re
import shutil

import pytest

from tests.dashboard.reading_pages import markup, open_page, said

GRACE = "person:grace-hopper"


@pytest.fixture
def compare(monkeypatch, corpora):
    return lambda corpus="small", **query: open_page(monkeypatch, corpora[corpus], "compare", **query)


def test_outlets_stand_side_by_side_about_whoever_is_named_most(compare):
    words = said(compare())
    assert "Grace Hopper in two outlets" in words
    assert "How Grace Hopper is portrayed, by voice" in words
    assert "too few: 1 of 5 needed" in words


def test_an_empty_cell_says_why(compare):
    words = said(compare())
    assert "no captions" in words
    assert "none" in words


def test_whom_it_is_about_is_in_the_address(compare):
    assert "Ada Lovelace in one outlet" in said(compare(entity="person:ada-lovelace"))
    assert "Dallas in one outlet" in said(compare(entity="place:tx-dallas"))


def test_the_filter_says_whom_when_the_address_does_not(compare):
    assert "Ada Lovelace in one outlet" in said(compare(person="person:ada-lovelace"))


def test_administrations_in_office_can_be_compared(compare):
    words = said(compare(group="administration"))
    assert "Grace Hopper in two administrations in office" in words
    assert "First administration" in words


def test_a_cell_opens_on_its_sentences(compare):
    app = compare(show="narration|Herald", entity=GRACE)
    words = said(app)
    assert "Evidence: Herald, narration, Grace Hopper" in words
    assert "Hopper won." in words
    assert "read?article=" in markup(app)


def test_a_cell_that_is_not_there_opens_nothing(compare):
    assert "Evidence" not in said(compare(show="caption|Nobody’s Gazette"))
    assert "Evidence" not in said(compare(show="nonsense"))


def test_who_speaks_counts_everybody_whoever_the_filter_is_about(compare):
    words = said(compare(person="person:ada-lovelace"))
    assert "Ada Lovelace 7 words, 100%" in words or "Ada Lovelace 8 words, 100%" in words


def test_a_word_opens_on_its_sentences(compare):
    words = said(compare(word="debated|Herald"))
    assert "“debated” in Herald, narration" in words
    assert "1 of 1 place" in words


def test_which_outlets_is_chosen_on_the_page_too(compare):
    app = compare()
    app.multiselect(key="compare_which_sources").set_value(["Herald"]).run()
    assert app.query_params["source"] == "Herald"
    assert "in one outlet" in said(app)


def test_the_contents_lead_to_every_section_and_each_says_how_it_is_counted(compare):
    app = compare()
    found = markup(app)
    anchors = re.findall(r'href="#([a-z]+)"', found)
    assert len(anchors) == 7
    assert all(f'id="{anchor}"' in found for anchor in anchors)
    methods = " ".join(part.value for part in app.markdown)
    assert all(word in methods for word in ("Dirichlet", "jackknife", "Agresti", "Mendelsohn", "Hollow"))


def test_too_few_words_are_listed_with_plain_counts(compare):
    assert "of 300 needed; most frequent words" in said(compare())


def test_more_than_four_groups_can_be_asked_for(compare):
    app = compare("many")
    assert "Ada Lovelace in four outlets" in said(app)
    app.button(key="compare_all").click().run()
    assert app.query_params["page"] == "all"
    assert "Ada Lovelace in 12 outlets" in said(app)


@pytest.mark.parametrize("query", [{"group": "x"}, {"entity": "person:nobody"}, {"of": "x"}, {"page": "7"}])
def test_what_the_address_cannot_mean_is_left_aside(compare, query):
    assert "in two outlets" in said(compare(**query))


def test_hostile_words_run_nowhere(compare):
    app = compare("hostile", show="quote|x")
    assert "<script" not in markup(app)
    assert "<img" not in markup(app)


def test_a_filter_that_leaves_nothing_says_so(compare):
    assert "No article matches" in said(compare(text="xylophone"))


@pytest.mark.parametrize(
    ("group", "said_of_it"),
    [
        ("people", "people named or quoted"),
        ("jurisdiction", "places"),
        ("year", "years"),
        ("quarter", "quarters"),
        ("story", "story"),
    ],
)
def test_any_groups_can_stand_side_by_side(compare, group, said_of_it):
    app = compare(group=group)
    assert not app.exception
    assert said_of_it in said(app)


def test_a_kept_filter_is_compared_with_the_one_above(compare):
    app = compare(group="filters", a="source=Herald", source="The Daily")
    words = said(app)
    assert "A: Herald" in words
    assert "B: The Daily" in words
    app.button(key="compare_keep_b").click().run()
    assert app.query_params["b"] == "source=The+Daily"
    assert "Grace Hopper in two filters" in said(app)
    app.button(key="compare_keep_a").click().run()
    assert "a" not in app.query_params


NAMES = "concept,variant,forms,note\nMachine,engine,engine|engines,\nMachine,ship,ship,a vessel\n"


@pytest.fixture
def with_names(tmp_path, corpora):
    """The small corpus with a user's own names."""
    folder = tmp_path / "corpus"
    shutil.copytree(corpora["small"], folder)
    (folder / "concepts.csv").write_text(NAMES)
    return folder


def test_names_for_the_same_thing_are_counted_by_voice_and_lead_to_their_context(monkeypatch, with_names):
    app = open_page(monkeypatch, with_names, "compare", term="Machine: engine|The Daily", concept="Machine")
    words = said(app)
    assert "1 narration" in words
    assert "“engine” in The Daily" in words
    assert "3 of 3 places" in words
    assert "a vessel" in words
    app.segmented_control(key="compare_context_term").set_value("left").run()
    assert app.query_params["context"] == "left"


def test_two_concordances_can_stand_open_and_are_sorted_alike(monkeypatch, with_names):
    asked = {"word": "debated|Herald", "term": "Machine: engine|The Daily", "concept": "Machine", "context": "left"}
    app = open_page(monkeypatch, with_names, "compare", **asked)
    assert not app.exception
    assert "“debated” in Herald" in said(app)
    assert len([line for line in app.segmented_control if line.label == "Sort by"]) == 2


def test_a_name_added_on_the_page_is_kept_and_counted(monkeypatch, with_names):
    app = open_page(monkeypatch, with_names, "compare", concept="Machine")
    app.text_input(key="add_variant").set_value("debate")
    app.text_input(key="add_forms").set_value("debat*")
    app.selectbox(key="add_concept").set_value("Machine")
    next(button for button in app.button if button.label == "Add").click().run()
    assert "Machine,debate,debat*" in (with_names / "concepts.csv").read_text()
    assert "debate" in said(app)


def test_a_broken_file_of_names_is_said_with_its_line(monkeypatch, with_names):
    (with_names / "concepts.csv").write_text(NAMES + "Machine,,x,\n")
    assert "concepts.csv, line 4" in said(open_page(monkeypatch, with_names, "compare"))


def test_who_speaks_is_told_by_kind_and_by_verb_and_leads_to_who_was_counted(compare):
    words = said(compare(kind="unknown|The Daily", cue="neutral|The Daily", speaker=f"{GRACE}|The Daily"))
    assert "Grace Hopper in The Daily" in words
    assert "Unknown in The Daily: 3 speakers" in words
    assert "no word tells" in words
    assert "here alone" in words
    assert "Neutral verbs in The Daily" in words


def test_phrases_can_be_compared_instead_of_words(compare):
    app = compare(unit="phrases")
    assert "of 100 needed" in said(app) or "none" in said(app)
    app.segmented_control(key="compare_unit").set_value("words").run()
    assert "unit" not in app.query_params


def test_frames_are_drawn_as_indicators(compare):
    app = compare(frames="policy")
    assert "Indicators, no more" in said(app)
    app.segmented_control(key="compare_frames").set_value("immigration").run()
    assert "frames" not in app.query_params


def test_labels_of_nobody_are_said_to_be_none(compare):
    assert "Nothing is said of" in said(compare(of_whom="group:voters"))


def test_a_series_is_drawn_with_its_denominator(compare):
    app = compare(series="name|The barrier|wall", step="year")
    assert "Uses per 1,000 words of narration" in said(app)
    app.segmented_control(key="compare_step").set_value("administration").run()
    assert not app.exception
    assert app.query_params["step"] == "administration"


def test_one_period_is_no_series(compare):
    assert "too few: 1 period of 2 needed" in said(compare(source="The Daily", to="2020-12-31"))

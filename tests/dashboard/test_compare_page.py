"""Comparing groups: which, about whom, and down to the sentences."""

import re
import shutil

import pytest

from dashboard.markup import reader
from tests.dashboard.reading_pages import markup, open_page, said

GRACE = "person:grace-hopper"


@pytest.fixture
def compare(monkeypatch, corpora):
    return lambda corpus="small", **query: open_page(monkeypatch, corpora[corpus], "compare", **query)


def test_outlets_stand_side_by_side_those_with_most_articles_first(compare):
    app = compare()
    assert "Herald and The Daily, side by side" in said(app)
    assert "Counted in all 4 articles that match." in said(app)


def test_the_groups_are_those_chosen_whoever_a_section_is_about(compare):
    """Ada is named in The Daily alone; the Herald stays beside it, with the reason that nothing is there."""
    words = said(compare(source=["The Daily", "Herald"], entity="person:ada-lovelace", section="portrayal"))
    assert "Herald and The Daily, side by side" in words
    assert "How Ada Lovelace is portrayed, by voice" in words
    assert "not named here" in words


def test_whom_the_portrayal_is_about_is_whoever_is_named_most(compare):
    words = said(compare(section="portrayal"))
    assert "How Grace Hopper is portrayed, by voice" in words
    assert "too few: 1 of 5 needed" in words


def test_the_portrayal_opens_with_how_often_such_readings_held(compare):
    words = said(compare(section="portrayal"))
    held = re.search(r"(\d+) of (\d+) shown as negative and (\d+) of (\d+) shown as positive", words)
    assert held
    assert words.index("shown as negative") < words.index("Tone toward the name")


def test_an_empty_cell_says_why(compare):
    words = said(compare(section="portrayal"))
    assert "no captions" in words
    assert "none" in words


def test_whom_it_is_about_is_in_the_address(compare):
    assert "How Ada Lovelace is portrayed" in said(compare(section="portrayal", entity="person:ada-lovelace"))
    assert "How Dallas is portrayed" in said(compare(section="portrayal", entity="place:tx-dallas"))


def test_the_filter_says_whom_when_the_address_does_not(compare):
    assert "How Ada Lovelace is portrayed" in said(compare(section="portrayal", person="person:ada-lovelace"))


def test_administrations_in_office_can_be_compared(compare):
    words = said(compare(group="administration"))
    assert "First administration" in words
    assert "side by side" in words


def test_a_cell_opens_on_its_sentences(compare):
    app = compare(section="portrayal", show="narration|Herald", entity=GRACE)
    words = said(app)
    assert "Evidence: Herald, narration, Grace Hopper" in words
    assert "Hopper won." in words
    assert "read?article=" in markup(app)


def test_a_cell_that_is_not_there_opens_nothing(compare):
    assert "Evidence" not in said(compare(section="portrayal", show="caption|Nobody’s Gazette"))
    assert "Evidence" not in said(compare(section="portrayal", show="nonsense"))


def test_who_speaks_counts_everybody_whoever_the_filter_is_about(compare):
    words = said(compare(person="person:ada-lovelace"))
    assert "Ada Lovelace 7 words, 100%" in words


def test_a_word_opens_on_its_sentences(compare):
    words = said(compare(section="words", word="debated|Herald"))
    assert "“debated” in Herald, narration" in words
    assert "1 of 1 place" in words


def test_which_outlets_is_chosen_on_the_page_too(compare):
    app = compare()
    app.multiselect(key="compare_which_sources").set_value(["Herald"]).run()
    assert app.query_params["source"] == "Herald"
    assert "Herald, with nothing beside it" in said(app)


SECTIONS = ("speakers", "names", "words", "labels", "frames", "series", "portrayal")


def test_one_section_stands_at_a_time_and_the_list_leads_to_all(compare):
    found = markup(compare())
    assert re.findall(r'data-choose="([a-z]+)"', found)[: len(SECTIONS)] == list(SECTIONS)
    assert found.count("<h2") == 1
    assert 'id="speakers"' in found
    app = compare(section="frames")
    assert 'id="frames"' in markup(app)
    app.selectbox(key="compare_section").set_value("names").run()
    assert app.query_params["section"] == "names"


@pytest.mark.parametrize(
    ("section", "method"),
    [
        ("words", "Dirichlet"),
        ("portrayal", "Agresti"),
        ("frames", "Mendelsohn"),
        ("series", "Hollow"),
    ],
)
def test_each_section_says_how_it_is_counted(compare, section, method):
    assert method in " ".join(part.value for part in compare(section=section).markdown)


def test_too_few_words_are_listed_with_plain_counts(compare):
    assert "of 300 needed; most frequent words" in said(compare(section="words"))


def test_more_than_four_groups_can_be_asked_for(compare):
    app = compare("many")
    assert "Four outlets side by side" in said(app)
    app.button(key="compare_all").click().run()
    assert app.query_params["page"] == "all"
    assert "12 outlets side by side" in said(app)


@pytest.mark.parametrize(
    "query", [{"group": "x"}, {"entity": "person:nobody"}, {"of": "x"}, {"page": "7"}, {"section": "x"}]
)
def test_what_the_address_cannot_mean_is_left_aside(compare, query):
    assert "Herald and The Daily, side by side" in said(compare(**query))


@pytest.mark.parametrize("section", SECTIONS)
def test_hostile_words_run_nowhere(compare, section):
    app = compare("hostile", section=section)
    assert "<script" not in markup(app)
    assert "<img" not in markup(app)


def test_a_filter_that_leaves_nothing_says_so(compare):
    assert "No article matches" in said(compare(text="xylophone"))


@pytest.mark.parametrize("group", ["people", "jurisdiction", "year", "quarter", "story"])
def test_any_groups_can_stand_side_by_side(compare, group):
    app = compare(group=group)
    assert not app.exception
    assert "side by side" in said(app) or "with nothing beside it" in said(app)


def test_a_kept_filter_is_compared_with_the_one_above(compare):
    app = compare(group="filters", a="source=Herald", source="The Daily")
    words = said(app)
    assert "A: Herald" in words
    assert "B: The Daily" in words
    app.button(key="compare_keep_b").click().run()
    assert app.query_params["b"] == "source=The+Daily"
    assert "Two filters side by side" in said(app)
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


def names_page(monkeypatch, folder, **query):
    return open_page(monkeypatch, folder, "compare", section="names", concept="Machine", **query)


def test_a_number_of_a_name_opens_exactly_that_many_lines_with_exactly_those_words(monkeypatch, with_names):
    found = markup(names_page(monkeypatch, with_names))
    cells = re.findall(r'data-choose="([a-z]+) (Machine: [^|"]+)\|([^"]+)"[^>]*><b>(\d+)</b>', found)
    assert len(cells) > 3
    for voice, name, group, times in cells:
        opened = markup(names_page(monkeypatch, with_names, term=f"{voice} {name}|{group}"))
        keywords = re.findall(r'<td class="k">([^<]*)</td>', opened)
        assert [word.lower() for word in keywords] == [name.partition(": ")[2]] * int(times), (voice, name, group)


def test_names_stand_in_their_group_and_say_what_was_looked_for_in_vain(monkeypatch, with_names):
    words = said(names_page(monkeypatch, with_names))
    assert "Machine 3 names, 5 uses" in words
    assert "a vessel" in words


def test_a_concordance_is_sorted_by_the_address(monkeypatch, with_names):
    asked = {"term": "quote Machine: engines|The Daily", "context": "left"}
    app = names_page(monkeypatch, with_names, **asked)
    assert not app.exception
    assert 'aria-pressed="true" class="fl-link"' in markup(app) or 'data-choose="+sort:left"' in markup(app)


def test_a_name_added_on_the_page_is_kept_and_counted(monkeypatch, with_names):
    app = names_page(monkeypatch, with_names)
    app.text_input(key="add_variant").set_value("debate")
    app.text_input(key="add_forms").set_value("debat*")
    app.selectbox(key="add_concept").set_value("Machine")
    next(button for button in app.button if button.label == "Add").click().run()
    assert "Machine,debate,debat*" in (with_names / "concepts.csv").read_text()
    assert "debate" in said(app)


def test_a_broken_file_of_names_is_said_with_its_line(monkeypatch, with_names):
    (with_names / "concepts.csv").write_text(NAMES + "Machine,,x,\n")
    assert "concepts.csv, line 4" in said(names_page(monkeypatch, with_names))


def test_who_speaks_is_told_by_kind_and_by_verb_and_leads_to_who_was_counted(compare):
    words = said(compare(kind="unknown|The Daily", cue="neutral|The Daily", speaker=f"{GRACE}|The Daily"))
    assert "Grace Hopper in The Daily" in words
    assert "Unknown in The Daily: 3 speakers" in words
    assert "no word tells" in words
    assert "here alone" in words
    assert "Neutral verbs in The Daily" in words


def test_phrases_can_be_compared_instead_of_words(compare):
    app = compare(section="words", unit="phrases")
    assert "of 100 needed" in said(app) or "none" in said(app)
    app.segmented_control(key="compare_unit").set_value("words").run()
    assert "unit" not in app.query_params


def test_frames_are_drawn_as_indicators(compare):
    app = compare(section="frames", frames="immigration")
    assert "Indicators, no more" in said(app)
    assert "Looked for, and in no outlet: Victim: poverty and world economy; " in said(app)
    app.segmented_control(key="compare_frames").set_value("policy").run()
    assert "frames" not in app.query_params


def test_labels_of_nobody_are_said_to_be_none(compare):
    assert "Nothing is said of" in said(compare(section="labels", of_whom="group:voters"))


def test_a_series_is_drawn_with_its_denominator(compare):
    app = compare(section="series", series="name|The barrier|the wall", step="year")
    assert "Uses per 1,000 words of narration" in said(app)
    app.segmented_control(key="compare_step").set_value("administration").run()
    assert not app.exception
    assert app.query_params["step"] == "administration"


def test_one_period_is_no_series(compare):
    assert "too few: 1 period of 2 needed" in said(compare(section="series", source="The Daily", to="2020-12-31"))


@pytest.mark.parametrize(("region", "kind"), [("US", "Organizations"), ("GB", "Organisations")])
def test_rows_are_spelt_as_their_reader_spells(monkeypatch, compare, region, kind):
    monkeypatch.setattr(reader, "language", lambda: ("en", region))
    assert f"{kind} and governments" in said(compare(section="speakers"))

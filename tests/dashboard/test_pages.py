"""What the pages say, for no article, one, a few and many, and whatever the articles hold."""

import json
import re
from html.parser import HTMLParser

import pytest

from store import Filter, Store, queries
from tests.dashboard.conftest import ROOT
from tests.dashboard.reading_pages import markup

PAGES = ["pages/overview.py", "pages/articles.py", "pages/quotes.py", "pages/problems.py"]


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found, self.links, self.words = [], [], ""

    def handle_starttag(self, name, given):
        self.found.append(name)
        self.links += [value for key, value in given if key == "href"]
        assert not any(key.startswith("on") for key, _ in given)

    def handle_data(self, said):
        self.words += said


def seen(app):
    reader = Elements()
    reader.feed(markup(app))
    return reader


def alts(app):
    return [element.proto.alt for element in app.get("plotly_chart")]


def test_overview_counts_articles_outlets_and_words(visit):
    page = seen(visit("pages/overview.py"))
    assert "4 articles from 2 outlets" in page.words
    assert "February 2020 to March 2021" in page.words
    assert "1 article without a date not shown" in page.words


def test_overview_says_in_words_what_its_charts_show(visit, corpora):
    app = visit("pages/overview.py")
    said = " ".join(alts(app))
    frame = queries.speakers(Store.open(corpora["small"]), Filter())
    for speaker, words in zip(frame["speaker"], frame["words"], strict=True):
        assert f"{speaker or 'Speaker not found'} {words}" in said
    assert "2 under First administration" in said or "2 under First" in said
    assert "Texas 2" in said


def test_a_chosen_voice_is_compared_with_nothing(visit):
    page = seen(visit("pages/overview.py", voice="quote"))
    assert "those in quote alone" in page.words
    assert "somebody else’s" not in page.words


def test_one_article_is_one_article(visit):
    page = seen(visit("pages/overview.py", "one"))
    assert "1 article from 1 outlet" in page.words
    assert "1 of 1 shown" in page.words


def test_many_articles_are_drawn_by_outlet_and_month(visit):
    app = visit("pages/overview.py", "many")
    page = seen(app)
    assert "120 articles from 15 outlets" in page.words
    assert "The 12 outlets with most words of 15." in page.words
    assert "Articles per month" in page.words
    assert "12 of 120 shown" in page.words
    assert any(link.startswith("articles") for link in page.links)


@pytest.mark.parametrize("page", PAGES[:3])
def test_a_filter_that_leaves_nothing_says_so_and_offers_the_way_back(visit, page):
    app = visit(page, text="xylophone")
    assert "No article matches: with the words “xylophone”." in seen(app).words
    app.button(key="nothing_clear").click().run()
    assert app.query_params == {}
    assert "No article matches" not in seen(app).words


def test_an_empty_page_offers_to_remove_the_part_that_empties_it(visit):
    app = visit("pages/articles.py", source="Herald", person="person:ada-lovelace")
    assert [button.label for button in app.button] == [
        "Remove Outlet (1 article)",
        "Remove Person (2 articles)",
        "Clear the filter",
    ]
    app.button(key="nothing_sources").click().run()
    assert app.query_params == {"person": "person:ada-lovelace"}
    assert "1 article from 1 outlet" in seen(app).words


@pytest.mark.parametrize("page", PAGES)
def test_hostile_words_are_shown_as_written_and_run_nowhere(visit, page):
    app = visit(page, "hostile")
    reader = seen(app)
    assert not {"script", "img", "iframe", "style", "svg"} & set(reader.found)
    assert not [link for link in reader.links if re.match(r"\s*(javascript|data):", link, re.IGNORECASE)]
    if page != "pages/problems.py":
        assert "<script>alert(1)</script> **bold** [x](javascript:alert(1)) $x^2$" in reader.words
    assert not app.markdown


def test_hostile_names_do_not_become_markup_in_charts(visit):
    app = visit("pages/overview.py", "hostile")
    drawn = str([json.loads(chart.proto.spec) for chart in app.get("plotly_chart")])
    assert "&lt;script&gt;" in drawn
    assert "<script" not in drawn
    assert "<img" not in drawn


def test_articles_are_sorted_and_paged_by_the_address(visit):
    app = visit("pages/articles.py", "many", sort="oldest")
    assert "Article number 0" in seen(app).words
    app.button(key="page_on").click().run()
    assert app.query_params["page"] == "2"
    assert "51 to 100 of 120" in seen(app).words
    assert "Article number 50" in seen(app).words
    app.selectbox(key="sort").select("newest").run()
    assert app.query_params == {}
    assert "Article number 119" in seen(app).words


@pytest.mark.parametrize("asked", ["0", "-1", "99999999999999", "two", "³", "9"])
def test_a_page_that_is_not_there_is_the_nearest_that_is(visit, asked):
    words = seen(visit("pages/articles.py", "many", page=asked)).words
    assert "1 to 50 of 120" in words or "101 to 120 of 120" in words


def test_links_into_articles_carry_the_whole_filter(visit):
    page = seen(visit("pages/articles.py", source="The Daily"))
    into = [link for link in page.links if link.startswith("read?")]
    assert len(into) == 2
    assert all("source=The+Daily" in link and "article=" in link for link in into)


def test_quotes_name_speaker_verb_and_place(visit):
    page = seen(visit("pages/quotes.py"))
    assert "4 quotes in quotation marks, 0 reported" in page.words
    assert "Ada Lovelace" in page.words
    assert "speaker not found" in page.words
    assert "“say”" in page.words
    assert sum("at=" in link for link in page.links) == 4


def test_quotes_of_a_person_are_those_he_says_or_is_named_in(visit):
    page = seen(visit("pages/quotes.py", person="person:grace-hopper"))
    assert "3 quotes in quotation marks, 0 reported" in page.words
    assert "Listed when one of the chosen people speaks" in page.words


def test_kinds_of_quotes_are_chosen_in_the_address(visit):
    app = visit("pages/quotes.py", kind="indirect")
    assert "4 quotes in quotation marks, 0 reported" in seen(app).words
    assert "None of these kinds" in seen(app).words


def test_an_article_in_which_nobody_speaks_is_all_the_outlets_own(visit):
    words = seen(visit("pages/overview.py", "silent")).words
    assert "none stands in quotation marks and none reports what somebody said: all are the outlet’s own" in words
    words = seen(visit("pages/quotes.py", "silent")).words
    assert "0 quotes in quotation marks" in words
    assert "can be listed too" not in words
    words = seen(visit("pages/story.py", "silent")).words
    assert "A story needs two articles" in words
    assert "Other filters" not in words
    assert "Counted in the one article that matches." in seen(visit("pages/compare.py", "silent")).words


def test_a_filter_of_voices_without_quotes_says_nothing_of_how_much_is_quoted(visit):
    words = seen(visit("pages/overview.py", voice="narration")).words
    assert "those in narration alone" in words
    assert not re.search(r"0 ?words in quotation marks", words)
    assert "whichever voices are chosen" in words


def test_no_speaker_is_said_to_stand_out_who_does_not(visit):
    words = seen(visit("pages/overview.py", "even")).words
    assert "Nobody is quoted in more than 1 of 2 articles." in words
    assert "everyone else" not in words


def test_problems_of_a_clean_corpus(visit):
    assert "Every source was read without a problem" in seen(visit("pages/problems.py")).words


def test_problems_alike_stand_together_with_their_places(visit):
    page = seen(visit("pages/problems.py", "unusable"))
    assert "7 files or entries left out" in page.words
    assert "rows.jsonl, line 3and 4 more" in page.words
    assert "“<script>alert(1)</script>" in page.words
    assert "script" not in page.found


def test_a_corpus_without_a_usable_article_points_to_the_reasons(visit):
    page = seen(visit("pages/overview.py", "unusable"))
    assert "None of the sources could be used" in page.words
    assert "problems" in page.links


def test_tables_can_be_had_as_files(visit):
    app = visit("pages/articles.py")
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [
        "Download this table (CSV)",
        "CSV for Excel",
        "Excel",
        "JSON lines",
        "Parquet",
        "Record of this table",
    ]
    assert "4 rows · Everything · snapshot 1" in seen(app).words


def test_without_a_store_articles_can_be_added(visit, tmp_path):
    app = visit("pages/add.py", str(tmp_path / "nowhere"))
    assert "Which articles do you want to read?" in seen(app).words
    assert "Read the five demonstration articles" in [button.label for button in app.button]


def test_a_store_of_another_version_is_said_to_be_one(visit, corpora, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    manifest = (corpora["small"] / "manifest.json").read_text(encoding="utf-8")
    (other / "manifest.json").write_text(re.sub(r'"schema": ?\d+', '"schema": 999', manifest), encoding="utf-8")
    app = visit("dashboard/shell.py", str(other))
    assert "needs to be built again" in seen(app).words


def test_the_shell_stands_above_every_page(visit):
    app = visit("dashboard/shell.py", source="The Daily")
    assert "2 of 4 articles" in seen(app).words
    assert "2 articles from 1 outlet" in seen(app).words
    assert "**Outlet: The Daily**" in [chip.proto.popover.label for chip in app.get("popover")]


def test_a_value_the_corpus_does_not_have_is_left_out_with_a_notice(visit):
    app = visit("dashboard/shell.py", source=["The Daily", "Nobody’s Gazette"])
    assert "Nobody’s Gazette" in seen(app).words
    assert app.query_params == {"source": "The Daily"}


def test_the_shell_is_short():
    assert len((ROOT / "dashboard" / "shell.py").read_text(encoding="utf-8").splitlines()) < 90

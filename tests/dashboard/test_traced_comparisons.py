"""Figures drawn at random from the comparisons, the stories and the reading view, counted again in the plain texts.

A figure that opens has to open as many passages as it says, each to be found letter by letter in an article of the outlet
it is credited to; what the page calls narration must not stand in quotation marks.
"""

import re
from html import unescape

import pytest

from tests.dashboard.plain_articles import WORD, drawn, words_in_marks
from tests.dashboard.reading_pages import markup

CELL = re.compile(r'aria-label="([^"]*?)\. Show [^"]*" data-choose="([^"|]+)\|([^"]+)"')
LISTED = re.compile(
    r'<span class="word" role="button" tabindex="0" data-choose="([^"|]+)\|([^"]+)"[^>]*>.*?</span><span>(\d+)<'
)
SPEAKER = re.compile(r'data-choose="([^"|]+)\|([^"]+)" aria-pressed="false">[^<]*</span><span>([\d,]+) words?, ')
EVIDENCE = re.compile(
    r'<span class="x">(.*?)<small>([^<]*?) · .*?</small></span><a href="read\?article=(\w+)&amp;at=(\d+)-(\d+)"'
)
# Where a reader knows the places of these five articles to lie.
CITIES = {
    "California": "San Francisco|Los Angeles|Escondido",
    "Colorado": "Boulder",
    "District of Columbia": "Speaking in Washington",
    "Georgia": "Atlanta",
    "Illinois": "Chicago",
    "Louisiana": "New Orleans",
    "Massachusetts": "Boston",
    "Michigan": "Detroit",
    "New Jersey": "Newark",
    "North Carolina": "Mecklenburg",
    "Texas": "Houston|Brownsville",
    "Washington": "in Washington, King County",
}


def plain_words(piece):
    """A piece of a page without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", piece)).split())


def run_together(text):
    return " ".join(text.split())


def opened(page, section, key, value):
    """All passages a figure opens: whole words, those not paled, outlet, article and offsets."""
    app = page("compare", section=section, **{key: value})
    if ">Show all<" in markup(app):
        app.session_state[f"all_{key}"] = value
        app.run()
    return [
        (
            plain_words(words),
            plain_words(re.sub(r'<span class="fl-cut">.*?</span>', "", words)),
            outlet,
            article,
            (int(start), int(end)),
        )
        for words, outlet, article, start, end in EVIDENCE.findall(markup(app))
    ]


def in_marks(text, offset):
    """Whether the character at an offset stands in quotation marks, or is one."""
    before = text[:offset].rsplit("\n", 1)[-1]
    return text[offset] in '"“' or before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def stands(words, text):
    """Whether words stand in a text, but for what was cut with an ellipsis at either end."""
    return words.strip("… ") in run_together(text)


def test_words_of_a_speaker_are_those_in_the_marks_it_opens(page, plain):
    cells = SPEAKER.findall(markup(page("compare", section="speakers")))
    for speaker, outlet, words in drawn([cell for cell in cells if "~~" not in cell[0]]):
        counted = 0
        for whole, said, credited, article, (start, end) in opened(
            page, "speakers", "speaker", f"{unescape(speaker)}|{outlet}"
        ):
            assert credited == outlet == plain.ids[article]
            assert stands(whole, plain.texts[article])
            assert stands(said, plain.texts[article][start:end])
            whole_piece = in_marks(plain.texts[article], start)
            counted += len(WORD.findall(said)) if whole_piece else words_in_marks(said)
        assert counted == int(words.replace(",", "")), (speaker, outlet)


@pytest.mark.parametrize(("section", "key"), [("speakers", "cue"), ("frames", "frame"), ("portrayal", "show")])
def test_a_cell_opens_as_many_passages_as_it_says(page, plain, section, key):
    cells = [
        (int(re.search(r"(\d+)(?: of \d+)? (?:attribution|sentence)", label)[1]), line, outlet)
        for label, line, outlet in CELL.findall(markup(page("compare", section=section)))
        if re.search(r"\d+(?: of \d+)? (?:attribution|sentence)", label)
    ]
    assert len(cells) >= 5
    for many, line, outlet in drawn(cells) if len(cells) > 10 else cells:
        found = opened(page, section, key, f"{unescape(line)}|{outlet}")
        assert len(found) == many, (line, outlet)
        for whole, _, credited, article, _ in found:
            assert credited == outlet == plain.ids[article]
            assert stands(whole, plain.texts[article]), whole


def test_narration_with_a_cue_of_a_frame_is_in_nobodys_marks(page, plain):
    for _, line, outlet in CELL.findall(markup(page("compare", section="frames"))):
        for _, _, _, article, (start, end) in opened(page, "frames", "frame", f"{unescape(line)}|{outlet}"):
            assert not in_marks(plain.texts[article], start), plain.texts[article][start:end]


def test_words_that_set_apart_are_counted_outside_of_marks(page, plain):
    cells = LISTED.findall(markup(page("compare", section="words")))
    for word, outlet, times in drawn(cells):
        lines = re.findall(
            r'<td class="l"><bdi>(.*?)</bdi></td><td class="k">(.*?)</td><td class="r">(.*?)</td>.*?article=(\w+)&amp;at=(\d+)-(\d+)"',
            markup(page("compare", section="words", word=f"{word}|{outlet}")),
        )
        assert len(lines) == int(times), (word, outlet)
        assert int(times) <= len(re.findall(rf"(?<!\w){re.escape(unescape(word))}(?!\w)", plain.outside_marks(outlet)))
        for left, written, right, article, start, end in lines:
            assert plain.ids[article] == outlet
            assert plain.texts[article][int(start) : int(end)] == unescape(written)
            assert plain_words(written).lower() == word
            assert stands(run_together(f"{unescape(left)}{unescape(written)}{unescape(right)}"), plain.texts[article])
            assert not in_marks(plain.texts[article], int(start))


def test_a_phrase_opens_as_many_lines_as_it_is_counted(page, plain):
    cells = LISTED.findall(markup(page("compare", section="words", unit="phrases")))
    for phrase, outlet, times in drawn(cells):
        lines = re.findall(
            r'<td class="k">(.*?)</td>.*?article=(\w+)&amp;at=(\d+)-(\d+)"',
            markup(page("compare", section="words", unit="phrases", word=f"{unescape(phrase)}|{outlet}")),
        )
        assert len(lines) == int(times), (phrase, outlet)
        for written, article, start, end in lines:
            assert plain.ids[article] == outlet
            assert plain.texts[article][int(start) : int(end)] == unescape(written)
            assert unescape(written).lower().replace("’", "'") == unescape(phrase)


def test_the_first_of_more_sentences_are_said_to_be_the_first(page, monkeypatch):
    monkeypatch.setattr("dashboard.compare.frames_section.MOST", 1)
    html = markup(page("compare", section="frames", frame="Crime and punishment|Liberty Headlines"))
    assert ">1 of 4 sentences<" in html


def test_states_are_named_in_as_many_articles_as_it_says(page, plain):
    html = markup(page("compare", section="series"))
    cells = re.findall(
        r'aria-label="([^":]+): (\d+) of (\d+) articles\. Show [^"]*" data-choose="place:[^"|]+\|([^"]+)"', html
    )
    for state, many, of, outlet in drawn(cells):
        names = rf"\b(?:{CITIES[state] if 'Washington' in CITIES.get(state, '') else f'{state}|{CITIES.get(state, state)}'})\b"
        texts = plain.of(outlet)
        assert len(texts) == int(of)
        # A newspaper named for a place is no place.
        own = [re.sub(r"New York (?:Times|Post|Daily News)", "", text) for text in texts]
        assert sum(bool(re.search(names, text)) for text in own) == int(many), (state, outlet)


def test_people_of_a_story_are_named_as_often_as_it_says(page, plain):
    html = markup(page("story"))
    people = html[html.index(">People") : html.index(">Organisations")]
    rows = re.findall(r'<th scope="row" class="f">([^<]+)</th>(.*?)</tr>', people)
    cells = [
        (name, *cell)
        for name, row in rows
        for cell in re.findall(r'article=(\w+)&amp;at=\d+-\d+"[^>]*>(\d+) times?<', row)
    ]
    assert len(cells) >= 3
    for name, article, times in cells:
        assert len(re.findall(rf"\b{name.split()[-1]}\b", plain.texts[article])) <= int(times), (name, article)
        # Titles alone, "the acting director", name somebody too.
        assert int(times) - plain.texts[article].count(name.split()[-1]) <= len(
            re.findall(r"\b[Dd]irector\b", plain.texts[article])
        )


def test_passages_of_a_story_stand_where_they_lead_to(page, plain):
    html = markup(page("story"))
    links = re.findall(
        r'<a href="read\?article=(\w+)&amp;at=(\d+)-(\d+)" target="_self"(?: class="p")?>(.*?)</a>', html
    )
    passages = [link for link in links if len(plain_words(link[3]).split()) > 4]
    for article, start, end, words in drawn(passages):
        written, there = plain_words(words).strip('… "'), run_together(plain.texts[article][int(start) : int(end)])
        assert written in there or there in written, (written, there)


def test_passages_without_a_match_are_as_many_as_it_says(page, plain):
    html = markup(page("story"))
    assert re.search(r"\d+ of its \d+ passages", html)
    for outlet, rest in re.findall(r"<h4[^>]*>([^<]+)<small>(.*?)</h4>", html):
        assert outlet in plain.ids.values(), rest


def test_the_margin_of_an_article_holds_all_its_words_in_marks(page, plain):
    for article, text in plain.texts.items():
        html = markup(page("read", article=article))
        margins = re.findall(r'<div class="s\d+"><b[^>]*>[^<]*</b>(?:\d+ parts, )?(\d+) words?[;<,]', html)
        (quoted,) = re.findall(r"([\d,]+) words in quotation marks", html)
        terms = sum(int(many) for many in re.findall(r"terms in marks, nobody’s words</[^>]+>.*?(\d+)<", html)[:1])
        marked = words_in_marks(text)
        assert int(quoted.replace(",", "")) == marked
        assert sum(map(int, margins)) == marked - terms

"""Figures drawn at random from the pages of the demonstration articles, counted again in the plain texts.

Nothing here asks the tables that the pages ask: words in marks are found by their marks, names by their letters. What a
page says has to be what somebody finds who reads the articles with a pencil.
"""

import csv
import re
from html import unescape

from tests.dashboard.plain_articles import SEEDS, WORD, drawn, words_in_marks
from tests.dashboard.reading_pages import markup, said

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def edtf(first, last, month, year):
    """15 or 16 Feb 2020 as 2020-02-15/2020-02-16."""
    number = 1 + MONTHS.index(month)
    days = [f"{year}-{number:02}-{int(day):02}" for day in (first, last) if day]
    return "/".join(days) or f"{year}-{number:02}"


def test_words_in_quotation_marks_are_those_between_marks(page, plain):
    shown = re.findall(r"of (\d+) words|, ([\d,]+) stand in quotation marks", said(page("overview")))
    (whole,) = {many for _, many in shown if many}
    assert int(whole.replace(",", "")) == sum(map(words_in_marks, plain.texts.values()))
    table = said(page("articles"))
    for article_id, text in plain.texts.items():
        marked, counted = words_in_marks(text), len(WORD.findall(text))
        assert f" {counted} {100 * marked / counted:.0f}% " in table, (plain.ids[article_id], marked, counted)


NAME_CELL = re.compile(r'data-choose="((\w+) ([^:"]+): ([^|"]+)\|([^"]+))"><b>(\d+)</b>')


def name_cells(page):
    """Every number of the table of names: its address, voice, concept, name, outlet and how many uses it says."""
    return [tuple(map(unescape, cell)) for cell in NAME_CELL.findall(markup(page("compare", section="names")))]


def test_every_use_of_a_name_stands_in_a_text_of_its_outlet(page, plain):
    cells = name_cells(page)
    names = {name for _, _, _, name, _, _ in cells}
    for _, _, _, name, outlet, _ in drawn(cells):
        shown = sum(int(times) for *_, other, group, times in cells if (other, group) == (name, outlet))
        counted = 0
        for text in plain.of(outlet):
            left = text.lower()
            for longer in sorted((other for other in names if name in other and name != other), key=len, reverse=True):
                left = re.sub(rf"\b{re.escape(longer)}\b", " ", left)
            counted += len(re.findall(rf"\b{re.escape(name)}\b", left))
        assert shown == counted, (name, outlet)


def test_a_number_of_names_opens_as_many_lines_of_those_words(page):
    for address, voice, _, name, outlet, times in drawn(name_cells(page))[:4]:
        opened = markup(page("compare", section="names", term=address))
        lines = re.findall(r'<td class="k">(.*?)</td>.*?<td class="w"><small>(.*?)</small><small>(.*?)</small>', opened)
        assert [(word.lower(), group) for word, group, _ in lines] == [(name, outlet)] * int(times)
        assert all(where.endswith(voice) for _, _, where in lines)


def test_every_person_is_named_in_as_many_articles_as_it_says(page, plain):
    rows = re.findall(r'data-choose="=person:[^"]+">([^<]+)</span>(.*?)</tr>', markup(page("people")))
    for name, cells in rows:
        # “The Trump administration” is no person, nor is he of whom an agency is said to be: “Biden’s ICE”.
        written = re.compile(rf"\b{name.split()[-1]}\b(?!(?:['’]s?)? (?:[Aa]dministration|[A-Z]{{2,}}))")
        (articles,) = re.findall(r'data-head="Articles">(\d+)<', cells)
        assert int(articles) == sum(bool(written.search(text)) for text in plain.texts.values()), name
        (mentions,) = re.findall(r'data-head="Mentions">(\d+)<', cells)
        by_voice = [
            int(n) for n in re.findall(r'data-head="(?:Narration|Reported|Quote|Headline|Caption)">(\d+)<', cells)
        ]
        assert sum(by_voice) == int(mentions)
        assert int(mentions) >= sum(len(written.findall(text)) for text in plain.texts.values()), name


def test_every_quote_on_the_page_stands_in_a_text_with_its_words(page, plain):
    whole = " ".join(" ".join(text.split()) for text in plain.texts.values())
    shown = re.findall(
        r'<span class="fl-said">(.*?)</span>.*?<span class="fl-none fl-under">([^<]*?) · (\d+) words?<',
        (markup(page("quotes"))),
    )
    for cut, kind, times in drawn(shown):
        words = " ".join(unescape(re.sub(r"<[^>]+>", "", cut)).split())
        assert words in whole
        counted = len(WORD.findall(words))
        assert counted == int(times) if kind in {"whole quote", "reported without marks"} else counted > int(times), (
            words
        )


def test_outlets_and_dates_are_those_of_the_manifest(page):
    words = said(page("articles"))
    with (SEEDS / "manifest.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for outlet in {row["source"] for row in rows}:
        dates = [row["published"] for row in rows if row["source"] == outlet]
        found = re.findall(rf"{outlet} (?:(\d+)(?: or (\d+))? )?([A-Z][a-z]{{2}}) (\d{{4}}) ", words)
        assert sorted(edtf(*one) for one in found) == sorted(dates)

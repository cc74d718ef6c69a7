"""Whatever an article says, it is shown and never run."""

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import basic_charts
from dashboard.markup.html import Html, join, link, markdown, outside, query, raw, tag, text
from tests.dashboard.checked import checked

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</p></div><style>*{display:none}</style>",
    "&lt;b&gt; stays as typed",
    'it\'s "quoted" & <odd>',
]


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags, self.attributes, self.words = [], {}, ""

    def handle_starttag(self, name, given):
        self.tags.append(name)
        self.attributes |= dict(given)

    def handle_data(self, said):
        self.words += said


def read(markup):
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader


@pytest.mark.parametrize("said", HOSTILE)
def test_words_come_back_as_they_were_and_make_no_element(said):
    seen = read(tag("p", said, title=said))
    assert seen.tags == ["p"]
    assert seen.words == said
    assert seen.attributes == {"title": said}


@given(st.text().filter(lambda said: "\r" not in said and "\x00" not in said))
def test_any_text_survives_escaping(said):
    seen = read(tag("p", said))
    assert (seen.tags, seen.words) == (["p"], said)


def test_markup_of_ours_is_kept_and_nothing_is_escaped_twice():
    inner = tag("b", "a & b")
    assert tag("p", inner) == "<p><b>a &amp; b</b></p>"
    assert text(text("<")) == "&lt;"
    assert join("<", raw("<br>"), None, 3, by=" ") == "&lt; <br> 3"
    assert isinstance(tag("br"), Html)


def test_attributes_can_be_left_out_or_bare():
    assert tag("td", "x", class_=None, hidden=False) == "<td>x</td>"
    assert tag("input", disabled=True, aria_label="a") == '<input disabled aria-label="a"></input>'


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//x", "", "http://[", "file:///etc"]
)
def test_only_web_addresses_become_links(url):
    assert "<a" not in outside(url, "<label>")
    assert outside(url, "<label>") == "&lt;label&gt;"


def test_a_web_address_is_a_link_that_tells_nobody_where_it_was():
    seen = read(outside('https://example.org/?a="b"&c', "example"))
    assert seen.attributes["href"] == 'https://example.org/?a="b"&c'
    assert "noreferrer" in seen.attributes["rel"]


def test_links_between_pages_carry_the_filter_encoded():
    assert query("source=Fox+News", article="a&b", at=None) == "source=Fox+News&article=a%26b"
    assert query("", at=3) == "at=3"
    assert read(link("read", "x", "a=1&b=2")).attributes["href"] == "read?a=1&b=2"


@pytest.mark.parametrize(
    "said", ["**b**", "[x](javascript:alert(1))", "$x^2$", ":red[x]", "# head", "`code`", "<b>", "a_b_"]
)
def test_markdown_is_shown_as_typed(said):
    shown = markdown(said)
    assert shown.replace("\\", "") == said
    for sign in "*[]$`<_#":
        assert shown.count(sign) == shown.count("\\" + sign)


def test_chart_labels_escape_and_shorten():
    assert basic_charts.safe("<a href='javascript:x'>y</a>").startswith("&lt;a href")
    assert basic_charts.safe("one  two\nthree", 8) == "one two…"


def test_names_in_charts_never_become_markup():
    row = {"label": "<a href='javascript:x'>y</a>", "value": 3, "said": "3", "hover": "", "key": "person:y"}
    drawn = str(json.loads(checked(basic_charts.bars([row], room=200, unit="words")).to_json()))
    assert "javascript:x" in drawn
    assert "<a" not in drawn

"""The text of an article as HTML: nothing lost, nothing run, each mark where it belongs."""

from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.reading import article_text as reading
from store.schema import TABLES, VOICES

SAID = "“We will wait,” said Mayor Ana Ruiz. She left."
ANA = "person:ana-ruiz"


def frame(table: str, *rows: dict) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=TABLES[table].names)


def passage(start: int, end: int, voice: str = "narration", **more: object) -> dict:
    return {"start": start, "end": end, "voice": voice, "furniture_kind": "", **more}


def quote(start: int, end: int, **more: object) -> dict:
    given_ = {"start": start, "end": end, "kind": "direct", "attribution": 0, "quoted_words": 3, "confidence": 0.9}
    return given_ | {"speaker_id": ANA, "speaker": "Ana Ruiz"} | more


def mention(start: int, end: int, **more: object) -> dict:
    return {"mention": 0, "start": start, "end": end, "label": "PERSON", "entity_id": ANA, "resolution": "named"} | more


def render(text: str, passages=(), mentions=(), quotes=(), portrayals=(), **more: object) -> str:
    frames = zip(
        ("passages", "mentions", "quotes", "portrayals"), (passages, mentions, quotes, portrayals), strict=True
    )
    return reading.reading_html(text, *(frame(name, *rows) for name, rows in frames), hues={ANA: "s1"}, **more)


class Page(HTMLParser):
    """The page taken apart: margins, texts with their classes, and every element's classes and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names, self.texts, self.margins, self.spans, self._open = [], [], [], [], []
        self.feed(html)
        assert not self._open

    def handle_starttag(self, name, attrs):
        given_ = dict(attrs)
        self.names.append(name)
        if name == "br":
            return
        classes = (given_.get("class") or "").split()
        span = [classes, given_, ""] if name == "span" else None
        self._open.append((name, classes, span))
        if span:
            self.spans.append(span)
        elif "t" in classes:
            self.texts.append([classes, ""])
        elif "m" in classes:
            self.margins.append("")

    def handle_endtag(self, name):
        assert self._open.pop()[0] == name

    def handle_data(self, data):
        inside = [classes for _, classes, _ in self._open]
        if any("t" in classes for classes in inside):
            self.texts[-1][1] += data
        elif any("m" in classes for classes in inside):
            self.margins[-1] += data
        if self._open and (span := self._open[-1][2]):
            span[2] += data


def marked(html: str, class_: str) -> list[str]:
    return [words for classes, _, words in Page(html).spans if class_ in classes]


def test_narration_is_plain():
    page = Page(render("Two lines.\n\nOf narration.", [passage(0, 10), passage(12, 25)]))
    assert page.texts == [[["t"], "Two lines."], [["t"], "Of narration."]]
    assert page.margins == ["", ""]
    assert not page.spans


def test_headline_is_the_heading_and_a_caption_says_that_it_is_one():
    html = render("Rain\nA wet street", [passage(0, 4, "headline"), passage(5, 17, "caption")])
    assert "<h1" in html
    assert Page(html).margins == ["Headline", "Caption"]
    assert Page(html).texts[1][0] == ["t", "cap"]


def test_an_article_without_a_headline_still_has_a_heading_for_screen_readers():
    assert '<h1 class="fl-sr">Opening words</h1>' in render("Rain.", [passage(0, 5)], name="Opening words")


def test_furniture_says_why_it_is_not_counted_and_holds_no_names():
    html = render(
        "READ: Ana Ruiz",
        [passage(0, 14, "furniture", furniture_kind="link")],
        mentions=[mention(6, 14, voice="furniture")],
    )
    assert Page(html).margins == ["linknot counted"]
    assert not marked(html, "fl-person")


def test_part_of_a_line_can_be_furniture():
    page = Page(
        render("By A. Writer Rain fell.", [passage(0, 12, "furniture", furniture_kind="byline"), passage(13, 23)])
    )
    assert [(classes[-1], words.strip()) for classes, words in page.texts] == [
        ("furn", "By A. Writer"),
        ("t", "Rain fell."),
    ]


def test_a_quote_is_tinted_by_speaker_and_named_in_the_margin():
    cue = {"cue_start": 16, "cue_end": 20}
    html = render(SAID, [passage(0, len(SAID))], quotes=[quote(0, 15, **cue)])
    page = Page(html)
    assert marked(html, "fl-q") == ["“We will wait,”"]
    assert page.spans[0][0] == ["fl-q", "s1"]
    assert marked(html, "fl-cue") == ["said"]
    assert page.margins == ["Ana Ruiz3 words"]


def test_fragments_of_a_speaker_are_parts_in_the_margin():
    html = render(SAID, [passage(0, len(SAID))], quotes=[quote(0, 15), quote(37, 46)])
    assert Page(html).margins == ["Ana Ruiz2 parts, 6 words"]


def test_a_paragraph_that_is_all_quote_is_a_block():
    words = "“We will wait.”"
    assert Page(render(words, [passage(0, 15, "quote")], quotes=[quote(0, 15)])).texts == [[["t", "q", "s1"], words]]
    mixed = Page(render(SAID, [passage(0, len(SAID))], quotes=[quote(0, 15)]))
    assert mixed.texts[0][0] == ["t"]


def test_two_speakers_in_one_paragraph_are_no_block():
    words = "“Yes.” “No.”"
    quotes = [quote(0, 6), quote(7, 12, speaker_id="person:b", speaker="B", attribution=1)]
    page = Page(render(words, [passage(0, 12, "quote")], quotes=quotes))
    assert page.texts[0][0] == ["t"]
    assert page.margins == ["Ana Ruiz3 wordsB3 words"]


def test_an_unknown_speaker_and_a_doubtful_one_are_said_to_be_so():
    unknown = render(SAID, [passage(0, 46)], quotes=[quote(0, 15, speaker_id="", speaker="", confidence=0.1)])
    assert Page(unknown).margins == ["speaker not found3 words"]
    doubtful = render(SAID, [passage(0, 46)], quotes=[quote(0, 15, confidence=0.4)])
    assert Page(doubtful).margins == ["Ana Ruiz3 words, not sure"]


def test_reported_words_have_a_double_line_and_no_tint():
    said = quote(9, 18, kind="indirect", quoted_words=0, reported_words=2)
    html = render("She said it rained.", [passage(0, 8), passage(9, 18, "reported")], quotes=[said])
    assert marked(html, "fl-r") == ["it rained"]
    assert not marked(html, "fl-q")
    assert Page(html).margins == ["Ana Ruizreported, 2 words"]


def test_somebody_reported_whom_the_text_does_not_name_is_said_to_be_unnamed():
    said = quote(0, 9, kind="indirect", quoted_words=0, reported_words=2, speaker_id="", speaker="officials")
    html = render("It rained, officials said.", [passage(0, 9, "reported"), passage(9, 26)], quotes=[said])
    assert Page(html).margins == ["officials, unnamedreported, 2 words"]


def test_a_paragraph_that_is_all_reported_has_its_line_at_the_side():
    said = quote(0, 9, kind="indirect", quoted_words=0, reported_words=2)
    html = render("It rained.", [passage(0, 10, "reported")], quotes=[said])
    assert 'class="t r s1"' in html


def test_of_a_mixed_quote_only_the_words_in_marks_are_tinted():
    text = "She said it was “a mess” again."
    html = render(
        text, [passage(0, 17), passage(17, 23, "quote"), passage(23, 31)], quotes=[quote(9, 30, kind="mixed")]
    )
    assert marked(html, "fl-q") == ["“a mess”"]
    assert marked(html, "fl-r") == ["it was", "again"]


def test_words_set_apart_are_a_term_of_nobody():
    html = render("A “deal” is near.", [passage(0, 17)], quotes=[quote(2, 8, kind="term", speaker_id="", speaker="")])
    assert marked(html, "fl-term") == ["“deal”"]
    assert Page(html).margins == [""]


@pytest.mark.parametrize(
    ("label", "class_"),
    [("PERSON", "fl-person"), ("JURISDICTION", "fl-place"), ("ORG", "fl-org"), ("ADMINISTRATION", "fl-org")],
)
def test_each_kind_of_name_has_its_line_and_can_be_reached_by_keyboard(label, class_):
    html = render(SAID, [passage(0, 46)], mentions=[mention(27, 35, label=label)])
    (span,) = [attributes for classes, attributes, _ in Page(html).spans if class_ in classes]
    assert span["role"] == "button"
    assert span["tabindex"] == "0"
    assert span["data-choose"] == "27-35"


def test_a_name_carries_its_tone_as_a_class():
    html = render(SAID, [passage(0, 46)], mentions=[mention(27, 35)], portrayals=[{"mention": 0, "sentiment": -1}])
    assert "fl-person tone neg" in html


def test_a_name_cut_by_a_quote_is_one_control():
    html = render("“Ana Ruiz” won", [passage(0, 14)], mentions=[mention(1, 12)], quotes=[quote(0, 10)])
    assert html.count('class="fl-person" role="button"') == 1
    assert "".join(marked(html, "fl-person")) == "Ana Ruiz” w"


def test_the_passage_one_came_to_see_is_marked():
    assert marked(render(SAID, [passage(0, 46)], target=(37, 46)), "fl-here") == ["She left."]


def test_hues_go_to_the_five_with_most_words_and_never_to_nobody():
    speakers = pd.DataFrame(
        {"speaker_id": ["", *"abcdef", "a"], "speaker": ["a spokesperson", *"ABCDEF", "A"]}
        | {"words": [900, 1, 9, 8, 7, 6, 5, 40]}
    )
    assert reading.speaker_hues(speakers) == {"a": "s1", "b": "s2", "c": "s3", "d": "s4", "e": "s5"}


def test_hostile_text_stays_text():
    evil = "<script>alert(1)</script> & <img src=x onerror=alert(1)>"
    html = render(
        evil, [passage(0, len(evil))], mentions=[mention(0, 8)], quotes=[quote(9, 30, speaker=evil)], name=evil
    )
    assert "<script" not in html
    assert "<img" not in html
    assert Page(html).texts[0][1] == evil


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("ab <>&\"'“”.\n\r\u2028\t\U0001f600"), max_size=70),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from(VOICES)), max_size=5),
    SPANS,
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from(["direct", "indirect", "term"])), max_size=5
    ),
    st.one_of(st.none(), st.tuples(st.integers(0, 60), st.integers(1, 30))),
)
def test_whatever_was_found_every_character_is_shown_once_and_in_order(text, passages, mentions, quotes, target):
    html = render(
        text,
        [passage(start, start + size, voice) for start, size, voice in passages],
        [mention(start, start + size, mention=i) for i, (start, size) in enumerate(mentions)],
        [quote(start, start + size, kind=kind) for start, size, kind in quotes],
        target=target and (target[0], sum(target)),
    )
    shown = "".join(words for _, words in Page(html).texts)
    assert "".join(shown.split()) == "".join(text.split())

"""Indirect contents: what is attributed outside quotation marks, the lists it is read from, and which go together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.parse import load_model
from pipeline.core.quote_layout import layout_of
from pipeline.core.token_table import grammar_of, tokens_of
from pipeline.quotes.attribution import Attribution
from pipeline.quotes.component import find_quotes
from pipeline.quotes.indirect.contents import Content, best_together, indirect_contents, tidy
from tests.pipeline.test_quotes import parsed

TEXT = "The mayor, who leads the council, said on Monday that the old bridge will reopen.\n\nShe denied any delay."


def contents(text):
    return [text[c.start : c.end] for c in indirect_contents(layout_of(load_model()(text)))]


def test_the_lists_say_what_the_tokens_say():
    doc = load_model()(TEXT)
    grammar = grammar_of(doc)
    assert grammar.words == [token.lower_ for token in doc]
    assert grammar.tags == [token.tag_ for token in doc]
    assert grammar.pos == [token.pos_ for token in doc]
    assert grammar.deps == [token.dep_ for token in doc]
    assert grammar.entities == [token.ent_type_ for token in doc]
    assert grammar.heads == [token.head.i for token in doc]
    assert grammar.lows == [token.left_edge.i for token in doc]
    assert grammar.highs == [token.right_edge.i + 1 for token in doc]
    assert [grammar.children(i) for i in range(len(doc))] == [[c.i for c in token.children] for token in doc]


ATTRIBUTES = (
    "text lower_ tag_ pos_ dep_ ent_type_ i idx whitespace_ is_alpha is_punct is_space is_title is_lower "
    "is_digit is_quote is_stop like_num"
)


def test_the_tokens_rules_ask_are_like_those_of_the_parse():
    doc = load_model()(f"{TEXT} “By 2021, two of them say it’s old”;  Ann-Lee Kim’s IS not.")
    tokens = tokens_of(doc)
    assert tokens.text == doc.text
    for token, own in zip(doc, tokens, strict=True):
        asked = ATTRIBUTES.split()
        assert [getattr(own, name) for name in asked] == [getattr(token, name) for name in asked]
        assert own.is_sent_start == bool(token.is_sent_start)
        for name in ("head", "left_edge", "right_edge"):
            assert getattr(own, name) is tokens[getattr(token, name).i]
        assert (own.sent.start, own.sent.end, own.sent.text) == (token.sent.start, token.sent.end, token.sent.text)
        assert len(own) == len(token)
    assert [(s.start, s.end, s.start_char) for s in tokens.sents] == [(s.start, s.end, s.start_char) for s in doc.sents]
    assert tokens[3].nbor(-1) is tokens[2]
    with pytest.raises(IndexError):
        tokens[0].nbor(-1)


def test_a_document_without_words_has_no_contents():
    assert contents("") == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ann Lee was accused of hiding the cost of the old bridge.", "hiding the cost of the old bridge"),
        ("The vote came amid complaints that the old bridge is unsafe.", "that the old bridge is unsafe"),
    ],
)
def test_what_is_said_needs_nobody_to_be_named(text, content):
    (found,) = contents(text)
    assert found.endswith(content)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Farmers raised concerns that the old bridge is unsafe.", "Farmers"),
        ("The union made the claim that wages had fallen since the bridge closed.", "The union"),
        ("The mayor, Ann Lee, issued a warning that the old bridge might fall.", "The mayor"),
        ("Three neighbors voiced fears about the noise of the new bridge.", "Three neighbors"),
        ("Ann Lee reacted with the claim that the bridge had never been safe.", "Ann Lee"),
        ("Concerns were raised that the old bridge is unsafe.", None),
        ("The fall of the bridge raised concerns that the others are unsafe.", None),
        ("The mayor made no claim that the old bridge is safe.", None),
    ],
)
def test_a_claim_is_of_whoever_makes_it_and_of_nobody_where_it_only_arises(text, speaker):
    heads = [c.said.head for c in indirect_contents(layout_of(load_model()(text)))]
    assert [head and text[head.left_edge.idx : head.idx + len(head)] for head in heads if head or speaker] == (
        [speaker] if speaker else []
    )


def test_a_report_that_goes_on_with_another_verb_of_saying_is_the_content_of_neither():
    text = "Ann Lee said the old bridge is safe, adding that the new one will open in May."
    assert contents(text) == ["the old bridge is safe", "that the new one will open in May"]


@pytest.mark.parametrize("thought", ["is expected to reopen in May", "is thought to be safe", "was hoped to last"])
def test_a_thought_of_nobody_is_the_writers_own(thought):
    assert contents(f"The old bridge {thought}.") == []


def test_a_clause_is_found_where_the_parse_hangs_it_on_a_time():
    text = "Mayor Ann Lee has said multiple times this week that she wants to close the old bridge."
    assert any(found.endswith("she wants to close the old bridge") for found in contents(text))


def test_a_statement_that_the_text_tells_something_of_is_none():
    text = (
        "Though the mayor's tweet wasn't an official statement of the town, it caused “some alarm” among its drivers."
    )
    assert not any(found.startswith("wasn't") for found in contents(text))


def test_a_noun_that_the_parse_takes_for_a_verb_is_no_cue_of_what_does_not_agree_with_it():
    text = "However, they decline to answer letters -- requests that the old bridge be closed."
    assert contents(text) == []


def tidied(text, speaker, cue, content):
    """The content ``content`` of ``cue`` and ``speaker`` in ``text``, as it is told."""
    doc = load_model()(text)
    layout = layout_of(doc)
    at = {words: layout.token_at(text.index(words)) for words in (speaker, cue)}
    doc = tokens_of(doc)
    head = doc[at[speaker] + len(speaker.split()) - 1]
    said = Attribution("", head, (at[speaker], head.i + 1), doc[at[cue]])
    start = text.index(content)
    found = tidy(layout, Content(said, start, start + len(content), 0.5, clause=True))
    return text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "cue", "content", "told"),
    [
        (
            "Half of the drivers are here for good, says Lee, and are unable to go home to visit family.",
            "says",
            "Lee, and are unable to go home to visit family",
            "and are unable to go home to visit family",
        ),
        (
            "Lee told Bo Kim that the bridge is safe, and she said that it will reopen.",
            "told",
            "that the bridge is safe, and she said",
            "that the bridge is safe",
        ),
        (
            "Lee believes it is un-American to close a bridge.",
            "believes",
            "American to close a",
            "un-American to close a bridge",
        ),
        ("Lee accused Bo Kim, a 40-year-old baker.", "accused", "Bo Kim, a 40", "Bo Kim, a 40-year-old baker"),
        ("Lee said the bridge is safe--it is not.", "said", "the bridge is safe", "the bridge is safe"),
    ],
)
def test_a_content_is_told_in_whole_words_without_who_said_it(text, cue, content, told):
    assert tidied(text, "Lee", cue, content) == told


SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from([0.1, 0.2, 0.3, 0.6])), max_size=9, unique=True
)


@given(SPANS)
def test_contents_that_promise_most_together_are_taken(spans):
    made = [
        Content(Attribution(""), start, start + length, worth, clause=True, worth=worth)
        for start, length, worth in spans
    ]

    def promise(left, end):
        """The most that contents can promise which begin at or after ``end``, tried one by one."""
        free = [content for content in left if content.start >= end]
        return max((content.worth + promise(free, content.end) for content in free), default=0.0)

    chosen = best_together(made)
    assert all(one.end <= other.start for one, other in pairwise(chosen))
    assert sum(content.worth for content in chosen) == pytest.approx(promise(made, 0))


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The drivers said the firm running the bridge, Lee and Daughters, told them that it would be safe.",
            ["the firm running the bridge, Lee and Daughters, told them that it would be safe"],
        ),
        (
            "The drivers said the bridge was old, and the firm told them that it would be safe.",
            ["the bridge was old", "that it would be safe"],
        ),
    ],
)
def test_what_somebody_says_that_others_say_is_told_as_theirs_alone(text, content):
    assert contents(text) == content


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "The Harbor Office estimates selling the ferry will cost a million.",
            "The Harbor Office",
            "selling the ferry will cost a million",
        ),
        (
            "The islanders said considering a new ferry was too much for one winter.",
            "The islanders",
            "considering a new ferry was too much for one winter",
        ),
        (
            "The ferry would be sold in May, those familiar with the plan said.",
            "those familiar with the plan",
            "The ferry would be sold in May",
        ),
        (
            "The harbor board said it would talk to the crews, suggesting that a strike is near.",
            "The harbor board",
            "that a strike is near",
        ),
    ],
)
def test_what_the_parse_or_an_odd_beginning_hides_is_found(text, speaker, content):
    assert (content, speaker) in [(text[q.start : q.end], q.speaker) for q in find_quotes(parsed(text))]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ann Lee suggested opening the old pier to the public.", "opening the old pier to the public"),
        ("Bo Kim denied telling the crew to sail.", "telling the crew to sail"),
    ],
)
def test_a_participle_may_be_what_is_told(text, content):
    assert contents(text) == [content]


def test_what_a_cue_surely_tells_is_shown_though_its_end_is_unsure():
    found = contents(
        "Ann Lee told the network that the town had been calling pilots and asking for help, while Bo Kim confirmed"
        " that the town had called him."
    )
    assert found == [
        "that the town had been calling pilots and asking for help",
        "that the town had called him",
    ]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Officials said that the pilot had met the owner of the ferry, though they did not elaborate.", "the ferry"),
        ("Ann Lee said that the ferry would sail again, but she gave no date for it.", "sail again"),
    ],
)
def test_what_a_speaker_leaves_untold_is_the_outlets_own(text, end):
    (found,) = contents(text)
    assert found.endswith(end)


def test_a_claim_of_a_time_is_nobodys():
    (quote,) = find_quotes(parsed("Ann Lee spoke of last year's claim that the ferry was safe."))
    assert not quote.speaker


STRUGGLING = (
    "And the Ferry Company itself has admitted it was struggling, arguing in a tax appeal to the town last year"
    " that it is “badly underpaid,” according to a Herald review of the papers."
)
SACKED = (
    "Bo Kim denied that report, claiming he was sacked in an effort to undermine Roe's inquiry, of which he is a"
    " potential witness."
)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (STRUGGLING, "it was struggling"),
        (SACKED, "he was sacked in an effort to undermine Roe's inquiry, of which he is a potential witness"),
    ],
)
def test_so_is_a_clause_without_that(text, content):
    assert content in contents(text)

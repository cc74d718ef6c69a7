"""What a page puts above, below and into an article: who wrote it, other pages, prices of shares, posts."""

import pytest

from pipeline.furniture.blocks import mark_blocks
from tests.pipeline.test_clean import LEAD, MORE_TEXT


def reasons(*lines):
    """Kind and reason of each line of an article, those of its parts joined."""
    text = "\n\n".join(lines)
    return [(text[b.start : b.end], b.reason) for b in mark_blocks(text) if b.kind == "furniture"]


@pytest.mark.parametrize(
    "note",
    [
        "— Ann Poe is an attorney, and a staff writer at the Example.",
        "Ann Poe (@annpoe) is director of jail studies at the Roe Institute.",
        "Ann Poe teaches law at the University of Ohio. She has written about jails.",
        "• Ann Poe is a fellow of the Roe Institute.",
    ],
)
def test_a_note_on_the_author_below_the_article_is_its_credit(note):
    assert reasons(LEAD, MORE_TEXT, MORE_TEXT.replace("two", "three"), LEAD.replace("new", "old"), note) == [
        (note, "credit")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Ann Poe is set to reach a decision this week when it hears its second lawyer.",
        "Ann Poe was sent away by the sheriff last week, a lawyer said.",
        "The Example Council is an advisory board, a lawyer said.",
    ],
)
def test_what_somebody_does_at_the_end_of_an_article_is_the_article(line):
    assert reasons(LEAD, MORE_TEXT, MORE_TEXT.replace("two", "three"), LEAD.replace("new", "old"), line) == []


def test_whom_the_article_names_before_is_not_its_author():
    named = LEAD.replace("the new sheriff", "Sheriff Ann Poe")
    note = "Ann Poe is a lawyer from Dover."
    assert reasons(named, MORE_TEXT, MORE_TEXT.replace("two", "three"), note) == []


def test_a_list_of_other_pages_below_the_article_is_related():
    below = ["More Great Stories from the Example", "— Why the longest jail is new", "— How a roof was lost"]
    assert reasons(LEAD, MORE_TEXT, *below) == [(line, "related") for line in below]
    assert reasons(LEAD, "More stories in the valley", MORE_TEXT) == []


def test_a_price_of_a_share_and_a_code_in_a_sentence_are_cut_out():
    line = "On Quell QLL, -2.47% , one post was read by many, and Dabble DBL, +0.05% fell by the end of the long day."
    assert reasons(LEAD, line, MORE_TEXT) == [("QLL, -2.47% ", "page_code"), ("DBL, +0.05% ", "page_code")]
    assert (
        reasons(LEAD, "“The best of Quell QLL, -2.47% is here,” Ann Poe told the members of the council.", MORE_TEXT)
        == []
    )
    assert reasons(LEAD, "#share#" + MORE_TEXT) == [("#share#", "page_code")]


def test_a_pull_quote_signed_with_a_name_and_a_post_repeats_the_paragraph():
    said = "We have enough chairs for all of the members here"
    pulled = f"“{said}” — Ann Poe, a carpenter of Dover who makes them"
    post = f"{said} pic.twitter.com/SO4XY — Ann Poe (@annpoe) May 1, 2020"
    told = f"“{said},” Ann Poe told the council on a long evening in the month of May."
    assert reasons(LEAD, told, pulled, MORE_TEXT) == [(pulled, "pull_quote")]
    assert reasons(LEAD, told, post, MORE_TEXT) == [(post, "repeat")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Send letters to: letters@example.com.", "call"),
        ("Were you there? Tell us more. Email us@example.co.uk with your stories.", "call"),
        ("Ann Poe can be reached at ann.poe@example.com. Follow her on Twitter @annpoe.", "call"),
        ("See Also: Why the ferry is late", "related"),
        ("More on US ferries", "related"),
    ],
)
def test_a_call_to_write_and_a_link_below_an_article_are_set_aside(line, reason):
    assert reasons(LEAD, MORE_TEXT, line) == [(line, reason)]


@pytest.mark.parametrize("line", ["She sent it to ann.poe@example.com.", "More on Monday than ever, he said."])
def test_a_sentence_with_an_address_is_the_articles(line):
    assert reasons(LEAD, MORE_TEXT, line) == []

"""Where statements begin after in what they were said, and end before what went on then or with a whole list."""

import pytest

from pipeline.build.annotator import annotator
from pipeline.core.annotations import Context


def statements(text):
    annotate = annotator()
    (doc,) = annotate.parse([text])
    return [text[q.start : q.end] for q in annotate.analyse(doc, Context("", "", None))._.quotes if q.kind != "term"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Mayor Ann Lee said in a statement the proposal was proof that the council is “looking to tear apart the pier.”",
            "the proposal was proof that the council is “looking to tear apart the pier.”",
        ),
        (
            "Senator Bo Marsh said in a statement he is, “concerned by the unwillingness of the crews to row.”",
            "he is, “concerned by the unwillingness of the crews to row.”",
        ),
        (
            "Ann Lee said building up the border with that many agents could cause a spike in abuses.",
            "building up the border with that many agents could cause a spike in abuses",
        ),
    ],
)
def test_a_statement_begins_after_in_what_it_was_said(text, said):
    assert statements(text) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('He praised public unions as an "equalizer" in a speech to labor leaders on Monday.', 'as an "equalizer"'),
        (
            'Former Gov. Tommy Marsh vowed to "stop the town takeover of the ferry" in a television ad that aired in June.',
            'to "stop the town takeover of the ferry"',
        ),
        (
            "Mayor Ann Lee urged residents to focus on the victims of the storm as she spoke of unity in the wake of it.",
            "residents to focus on the victims of the storm",
        ),
    ],
)
def test_a_statement_ends_before_where_it_was_said_and_what_went_on(text, said):
    assert statements(text) == [said]


def test_what_a_crew_should_do_while_something_lasts_is_said():
    text = "The clinic said the ruling would give its clients breathing room as they decided their next steps."
    assert statements(text) == ["the ruling would give its clients breathing room as they decided their next steps"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "She said it should check those who row, it should invest in the ferry, and it should place limits on noise.",
            "it should check those who row, it should invest in the ferry, and it should place limits on noise",
        ),
        (
            "She warned that the ferry is old, that the crews are tired, and that the harbor is shallow.",
            "that the ferry is old, that the crews are tired, and that the harbor is shallow",
        ),
    ],
)
def test_a_statement_ends_with_its_whole_list(text, said):
    assert statements(text) == [said]


def test_what_follows_before_adding_is_said():
    text = '"He acted with patience," she said, before warning that "those who row" would face consequences.'
    assert statements(text)[-1] == 'that "those who row" would face consequences'


def test_a_message_that_a_sentence_goes_on_with_is_no_part_of_a_list():
    text = "The town said last week that it would continue to make the payments, and that message reassured drivers."
    assert statements(text) == ["that it would continue to make the payments"]

"""Quotation marks: paired within each paragraph, whatever marks an outlet uses or forgets."""

import pytest

from pipeline.core.annotations import lines
from pipeline.core.quotation_marks import find_quotations


def quotations(text):
    return find_quotations(text, [(start, end, n) for n, (start, end) in enumerate(lines(text))])


def inner(text):
    return [text[q.inner_start : q.inner_end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"We won," she said.', ["We won,"]),
        ("“We won,” she said.", ["We won,"]),
        ("''We won,'' she said.", ["We won,"]),
        ("``We won,'' she said.", ["We won,"]),
        ("«We won», she said.", ["We won"]),
        ('""We won," she said.', ["We won,"]),
        ('“We won", she said, “at last”.', ["We won", "at last"]),
        ("She called it ‘a gift’ to the town.", ["a gift"]),
        ("Mayor: Town 'won't bend' to bullies", ["won't bend"]),
    ],
)
def test_every_kind_of_mark_is_known(text, found):
    assert inner(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "It's the dogs' and the cats' turn in the '90s, rock 'n' roll.",
        "He is 6'2\" tall.",
        "Don’t. Can’t. The voters’ will.",
    ],
)
def test_apostrophes_and_inches_are_no_marks(text):
    assert inner(text) == []


def test_a_quotation_in_a_quotation_stays_inside():
    assert inner("“He told me ‘no’ and then “yes” again,” she said.") == ["He told me ‘no’ and then “yes” again,"]


def test_a_mark_that_was_never_closed_ends_before_the_words_that_name_the_speaker():
    text = '"We won, Lee said.\n"And we won again," Kim said.'
    assert inner(text) == ["We won,", "And we won again,"]


def test_a_mark_that_was_never_opened_begins_its_sentence():
    assert inner('It rained. We won the cup," Lee said. "Twice."') == ["We won the cup,", "Twice."]


def test_an_odd_mark_costs_no_other_paragraph():
    text = 'One " stray.\n"We won," Lee said.\n"So did we," Kim said.'
    assert inner(text)[-2:] == ["We won,", "So did we,"]


def test_a_paragraph_left_open_goes_on_in_the_next():
    first, second = quotations("“We won.\n“We will win again,” she said.")
    assert (first.closed, second.carried) == (False, True)


def test_a_paragraph_left_open_goes_on_without_a_new_mark():
    text = "“We won.\nWe will win again,” she said."
    assert inner(text) == ["We won.", "We will win again,"]


def test_marks_of_a_quotation_lie_in_its_bounds():
    text = 'She said: "We won."'
    (quotation,) = quotations(text)
    assert text[quotation.start : quotation.end] == '"We won."'


def test_single_marks_that_open_each_paragraph_hold_a_speech_until_they_close():
    text = "Ann Lee said: 'The ferry sank in May and nobody came.\n\n'We wrote nine letters.\n\n'Now we row.'\n\nIt rained."
    assert inner(text) == ["The ferry sank in May and nobody came.", "We wrote nine letters.", "Now we row."]
    assert [q.carried for q in quotations(text)] == [False, True, True]


def test_double_marks_within_single_ones_are_nested():
    text = "‘He called it “a coffin” and left,’ said Lee. ‘I stayed.’ It was “cold”, the drivers’ friend said."
    assert inner(text) == ["He called it “a coffin” and left,", "I stayed.", "cold"]
    text = "‘Not one has drowned.\n‘He called it “a coffin”. I shall not pay.’\nHe left."
    assert inner(text) == ["Not one has drowned.", "He called it “a coffin”. I shall not pay."]


def test_an_apostrophe_at_the_start_of_the_next_paragraph_opens_nothing():
    assert inner("Ann Lee said 'no more.\n\n'Twas a dark night.") == []


def test_french_marks_with_spaces_close_before_punctuation():
    assert inner("« We sail now », said Lee. « We sail at last ! » she said.") == ["We sail now", "We sail at last !"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('It rained."We sail at one," Lee said.Kim went home.He slept.', ["We sail at one,"]),
        ('Lee said: "We sail at one."Kim went home.He slept. "Badly," he said.', ["We sail at one.", "Badly,"]),
        (
            'Lee said it was "low.""We wait," she said.Kim slept.He snored."We sail," she said.',
            ["low.", "We wait,", "We sail,"],
        ),
        (
            'Kim slept.He snored."We wait," Lee said. "We sail at one."We sail at two."Kim left.',
            ["We wait,", "We sail at one.", "We sail at two."],
        ),
        (
            '"We wait," Lee said. "We sail.Kim left.He ran. "No," he said."Why not?" Lee asked.',
            ["We wait,", "We sail.", "No,", "Why not?"],
        ),
    ],
)
def test_a_mark_between_paragraphs_that_run_together_closes_the_first_or_opens_the_next(text, found):
    assert inner(text) == found


def test_a_quotation_that_goes_on_in_the_next_of_paragraphs_that_run_together_is_carried():
    text = 'It rained.He snored."We wait," Lee said. "We sail at one."We sail at two."Kim left.'
    assert [q.carried for q in quotations(text)] == [False, False, True]


def test_a_place_without_a_space_or_two_is_a_slip():
    assert inner('He said it was "low."Kim said "no." It rained.') == ["low.", "no."]

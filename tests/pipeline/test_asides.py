"""What a cue between commas attributes: the words on both of its sides, and none that tell of who speaks."""

import pytest

from pipeline.core.parse import load_model
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.attribution import Attribution
from pipeline.quotes.indirect.asides import told_aside
from pipeline.quotes.indirect.contents import Content, indirect_contents
from pipeline.quotes.indirect.retelling import on_one_side


def contents(text):
    return [text[c.start : c.end] for c in indirect_contents(layout_of(load_model()(text)))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The idea, the farmers said, was to close the old bridge before winter.",
            ["The idea", "was to close the old bridge before winter"],
        ),
        (
            "The delay, drivers publicly complained, cost the town a year.",
            ["The delay", "cost the town a year"],
        ),
        (
            "Closing the bridge in winter, said Ann Lee, would have been harder for the town.",
            ["Closing the bridge in winter", "would have been harder for the town"],
        ),
        (
            "It began, Ann Lee has said, with whispers that the bridge would fall.",
            ["It began", "with whispers that the bridge would fall"],
        ),
        (
            "During the flood last year, Mr. Kim said, divers found that the piers had moved.",
            ["During the flood last year", "divers found that the piers had moved"],
        ),
    ],
)
def test_both_sides_of_an_inserted_cue_are_told_by_it(text, told):
    assert contents(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("But, Lee said, the bridge is safe enough for cars.", ["the bridge is safe enough for cars"]),
        ("The bridge is safe, said Ann Lee, the engineer who built it.", ["The bridge is safe"]),
        ("On Monday, Ann Lee said, closing the meeting.", []),
        (
            "At the height of the storm, the mayor made no attempt to leave -- even, farmers say, when she was offered a boat.",
            ["when she was offered a boat"],
        ),
        (
            "While the tests are new, farmers for years have predicted, based on the floods, that the bridge would fall.",
            ["that the bridge would fall"],
        ),
    ],
)
def test_a_joint_a_time_and_what_explains_the_speaker_are_not(text, told):
    assert contents(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The bridge may yet pass, a senior aide told the Herald.", ["The bridge may yet pass"]),
        ("The new engineer has left the town, officials have told us.", ["The new engineer has left the town"]),
        ("The bridge is closed, the Herald wrote, and the town waits.", ["The bridge is closed"]),
        ("When the bridge fell, the mayor told the council.", []),
        ("The bridge fell, and the mayor tweeted something astonishing.", []),
        ("On Monday in the town hall, the mayor told the council.", []),
        ("The bridge fell, the mayor told us that it was old.", []),
    ],
)
def test_a_cue_that_ends_its_clause_tells_the_clause_before_it(text, told):
    layout = layout_of(load_model()(text))
    found = [str(layout.doc.source[first:last]) for _, stretches in told_aside(layout) for first, last in stretches]
    assert found == told


def test_what_stands_before_a_cue_that_goes_on_with_what_is_told_is_not():
    text = "It is an odd time, a day after the harbor chief slammed the town’s policy of keeping captains on land."
    layout = layout_of(load_model()(text))
    said = Attribution("subject of the cue", cue=layout.doc[layout.token_at(text.index("slammed"))])
    before = Content(said, 0, text.index(" slammed"), 0.5, clause=True)
    after = Content(said, text.index("the town’s"), len(text) - 1, 0.8, clause=True)
    assert on_one_side(layout, [before, after]) == [after]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("As Ann Lee put it, the bridge is a ruin.", ["the bridge is a ruin"]),
        ("The bridge is a ruin, as Ann Lee puts it.", ["The bridge is a ruin"]),
        ("As Ann Lee put him to bed, the lamp fell over.", []),
    ],
)
def test_who_puts_it_so_says_it(text, told):
    assert contents(text) == told

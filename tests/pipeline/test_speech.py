"""The learned choice of what was said and of who said it."""

import pytest

from pipeline.core.quote_layout import layout_of
from pipeline.quotes.component import find_quotes, fragments_by_rule
from pipeline.quotes.confidence import right_shares
from pipeline.quotes.learned.rerank import NOBODY, Quoted, probability, weights
from tests.pipeline.test_quotes import ANN, BO, parsed

BRIDGE = 'Ann Lee met Bo Kim.\n"The bridge will reopen," Ann Lee said. "It will take a month."'


def quoted(text, **people):
    layout = layout_of(parsed(text, **people))
    return Quoted(layout, fragments_by_rule(layout))


def test_everybody_named_around_a_quotation_is_a_candidate_once_with_a_cue():
    asked = quoted(BRIDGE, Lee=ANN, Kim=BO)
    context = asked.spoken()[0][1]
    found = {(c.head.text, c.said.cue.text if c.said.cue is not None else "") for c in asked.candidates(context)}
    assert {("Lee", "said"), ("Lee", "met"), ("Kim", "")} <= found


def test_nobody_stands_last_among_the_answers():
    asked = quoted(BRIDGE)
    spoken = asked.spoken()
    candidates = asked.candidates(spoken[0][1])
    features = asked.speaker_features(spoken[0][1], candidates, asked.neighbours(spoken, 0))
    assert len(features) == len(candidates) + 1
    assert features[-1][0] == "nobody"


def test_neighbours_are_the_quotations_beside_one():
    asked = quoted(BRIDGE)
    spoken = asked.spoken()
    first, second = (asked.neighbours(spoken, n) for n in (0, 1))
    assert first.previous is None
    assert first.following is spoken[1][0].said
    assert (second.previous, second.apart) == (spoken[0][0].said, 0)


def test_a_speaker_is_as_sure_as_the_model_is():
    plain, odd = (
        find_quotes(parsed(text, Lee=ANN, Kim=BO))[0].confidence
        for text in (
            '"The bridge will reopen in May," Ann Lee said on Monday.',
            'Ann Lee, whom Bo Kim had met, was there. Others came. "The bridge will reopen in May."',
        )
    )
    assert plain > 0.95 > odd


def test_the_rules_alone_can_be_asked():
    by_rule = find_quotes(parsed(BRIDGE, Lee=ANN), by_rule=True)
    assert [quote.speaker_id for quote in by_rule] == [ANN, ANN]
    assert by_rule[0].confidence == right_shares()["subject of the cue"]


def test_words_after_a_name_that_looks_like_a_verb_are_its_own():
    text = 'Will Lee wrote a book.\n"The bridge is a gift," Lee wrote. "It will last."'
    assert [q.resolution == NOBODY for q in find_quotes(parsed(text))] == [False, False]


def test_every_model_has_weights():
    assert len(weights().speech) > 100
    assert len(weights().speaker) > 1000


@pytest.mark.parametrize(("score", "expected"), [(0.0, 0.5), (1000.0, 1.0), (-1000.0, 0.0)])
def test_a_score_of_any_size_is_a_probability(score, expected):
    assert probability(score) == pytest.approx(expected)


def test_the_headline_says_whose_words_it_gives():
    quote = find_quotes(parsed("Lee: The bridge is ‘a gift’ to the town\nAnn Lee spoke on Monday.", Lee=ANN))[0]
    assert (quote.kind, quote.speaker_id) == ("mixed", ANN)


def test_a_label_before_a_colon_is_no_speaker_of_a_headline():
    assert find_quotes(parsed("Update: The bridge is a gift to the town\nAnn Lee spoke on Monday.", Lee=ANN)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ann Lee lives near the border. The fence is deemed “secure” and will not be moved.", "term"),
        ("Ann Lee founded a “super fund” in May.", "term"),
        ("Ann Lee blasted the plan for its “outrageous” cost.", "direct"),
    ],
)
def test_a_word_or_two_need_a_cue_and_no_mere_neighbour(text, kind):
    found = [quote.kind for quote in find_quotes(parsed(text, Lee=ANN)) if "“" in text[quote.start : quote.end]]
    assert found in ([kind], ["mixed"] if kind == "direct" else [kind])


def test_who_puts_it_so_has_said_it():
    text = "As Ann Lee berated the mayor, “the town sat and stared at its shoes,” as Bo Kim put it. All left."
    quote = next(q for q in find_quotes(parsed(text, Lee=ANN, Kim=BO)) if q.kind == "direct")
    assert (quote.speaker_id, quote.cue) == (BO, "put")


def test_an_answer_is_of_whoever_spoke_before_the_question():
    text = "“The bridge will last,” Ann Lee said. Can Bo Kim mend the road? “I think that is a good question for him.”"
    assert [q.speaker_id for q in find_quotes(parsed(text, Lee=ANN, Kim=BO))] == [ANN, ANN]


def test_the_author_does_not_answer_his_own_question():
    text = "I met Ann Lee.\nWhat did she make, I ask, of the bridge and its fall? “I did not know what to make of it at all.”"
    quote = find_quotes(parsed(text, Lee=ANN))[-1]
    assert text[quote.speaker_start : quote.speaker_end] != "I"

"""Where what is said begins and ends, and who says it where two could."""

import pytest

from pipeline.core.parse import load_model
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.component import find_quotes
from pipeline.quotes.indirect.remarks import before_remark
from pipeline.quotes.indirect.whole_phrases import after_marks, to_whole_phrase
from tests.pipeline.reading_quotes import ANN, BO, parsed, read


def contents(text, **people):
    return [(words, said) for words, kind, said in read(text, **people) if kind != "term"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Lee said Tuesday that the ferry would sail in any weather.", "that the ferry would sail in any weather"),
        (
            "Mayor Lee warned, as the union did in May, that the ferry would not sail in any weather.",
            "that the ferry would not sail in any weather",
        ),
        ("Ann Lee said on Tuesday the ferry would sail in any weather.", "the ferry would sail in any weather"),
        (
            "Mayor Lee said she would buy a second ferry but gave no price.",
            "she would buy a second ferry",
        ),
        (
            "Ann Lee sold the ferry in May, saying the islanders had no use for it, even as its old crew went on sailing it.",
            "the islanders had no use for it",
        ),
        (
            "As Lee told us on the pier, the island belongs to the seals.",
            "the island belongs to the seals",
        ),
        (
            "The piers, Lee argued, endanger seals because they cut off the bay.",
            "endanger seals because they cut off the bay",
        ),
    ],
)
def test_what_is_said_is_told_without_days_and_remarks(text, words):
    assert words in [found for found, said in contents(text, Lee=ANN)]


def whole(text, until):
    """What is said, where a first reading ends it after ``until``."""
    layout = layout_of(load_model()(text))
    cue = next(token for token in layout.doc if token.lower_ in {"said", "says"})
    first, last = cue.i + 1, layout.token_at(text.index(until) + len(until))
    end = to_whole_phrase(layout, cue, first, last)
    return text[layout.doc[first].idx : layout.doc[end - 1].idx + len(layout.doc[end - 1])]


@pytest.mark.parametrize(
    ("text", "until", "rest"),
    [
        (
            "Ann Lee said the ferry would sail to western and northern towns, where few live.",
            "western",
            " and northern towns",
        ),
        ("Ann Lee said she lost a three-hour race.", "three-hour", " race"),
        ("Ann Lee said the crew had set a day for the ferry to be sold.", "a day", " for the ferry to be sold"),
        (
            "Ann Lee said the ferry costs jobs, burns oil, and does not carry cars. Then she left.",
            "jobs",
            ", burns oil, and does not carry cars",
        ),
        ("Ann Lee said the town would give up the money sought by the pilots.", "money", " sought by the pilots"),
        ("Ann Lee said the ferry would serve markets, schools and the old mill.", "schools", " and the old mill"),
        ("Ann Lee said the ferry would serve schools, markets, and mills.", "markets", ", and mills"),
        ("Ann Lee said the ferry would serve markets as well as mills.", "markets", " as well as mills"),
        ("Ann Lee said the ferry would serve markets, and the mayor waved.", "markets", ""),
        ("Ann Lee said the ferry would sail, and left the pier.", "sail", ""),
        ("Ann Lee said the ferry would sail, views it as hers, and left the pier.", "sail", ""),
        ("Ann Lee says the ferry is old, which the union doubts.", "old", ""),
        ("Ann Lee said the ferry would sail before the towns voted.", "sail", ""),
    ],
)
def test_what_is_said_ends_with_the_whole_of_a_phrase_and_before_what_is_done(text, until, rest):
    said = text[text.index("said" if "said" in text else "says") + 5 : text.index(until) + len(until)]
    assert whole(text, until) == said + rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Ann Lee said the ferry was “subject” to the storms, as others are.", " to the storms"),
        ("Ann Lee said the ferry was “old” in a talk at the library.", ""),
        ("Ann Lee called it a “wreck,” to some applause.", ""),
    ],
)
def test_what_ends_in_marks_goes_on_with_what_their_last_word_takes(text, rest):
    layout = layout_of(load_model()(text))
    closing = layout.token_at(text.index("”")) + 1
    end = after_marks(layout, 3, closing)
    assert text[text.index("”") + 1 : layout.doc[end - 1].idx + len(layout.doc[end - 1])] == rest


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee said that the ferry is a “wreck” and pointed to the pier.",
        "Ann Lee said that “the ferry has served the town for long” and pointed to the pier.",
    ],
)
def test_what_is_done_after_marks_that_close_is_not_said(text):
    ((words, said),) = contents(text, Lee=ANN)
    assert (words[-1], said) == ("”", "Ann Lee")


def test_what_the_outlet_sums_up_with_is_not_said():
    text = "Ann Lee said the ferry could be closed into the summer, a sign that the slump has begun."
    layout = layout_of(load_model()(text))
    end = before_remark(layout, layout.doc[2], 3, len(layout.doc) - 1)
    assert str(layout.doc.source[3:end]) == "the ferry could be closed into the summer"


def test_what_tells_of_the_speaker_is_not_said():
    text = (
        "Ann Lee, who was kept from the pier by guards trying to clear it, said the town now wants to sell the ferry."
    )
    assert contents(text, Lee=ANN) == [("the town now wants to sell the ferry", "Ann Lee")]


def test_what_somebody_is_asked_is_nobodys():
    text = "Ann Lee, asked how she felt about the pier, said the ferry was lost."
    assert contents(text, Lee=ANN)[-1] == ("the ferry was lost", "Ann Lee")
    assert all(said != "Ann Lee" for _, said in contents(text, Lee=ANN)[:-1])


def test_who_says_and_goes_on_is_the_one_told_of_last():
    text = (
        "Bo Kim said the ferry was “a wreck” and Ann Lee claimed that the pier was “not much better,” and said it was "
        "“so old that the town had forgotten it.”"
    )
    assert [said for _, said in contents(text, Lee=ANN, Kim=BO)] == ["Bo Kim", "Ann Lee", "Ann Lee"]


def test_what_is_said_keeps_a_clause_with_but():
    found = contents("Mayor Lee said the ferry was old but would last another winter.", Lee=ANN)
    assert found == [("the ferry was old but would last another winter", "Ann Lee")]


def test_what_somebody_said_according_to_papers_is_theirs():
    text = 'The pier "can never be saved," engineer Bo Kim said at a closed meeting, according to notes seen by the Herald.'
    assert ('The pier "can never be saved,"', "Bo Kim") in contents(text, Kim=BO)


def test_words_in_marks_that_others_only_pass_on_are_of_who_says_them():
    text = "Ann Lee told the board that the pier was “a floating coffin,” according to two people in the room."
    assert contents(text, Lee=ANN) == [("that the pier was “a floating coffin,”", "Ann Lee")]


def test_words_in_marks_of_nobody_else_are_of_who_passes_them_on():
    ((_, said),) = contents("Ann Lee was “furious about the cost,” according to two people in the room.", Lee=ANN)
    assert said == "two people in the room"


def test_what_papers_tell_of_themselves_is_theirs():
    ((words, said),) = contents("The pier leaks in three places, according to notes of the meeting.")
    assert (words, said) == ("The pier leaks in three places", "notes of the meeting")


def test_it_is_the_board_told_of_before():
    found = contents("In May the harbor board said nine lamps had failed, but it now claims the number is higher.")
    assert [said for _, said in found] == ["the harbor board", "the harbor board"]


def test_those_who_speak_together_are_all_named():
    from pipeline.quotes.component import find_quotes
    from tests.pipeline.test_quotes import parsed

    text = "Ann Lee and Bo Kim said the ferry would sail again in the spring."
    (quote,) = find_quotes(parsed(text, Lee=ANN, Kim=BO))
    assert quote.speakers == ((ANN, "Ann Lee"), (BO, "Bo Kim"))
    assert quote.speaker_id == ANN


def test_they_are_all_of_those_told_of_together():
    from pipeline.quotes.component import find_quotes
    from tests.pipeline.test_quotes import parsed

    text = "Ann Lee and Bo Kim came by boat. They said the ferry would sail again in the spring."
    (quote,) = find_quotes(parsed(text, Lee=ANN, Kim=BO))
    assert (quote.speaker_id, quote.speakers) == (ANN, ((ANN, "Ann Lee"), (BO, "Bo Kim")))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Ann Lee said that the ferry is “the best of all” before correcting herself and saying, “one of the best.”",
            ["that the ferry is “the best of all”", "“one of the best.”"],
        ),
        (
            "The islanders said the ferry was blocked by the guards in a raid earlier this week.",
            ["the ferry was blocked by the guards in a raid earlier this week"],
        ),
        (
            "The ferry is old and a union leader told the Gazette it does not think that it is safe.",
            ["it does not think that it is safe"],
        ),
        (
            "The Harbor Gazette, a paper of the islands, printed the list of the crew, according to the union.",
            ["The Harbor Gazette, a paper of the islands, printed the list of the crew"],
        ),
        (
            "Ann Lee said “never” to the crew and left.",
            ["“never”"],
        ),
        (
            "Ann Lee insisted that the ferry will stay after tweeting, “I am not going to sell it.”",
            ["that the ferry will stay", "“I am not going to sell it.”"],
        ),
        (
            "Ann Lee admitted the “need to paint the ferry” without giving the islanders a day.",
            ["the “need to paint the ferry”"],
        ),
        (
            "Ann Lee said she would give the crew a “last warning” before selling the ferry.",
            ["she would give the crew a “last warning” before selling the ferry"],
        ),
        (
            "Some 40 percent said the ferry should be sold while 35 percent said it should stay.",
            ["the ferry should be sold", "it should stay"],
        ),
        (
            "Ann Lee said the ferry was slow while the wind was good.",
            ["the ferry was slow while the wind was good"],
        ),
        (
            "“As your mayor,” Ann Lee said, to loud applause from the pier, “I will keep the ferry.”",
            ["“As your mayor,”", "“I will keep the ferry.”"],
        ),
        (
            "Ann Lee argued for the ferry, calling it a gift to the poor, buying a pier and building a tower.",
            ["for the ferry", "it a gift to the poor"],
        ),
    ],
)
def test_how_somebody_says_what_and_what_others_say_is_not_said_with_it(text, words):
    assert [found for found, _ in contents(text, Lee=ANN)] == words


def test_a_word_in_marks_is_told_with_the_statement_that_it_is_a_part_of():
    text = (
        "Ann Lee, 76, said that it was time to restore the crew's “backbone”, but that they needed a plan to move beyond "
        "what she called today's “mean” and “petty” talk."
    )
    found = [words for words, _ in contents(text, Lee=ANN)]
    assert found == ["that it was time to restore the crew's “backbone”", "“mean” and “petty”"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Ann Lee said the crew had seen 40 sharks “that came across the reef,” a claim the mayor later repeated.",
            ["the crew had seen 40 sharks “that came across the reef,”"],
        ),
        (
            "Ann Lee swore that she had never sold the ferry — something that now appears to be untrue.",
            ["that she had never sold the ferry"],
        ),
        (
            "Ann Lee keeps out of the fight, blaming the crew for the mess — while taking a low-profile role herself.",
            ["the crew for the mess"],
        ),
        (
            "In May, the line pledged to buy a fleet of boats to carry parcels to islanders beginning in 2031.",
            ["to buy a fleet of boats to carry parcels to islanders beginning in 2031"],
        ),
        (
            "Ann Lee said the ferry is a claim to fame that nobody doubts.",
            ["the ferry is a claim to fame that nobody doubts"],
        ),
        (
            "Ann Lee said the town had made a promise, a promise to the crew, and would keep it.",
            ["the town had made a promise, a promise to the crew, and would keep it"],
        ),
    ],
)
def test_what_the_outlet_says_of_a_statement_is_no_part_of_it(text, words):
    assert [found for found, _ in contents(text, Lee=ANN)] == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Lee said last week she knew nothing about any plan.", "she knew nothing about any plan"),
        (
            "Ann Lee argued two years ago people living on the island should pay less.",
            "people living on the island should pay less",
        ),
        (
            "Ann Lee said last week was the worst in the life of the ferry.",
            "last week was the worst in the life of the ferry",
        ),
        (
            "Ann Lee said Monday night football games would be played here.",
            "Monday night football games would be played here",
        ),
    ],
)
def test_the_time_of_a_cue_is_no_part_of_what_is_said(text, words):
    assert [found for found, _ in contents(text, Lee=ANN)] == [words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Lee called the vote “a farce,” then walked out of the room.", "the vote “a farce,”"),
        ("Ann Lee said the ferry was “a rusty tub,” and stormed off the stage.", "the ferry was “a rusty tub,”"),
        ("Ann Lee said she was “very sorry,” hugged the driver and left by the back door.", "she was “very sorry,”"),
        (
            "Ann Lee dismissed the plan as “a bad joke” before leaving the hall with her staff.",
            "the plan as “a bad joke”",
        ),
        (
            "Ann Lee called him “lazy” and “weak,” and the mayor's friends repeated the attack on Monday.",
            "him “lazy” and “weak,”",
        ),
        (
            "Ann Lee said drivers should “think twice” before taking the bridge.",
            "drivers should “think twice” before taking the bridge",
        ),
        (
            "Ann Lee said the pilot “lied,” cheated and stole money from the town.",
            "the pilot “lied,” cheated and stole money from the town",
        ),
    ],
)
def test_what_ends_in_marks_ends_before_what_is_done_next(text, words):
    assert contents(text, Lee=ANN) == [(words, "Ann Lee")]


def test_a_question_begins_after_the_word_that_asks_it():
    text = "Asked whether she would resign, Ann Lee said she had no plans to."
    assert contents(text, Lee=ANN) == [("whether she would resign", ""), ("she had no plans to", "Ann Lee")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Lee told the crowd during the uproar that the ferry was leaking.", "that the ferry was leaking"),
        ("Ann Lee said in a letter to the town in May that the ferry was leaking.", "that the ferry was leaking"),
        (
            "The storm -- hours after Ann Lee said it had weakened over the bay -- was moving north on Monday.",
            "it had weakened over the bay",
        ),
        ("Ann Lee accused the captain of being drunk by citing an old letter of his.", "the captain of being drunk"),
        ("Ann Lee said the ferry was not safe, pointing to the rust on its doors.", "the ferry was not safe"),
        ("One thing is new: Ann Lee said that the ferry was leaking.", "that the ferry was leaking"),
    ],
)
def test_when_and_how_it_was_said_is_none_of_it(text, words):
    assert contents(text, Lee=ANN) == [(words, "Ann Lee")]


def test_two_who_are_one_are_not_told_as_two():
    text = "One friend of the ferry, Ann Lee, said Saturday that she would sail it herself."
    assert [quote.speakers for quote in find_quotes(parsed(text, Lee=ANN))] == [()]

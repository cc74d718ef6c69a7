"""Quotes of invented articles, named by the whole pipeline: who speaks, and what is no words of theirs."""

import pytest

from pipeline.coreference.component import find_references
from pipeline.furniture.blocks import mark_blocks
from pipeline.quotes.component import find_quotes
from store.schema import SAID
from tests.pipeline.naming import annotate


def quotes(nlp, text):
    """Words, and the name or words of the speaker, of each quote that somebody says."""
    doc = annotate(nlp, text, blocks=mark_blocks(text))
    doc._.mentions = sorted([*doc._.mentions, *find_references(doc)], key=lambda mention: mention.start)
    found = [quote for quote in find_quotes(doc) if quote.kind != "term" and quote.status == SAID]
    return [(text[quote.start : quote.end], quote.speaker) for quote in found]


def speakers(nlp, text):
    return [speaker for _, speaker in quotes(nlp, text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Orvane Mills shut two plants in March. It blamed wages and said it would not hire.", "Orvane Mills"),
        ("Tallow & Finch raised prices on Monday. It said costs had doubled.", "Tallow & Finch"),
        ("Hallam Foods cut 300 jobs on Monday. It said sales had fallen by half.", "Hallam Foods"),
        ("A drug maker cut 200 jobs on Monday. It said sales had fallen by half.", "A drug maker"),
    ],
)
def test_it_speaks_for_a_firm_whatever_its_name_looks_like(nlp, text, speaker):
    assert speakers(nlp, text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Driver Len Potter said the brakes had failed.", "Len Potter"),
        ("Goalkeeper Tomas Hale said the grass was wet.", "Tomas Hale"),
        ("“We lost the ball,” said goalkeeper Sami Loft.", "Sami Loft"),
        ("A spokeswoman for the zoo, Dia Roe, said the lions were asleep.", "Dia Roe"),
        ("One of the workers, who declined to give her name, said it was cold.", "One of the workers"),
        ("Ruth Adams has taught here for years. The 52-year-old teacher said the roof had leaked.", "Ruth Adams"),
        ("The driver, Nils Arden, said the brakes had failed.", "Nils Arden"),
        ("“It was old,” said Matteo Ruggi. “You sold it anyway,” answered Sandro Ruggi.", "Sandro Ruggi"),
    ],
)
def test_a_name_is_told_from_what_somebody_is_and_from_a_relative(nlp, text, speaker):
    assert speakers(nlp, text)[-1] == speaker


def test_what_a_sentence_opens_with_is_a_trade_only_before_a_name(nlp):
    assert speakers(nlp, "Hunter Adams said the sea was warm. Adam Driver said it was cold.") == [
        "Hunter Adams",
        "Adam Driver",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ann Lee said the ferry would sail in May| but did not name the captain.",
        "The ministry said three soldiers had been hurt|, without giving details.",
        "Lee said the deal was off|, without evidence.",
        "The bank said it would repay all customers|, although it did not say how many there were.",
        "The governor said the tax would fall next year| while declining to say by how much.",
        "Lee said the vote was stolen|, offering no evidence.",
        "The minister said he had never met the banker|, a claim contradicted by the records.",
        "The minister said the plan would cost nothing|, which economists dispute.",
        "He said the tower was his|, which is false.",
        "Lee said that the pool would close|, a decision that angered swimmers.",
        "Lee said the deal was dead| when asked about it on Friday.",
        "Kim said the boss paid the men but did not pay the women|.",
        "Kim said his brother was paid in cash and refused to sign anything|.",
        "The doctor said the patient could walk without saying a word|.",
        "The coach said the team did not give up and would not give up|.",
    ],
)
def test_what_is_said_ends_before_what_its_speaker_did_not_tell_and_others_deny(nlp, text):
    said = text.partition("|")[0].partition(" said ")[2]
    assert [words for words, _ in quotes(nlp, text.replace("|", ""))] == [said]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor did not reply to a letter asking why the pool was closed.",
        "The firm ignored emails asking how many workers were let go.",
        "Tenants who say they were not told are sent to another desk.",
        "Islanders who say the ferry is late can ask for their fare back.",
        "Imagine a mayor who says, “I was wrong, and I will pay for it.” Nobody here has met one.",
        "Suppose your landlord said, “The rent is free this month.”",
        "What if the mayor stood up and said, “I was wrong about the pool”?",
        "I long for a minister who would say, “I made this mess and I will clean it up.”",
        "We need a coach who says, “Today you lose because of me.”",
        "The chief was angry, an explanation that residents reject.",
        "Lee would neither confirm nor deny that she had met the banker.",
    ],
)
def test_nobody_says_what_is_asked_in_vain_or_makes_a_class_or_is_thought_up(nlp, text):
    assert quotes(nlp, text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Kim sent the board a letter asking why the pool was closed.", "Kim"),
        ("The mayor received an email saying that the pool would be closed.", "an email"),
        ("Residents who say they were cheated are suing the bank.", "Residents"),
        ("Lee met a guard who said, “I saw the whole thing from the tower.”", "a guard"),
        ("Aides who would only say “it is late” left the room.", "Aides"),
    ],
)
def test_who_asks_writes_or_is_there_has_said_so(nlp, text, speaker):
    assert speakers(nlp, text) == [speaker]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A hand-painted sign on the gate read: “Trespassers will be drowned.”", "A hand-painted sign on the gate"),
        ("Her T-shirt read “Ask me about my goat.”", "Her T-shirt"),
        ("The mayor, whose sign read “Vote Lee,” lost.", "whose sign"),
        ("“Your dog bit my son,” the note read. It was unsigned.", "the note"),
        ("Chants of “Bring back the boat!” rang out as Ann Lee rose to reply.", ""),
        ("To cries of “Let him in! Let him in!” the guard opened the gate.", ""),
        ("Shouts of “Liar!” and “Resign!” greeted Mayor Ann Lee.", ""),
    ],
)
def test_what_bears_words_speaks_and_what_many_shout_is_of_nobody(nlp, text, found):
    assert speakers(nlp, text) == [found]


def test_a_teacher_who_reads_is_no_sign_and_the_chorus_of_a_song_no_shout(nlp):
    text = "The teacher read, “Once there was a boy,” and stopped. The chorus of “Blue River” is slow."
    assert quotes(nlp, text) == [("“Once there was a boy,”", "The teacher")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Farmer Odil Brannoc shook her head as she looked out. “I planted this twice and lost it twice.”",
            "Odil Brannoc",
        ),
        ("When the doors opened, Tom Hale was first. “I have been here since four in the morning.”", "Tom Hale"),
        ("Bo Kim watched as Ann Lee told the crowd to go. “You had your fun and now you must leave.”", "Ann Lee"),
        (
            "A judge jailed a ticket seller. The seller, Rick Dale, wept. “I am ashamed,” he told the court.",
            "Rick Dale",
        ),
        (
            "The panel heard from Ann Lee, who said it rained a lot, and Bo Kim, a cook, who called the town “a swamp.”",
            "Bo Kim",
        ),
    ],
)
def test_who_is_told_of_speaks_before_others_in_the_sentence(nlp, text, speaker):
    assert speakers(nlp, text)[-1] == speaker


@pytest.mark.parametrize(
    "text",
    [
        "As coach Ray Falk explained after the race, |the wind decided everything.",
        "As the agency admitted in May, |the filter had never been changed.",
    ],
)
def test_as_somebody_says_tells_the_rest_of_the_sentence(nlp, text):
    assert [words for words, _ in quotes(nlp, text.replace("|", ""))] == [text.partition("|")[2].rstrip(".")]


@pytest.mark.parametrize(
    "text", ["As Lee spoke, the lights of the hall went out.", "As Lee explained the plan, drivers cheered."]
)
def test_as_somebody_speaks_is_a_time(nlp, text):
    assert quotes(nlp, text) == []


def test_answers_in_marks_are_of_whom_the_article_tells(nlp):
    text = (
        "Former broker Hal Denby, 61, now keeps bees.\n\nWhat made you leave the bank?\n\n"
        "“I was tired of selling things.\n\n“And I like bees.”\n\nDo you miss it?\n\n“Only the coffee was good.”"
    )
    assert speakers(nlp, text) == ["Hal Denby"] * 3


def test_people_answer_one_question_a_line_each(nlp):
    lines = [
        "Tom Hale, 34, teacher: I would sleep.",
        "Ruth Adams, nurse: Swim in the lake.",
        "John Smith, York: Nothing.",
    ]
    assert speakers(nlp, "\n\n".join(["What would you do with a free day?", *lines])) == [
        "Tom Hale",
        "Ruth Adams",
        "John Smith",
    ]
    assert quotes(nlp, "\n\n".join(["The winners are below.", *lines])) == []


def test_a_label_may_be_a_first_name(nlp):
    lines = [
        "Theo Lund and Greta Fisk talk of birds.",
        "THEO: I saw an owl.",
        "GRETA: You saw a bag.",
        "THEO: It flew off.",
    ]
    assert speakers(nlp, "\n\n".join(lines)) == ["Theo Lund", "Greta Fisk", "Theo Lund"]


def test_a_body_speaks_in_the_paragraph_below_its_colon(nlp):
    text = "The brewery posted a short statement on its website:\n\nWe have stopped all sales of our beer for now.\n\nIt rained."
    assert quotes(nlp, text) == [("We have stopped all sales of our beer for now.", "The brewery")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Lee told her staff that the firm would close, according to two people who were there.",
            ("that the firm would close", "Lee"),
        ),
        (
            "Lee said the plan was “suicide,” according to minutes of the meeting.",
            ("the plan was “suicide,”", "Lee"),
        ),
        (
            "The firm lost four million euros, according to a filing.",
            ("The firm lost four million euros", "a filing"),
        ),
    ],
)
def test_who_passes_on_what_somebody_said_is_not_the_one_who_said_it(nlp, text, found):
    assert quotes(nlp, text) == [found]


def test_a_statement_ends_before_a_sentence_in_marks(nlp):
    text = "Residents of Mill Lane say the trucks start at 4 a.m. “You cannot sleep, and you cannot sell,” one said."
    assert [words for words, _ in quotes(nlp, text)] == [
        "the trucks start at 4 a.m",
        "“You cannot sleep, and you cannot sell,”",
    ]


def test_a_sentence_in_two_parts_and_a_word_after_it_are_of_one_speaker(nlp):
    text = "“All that we saw,” Ann Lee began, “was smoke.” She paused. “Then nothing.”"
    assert speakers(nlp, text) == ["Ann Lee"] * 3
    text = "He calls it “home,” and she says so, “for now.” A film, “Ash,” won."
    assert "“Ash,”" not in [words for words, _ in quotes(nlp, text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Lee received a text message. “Stuck on the roof, phone dying,” it said.", "a text message"),
        ("The mayor’s reply was short. “No, and you can print all of that.”", "The mayor"),
    ],
)
def test_a_paper_speaks_for_it_and_an_owner_without_the_ending(nlp, text, speaker):
    assert speakers(nlp, text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "“The roof held,” Ann Lee said, tapping a beam, “and it will.”",
        "“The roof held and it will,” Ann Lee said, laughing, before she was led away.",
        "“The roof held and it will,” Ann Lee said, and walked back into the hall.",
    ],
)
def test_what_a_speaker_does_besides_is_no_words(nlp, text):
    assert all("“" in words for words, _ in quotes(nlp, text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "As engineer Ann Lee told the panel last week, the ferry has lost its rudder.",
            "the ferry has lost its rudder",
        ),
        ("The ferry has lost its rudder, as Ann Lee told a packed meeting on Friday.", "The ferry has lost its rudder"),
    ],
)
def test_who_is_told_may_be_anybody_in_a_clause_with_as(nlp, text, words):
    assert quotes(nlp, text) == [(words, "Ann Lee")]


def test_what_is_often_said_is_said_by_nobody(nlp):
    assert quotes(nlp, "It is often said that the valley has two seasons. It must also be said that it is cold.") == []
    assert quotes(nlp, "It was said on Monday that the valley has two seasons.")

"""Who speaks where the words beside the marks name nobody, and what in marks nobody says."""

import pytest

from pipeline.core.annotations import Block, Entity, Mention
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.component import find_quotes
from pipeline.quotes.interrupted_subjects import name_cut_off
from tests.pipeline.reading_quotes import ANN, BO, parsed, read


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            'A mother of three from Akron brought her sons to the rally. "I doubt it," she said.',
            "A mother of three from Akron",
        ),
        (
            '"We love the river," the group of anglers said.\n\n"So a few of us needed to talk about it," they said.',
            "the group of anglers",
        ),
        ('The decision, made in May, halted the ferry. It said the boat was "a danger to all."', "The decision"),
    ],
)
def test_a_pronoun_speaks_for_the_last_one_or_the_last_group_that_is_told_of(text, speaker):
    found = [quote.speaker for quote in find_quotes(parsed(text)) if quote.kind != "term"]
    assert found[-1] == speaker


def test_she_is_no_man_told_of_last():
    text = 'A woman in red called. The fisherman rowed home. "I am cold and wet," she said.'
    assert [quote.speaker for quote in find_quotes(parsed(text))] == ["A woman in red"]


def test_it_of_no_body_speaks_for_nobody():
    text = 'The agency closed the pier. It is misleading to claim that the pier "was about to fall into the sea."'
    assert [quote.speaker for quote in find_quotes(parsed(text))] == [""]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            'Also there was Ann Lee, mayor of Elmsford, who at one point said, "You had your chance and you missed it."',
            ('"You had your chance and you missed it."', "direct", "Ann Lee"),
        ),
        (
            'Lee also answered Kim, declaring that "in our town, you should not be mocked for your boat."',
            ('"in our town, you should not be mocked for your boat."', "direct", "Ann Lee"),
        ),
        (
            '4. Free ferries for all - "They should have been free all along," Lee said in May.',
            ('"They should have been free all along,"', "direct", "Ann Lee"),
        ),
        (
            'Kim rowed home.\n\nAnn Lee in the Herald:\n\n"The tide waits for nobody."\n\nKim says the tide "does wait for me."',
            ('"The tide waits for nobody."', "direct", "Ann Lee"),
        ),
    ],
)
def test_words_in_marks_are_of_whoever_is_said_to_say_them_and_no_more(text, quote):
    assert quote in read(text, Lee=ANN, Kim=BO)


@pytest.mark.parametrize(
    "text",
    [
        'Lee told of it in her book, "Rivers of the Far North and Those Who Row Them".',
        'The bill is titled the "Harbor Safety, Ferries and River Trade Modernization Act of 2013."',
        'The picture "https://example.org/images/1155.jpg" shows Lee.',
        'The plan would have to come to the "agreed-upon policy framework" level first.',
    ],
)
def test_titles_addresses_and_what_nothing_can_have_said_are_terms(text):
    assert [kind for words, kind, _ in read(text, Lee=ANN) if '"' in words] == ["term"]


def test_who_asked_is_not_who_answers():
    text = 'Kim rowed home. When a reporter in Elmsford asked whether he was cold, he said: "I am, I really am."'
    assert read(text, Kim=BO)[-1] == ('"I am, I really am."', "direct", "Bo Kim")


def test_a_translation_has_no_words_of_its_own():
    text = 'Lee followed up, according to the translation, by asking: "Would you row it yourself in the end?"'
    assert read(text, Lee=ANN)[-1] == ('"Would you row it yourself in the end?"', "direct", "Ann Lee")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"The tide was low," Lee said, according to a report. "It was late, too."', '"It was late, too."'),
        (
            "‘The town has treated me like a stranger’: Ann Lee on her summer\n\nIt rained.",
            "‘The town has treated me like a stranger’",
        ),
    ],
)
def test_whoever_passes_words_on_says_none(text, words):
    assert (words, "direct", "Ann Lee") in read(text, Lee=ANN)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Lee's answer to the doubters: “Come and look at the river.”", "Ann Lee"),
        ("The verdict of the town's critics: “Come and look at the river.”", "critics"),
    ],
)
def test_words_after_a_colon_are_of_whose_answer_they_are_called(text, speaker):
    assert read(text, Lee=ANN)[0][2].endswith(speaker)


def test_a_pronoun_is_of_the_woman_told_of_since_somebody_of_no_sex_spoke():
    text = (
        "The attorney has told the Gazette that the court relied on tapes. The woman never went to the police.\n"
        '"I had to relive it," she told the Gazette.'
    )
    assert [said for _, kind, said in read(text) if kind == "direct"] == ["The woman"]
    # A man is still who spoke last.
    assert [said for _, kind, said in read(text.replace("she", "he")) if kind == "direct"] == ["The attorney"]


@pytest.mark.parametrize(
    "text",
    [
        "Gov. Ann Lee left the room. “It is a good ferry,” the island Democrat said.",
        "Gov. Ann Lee has agreed to send boats at Mayor Bo Kim's request. The liberal Democrat said: “I will pay.”",
    ],
)
def test_who_was_just_told_of_is_spoken_of_again_less_surely(text):
    direct = [quote for quote in find_quotes(parsed(text, Lee=ANN, Kim=BO)) if quote.kind == "direct"]
    assert [(quote.speaker_id, quote.confidence < 0.9) for quote in direct] == [(ANN, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee met Bo Kim on Monday. “I will pay,” the Democrat said.",
        "Ann Lee spoke at noon. Without taking Bo Kim's advice, the candidate said that it was time to pay.",
        "Ann Lee spoke at noon. “I will pay,” a Democrat said.",
    ],
)
def test_of_two_who_are_told_of_neither_is_spoken_of_again(text):
    *_, last = find_quotes(parsed(text, Lee=ANN, Kim=BO))
    assert last.speaker_id == ""


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Lee, 34, cancelled the tour on Tuesday. “I am heartbroken,” the 34-year-old said.", ANN),
        ("Ann Lee, 34, and Bo Kim, 27, scored on Friday. “It was a great night,” the 27-year-old said.", BO),
        ("Ann Lee, 34, was seen on Friday. “I saw nothing,” the 51-year-old said.", ""),
        ("Ann Lee won the marathon on Sunday. “The wind nearly blew me over,” the winner said.", ANN),
        ("A striker was booked. Bo Kim came on. “It was never a foul,” the striker said.", ""),
    ],
)
def test_an_age_or_what_somebody_does_speaks_of_them_again(text, speaker):
    assert [quote.speaker_id for quote in find_quotes(parsed(text, Lee=ANN, Kim=BO))] == [speaker]


@pytest.mark.parametrize(("people", "speaker"), [("Norwegian", BO), ("Swiss", "place:no")])
def test_one_of_a_people_is_no_country(people, speaker):
    text = f"Bo Kim scored twice on Friday. “We never gave up,” the {people} said."
    doc = parsed(text, Kim=BO)
    doc._.entities["place:no"] = Entity("place:no", "JURISDICTION", "Norway")
    at = text.index(people)
    doc._.mentions = [*doc._.mentions, Mention(at, at + len(people), "JURISDICTION", "place:no", "named")]
    assert [quote.speaker_id for quote in find_quotes(doc)] == [speaker]


@pytest.mark.parametrize("verb", ["chimed in", "piped up"])
def test_who_chimes_in_is_named_after_it(verb):
    text = f"“We cannot wait,” said Lee. “And the rain is free,” {verb} Bo Kim."
    assert [quote.speaker_id for quote in find_quotes(parsed(text, Lee=ANN, Kim=BO))] == [ANN, BO]


def test_there_is_nobody():
    text = "There was a sign on the door of the ferry office: “Closed until further notice.”"
    assert [quote.speaker for quote in find_quotes(parsed(text))] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "In the words of Ann Lee, “the harbor belongs to all of us.”",
        "This led to “a rise in thefts without example,” in Ann Lee's words.",
        "The harbor is, to quote Ann Lee, “a hole in the water.”",
    ],
)
def test_an_aside_tells_whose_words_they_are(text):
    assert [(quote.kind, quote.speaker_id) for quote in find_quotes(parsed(text, Lee=ANN))] == [("direct", ANN)]


@pytest.mark.parametrize(
    "text",
    [
        "That bridge is looking a lot like “If you like your ferry, you can keep your ferry,” and no more.",
        "The report is long, with the accident numbers troubling: “The rate of falls is put at forty percent of all.”",
    ],
)
def test_a_thing_that_only_looks_so_or_stands_before_a_colon_says_nothing(text):
    assert [quote.speaker for quote in find_quotes(parsed(text))] == [""]


def test_they_are_not_those_whom_they_tell_of():
    text = "Port officials met on Monday. Captains, they added, must provide papers on their boats."
    assert {quote.speaker for quote in find_quotes(parsed(text))} == {"Port officials"}


@pytest.mark.parametrize("inside", ["the Drug Agency", "the mayor"])
def test_a_body_that_words_name_is_not_the_agency_that_says_them(inside):
    text = f"The River Agency closed the pier. “As {inside} asked, every boat is checked,” the agency said."
    doc = parsed(text)
    for name in ("River Agency", "Drug Agency"):
        entity_id = f"organisation:{name}"
        doc._.entities[entity_id] = Entity(entity_id, "ORG", name, kind="agency")
        at = text.find(name)
        if at >= 0:
            doc._.mentions = [*doc._.mentions, Mention(at, at + len(name), "ORG", entity_id, "named")]
    assert [quote.speaker for quote in find_quotes(doc)] == ["River Agency"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("After the match Lee told the players they had earned it.", ["they had earned it"]),
        ("Lee informed the owners they owed back taxes.", ["they owed back taxes"]),
        ("Lee told the women they met to go home.", []),
    ],
)
def test_what_is_told_without_that_begins_after_those_who_are_told(text, told):
    assert [text[quote.start : quote.end] for quote in find_quotes(parsed(text, Lee=ANN))] == told


@pytest.mark.parametrize(("lead", "speaker"), [("Mayor Bo Kim", "Kim"), ("With Bo Kim", "")])
def test_a_name_cut_off_from_its_verb_by_furniture_speaks_unless_a_preposition_leads_to_it(lead, speaker):
    text = f"{lead} READ MORE claimed that the pier was safe."
    doc = parsed(text, Kim=BO)
    cut = text.index(" READ"), text.index(" claimed")
    doc._.blocks = [
        Block(0, cut[0], "body", 0),
        Block(cut[0], cut[1], "related", 0),
        Block(cut[1], len(text), "body", 0),
    ]
    verb = next(token for token in doc if token.text == "claimed")
    assert str(name_cut_off(layout_of(doc), verb) or "") == speaker

"""What is said ends before a clause of the outlet's, and is told by whoever ends its sentence."""

import pytest

from pipeline.core.parse import load_model
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.component import find_quotes
from pipeline.quotes.indirect.outlet_clauses import before_outlet_clause
from tests.pipeline.reading_quotes import ANN, BO, parsed
from tests.pipeline.test_bounds import contents


def ends(text, cue):
    """The words after ``cue`` up to the end of the text, without what is the outlet's."""
    layout = layout_of(load_model()(text))
    token = next(token for token in layout.doc if token.lower_ == cue)
    last = before_outlet_clause(layout, token, token.i + 1, len(layout.doc) - 1)
    return layout.doc.source[token.i + 1 : last].text


@pytest.mark.parametrize(
    ("text", "cue", "words"),
    [
        ("As Lee announced her plan, dock workers were already leaving the pier.", "announced", "her plan"),
        (
            "When the mill responded by telling islanders that it had no bread, the islanders filed a lawsuit.",
            "telling",
            "islanders that it had no bread",
        ),
        (
            "While critics say that if it rains the pier floods, the mayor paid.",
            "say",
            "that if it rains the pier floods",
        ),
        ("The sale (or gift, as Lee insisted it be called) was final.", "insisted", "it be called"),
        ("A ferry that many islanders say is far too old will sail on Monday.", "say", "is far too old"),
        ("Lee noted that Kim cannot sail, which led to a loud response.", "noted", "that Kim cannot sail"),
        ("Lee said the mill must pay for the pier — sparking applause.", "said", "the mill must pay for the pier"),
        ("The mill said it would go on paying, and this message calmed islanders.", "said", "it would go on paying"),
    ],
)
def test_a_statement_ends_before_a_clause_of_the_outlets(text, cue, words):
    assert ends(text, cue) == words


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Lee said that if it rains, the ferry stays in port.", "said"),
        ("Lee said the pier fell, which led to a flood.", "said"),
        ("Because if they paid they would see that when it rains, the pier floods.", "see"),
        ("Lee said the mill would go on paying (for bread), and the pier would stay.", "said"),
        ("Lee said the mill would go on paying, and that bread would be cheap.", "said"),
    ],
)
def test_a_clause_of_the_statement_stays_with_it(text, cue):
    assert text.rstrip(".").endswith(ends(text, cue))


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "His mill took $6,000 in gifts from at least six firms, including sellers of rope, oil and flour, records show.",
            "His mill took $6,000 in gifts from at least six firms, including sellers of rope, oil and flour",
            "records",
        ),
        (
            "The island's ferry, not its bridge, threatened the vital interests of the mill, argued Kim.",
            "The island's ferry, not its bridge, threatened the vital interests of the mill",
            "Kim",
        ),
        (
            "The name of the mill rests upon its age, as Lee has pointed out.",
            "The name of the mill rests upon its age",
            "Lee",
        ),
    ],
)
def test_who_ends_a_sentence_tells_all_of_it(text, words, speaker):
    assert contents(text) == [(words, speaker)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "China, Iran and Russia will hold joint drills starting on Friday in the bay, the ministry said on Thursday.",
            "China, Iran and Russia will hold joint drills starting on Friday in the bay",
        ),
        (
            "Kim, who lived in Dover, Kent, had no reason to lock the door and no reason to leave it, Lee said.",
            "Kim, who lived in Dover, Kent, had no reason to lock the door and no reason to leave it",
        ),
        (
            "Kim told the council how she had found the ferry in the fog, and Bo described to them how it sank.",
            "how it sank",
        ),
        (
            "Judge Ann Lee said the highest court needs more views, speaking as an empty seat has drawn attention.",
            "the highest court needs more views",
        ),
        (
            "Charges were filed against four suspects who police say tortured a deaf man for 48 hours, while shouting.",
            "tortured a deaf man for 48 hours",
        ),
        (
            "The mayors, in their letter, make clear they have not given up hope that the ferry will sail.",
            "they have not given up hope that the ferry will sail",
        ),
        (
            "Mayor Lee of Dover said — while speaking to a club on Wednesday — that she opposes the second ferry.",
            "that she opposes the second ferry",
        ),
        (
            "In Cedar Bayou, Texas, the rains reached 51 inches, a record for the coast, officials say.",
            "In Cedar Bayou, Texas, the rains reached 51 inches, a record for the coast",
        ),
        ("Authorities say both Kim and Lee passed every test.", "both Kim and Lee passed every test"),
        ("As the captain pointed out, that is a reef nobody has seen.", "that is a reef nobody has seen"),
    ],
)
def test_what_is_said_is_whole_and_begins_with_itself(text, words):
    assert words in [found for found, _ in contents(text)]


def test_who_is_told_to_do_something_says_nothing():
    assert contents("At one point, the man was held on the ferry and told to curse the captain.") == []


def test_a_short_denial_leaves_what_is_admitted_next_to_itself():
    text = "Lee denied it but acknowledged using a false name in letters to the mill."
    assert contents(text) == [("using a false name in letters to the mill", "Lee")]


def test_what_somebody_is_fond_of_saying_is_theirs():
    text = "Although Lee is fond of saying that the ferry has run its last race, she bought a ticket."
    assert contents(text) == [("that the ferry has run its last race", "Lee")]


def test_what_the_author_supposes_is_told_by_who_is_named_for_all():
    text = "Assuming the bill clears the council, a vote will probably follow in June, according to Lee."
    assert [said for _, said in contents(text)] in (["Lee"], [])


def test_who_is_told_is_no_part_of_what_is_said():
    doc = parsed("The mayor told Bo Kim Lee was late for the ferry at noon.", Kim=BO, Lee=ANN)
    words = [doc.text[quote.start : quote.end] for quote in find_quotes(doc)]
    assert words == ["Lee was late for the ferry at noon"]


@pytest.mark.parametrize("link", ["though", "even though", "although"])
def test_what_has_come_since_is_no_part_of_what_was_said(link):
    text = f"Lee said the ferry would sail by spring, {link} nobody has painted it."
    assert contents(text) == [("the ferry would sail by spring", "Lee")]


def test_what_somebody_sets_against_her_own_words_is_hers():
    text = "Lee said she would sail again, though she was tired of the sea."
    assert contents(text) == [("she would sail again, though she was tired of the sea", "Lee")]


def test_each_of_a_list_of_speakers_says_his_own():
    text = (
        "Lee said the ferry would sink, nurse Clara Denk said it would save an hour, and Kim said he would row anyway."
    )
    assert contents(text) == [
        ("the ferry would sink", "Lee"),
        ("it would save an hour", "Clara Denk"),
        ("he would row anyway", "Kim"),
    ]


def test_a_measure_by_which_things_are_done_says_nothing():
    assert contents("Fares are charged according to the weight of the bag.") == []
    assert contents("Rowers are paid according to the miles they row.") == []
    assert [said for _, said in contents("The fares were changed according to the harbor master's letter.")] != []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The letter, which Lee said was old, was leaked to the Gazette in May.", ("was old", "Lee")),
        (
            "Lee said during an afternoon speech that she was not expecting further storms.",
            ("that she was not expecting further storms", "Lee"),
        ),
        ("Lee told friends privately the ferry was doomed.", ("the ferry was doomed", "Lee")),
        (
            "Lee told the town that drivers not only risk their necks, but they could also sink the ferry.",
            ("that drivers not only risk their necks, but they could also sink the ferry", "Lee"),
        ),
        (
            "The owner, following the storm in May, called on drivers to wait for the tide.",
            ("on drivers to wait for the tide", "The owner"),
        ),
    ],
)
def test_what_is_said_is_whole_and_of_whoever_says_it(text, found):
    assert contents(text) == [found]


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("He believes many shops have been forced to close over the fees, as he told the Gazette.", "as he"),
        ("Lee called the drivers “river rats,” among other insults.", "among"),
    ],
)
def test_a_remark_on_how_else_it_was_said_is_the_outlets(text, remark):
    found = [words for words, _ in contents(text)]
    assert found
    assert not any(remark in words for words in found)


@pytest.mark.parametrize(
    "text",
    [
        "According to Ann Lee, the board told her that the roof was “a disgrace” to the town.",
        "According to Ann Lee, the court said they found this habit “troubling.”",
        "The court said it is “worried that letters, sent at night,” show a man who “holds a grudge,” according to Ann Lee.",
    ],
)
def test_who_only_passes_words_on_does_not_say_them(text):
    (quote,) = find_quotes(parsed(text, Lee=ANN))
    assert quote.speaker in {"the board", "the court", "The court"}

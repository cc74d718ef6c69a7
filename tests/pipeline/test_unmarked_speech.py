"""Speech that stands in a paragraph of its own without quotation marks."""

from pipeline.quotes.component import find_quotes
from tests.pipeline.test_quotes import ANN, BO, parsed, read

INTERVIEW = """We met Ann Lee, who has run the ferry for nine years.

Gazette: Why do you sail at night?

AL: The tide is high then, and the sea is calm.

Gazette: Are you ever afraid of the rocks?

AL: Not any more. I was in my first year."""


def turns(text, **people):
    return [(words.split()[0], kind, said) for words, kind, said in read(text, **people)]


def test_initials_in_an_interview_stand_for_whom_it_is_with():
    answers = [turn for turn in turns(INTERVIEW, Lee=ANN) if turn[0] in {"The", "Not"}]
    assert answers == [("The", "transcript", "Ann Lee"), ("Not", "transcript", "Ann Lee")]


def test_who_answers_is_whom_the_text_before_is_about():
    text = INTERVIEW.replace("Gazette:", "Q:").replace("AL:", "A:")
    found = turns(text, Lee=ANN)
    assert [said for word, _, said in found if word in {"The", "Not"}] == ["Ann Lee", "Ann Lee"]
    assert [said for word, _, said in found if word in {"Why", "Are"}] == ["", ""]


def test_surnames_parties_and_times_before_a_colon_are_labels():
    text = """SEN. ANN LEE (D-Me.): The harbor is full of ice.

[10:02] BO KIM, HOST: When will the ferry sail?

LEE: On the first day of spring.

KIM (10:03): We thank you for that."""
    assert [words for words, kind, _ in read(text) if kind == "transcript"] == [
        "The harbor is full of ice.",
        "When will the ferry sail?",
        "On the first day of spring.",
        "We thank you for that.",
    ]


def test_facts_with_labels_are_no_interview():
    assert read("Date: Friday in the harbor\n\nPlace: The old pier\n\nFare: Two dollars a head") == []


def test_lines_after_dashes_are_dialogue_where_one_says_who_speaks():
    text = """The two met on the pier.

— Is the ferry late again today?

— It sank, answered the pilot. We shall have to row.

They rowed."""
    assert read(text) == [
        ("Is the ferry late again today?", "transcript", ""),
        ("It sank", "transcript", "the pilot"),
        ("We shall have to row.", "transcript", "the pilot"),
    ]


def test_a_list_after_dashes_is_no_dialogue():
    assert (
        read("Three things will change:\n\n— The fare rises in May.\n\n— The ferry sails at night.\n\nThat is all.")
        == []
    )


def test_a_paragraph_that_a_cue_and_a_colon_lead_to_is_that_speakers():
    text = "Ann Lee told the crew about the storm:\n\nIt came over the island at noon and took the roof of the church.\n\nThe crew left."
    (quote,) = find_quotes(parsed(text, Lee=ANN))
    assert (quote.kind, quote.speaker, text[quote.start : quote.start + 2]) == ("transcript", "Ann Lee", "It")


def test_a_paragraph_that_a_paper_reports_after_a_colon_is_the_papers():
    text = "The Harbor Gazette reports:\n\nMany of the islanders were cut off from the coast for a week or more.\n\nThe storm passed."
    (quote,) = find_quotes(parsed(text))
    assert (quote.kind, quote.speaker) == ("transcript", "The Harbor Gazette")
    assert read(text.replace("reports:", "lists:")) == []


def test_a_paragraph_after_a_colon_that_tells_who_speaks_itself_is_narration():
    text = "Ann Lee told the crew about the storm:\n\nBo Kim said it had come over the island at noon and gone.\n\nThe crew left."
    assert all(kind == "indirect" for _, kind, _ in read(text, Lee=ANN, Kim=BO))


def test_a_post_is_whose_handle_stands_below_it():
    text = "The storm passed at noon.\n\nAll of the crew are safe and the ferry sails again tonight.\n\n— Ann Lee (@annleeferry) June 3, 2021"
    assert ("All", "transcript", "Ann Lee") in turns(text, Lee=ANN)


def test_a_post_may_hold_a_dash_of_its_own():
    text = "The storm passed at noon.\n\nAll of us are safe- I also sail tonight. — Ann Lee (@annleeferry) June 3, 2021"
    assert ("All", "transcript", "Ann Lee") in turns(text, Lee=ANN)


def test_a_label_at_the_head_of_a_block_quote_is_no_word_of_it():
    text = (
        "Ann Lee said this in a talk with the town on Monday:\n\nLEE: I sailed the ferry for nine years and was fine."
    )
    assert [(first, kind) for first, kind, _ in turns(text, Lee=ANN)][-1] == ("I", "transcript")


def test_a_name_beside_what_somebody_is_speaks_between_dashes():
    text = "The boat came back.\n\n— They are safe, said the pilot, Ann Lee.\n\n— Thank God, whispered Bo Kim."
    assert [said for _, _, said in read(text, Lee=ANN, Kim=BO)] == ["Ann Lee", "Bo Kim"]

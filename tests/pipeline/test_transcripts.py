"""Transcripts give each turn to the name before it; headlines in capitals and lists are none."""

from tests.pipeline.reading_quotes import read

ANN, BO = "person:ann-lee", "person:bo-kim"

TRANSCRIPT = """ANN LEE: We will open the bridge in May. The town has waited "long enough" for it.

KIM: And what will it cost?

LEE: Less than the old one, as the council said it would."""
MARKED_TRANSCRIPT = """“ANN LEE: We will open the bridge in May.

“KIM: And what will it cost?

“LEE: Less than the old one.

“It will last for longer, too.

“(APPLAUSE.)

“KIM: So the council says.”"""


def test_a_transcript_gives_each_paragraph_to_the_name_before_it():
    found = [(words.split()[0], kind, said) for words, kind, said in read(TRANSCRIPT)]
    assert found == [("We", "transcript", "ANN LEE"), ("And", "transcript", "KIM"), ("Less", "transcript", "LEE")]


def test_a_transcript_inside_quotation_marks_is_read_by_its_names():
    found = [(words.split()[0], said) for words, kind, said in read(MARKED_TRANSCRIPT) if kind == "transcript"]
    assert found == [("We", "ANN LEE"), ("And", "KIM"), ("Less", "LEE"), ("It", "LEE"), ("So", "KIM")]


def test_words_in_capitals_in_a_headline_of_capitals_are_no_title():
    text = "Ann Lee Speaks ‘Directly To Old Friends’ At The Bridge"
    assert [kind for _, kind, _ in read(text)] == ["direct"]


def test_short_sentences_that_end_a_paragraph_go_on_with_its_quotation():
    text = 'All stood. "Here comes Ann," she said. "Ann Lee. Big Ann."'
    assert [kind for _, kind, _ in read(text)] == ["direct", "direct"]


def test_a_list_with_labels_is_no_transcript():
    assert read("UPDATE: The bridge is open.\n\nUPDATE: The road is closed.\n\nUPDATE: The bridge is closed.") == []


def turns(text, **people):
    return [(words, said) for words, kind, said in read(text, **people) if kind == "transcript"]


def test_turns_within_a_paragraph_are_told_apart():
    text = "Ann Lee and Bo Kim met on air. LEE: The bridge is old. KIM: It is not old. LEE: You know that it is!"
    assert turns(text, Lee=ANN, Kim=BO) == [
        ("The bridge is old.", "Ann Lee"),
        ("It is not old.", "Bo Kim"),
        ("You know that it is!", "Ann Lee"),
    ]


def test_an_answer_within_a_line_is_of_whoever_was_told_of():
    text = "Bo Kim, the harbor master, spoke on Monday. Q: How old is the ferry? A: It was built in May. Q: Is it safe?"
    assert turns(text, Kim=BO) == [
        ("How old is the ferry?", ""),
        ("It was built in May.", "Bo Kim"),
        ("Is it safe?", ""),
    ]


def test_a_title_between_known_labels_is_a_label_too():
    text = "Ann Lee met Bo Kim. LEE: The bridge is old. REPORTER: How old is it? KIM: Older than you. LEE: It is new."
    assert [said for _, said in turns(text, Lee=ANN, Kim=BO)] == ["Ann Lee", "REPORTER", "Bo Kim", "Ann Lee"]


def test_what_follows_a_talk_set_in_one_paragraph_is_the_outlets():
    text = (
        "Ann Lee met Bo Kim.\n\nLEE: The bridge is old. KIM: It is not old at all.\n\nThe town has two bridges and one ferry.\n\n"
        "LEE: It falls apart. KIM: It stands where it stood."
    )
    assert [said for _, said in turns(text, Lee=ANN, Kim=BO)] == ["Ann Lee", "Bo Kim", "Ann Lee", "Bo Kim"]
    assert all("two bridges" not in words for words, _ in turns(text, Lee=ANN, Kim=BO))


def test_links_and_lists_within_a_paragraph_are_no_talk():
    assert (
        turns("Ann Lee prayed on Monday. RELATED: Bibles at the town hall. RELATED: Ann Lee on faith.", Lee=ANN) == []
    )
    assert turns("WHO: Ann Lee of the harbor. WHAT: A talk on ferries. WHERE: The old mill.", Lee=ANN) == []


def test_a_label_before_links_is_no_speaker():
    text = "PHOTOS: Fog over the bay\n\nIt cleared at noon.\n\nPHOTOS: Ferries in the sun\n\nIN ELMSFORD: Boats for all"
    assert read(text) == []

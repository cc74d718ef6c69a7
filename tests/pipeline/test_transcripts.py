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

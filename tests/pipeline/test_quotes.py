"""Quotes: whose words stand in an article, by which cue, and whose name they come under."""

import pytest
from spacy.tokens import Doc

from pipeline.core.annotations import Block, Entity, Mention
from pipeline.core.cues import cue_forms
from pipeline.core.parse import load_model
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.component import find_quotes
from pipeline.quotes.speaker_resolution import Names
from store.schema import CUE_CLASSES, QUOTE_KINDS
from tests.pipeline.reading_quotes import only, parsed, read, speaker_words

ANN, BO = "person:ann-lee", "person:bo-kim"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"The bridge will reopen in May," Ann Lee said on Monday.', "Ann Lee"),
        ('"The bridge will reopen in May," said Mayor Ann Lee.', "Mayor Ann Lee"),
        ('Ann Lee told reporters: "The bridge will reopen in May."', "Ann Lee"),
        ('"The bridge will reopen in May," a city spokesman told the Herald.', "a city spokesman"),
        ('"The bridge will reopen in May," according to a police report.', "a police report"),
        ('"The bridge will reopen in May!" the crowd chanted.', "the crowd"),
        ('The crowd, which Bo Kim had joined, shouted, "The bridge will reopen in May!"', "The crowd"),
    ],
)
def test_the_speaker_is_the_noun_phrase_the_cue_belongs_to(text, speaker):
    quote = only(text)
    assert (quote.kind, speaker_words(text, quote)) == ("direct", speaker)


def test_words_split_by_their_cue_are_fragments_of_one_attribution():
    text = '"The bridge will reopen," Ann Lee said. "It will take a month."'
    first, second = find_quotes(parsed(text, Lee=ANN))
    assert first.attribution == second.attribution
    assert {first.speaker_id, second.speaker_id} == {ANN}


def test_a_pronoun_speaks_for_the_person_named_before():
    text = 'Ann Lee met Bo Kim at the bridge. "It will reopen in May," she said.'
    quote = find_quotes(parsed(text, Lee=ANN, Kim=BO))[-1]
    assert (quote.speaker_id, quote.resolution) == (ANN, "pronoun")
    assert speaker_words(text, quote) == "she"


def test_they_of_a_spokesperson_is_the_spokesperson():
    text = '"The bridge will reopen," a city spokesperson said.\n"It will take a month," they said.'
    assert [q.speaker for q in find_quotes(parsed(text))] == ["a city spokesperson"] * 2


def test_a_quotation_without_a_cue_goes_on_from_the_last_speaker():
    text = '"The bridge will reopen," Ann Lee said.\n"It will take a month, or two at most."'
    quote = find_quotes(parsed(text, Lee=ANN))[-1]
    assert (quote.speaker_id, quote.resolution) == (ANN, "carried on")


def test_the_cue_may_stand_in_the_paragraph_before():
    text = 'Ann Lee put it in plain words:\n"The bridge will reopen in May."'
    assert find_quotes(parsed(text, Lee=ANN))[-1].speaker_id == ANN


@pytest.mark.parametrize("gap", ["\n", "\n\n", " "])
def test_a_name_after_a_dash_signs_the_quotation_before_it(gap):
    text = f"“The bridge will reopen in May.”{gap}– Ann Lee, mayor of Springfield"
    quote = find_quotes(parsed(text, Lee=ANN))[0]
    assert (quote.speaker_id, quote.resolution) == (ANN, "dash line")


def test_clauses_are_indirect_quotes():
    text = "Ann Lee said that the bridge would reopen in May."
    assert read(text, Lee=ANN) == [("that the bridge would reopen in May", "indirect", "Ann Lee")]


def test_a_clause_with_quoted_words_is_mixed():
    text = 'Ann Lee said the old bridge was "a danger to everybody" in town.'
    quote = only(text, Lee=ANN)
    assert quote.kind == "mixed"
    assert [text[start:end] for start, end in quote.quoted] == ["a danger to everybody"]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “smart” bridge cost a fortune.",
        "He appeared on “Good Morning Springfield” with his dog.",
        "The song “Bridge Over the River” played.",
    ],
)
def test_scare_quotes_and_titles_are_terms_that_nobody_said(text):
    quote = only(text)
    assert (quote.kind, quote.speaker_id, quote.speaker) == ("term", "", "")


def test_the_word_chosen_for_saying_is_classed():
    text = '"The bridge is safe," Ann Lee claimed. "It is not," Bo Kim insisted.'
    assert [(q.cue, q.cue_class) for q in find_quotes(parsed(text))] == [
        ("claim", "doubting"),
        ("insist", "assertive"),
    ]


def test_furniture_is_not_searched():
    doc = parsed('"The bridge will reopen," Ann Lee said.')
    doc._.blocks = [Block(0, len(doc.text), "furniture", 0, "link")]
    assert find_quotes(doc) == []


def test_no_blocks_mean_one_body():
    text = '"The bridge will reopen," Ann Lee said.'
    doc = load_model()(text)
    assert [q.kind for q in find_quotes(doc)] == ["direct"]


def test_a_parse_made_by_hand_is_enough():
    doc = Doc(
        load_model().vocab,
        words=["“", "We", "won", ",", "”", "Lee", "said", "."],
        spaces=[False, True, False, False, True, True, False, False],
        heads=[2, 2, 6, 6, 6, 6, 6, 6],
        deps=["punct", "nsubj", "ccomp", "punct", "punct", "nsubj", "ROOT", "punct"],
        pos=["PUNCT", "PRON", "VERB", "PUNCT", "PUNCT", "PROPN", "VERB", "PUNCT"],
        tags=["``", "PRP", "VBD", ",", "''", "NNP", "VBD", "."],
    )
    (quote,) = find_quotes(doc)
    assert (quote.speaker, quote.cue) == ("Lee", "say")


def test_kinds_and_classes_are_those_of_the_tables():
    text = '"The bridge will reopen," Ann Lee boasted. Bo Kim slammed her plan. The “smart” bridge is old.'
    quotes = find_quotes(parsed(text, Lee=ANN, Kim=BO))
    assert {q.kind for q in quotes} <= set(QUOTE_KINDS)
    assert {cue.cue_class for cue in cue_forms().values()} <= set(CUE_CLASSES)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor released a plan to repair the old bridge by May.",
        "The mayor ignored the calls to repair the old bridge.",
        "It is important to recognize that the old bridge is closed.",
        "This means that the old bridge stays closed until May.",
        "The council is expected to close the old bridge in May.",
    ],
)
def test_acts_and_what_nobody_says_are_no_attributions(text):
    assert read(text) == []


@pytest.mark.parametrize("verb", ["said", "believes", "announced", "promised", "complained"])
def test_what_somebody_says_or_thinks_is_an_indirect_quote(verb):
    assert read(f"The mayor {verb} that the old bridge will reopen in May.")[0][1:] == ("indirect", "The mayor")


@pytest.mark.parametrize(
    "text",
    [
        'The town has made arrests in its "quiet zones," two officials confirmed on Friday.',
        'The mayor approved the plan on an "emergency" basis.',
        'Trees known as "sleepers" line the road.',
        'The council worked to end its "open gate" policy, the mayor said on Friday.',
    ],
)
def test_a_few_marked_words_in_a_clause_of_the_outlet_are_a_term(text):
    assert "direct" not in [kind for _, kind, _ in read(text)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Ann Lee called it "a disgrace" on Friday.', "Ann Lee"),
        ('Ann Lee referred to him as a "gift" in May.', "Ann Lee"),
        ('Ann Lee answered "no" and left.', "Ann Lee"),
        ('Ann Lee called the offer of the town "a bold solution" to reopen the bridge.', "Ann Lee"),
        ("That made what critics call a “catch-and-keep” policy.", "critics"),
        ('Ann Lee said the bridge is "unsafe" and old.', "Ann Lee"),
    ],
)
def test_a_few_marked_words_that_a_cue_reports_keep_their_speaker(text, speaker):
    assert speaker in [said for _, _, said in read(text)]


def test_a_party_and_state_after_a_name_are_not_the_speaker():
    text = '"First, the mayor must open the gates today," said Durbin, D-Ill., "Second, I cannot support the offer."'
    doc = parsed(text, Durbin=ANN)
    place = "place:us-il"
    doc._.entities[place] = Entity(place, "JURISDICTION", "Illinois")
    start = text.index("Ill.")
    doc._.mentions = [*doc._.mentions, Mention(start, start + 4, "JURISDICTION", place, "abbreviation")]
    assert {quote.speaker_id for quote in find_quotes(doc)} == {ANN}


def test_what_somebody_is_asked_is_not_what_they_say():
    text = '"I do not know, I really do not," said Rep. Ann Lee, when asked what could garner enough votes.'
    assert [(kind, said) for _, kind, said in read(text, Lee=ANN)] == [("direct", "Ann Lee"), ("indirect", "")]


def test_marked_words_in_an_aside_belong_to_whom_the_aside_names():
    text = 'Some guests bashed Bo Kim for the music, including his host Ann Lee, who called it a "grave mistake."'
    assert [said for words, _, said in read(text, Kim=BO, Lee=ANN) if "grave mistake" in words] == ["Ann Lee"]


def test_a_speaker_is_named_over_marked_words():
    text = "Members of the “Big Six” said Wednesday that they hope to end the talks soon."
    assert "Members of the “Big Six”" in [said for _, _, said in read(text)]


def test_who_answers_is_not_who_asked():
    text = 'Ann Lee spoke on Friday. A reporter noted that the bridge is old. "It will last for years," she replied.'
    assert read(text, Lee=ANN)[-1][1:] == ("direct", "Ann Lee")


def test_a_person_whose_title_begins_with_a_body_speaks_for_themselves():
    """The parser takes `Center` for the subject of `says`, and all after `for` as what it is for."""
    words = ["Center", "for", "Roads", "Director", "Ann", "Lee", "says", "so"]
    doc = Doc(
        load_model().vocab,
        words=words,
        heads=[6, 0, 3, 5, 5, 1, 6, 6],
        deps=["nsubj", "prep", "compound", "compound", "compound", "pobj", "ROOT", "advmod"],
        pos=["PROPN", "ADP", "PROPN", "PROPN", "PROPN", "PROPN", "VERB", "ADV"],
        tags=["NNP", "IN", "NNP", "NNP", "NNP", "NNP", "VBZ", "RB"],
    )
    doc._.blocks = [Block(0, len(doc.text), "body", 0)]
    doc._.entities = {
        "org:center": Entity("org:center", "ORG", "Center for Roads"),
        ANN: Entity(ANN, "PERSON", "Ann Lee"),
    }
    body, person = doc.text.index(" Director"), doc.text.index("Ann")
    doc._.mentions = [
        Mention(0, body, "ORG", "org:center", "named"),
        Mention(person, person + len("Ann Lee"), "PERSON", ANN, "named"),
    ]
    assert Names(layout_of(doc)).of(doc[0], 0, 6)[:2] == (ANN, "Ann Lee")
    doc._.mentions = doc._.mentions[:1]
    assert Names(layout_of(doc)).of(doc[0], 0, 6)[:2] == ("org:center", "Center for Roads")


def test_a_pronoun_that_stands_for_nobody_known_is_no_name():
    text = '"The bridge will reopen in May," he said.'
    quote = only(text)
    assert (quote.speaker, speaker_words(text, quote)) == ("", "he")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ann Lee said on Friday that the bridge will reopen in May.", "that the bridge will reopen in May"),
        ("Ann Lee said Friday the bridge will reopen in May.", "the bridge will reopen in May"),
        ("The bridge will reopen in May, Ann Lee said in a statement.", "The bridge will reopen in May"),
        ("Ann Lee said the bridge will reopen, adding that the tunnel stays closed.", "the bridge will reopen"),
        ("Ann Lee told the Herald on Friday that the plan is dead.", "that the plan is dead"),
        ("The mayor pledged to lower the budget.", "to lower the budget"),
    ],
)
def test_a_content_ends_where_the_story_goes_on(text, content):
    found = [words for words, kind, _ in read(text, Lee=ANN) if kind == "indirect"]
    assert found[0] == content


@pytest.mark.parametrize(
    "text",
    [
        'Ann Lee argued that a new bridge would keep people from leaving, saying it is "all about the commute."',
        'Ann Lee answered the town by sending a link of a study proving "bridges are less likely to fail than roads."',
    ],
)
def test_a_thing_does_not_speak_where_the_subject_of_an_outer_clause_can(text):
    assert speaker_words(text, find_quotes(parsed(text, Lee=ANN))[-1]) == "Ann Lee"


def test_a_clause_after_the_cue_does_not_take_its_quotation_away():
    text = '"What does that mean for the bridge?" Ann Lee asked, repeating that the town was poor.'
    assert speaker_words(text, find_quotes(parsed(text, Lee=ANN))[0]) == "Ann Lee"


@pytest.mark.parametrize(
    "text",
    [
        "The early figures indicate a shift in the city's plan.",
        "Ann Lee spoke for an hour, pointing to a new law that limits parking.",
    ],
)
def test_what_is_shown_is_not_said(text):
    assert [words for words, kind, _ in read(text, Lee=ANN) if "shift" in words or "law" in words] == []


def test_a_claim_has_an_owner():
    text = "The vote came after Bo Kim's assertion that the bridge is unsafe."
    assert ("that the bridge is unsafe", "indirect", "Bo Kim") in read(text, Kim=BO)


def test_who_is_asked_does_not_speak_the_question():
    text = 'Ann Lee was asked, "Would you have told the town that the bridge is old?"'
    assert all(quote.resolution != "subject of the cue" for quote in find_quotes(parsed(text, Lee=ANN)))


def test_a_name_before_a_colon_speaks_where_the_subject_is_a_thing():
    text = 'The timing of the flood does not surprise Ann Lee: "The bridge was never built for such a river."'
    assert speaker_words(text, find_quotes(parsed(text, Lee=ANN))[-1]) == "Ann Lee"


def test_a_line_below_or_beside_a_quotation_signs_it_with_the_paper():
    text = (
        "The town is divided over the bridge.\n“The bridge has cost us more than it ever gave…\n"
        "“Close it, and do so before the winter comes.”\nAnn Lee, Washington Post\n"
        "“Keep the bridge open for all of us.” Bo Kim, New York Times"
    )
    doc = parsed(text, Lee=ANN, Kim=BO)
    papers = ("Washington Post", "New York Times")
    places = [(text.find(paper), paper) for paper in papers]
    named = [Mention(at, at + len(paper), "ORG", f"organisation:{at}", "named") for at, paper in places]
    doc._.mentions = sorted([*doc._.mentions, *named], key=lambda m: m.start)
    found = [q for q in find_quotes(doc) if q.kind == "direct"]
    assert [(q.resolution, speaker_words(text, q)) for q in found] == [
        ("dash line", "Ann Lee"),
        ("dash line", "Ann Lee"),
        ("dash line", "Bo Kim"),
    ]


@pytest.mark.parametrize(
    ("line", "signed"),
    [("– tweet on Sunday by Ann Lee", True), ("– Ann Lee", True), ("– Ann Lee –", False)],
)
def test_a_credit_after_a_dash_signs_and_a_heading_between_dashes_does_not(line, signed):
    text = f"The bridge fell.\n“It was never safe for anybody to use it.”\n{line}\nIt will be mended."
    (quote,) = find_quotes(parsed(text, Lee=ANN))
    assert (quote.resolution == "dash line") is signed


def test_a_question_of_nobody_is_not_of_the_one_asked():
    text = "Ann Lee answered “no” when asked if “unsafe bridges” closed by the town should be opened to all drivers."
    found = [(text[q.start : q.end], q.kind, q.speaker_id) for q in find_quotes(parsed(text, Lee=ANN))]
    assert found == [("“no”", "direct", ANN), ("“unsafe bridges”", "term", "")]


def test_a_name_after_a_preposition_begins_after_the_initialism_that_ends_a_sentence():
    text = (
        "Work grows as the agency looks to build bridges across the U.S. Highway officials announced that all is safe."
    )
    quote = find_quotes(parsed(text))[-1]
    assert speaker_words(text, quote) == "Highway officials"


def test_who_goes_on_speaking_where_paragraphs_run_together_is_the_same():
    text = 'It rained.Kim left.Lee told Kim: "The tide is low.""We cannot wait for good weather."Drivers want a bridge.'
    text = text.replace('low.""We', 'low."We')
    assert ('"We cannot wait for good weather."', "direct", "Ann Lee") in read(text, Lee=ANN, Kim=BO)

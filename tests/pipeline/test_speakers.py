"""Who is taken for the subject of a cue, and which words name them."""

import pytest
from spacy.tokens import Doc

from pipeline.core.annotations import Block, Entity, Mention
from pipeline.core.parse import load_model
from pipeline.core.token_table import tokens_of
from pipeline.quotes.component import find_quotes
from pipeline.quotes.cue_subject import subject_of
from tests.pipeline.reading_quotes import ANN, BO, CY, parsed, read, speaker_words


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Whatever their differences, though, campaigners in both towns expressed hope that it would reopen.",
            "campaigners in both towns",
        ),
        ("Her doubts about the plan notwithstanding, drivers agree that the old bridge should be closed.", "drivers"),
        (
            "The bridge remained closed on Friday as Senator Ann Lee tried to stop it, accusing him of hiding the costs.",
            "Senator Ann Lee",
        ),
        (
            "At a lunch sponsored by The Springfield Herald, Mayors Lee and Kim said the bridge would reopen in May.",
            "Mayors Lee and Kim",
        ),
        ("Local campaigners on Monday condemned the decision to close the old bridge.", "Local campaigners"),
        ("Lee earlier Friday denied that the bridge would be closed.", "Lee"),
        (
            "Kim, whom Lee fired in May 2017, denied Thursday that sharing the logs constituted a leak of secrets.",
            "Kim",
        ),
    ],
)
def test_a_speaker_is_who_can_speak_nearest_to_the_cue_and_no_time_is_among_the_words(text, speaker):
    assert [speaker_words(text, quote) for quote in find_quotes(parsed(text))] == [speaker]


def test_the_time_of_a_paper_is_a_part_of_its_name():
    text = "A letter on Monday said that the bridge would be closed."
    assert speaker_words(text, find_quotes(parsed(text))[0]) == "A letter on Monday"


@pytest.mark.parametrize(
    ("words", "tags", "heads", "deps", "speaker"),
    [
        (
            ["Drivers", "hoping", "loudly", "demand", "bridges"],
            ["NNS", "VBG", "RB", "VBP", "NNS"],
            [1, 3, 1, 3, 3],
            ["nsubj", "csubj", "advmod", "ROOT", "dobj"],
            "Drivers",
        ),
        (
            ["That", "Lee", "left", "means", "trouble"],
            ["IN", "NNP", "VBD", "VBZ", "NN"],
            [2, 2, 3, 3, 3],
            ["mark", "nsubj", "csubj", "ROOT", "dobj"],
            None,
        ),
        (
            ["Her", "ex", "-", "wife", "agrees"],
            ["PRP$", "NN", "HYPH", "NN", "VBZ"],
            [1, 4, 3, 4, 4],
            ["poss", "nsubj", "punct", "nsubj", "ROOT"],
            "wife",
        ),
    ],
)
def test_no_clause_is_the_subject_of_a_cue(words, tags, heads, deps, speaker):
    pos = ["VERB" if tag.startswith("V") else "NOUN" for tag in tags]
    doc = Doc(load_model().vocab, words=words, tags=tags, pos=pos, heads=heads, deps=deps)
    found = subject_of(tokens_of(doc)[deps.index("ROOT")], lambda _: True)
    assert (found.text if found is not None else None) == speaker


def test_a_cue_right_before_a_colon_leads_to_the_quotation_after_it():
    text = (
        "Mayor Bo Kim said on Thursday that he was not happy with it, and Senator Ann Lee of Springfield tweeted on "
        'Friday: "Open the bridge. It is that simple."'
    )
    clause, quotation = find_quotes(parsed(text))
    assert speaker_words(text, clause) == "Mayor Bo Kim"
    assert speaker_words(text, quotation) == "Senator Ann Lee of Springfield"


def test_somebody_beside_the_verb_comes_before_a_body_that_leads_in():
    words = ["Herald", "News", "Tonight", ",", "Lee", "said", "it", "leaked"]
    doc = Doc(
        load_model().vocab,
        words=words,
        tags=["NNP", "NNP", "NNP", ",", "NNP", "VBD", "PRP", "VBD"],
        heads=[1, 5, 5, 5, 5, 5, 7, 5],
        deps=["compound", "nsubj", "npadvmod", "punct", "nsubj", "ROOT", "nsubj", "ccomp"],
        pos=["PROPN", "PROPN", "PROPN", "PUNCT", "PROPN", "VERB", "PRON", "VERB"],
        ents=["B-ORG", "I-ORG", "B-TIME", "O", "B-PERSON", "O", "O", "O"],
    )
    assert subject_of(tokens_of(doc)[5], lambda _: True).text == "Lee"


def test_somebody_after_what_leads_in_speaks_though_the_parse_explains_the_outlet_by_them():
    words = ["In", "the", "Herald", ",", "Lee", ",", "a", "baker", ",", "said", "it", "leaked"]
    doc = Doc(
        load_model().vocab,
        words=words,
        tags=["IN", "DT", "NNP", ",", "NNP", ",", "DT", "NN", ",", "VBD", "PRP", "VBD"],
        heads=[9, 2, 0, 2, 2, 4, 7, 4, 9, 9, 11, 9],
        deps=[
            *["prep", "det", "pobj", "punct", "appos", "punct", "det", "appos"],
            *["punct", "ROOT", "nsubj", "ccomp"],
        ],
        pos=["ADP", "DET", "PROPN", "PUNCT", "PROPN", "PUNCT", "DET", "NOUN", "PUNCT", "VERB", "PRON", "VERB"],
        ents=["O", "B-ORG", "I-ORG", "O", "B-PERSON", "O", "O", "O", "O", "O", "O", "O"],
    )
    assert subject_of(tokens_of(doc)[9], lambda _: True).text == "Lee"


def test_a_title_with_a_full_stop_ends_no_sentence():
    text = "“Most have never run one,” said Staff Sgt. Ann Lee.\n\nA few left."
    (quote,) = find_quotes(parsed(text, Lee=ANN))
    assert quote.speaker == "Ann Lee"


@pytest.mark.parametrize(
    ("verb", "speaker"), [("spoke at noon", "Ann Lee"), ("said it was old", "The acting director")]
)
def test_a_role_is_the_one_named_next_who_says_nothing_else(verb, speaker):
    text = f"The acting director said the bridge was closed. Ann Lee {verb}."
    assert find_quotes(parsed(text, Lee=ANN))[0].speaker == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Sen. Ann Lee, D-Ohio, who has said the bridge is a “gift,” came by boat.",
        "Drivers for Peace adviser Ann Lee said the bridge was old.",
    ],
)
def test_who_speaks_is_the_person_and_no_word_beside_the_name(text):
    assert [quote.speaker for quote in find_quotes(parsed(text, Lee=ANN))] == ["Ann Lee"]


def test_a_speaker_is_carried_on_over_a_few_paragraphs_of_the_outlets_own():
    narration = "\nThe town built it long ago."
    said = "“The bridge is safe for everybody,” Ann Lee said."
    again = "\n“We will look at every bolt of it again next year.”"
    near = find_quotes(parsed(said + narration + again, Lee=ANN), by_rule=True)
    assert [quote.speaker_id for quote in near] == [ANN, ANN]
    far = find_quotes(parsed(said + 4 * narration + again, Lee=ANN), by_rule=True)
    assert [quote.speaker_id for quote in far] == [ANN, ""]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Lee defended the bridge in a talk aired on Friday by saying that it was safe.", "Ann Lee"),
        ("The comment led Ann Lee to send an email to drivers praising the bridge and saying it was safe.", "Ann Lee"),
        ("Many drivers have issued statements claiming that they like the bridge.", "Many drivers"),
        (
            "The mayor released a copy of the builder's letter telling drivers that the bridge is safe.",
            "the builder's letter",
        ),
        ("The town hired drivers saying that the bridge is safe.", "drivers"),
    ],
)
def test_who_issues_a_paper_or_does_something_by_saying_is_who_speaks(text, speaker):
    assert speaker_words(text, find_quotes(parsed(text))[-1]) == speaker


def test_a_name_told_of_after_a_spokesman_is_whom_a_pronoun_stands_for():
    told = "A spokesman for the county said the bridge was safe. {}He said that it would reopen."
    names = [quote.speaker for quote in find_quotes(parsed(told.format("Bo Kim built it. "), Kim=BO))]
    assert names == ["A spokesman for the county", "Bo Kim"]
    assert {quote.speaker for quote in find_quotes(parsed(told.format("")))} == {"A spokesman for the county"}


def test_they_are_no_single_spokesman():
    text = (
        "A spokesman for the county said the bridge was safe. The drivers met. “We are small,” they wrote in a letter."
    )
    assert find_quotes(parsed(text))[-1].speaker == "The drivers"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A stern critic, Rep. Ann Lee (R., Ohio), said the bridge was safe.", "Ann Lee"),
        ("A spokesman for Speaker Ann Lee (R., Ohio) said the bridge was safe.", None),
    ],
)
def test_a_name_with_brackets_after_a_role_is_who_has_it_unless_the_role_is_for_them(text, name):
    (found,) = {quote.speaker for quote in find_quotes(parsed(text, Lee=ANN))}
    assert (found == "Ann Lee") is (name is not None)


def test_a_word_for_a_people_that_is_alone_with_a_verb_for_one_is_a_surname():
    text = "French said the bridge was safe. The French said the bridge was old."
    doc = load_model()(text)
    france = Entity("place:fr", "JURISDICTION", "France")
    doc._.entities[france.entity_id] = france
    starts = [0, text.index("The French") + len("The ")]
    doc._.mentions = [Mention(at, at + len("French"), "JURISDICTION", france.entity_id, "named") for at in starts]
    doc._.blocks = [Block(0, len(text), "body", 0)]
    assert [quote.speaker for quote in find_quotes(doc)] == ["French", "France"]
    doc._.entities["person:joan-french"] = Entity("person:joan-french", "PERSON", "Joan French")
    assert find_quotes(doc)[0].speaker == "Joan French"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In a note to the council, Mayor Ann Lee asked the town to wait for the bridge.", "Ann Lee"),
        ("The bridge is Ann Lee's work. The 51-year-old insisted that it was safe.", None),
        ("Ann Lee built the bridge. The 51-year-old insisted that it was safe.", "Ann Lee"),
        ("Ann Lee built the bridge. The 51-year-old mill owner insisted that it was safe.", None),
        ("Ann Lee, a longtime critic of the town, said the bridge was old.", "Ann Lee"),
    ],
)
def test_who_is_meant_by_an_age_or_after_what_a_sentence_opens_with(text, name):
    found = find_quotes(parsed(text, Lee=ANN))[-1].speaker
    assert found == name if name else found != "Ann Lee"


def test_they_are_those_who_told_of_others():
    text = "The drivers said the officials were poor. They added that the bridge was old."
    assert find_quotes(parsed(text))[-1].speaker == "The drivers"
    told = "The drivers left. The officials said the bridge was safe. They added that it was old."
    assert find_quotes(parsed(told))[-1].speaker == "The officials"


def test_some_of_a_people_are_not_their_country_and_a_person_named_in_full_is_none():
    text = "Most Americans said the bridge was safe. The Americans said it was old. Holland said it was new."
    doc = load_model()(text)
    places = {
        "us": ("United States", ["Americans said the", "Americans said it"]),
        "nl": ("The Netherlands", ["Holland"]),
    }
    for code, (name, words) in places.items():
        doc._.entities[f"place:{code}"] = Entity(f"place:{code}", "JURISDICTION", name)
        for start in map(text.index, words):
            doc._.mentions.append(Mention(start, text.index(" ", start), "JURISDICTION", f"place:{code}", "named"))
    doc._.blocks = [Block(0, len(text), "body", 0)]
    assert [quote.speaker for quote in find_quotes(doc)] == ["Most Americans", "United States", "The Netherlands"]
    doc._.entities["person:ida-holland"] = Entity("person:ida-holland", "PERSON", "Ida Holland")
    assert find_quotes(doc)[-1].speaker == "Ida Holland"


def test_they_are_the_last_several_who_spoke_where_nobody_nearer_is_told_of():
    text = "The bridge was sued by local campaigners who say they fear it is unsafe. They also say the mayor lied about it."
    assert [quote.speaker for quote in find_quotes(parsed(text))] == ["local campaigners", "local campaigners"]


@pytest.mark.parametrize(
    "text",
    [
        "Asked whether she agreed with the plan so far, Ann Lee was cautious.",
        "“Not yet,” said Ann Lee, the mayor of the island, when asked if she had seen the plan.",
    ],
)
def test_a_question_is_not_of_the_one_who_is_asked(text):
    (asked,) = [quote for quote in find_quotes(parsed(text, Lee=ANN)) if quote.cue == "ask"]
    assert (asked.speaker_id, asked.speaker) == ("", "")


def test_a_question_is_of_the_one_who_asks():
    (asked,) = find_quotes(parsed("Ann Lee asked whether the ferry would sail.", Lee=ANN))
    assert asked.speaker_id == ANN


@pytest.mark.parametrize(
    ("text", "cue", "speaker"),
    [
        (
            "During the protest in Harbor Park, Kim and other sailors detailed plans about noise, calling on us to move it.",
            "call",
            "Kim and other sailors",
        ),
        ("Drivers are right to worry that the ferry will not sail this time.", "worry", "Drivers"),
        (
            "Ann Lee will coax some, although many drivers oppose the so-called ferry provisions and others say they doubt it.",
            "say",
            "others",
        ),
        ("It is right to worry that the ferry will not sail this time.", "worry", None),
    ],
)
def test_a_cue_without_a_subject_has_that_of_what_it_goes_with(text, cue, speaker):
    found = [speaker_words(text, q) for q in find_quotes(parsed(text)) if q.cue == cue and q.speaker_start is not None]
    assert found[-1:] == ([speaker] if speaker else [])


def test_who_speaks_after_marks_is_no_content():
    text = "“Is this not a theft?” demanded one harbor reporter."
    assert [(q.kind, q.speaker) for q in find_quotes(parsed(text))] == [("direct", "one harbor reporter")]


def test_a_wire_in_a_dateline_is_no_subject():
    text = "(CNN) – Vice Mayor Ann Lee laid out a timetable for the ferry, saying she wants to see the council pass a bill."
    doc = parsed(text, Lee=ANN)
    doc._.blocks = [Block(0, 8, "furniture", 0, "dateline"), Block(8, len(text), "body", 0)]
    assert [q.speaker_id for q in find_quotes(doc)] == [ANN]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Standing in front of his bus, Bo Kim on Saturday told islanders he would do “the opposite” of what was done.",
            "Bo Kim",
        ),
        (
            "The Gazette quoted an aide of the manager on Tuesday night who said that the mood was bad.",
            "an aide of the manager on Tuesday night",
        ),
        ("Officials last week said the ferry would sail.", "Officials"),
    ],
)
def test_a_time_speaks_for_nobody(text, speaker):
    (quote,) = find_quotes(parsed(text))
    assert quote.speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The geologists met on the pier. They said the cliff would fall.", "The geologists"),
        (
            "The cliff is moving, according to the harbor authorities. They said it would fall.",
            "the harbor authorities",
        ),
        (
            "Town officials wrote to the miners again, in hopes that more islanders would leave. They said the cliff fell.",
            "Town officials",
        ),
        ("The treaty covers all three islands. It says that the cliff is nobody's.", "The treaty"),
        ("The council's plan is long. It says that the cliff is to be fenced off.", "The council's plan"),
    ],
)
def test_they_and_it_are_whom_the_outlet_last_tells_of_or_cites(text, speaker):
    assert find_quotes(parsed(text))[-1].speaker == speaker


def test_two_roles_with_a_verb_for_one_are_the_same_person():
    (quote,) = find_quotes(parsed("A harbor chief and former pilot says the ferry is too old."))
    assert (quote.speaker, quote.speakers) == ("A harbor chief and former pilot", ())


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee has a farm with her husband, Bo Kim, and a dog. “The winters are hard,” her husband said.",
        "Ann Lee and her husband Bo Kim bought the farm in May. Her husband said that the barn was old.",
        "Bo Kim, Ann Lee's brother, runs the ferry. The ferry is slow. Her brother said that it was old.",
    ],
)
def test_a_relative_is_whom_the_article_named_so(text):
    assert [said for _, kind, said in read(text, Lee=ANN, Kim=BO) if kind != "term"] == ["Bo Kim"]


def test_one_of_two_brothers_is_nobody_by_name():
    text = "Ann Lee drives. Her brother Bo Kim sails and her brother Cy Roe walks. Her brother said it was cold."
    assert [said for _, kind, said in read(text, Lee=ANN, Kim=BO, Roe=CY) if kind != "term"] == ["Her brother"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The storm has prompted a number of drivers to call for a second bridge.", "a number of drivers"),
        ("The mayor sent Bo Kim out to announce an end to the ferry service.", "Bo Kim"),
        ("The mayor used the speech to announce an end to the ferry service.", "The mayor"),
        ("The uncle of senior adviser Bo Kim said the ferry was old.", "The uncle of senior adviser Bo Kim"),
        ("Even the moderator said the ferry was old.", "the moderator"),
        ("A spokesman for Howard “Buck” Moss said the ferry was old.", "A spokesman for Howard “Buck” Moss"),
        (
            "The ferry is old — Texas attorney Bo Kim, whose boat lay in the bay for years, the Center for Boats said.",
            "the Center for Boats",
        ),
    ],
)
def test_who_is_made_to_speak_and_stands_beside_the_cue(text, speaker):
    assert [said for _, kind, said in read(text, Kim=BO) if kind != "term"] == [speaker]

"""References: pronouns and roles in the narration that stand for people the article names."""

import itertools

import pytest

from pipeline.core.annotations import Block, Entity, Mention
from pipeline.coreference.component import find_references
from tests.pipeline.naming import annotate
from tests.pipeline.reading_quotes import ANN, BO, CY, parsed


def references(text, **people):
    doc = parsed(text, **people)
    return [(text[m.start : m.end], m.entity_id, m.resolution) for m in doc._.mentions if m.resolution != "named"]


def test_a_pronoun_stands_for_the_last_person_of_its_gender():
    text = "Ann Lee praised Bo Kim. She called the work a gift, and he thanked the town."
    assert references(text, Lee=ANN, Kim=BO) == [("She", ANN, "pronoun"), ("he", BO, "pronoun")]


def test_nobody_named_means_no_reference():
    assert references("She called the work a gift.") == []


def test_pronouns_inside_quotation_marks_are_left_alone():
    assert references('Ann Lee wrote "she never came" on the wall.', Lee=ANN) == []


def test_a_pronoun_far_from_any_name_stays_open():
    text = "Ann Lee left.\n" + "It rained.\n" * 10 + "She called the work a gift."
    assert references(text, Lee=ANN) == []


def test_a_name_within_the_last_word_of_an_article_is_read():
    doc = parsed("She left.\nThe song is anti-Lee")
    start = doc.text.index("Lee")
    doc._.entities = {ANN: Entity(ANN, "PERSON", "Ann Lee", gender="f")}
    doc._.mentions = [Mention(start, start + 3, "PERSON", ANN, "surname")]
    assert find_references(doc) == []


def test_somebody_without_a_name_keeps_their_own_pronouns():
    text = "Bo Kim spoke on Monday. The jail freed an inmate in May. He was later arrested again for harassment."
    assert references(text, Kim=BO) == []


def test_a_pronoun_of_the_other_gender_passes_by_the_unnamed():
    text = "Ann Lee spoke on Monday. The jail freed a man in May. She called it a mistake."
    assert references(text, Lee=ANN) == [("She", ANN, "pronoun")]


def test_a_role_stands_for_the_person_the_article_gives_it_to():
    text = "Ann Lee, the governor of the state, met Bo Kim, a senator. Later the governor left."
    assert ("the governor", ANN, "title") in references(text, Lee=ANN, Kim=BO)
    text = "The coach of the team, Ann Lee, was let go by Bo Kim. Later the coach left."
    assert ("the coach", ANN, "title") in references(text, Lee=ANN, Kim=BO)


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee, the governor, spoke. Later the other governor left.",
        "Ann Lee, the governor, spoke. Then the governor, Bo Kim, left.",
        "Ann Lee, the governor, spoke. Then the governor of the bank left.",
        "Ann Lee spoke. A governor ruled on Friday. It was late.",
        "She met Ann Lee. The governor said no.",
    ],
)
def test_the_role_of_somebody_else_is_not_that_of_whom_the_article_gave_it_to(text):
    assert [found for found in references(text, Lee=ANN, Kim=BO) if found[2] == "title"] == []


@pytest.mark.parametrize("beside", ["", " right,", " 43,"])
def test_a_role_that_explains_a_name_is_no_second_mention(beside):
    text = f"Ann Lee,{beside} the governor of the state, left. Later the governor came back."
    assert [words for words, _, _ in references(text, Lee=ANN)] == ["the governor"]


def test_a_vice_president_is_not_the_president():
    text = "Vice President Ann Lee arrived. The president stayed at home."
    assert [r for r in references(text, Lee=ANN) if r[2] == "title"] == []


def test_a_role_before_any_name_stays_open():
    text = "The senator left early. Later Senator Ann Lee arrived."
    assert [r for r in references(text, Lee=ANN) if r[2] == "title"] == []


def test_references_never_overlap_names():
    doc = parsed("Governor Ann Lee, the governor, said she would stay. The governor left.", Lee=ANN)
    spans = [(m.start, m.end) for m in doc._.mentions]
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))


def test_he_or_she_is_anybody():
    assert references("Ann Lee left. When a voter moves, he or she must say so.", Lee=ANN) == []


def test_who_speaks_comes_before_whom_they_speak_of():
    text = 'Bo Kim said Al Poe "appears to want a gift from the town." Later he left.'
    doc = parsed(text, Kim=BO)
    al, start = "person:al-poe", text.index("Al Poe")
    doc._.entities[al] = Entity(al, "PERSON", "Al Poe", gender="m")
    named = [m for m in doc._.mentions if m.resolution == "named"]
    doc._.mentions = sorted([*named, Mention(start, start + 6, "PERSON", al, "named")], key=lambda m: m.start)
    assert [m.entity_id for m in find_references(doc)] == [BO]


def test_a_name_beside_the_role_that_speaks_is_its_subject():
    text = "Ann Lee wrote a letter. The town's lawyer, Mia Kim, said it was late. Later she left."
    doc = parsed(text, Lee=ANN)
    mia, start = "person:mia-kim", text.index("Mia Kim")
    doc._.entities[mia] = Entity(mia, "PERSON", "Mia Kim", gender="f")
    named = [m for m in doc._.mentions if m.resolution == "named"]
    doc._.mentions = sorted([*named, Mention(start, start + 7, "PERSON", mia, "named")], key=lambda m: m.start)
    assert [m.entity_id for m in find_references(doc) if doc.text[m.start : m.end] == "she"] == [mia]


def test_somebody_introduced_with_their_role_is_spoken_of_next():
    text = "Ann Lee left the bridge unpainted, which worries Bo Kim, president of the club. It is late, he says."
    assert ("he", BO, "pronoun") in references(text, Lee=ANN, Kim=BO)


def test_mr_tells_the_gender_of_a_name_no_table_knows():
    doc = parsed("Ann Lee met Mr. Kim. He left, and she stayed.", Lee=ANN)
    at = doc.text.index("Kim")
    doc._.entities["person:kim"] = Entity("person:kim", "PERSON", "Kim")
    doc._.mentions = [
        Mention(0, 7, "PERSON", ANN, "named"),
        Mention(at, at + 3, "PERSON", "person:kim", "named"),
    ]
    assert [m.entity_id for m in find_references(doc)] == ["person:kim", ANN]


def test_who_says_something_of_somebody_lends_him_no_title():
    text = "The judge said Bo Kim broke the law. Then the judge left."
    assert references(text, Kim=BO) == []


def test_another_general_is_somebody_else():
    text = "The attorney general Bo Kim came. Later the inspector general left, and the attorney general stayed."
    assert references(text, Kim=BO) == [("the attorney general", BO, "title")]


def test_who_says_something_of_somebody_is_not_the_one_named():
    text = "Carla met Ann Lee on Monday. She said that Lee had lied."
    assert ("She", ANN, "pronoun") not in references(text, Lee=ANN)


def test_a_participle_belongs_to_a_title():
    text = "The acting director Bo Kim came. Later the director left."
    assert references(text, Kim=BO) == [("the director", BO, "title")]


def test_who_speaks_is_not_somebody_the_words_name():
    text = 'Bo Kim won. Mia left.\nIt rained.\nIt snowed.\n"It was a gift to Ann Lee and to me," she said.'
    doc = parsed(text, Lee=ANN, Kim=BO)
    mia, start = "person:mia-poe", text.index("Mia")
    doc._.entities[mia] = Entity(mia, "PERSON", "Mia Poe", gender="f")
    named = [m for m in doc._.mentions if m.resolution == "named"]
    doc._.mentions = sorted([*named, Mention(start, start + 3, "PERSON", mia, "named")], key=lambda m: m.start)
    assert [m.entity_id for m in find_references(doc) if m.resolution == "pronoun"] == [mia]


def test_who_introduces_themselves_speaks():
    text = '"I am Ann Lee and I like bridges," she told the crowd.'
    assert references(text, Lee=ANN) == [("she", ANN, "pronoun")]


@pytest.mark.parametrize(
    ("text", "pronoun", "whose"),
    [
        ("Cy Roe said Bo Kim had not proved his case.", "his", BO),
        ("Cy Roe said his brother had seen Bo Kim.", "his", CY),
        ("When Cy Roe phoned, Bo Kim told him about the book.", "him", CY),
        ("Cy Roe saw that Bo Kim had hurt himself.", "himself", BO),
        ("Cy Roe praised Bo Kim, who kept his word.", "his", BO),
    ],
)
def test_the_grammar_of_its_clause_tells_whose_a_pronoun_is(text, pronoun, whose):
    assert (pronoun, whose, "pronoun") in references(text, Kim=BO, Roe=CY)


def test_who_is_named_in_brackets_is_spoken_of_by_the_way():
    text = "Cy Roe kept punching down (a critic, Bo Kim, described it as brutal). He made an apology on Monday."
    assert ("He", CY, "pronoun") in references(text, Kim=BO, Roe=CY)


def test_whom_somebody_accuses_is_somebody_else():
    text = "Bo Kim praised Cy Roe and left, accusing him of nothing."
    assert ("him", CY, "pronoun") in references(text, Kim=BO, Roe=CY)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Sen. Ann Lee spoke to the crowd on Monday. The senator called the bridge old.", "The senator"),
        ("Rep. Ann Lee spoke to the crowd on Monday. The congresswoman called the bridge old.", "The congresswoman"),
    ],
)
def test_the_only_senator_of_an_article_is_the_senator(text, role):
    assert references(text, Lee=ANN) == [(role, ANN, "title")]


@pytest.mark.parametrize(
    "text",
    [
        "Sen. Bo Kim met Sen. Ann Lee on Monday. The senator called the bridge old.",
        "Sen. Ann Lee left on Monday. Bo Kim spoke to the crowd. It rained all day. The senator called the bridge old.",
    ],
)
def test_of_two_senators_or_long_after_one_the_senator_is_nobody(text):
    assert references(text, Lee=ANN, Kim=BO) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ann Lee was appointed fire commissioner in May. The commissioner called the ferry old.", "The commissioner"),
        ("Ann Lee became superintendent of schools. The superintendent left at noon.", "The superintendent"),
        ("The board named Ann Lee chief engineer in June. The chief engineer left at noon.", "The chief engineer"),
    ],
)
def test_a_role_is_of_whoever_was_made_it(text, role):
    assert references(text, Lee=ANN) == [(role, ANN, "title")]


def test_the_former_coach_is_the_only_one_just_named():
    text = "The club fired Bo Kim on Monday. The former coach left at noon."
    assert references(text, Kim=BO) == [("The former coach", BO, "title")]
    assert references(text.replace("Bo Kim on", "Bo Kim and Ann Lee on"), Kim=BO, Lee=ANN) == []
    assert references(text.replace("The former coach", "The coach"), Kim=BO) == []


def test_who_speaks_after_a_statement_is_seldom_one_whom_it_names():
    text = "Cy Roe spoke on Monday. Bo Kim would lose the vote, he said."
    assert references(text, Kim=BO, Roe=CY) == [("he", CY, "pronoun")]


def test_a_possessive_of_the_subject_of_its_clause_tells_that_ones_gender():
    doc = parsed("Ann Lee spoke. It rained. Bo Kim lost his hat. Then she went home.", Lee=ANN, Kim=BO)
    doc._.entities[BO] = Entity(BO, "PERSON", "Bo Kim")
    doc._.mentions = [mention for mention in doc._.mentions if mention.resolution == "named"]
    assert [mention.entity_id for mention in find_references(doc)] == [BO, ANN]


def test_a_clause_that_opens_a_sentence_speaks_of_whoever_is_named_after_it():
    assert references("As he locked the car, Bo Kim waved.", Kim=BO) == [("he", BO, "pronoun")]
    assert references("Since the day he left office, Bo Kim has written a book.", Kim=BO) == [("he", BO, "pronoun")]
    assert references("In the first speech he gave, Bo Kim praised the ferry.", Kim=BO) == [("he", BO, "pronoun")]
    assert references("In his first speech as leader, Bo Kim promised rain.", Kim=BO) == [("his", BO, "pronoun")]
    text = "In a sign that he is weighing a run for office, Bo Kim met voters in the town."
    assert references(text, Kim=BO) == [("he", BO, "pronoun")]
    # What is said before its speaker is named is no opening.
    assert references("Not only is the claim wrong but he also failed the test, Bo Kim said.", Kim=BO) == []
    # Of another gender, or where somebody fits who was named before, it is nobody ahead.
    assert references("As she locked the car, Bo Kim waved.", Kim=BO) == []
    text = "Ann Lee left. As she locked the car, Cy Ray waved."
    assert references(text, Lee=ANN, Ray=CY) == [("she", ANN, "pronoun")]


def test_a_role_beside_a_name_or_of_another_place_is_somebody_elses():
    text = "Ann Lee, the governor of the state, left. Lee and the governor of the neighboring state met."
    assert all(resolution != "title" for _, _, resolution in references(text, Lee=ANN))
    text = "Ann Lee, the governor, left. The mayor said that he and the governor were friends."
    assert ("the governor", ANN, "title") in references(text, Lee=ANN)


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Cy Roe has endorsed the bill. Also running on Tuesday was Bo Kim. He finished last.", "He"),
        ("Cy Roe has endorsed the bill. The town met Bo Kim, who lost amid claims that he had lied.", "he"),
    ],
)
def test_whoever_a_sentence_turns_to_is_spoken_of_next(text, pronoun):
    assert (pronoun, BO, "pronoun") in references(text, Roe=CY, Kim=BO)


def test_a_presidency_speaks_of_the_president(nlp):
    text = "Barack Obama left. Rudy Giuliani left in June. It rained. Few understand Obama's presidency. His path is plain."
    doc = annotate(nlp, text, blocks=[Block(0, len(text), "body", 0)])
    assert [(text[m.start : m.end], m.entity_id) for m in find_references(doc)] == [("His", "person:barack-obama")]


def test_of_two_with_a_title_each_has_his_own():
    text = "Finance Minister Ann Lee and Health Minister Bo Kim met. Later the finance minister left."
    assert ("the finance minister", ANN, "title") in references(text, Lee=ANN, Kim=BO)


def test_what_somebody_is_may_stand_behind_the_long_name_of_where():
    text = (
        "Bo Kim, a professor at Dover, came. So did Cy Roe, a University of Ohio at Los Pinos law professor who won. "
        "Roe spoke. The professor left."
    )
    assert ("The professor", CY, "title") in references(text, Kim=BO, Roe=CY)
    friend = "Bo Kim spoke. Cy Roe, a longtime and very close friend of the mayor, came. The mayor left."
    assert references(friend, Kim=BO, Roe=CY) == []


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Cy Roe left. They blamed the town, the mayor and Bo Kim himself.", "himself"),
        ("Cy Roe has endorsed the bill. In his talk with the paper, Bo Kim noted it.", "his"),
        ("Cy Roe had both Bo Kim and his brother sent home.", "his"),
        ("Cy Roe praised Bo Kim, and his brother left.", "his"),
    ],
)
def test_a_name_right_beside_or_after_the_opening_of_a_sentence_is_meant(text, pronoun):
    assert (pronoun, BO, "pronoun") in references(text, Roe=CY, Kim=BO)

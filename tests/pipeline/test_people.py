from datetime import date

import pytest

from pipeline.core.annotations import Block
from pipeline.entities.person_names import gender_of, gender_of_person, parse_name
from tests.pipeline.naming import DAY, annotate, by_hand, found


def people(nlp, text, **context):
    return found(annotate(nlp, text, "entities", **context), "PERSON")


def test_a_surname_after_the_full_name_is_the_same_person(nlp):
    text = "Sen. Dana Whitfield praised the plan. Later Whitfield left the room."
    assert people(nlp, text) == [("Dana Whitfield", "dana-whitfield"), ("Whitfield", "dana-whitfield")]


def test_a_surname_before_the_full_name_is_the_same_person(nlp):
    text = "Mr. Whitfield was late. A spokesman for Robert Whitfield apologised on Monday."
    assert {key for _, key in people(nlp, text)} == {"robert-whitfield"}


def test_titles_and_possessives_are_no_part_of_the_span(nlp):
    assert people(nlp, "The committee rejected Judge Maria Ortega's ruling on Friday.") == [
        ("Maria Ortega", "maria-ortega")
    ]


def test_two_people_with_one_surname_are_told_apart_by_the_nearest_full_name(nlp):
    text = (
        "Carol Hayes arrived first.\n\nHayes spoke for an hour.\n\nThen came Peter Hayes.\n\nHayes answered questions."
    )
    assert [key for _, key in people(nlp, text)] == ["carol-hayes", "carol-hayes", "peter-hayes", "peter-hayes"]


def test_a_surname_alone_is_whom_the_article_is_about(nlp):
    text = (
        "Carol Hayes will run for mayor.\n\nShe married Peter Hayes, a singer, in 1990.\n\nHayes promised lower rents."
        "\n\n“Carol can win,” a neighbour said.\n\nCritics say Hayes has no plan."
    )
    bare = [key for words, key in people(nlp, text) if words == "Hayes"]
    assert bare == ["carol-hayes", "carol-hayes"]


def test_two_people_with_one_surname_are_told_apart_by_their_title(nlp):
    text = "Carol Hayes and Peter Hayes spoke on Friday. Critics said that Ms. Hayes was right and Mr. Hayes was wrong."
    assert [key for words, key in people(nlp, text) if words == "Hayes"] == ["carol-hayes", "peter-hayes"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Matt Albence", "Matthew T. Albence"), ("Joe Lopez", "Joseph López"), ("BILL HART", "William Hart")],
)
def test_forms_of_one_name_share_an_id(one, other):
    assert parse_name(one).entity_id == parse_name(other).entity_id


@pytest.mark.parametrize(("one", "other"), [("John Hart", "John Hart III"), ("John Hart", "Joan Hart")])
def test_different_names_have_different_ids(one, other):
    assert parse_name(one).entity_id != parse_name(other).entity_id


def test_a_son_has_the_name_of_his_father_but_where_that_is_an_office_holder(nlp):
    assert parse_name("John Hart").entity_id == parse_name("John Hart, Jr.").entity_id
    text = "Donald Trump flew home. Donald Trump Jr. stayed. Joseph R. Biden Jr. spoke."
    assert [key for _, key in people(nlp, text)] == ["donald-trump", "donald-trump-jr", "joseph-biden"]


def test_who_is_spoken_of_as_a_place_is_nobody(nlp):
    text = "Crowds gathered at Rosa Bello on Friday. Near Rosa Bello the road was closed. Rosa Bello was full."
    assert people(nlp, text) == []


def test_a_pope_keeps_his_title_in_his_name(nlp):
    doc = annotate(nlp, "On Friday Pope Francis prayed for them.", "entities")
    assert doc._.entities["person:pope-francis"].name == "Pope Francis"


def test_why_a_full_name_is_one_with_those_of_other_articles_is_kept(nlp):
    doc = annotate(nlp, "Matthew Hart spoke. Matt Hart left. Joseph R. Biden Jr. stayed.", "entities")
    assert [mention.resolution for mention in doc._.mentions] == ["named", "short form", "known form"]


def test_two_spanish_surnames_stand_in_either_order():
    one, other, third = map(parse_name, ("Luis Gómez Alonzo", "Luis Alonzo-Gomez", "Luis Gomez"))
    assert one.entity_id == other.entity_id != third.entity_id


def test_a_particle_belongs_to_the_surname():
    assert parse_name("Bill de Blasio").surname == "de Blasio"


def test_a_title_and_a_surname_stand_for_who_held_the_office_that_day(nlp):
    text = "President Biden flew home. Gov. Cuomo did not comment."
    assert people(nlp, text, day=date(2021, 3, 1)) == [("Biden", "joseph-biden"), ("Cuomo", "andrew-cuomo")]


@pytest.mark.parametrize(
    ("day", "president"),
    [(date(2016, 5, 1), "barack-obama"), (DAY, "donald-trump"), (date(2022, 5, 1), "joseph-biden")],
)
def test_the_president_is_who_was_in_office(nlp, day, president):
    doc = annotate(nlp, "On Tuesday the president signed the order.", "entities", day=day)
    (mention,) = doc._.mentions
    assert (mention.entity_id, mention.resolution) == (f"person:{president}", "office")


def test_the_president_is_the_one_of_another_country_named_before(nlp):
    text = "The Ruritanian president, Ann Lowell, spoke on Monday. The president left."
    assert ("president", "donald-trump") not in people(nlp, text)


@pytest.mark.parametrize(
    "text", ["On Tuesday the president of Mexico signed the order.", "Then the president of the club resigned."]
)
def test_another_president_is_not_the_president(nlp, text):
    assert people(nlp, text) == []


def test_the_former_president_is_the_one_named_before(nlp):
    text = "Jimmy Carter spoke in May. The former president was tired."
    assert people(nlp, text, day=date(2016, 5, 1))[-1] == ("former president", "james-carter")
    (alone,) = people(nlp, "Then the former president left.", day=date(2016, 5, 1))
    assert alone[1].startswith("george")


def test_the_president_is_nobody_without_a_date(nlp):
    assert people(nlp, "On Tuesday the president signed the order.", day=None) == []


def test_without_a_date_the_president_is_the_last_who_is_called_so(nlp):
    text = "The Obama administration lost. President Trump was glad. Then the president flew home."
    assert people(nlp, text, day=None)[-1] == ("president", "donald-trump")


@pytest.mark.parametrize("words", ["Border Patrol", "Twitter", "Wednesday", "Guatemala"])
def test_what_the_model_takes_for_a_person_is_not_always_one(nlp, words):
    text = f"They called {words} again ."
    last = 2 + len(words.split(" "))
    assert found(annotate(nlp, by_hand(nlp, text, (2, last, "PERSON")), "entities"), "PERSON") == []


def test_a_name_ends_at_the_line(nlp):
    assert people(nlp, "A statement by Laura Bennett\nDavid Moore disagreed.") == [
        ("Laura Bennett", "laura-bennett"),
        ("David Moore", "david-moore"),
    ]


def test_furniture_in_capitals_makes_no_people(nlp):
    text = "JOHN CARVER: CITIES MUST DO MORE\nThe council met on Friday."
    blocks = [Block(0, 32, "furniture", 0, "link"), Block(33, len(text), "body", 1)]
    assert people(nlp, text, blocks=blocks) == []


def test_a_byline_names_nobody_of_the_story(nlp):
    text = "By Anna Kowalski\nThe council met on Friday."
    blocks = [Block(0, 16, "furniture", 0, "byline"), Block(17, len(text), "body", 1)]
    assert people(nlp, text, blocks=blocks) == []


def test_gender_is_told_by_title_or_first_name(nlp):
    doc = annotate(nlp, "Patricia Gomez met Mr. Quarles on Friday.", "entities")
    assert {entity.name: entity.gender for entity in doc._.entities.values()} == {"Patricia Gomez": "f", "Quarles": "m"}
    assert gender_of("Jordan") == ""


def test_the_fullest_form_is_the_name(nlp):
    doc = annotate(nlp, "Matt Porter spoke. Later Matthew J. Porter left, and Porter did not return.", "entities")
    assert [entity.name for entity in doc._.entities.values()] == ["Matthew J. Porter"]


def test_two_surnames_are_no_second_person(nlp):
    text = "Peña Nieto spoke on Friday. Critics of Enrique Peña Nieto were not convinced."
    assert {key for _, key in people(nlp, text)} == {"enrique-nieto-pena"}


def test_a_president_by_title_is_not_a_namesake_the_article_names(nlp):
    text = "Melania Trump opened the garden on Monday. She thanked President Trump, and Mrs. Trump left."
    assert [key for words, key in people(nlp, text) if words == "Trump"] == ["donald-trump", "melania-trump"]


def test_kin_named_only_to_say_who_somebody_is_are_not_the_one_spoken_of_next(nlp):
    text = "Carol Hayes, wife of former mayor Peter Hayes, wrote a letter. Hayes asked for an answer."
    assert people(nlp, text)[-1] == ("Hayes", "carol-hayes")


def test_what_only_names_a_thing_is_nobody(nlp):
    assert people(nlp, "Soldiers joined the Hyland program in May. Officials said the Hyland program is closed.") == []


def test_an_ordinary_word_after_a_first_name_is_a_surname(nlp):
    text = "The book was edited by sociologists Ruth Milkman and Kent Wong. Critics praised Dr. Milkman for it."
    assert people(nlp, text)[-1] == ("Milkman", "ruth-milkman")


def test_somebody_named_by_the_first_name_alone_is_found(nlp):
    text = "I met Maria at the clinic. Maria said she was tired. Later Maria smiled, and a nurse helped Maria."
    assert {key.split("~")[0] for _, key in people(nlp, text)} == {"maria"}


def test_a_surname_alone_joins_nobody_of_two_articles(nlp):
    said = [people(nlp, f"Mr. Quarles {did} on Friday.")[0][1] for did in ("left", "spoke")]
    assert said[0] != said[1]
    assert {key.split("~")[0] for key in said} == {"quarles"}


def test_a_misspelt_surname_is_the_one_person_a_letter_away(nlp):
    text = "Jessica Vaughan runs the office. Ms. Vaughan said so on Friday. Later Vaughn said it again to reporters."
    assert {key for _, key in people(nlp, text)} == {"jessica-vaughan"}


def test_a_first_name_in_brackets_belongs_to_the_surname(nlp):
    assert ("Hale", "ted-hale") in people(nlp, '"The bill of (Ted) Hale will pass," the senator said on Friday.')


def test_staff_named_at_the_foot_of_an_article_are_nobody_in_the_story(nlp):
    text = "Ann Lee spoke on Friday.\n\nBo Kim and Cora Diaz contributed to this report.\n\nWrite to Bo Kim at b@k.com"
    assert {key for _, key in people(nlp, text)} == {"ann-lee"}


def test_a_nickname_inside_a_name_is_part_of_it(nlp):
    text = 'Rafael Edward "Ted" Cruz spoke. Later Ted Cruz left.'
    assert people(nlp, text) == [('Rafael Edward "Ted" Cruz', "ted-cruz"), ("Ted Cruz", "ted-cruz")]


def test_a_son_named_like_his_father_is_told_from_him(nlp):
    text = "Jose Garcia and his son Jose Garcia Jr. were held. Garcia Jr. cried. The elder Garcia said nothing."
    assert people(nlp, text) == [
        ("Jose Garcia", "jose-garcia"),
        ("Jose Garcia Jr.", "jose-garcia-jr"),
        ("Garcia Jr.", "jose-garcia-jr"),
        ("Garcia", "jose-garcia"),
    ]


def test_the_same_man_with_and_without_junior_is_one(nlp):
    assert {key for _, key in people(nlp, "Jose Garcia Jr. was held. Jose Garcia had a lawyer.")} == {"jose-garcia"}


def test_the_elder_and_the_younger_of_two_office_holders_are_told_apart(nlp):
    text = "George H.W. Bush met his son, George W. Bush. The elder Bush smiled. The younger Bush left."
    assert [key for _, key in people(nlp, text)][2:] == ["george-h-w-bush", "george-bush"]


def test_a_child_brought_in_as_such_does_not_take_the_surname_over(nlp):
    text = "Ann Lee's son Bo Lee lives in Ohio. Lee said she was tired."
    assert people(nlp, text)[-1] == ("Lee", "ann-lee")


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        (date(2018, 3, 5), "Then the Texas governor agreed.", ("governor", "gregory-abbott")),
        (date(2018, 3, 5), "Then California's governor agreed.", ("governor", "jerrold-brown")),
        (date(2019, 3, 5), "Then the governor of California agreed.", ("governor", "gavin-newsom")),
        (date(2018, 3, 5), "A fire burned in Texas on Friday. The governor sent help.", ("governor", "gregory-abbott")),
        (date(2018, 3, 5), "Then the mayor of Chicago agreed.", ("mayor", "rahm-emanuel")),
        (date(2018, 3, 5), "Then the acting ICE director agreed.", ("director", "thomas-homan")),
        (date(2021, 1, 5), "Then the acting ICE director agreed.", ("director", "jonathan-fahey")),
        (date(2018, 3, 5), "Then the DHS secretary agreed.", ("secretary", "kirstjen-nielsen")),
        (date(2013, 3, 5), "It was up to the secretary of Homeland Security.", ("secretary", "janet-napolitano")),
    ],
)
def test_an_office_named_alone_is_who_held_it_that_day(nlp, day, text, expected):
    assert found(annotate(nlp, text, "entities", day=day), "PERSON") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The former Texas governor agreed.",
        "He wants to be the governor of Texas.",
        "They are looking for a new DHS secretary.",
        "The governor's race in Texas is close.",
        "Fires burned in Texas and Ohio. The governor sent help.",
    ],
)
def test_an_office_that_is_not_the_holders_names_nobody(nlp, text):
    assert people(nlp, text) == []


def test_a_governor_beside_his_name_is_no_second_mention(nlp):
    text = "Greg Abbott, the Texas governor, spoke. The Texas governor, Greg Abbott, left."
    assert [words for words, _ in people(nlp, text)] == ["Greg Abbott", "Greg Abbott"]


def test_who_is_only_named_by_first_name_is_found_again_by_it(nlp):
    doc = annotate(nlp, "On Friday Sebastian lined up with the men. An agent told Sebastian not to worry.", "entities")
    assert {mention.resolution for mention in doc._.mentions if mention.label == "PERSON"} <= {"alone", "first name"}
    assert len({mention.entity_id for mention in doc._.mentions if mention.label == "PERSON"}) == 1


@pytest.mark.parametrize(
    "sign",
    [
        "Impeach Obama, said a sign.",
        "They held signs that said “Impeach Obama.”",
        "Throughout Obama's years, prices rose.",
    ],
)
def test_an_ordinary_word_before_a_surname_is_no_first_name(nlp, sign):
    keys = {key for _, key in people(nlp, f"Barack Obama spoke on Monday. {sign}")}
    assert keys == {"barack-obama"}


@pytest.mark.parametrize("name", ["Ben Johnson", "Al Franken", "Van Jones"])
def test_a_first_name_that_is_a_particle_elsewhere_begins_a_full_name(nlp, name):
    (first, full), (alone, again) = people(nlp, f"A crowd heard {name} on Monday. {name.split()[1]} spoke at noon.")
    assert (first, alone, full) == (name, name.split()[1], again)


@pytest.mark.parametrize(("name", "gender"), [("Haley Barbour", "m"), ("Ilhan Omar", "f"), ("Haley Poe", "f")])
def test_who_is_well_known_is_not_taken_for_a_woman_by_the_first_name(name, gender):
    assert gender_of_person(parse_name(name)) == gender


@pytest.mark.parametrize(
    "text",
    [
        "Jenny Beth Ruiz, the president and co-founder of the Harbor Club, spoke on Monday.",
        "Jenny Beth Ruiz, the president, said the club would go on.",
        "On Tuesday the president and chief executive officer of the firm resigned.",
    ],
)
def test_who_leads_a_club_or_a_firm_is_not_the_president(nlp, text):
    assert "donald-trump" not in {key for _, key in people(nlp, text)}


@pytest.mark.parametrize(
    "text", ["On Tuesday the president and members of Congress met.", "Nancy Pelosi, the president and others met."]
)
def test_the_president_beside_others_is_the_president(nlp, text):
    assert "donald-trump" in {key for _, key in people(nlp, text)}


def test_a_surname_alone_is_whom_the_headline_names(nlp):
    text = (
        "Andrew Yang was shown on Monday.\n\nA partner of the firm, Geoff Yang, was shown in his place. Geoff Yang was not "
        "amused.\n\nYang has criticised the network before."
    )
    title = "Network shows the wrong man for Andrew Yang"
    assert people(nlp, text, title=title)[-1] == ("Yang", "andrew-yang")
    assert people(nlp, text)[-1] == ("Yang", "geoffrey-yang")

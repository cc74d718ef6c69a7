"""Names of people in forms that agencies, ranks and languages give them."""

from datetime import date
from functools import partial
from types import SimpleNamespace

import pytest

from pipeline.core.spans import Cover
from pipeline.entities.unusual_names import named_like_fathers, unusual_names
from pipeline.furniture.blocks import mark_blocks
from tests.pipeline.naming import annotate, found
from tests.timing import times_longer


def people(nlp, text, **context):
    return found(annotate(nlp, text, **context), "PERSON")


def ids(nlp, text):
    return {key.split("~", maxsplit=1)[0] for _, key in people(nlp, text)}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hendrik van den Broek chairs it. Van den Broek left early.", "hendrik-van-den-broek"),
        ("Louise de la Motte spoke. De la Motte said she was ill.", "louise-de-la-motte"),
        ("Karim al-Rashidi spoke. Al-Rashidi left, and al-Rashidi's brother stayed.", "karim-rashidi"),
    ],
)
def test_a_particle_may_be_set_with_a_capital(nlp, text, key):
    assert ids(nlp, text) == {key}


def test_the_article_of_an_arabic_name_makes_no_other_person(nlp):
    assert ids(nlp, "Karim al-Rashidi spoke.") == ids(nlp, "President Karim Rashidi spoke.")


@pytest.mark.parametrize("rank", ["Det Insp", "PC", "Sgt", "Lt. Col.", "Cllr", "Cmdr."])
def test_ranks_are_no_part_of_a_name(nlp, rank):
    assert people(nlp, f"{rank} Anna Farley said a man was held.") == [("Anna Farley", "anna-farley")]


def test_letters_of_a_rank_are_read_in_capitals_alone(nlp):
    assert "mario-di-stefano" in ids(nlp, "Mario di Stefano sold the shop. Mario di Stefano moved to Ohio.")


def test_a_first_name_that_is_a_word_tells_two_of_one_surname_apart(nlp):
    text = "Alex Norton scored twice on Sunday. Commentator Piers Norton said it was luck."
    assert ids(nlp, text) == {"alexander-norton", "piers-norton"}


def test_a_surname_may_be_a_word(nlp):
    assert ids(nlp, "The father of Kayvon Martin spoke on Sunday.") == {"kayvon-martin"}
    assert ids(nlp, "Theresa May spoke in the rain.") == {"theresa-may"}
    assert ids(nlp, "In May the board met. Rice prices rose.") == set()


@pytest.mark.parametrize(
    "text", ["Gov. Bill Spark left.", "A crowd met Rose Spark there.", "Former Rep. Rose Spark, a Democrat, ran again."]
)
def test_a_first_name_and_a_surname_may_both_be_words(nlp, text):
    assert len(ids(nlp, text)) == 1


def test_a_bill_that_is_signed_is_nobody(nlp):
    assert ids(nlp, "The governor bill passed. The Farm Bill passed, and a Spending Bill failed on Monday.") == set()


def test_a_question_is_no_first_name(nlp):
    assert ids(nlp, "Mitt Romney spoke. Will Romney change his mind?") == {"mitt-romney"}


def test_a_first_name_before_another_surname_is_not_the_surname_of_the_article(nlp):
    text = "Bobby Scott spoke on Friday, J. Scott Applewhite wrote."
    assert ("Scott", "robert-scott") not in people(nlp, text)


def test_a_first_name_that_is_a_place_is_no_place_before_a_surname(nlp):
    doc = annotate(nlp, "Georgia Whitman and Austin Teller met. Georgia Whitman won.")
    assert found(doc, "JURISDICTION") == []


def test_a_town_is_no_first_name_where_somebody_goes_there(nlp):
    doc = annotate(nlp, "Paris Lowell sang in Paris on Monday. Then Lowell left for Paris.")
    assert [words for words, _ in found(doc, "PERSON")] == ["Paris Lowell", "Lowell"]
    assert [words for words, _ in found(doc, "JURISDICTION")] == ["Paris", "Paris"]


@pytest.mark.parametrize(
    "text", ["Omara bin Laden left.", "Mayor London Farley met the board, and London Farley left."]
)
def test_a_name_may_begin_with_a_town_or_end_with_a_word_after_a_particle(nlp, text):
    assert len(ids(nlp, text)) == 1
    assert found(annotate(nlp, text), "JURISDICTION") == []


def test_the_office_in_general_is_nobody(nlp):
    day = date(2016, 12, 8)
    assert people(nlp, "Under the Constitution, the president may pardon people.", day=day) == []
    assert people(nlp, "The president may go to Ohio on Monday.", day=day) == [("president", "barack-obama")]


def test_a_name_of_both_sexes_tells_none(nlp):
    assert [entity.gender for entity in annotate(nlp, "Robin Keller won on Sunday.")._.entities.values()] == [""]


def test_a_name_ends_where_a_link_is_set_into_the_sentence(nlp):
    text = (
        "The bill was drawn up by Rep. Dana Whitfield Dana Rose WhitfieldSenate puts off vote on ports Five things to "
        "know about the vote MORE (Ohio) and others. Whitfield left early."
    )
    named = people(nlp, text, blocks=mark_blocks(text))
    assert named == [("Dana Whitfield", "dana-whitfield"), ("Whitfield", "dana-whitfield")]


def test_a_surname_that_is_a_word_is_one_where_the_article_has_it_after_a_courtesy_title(nlp):
    text = "The papers came from Chelsea Manning, a clerk. Ms Manning was tired."
    assert {key for _, key in people(nlp, text)} == {"chelsea-manning"}
    assert people(nlp, "The papers came from Chelsea Market, a hall.") == []


def test_a_first_name_that_also_asks_is_one_after_a_title(nlp):
    assert ("Will Hurd", "william-hurd") in people(nlp, "The plan of Rep. Will Hurd failed.")
    assert "william-hurd" not in {key for _, key in people(nlp, "Will Hurd resign? Nobody knows.")}


def test_who_writes_for_a_paper_named_for_a_state_stands_before_no_state(nlp):
    text = "He would not say why.\n\nEric Levitz, New York Magazine\n\nThe polls were checked."
    assert people(nlp, text) == [("Eric Levitz", "eric-levitz")]


def test_a_surname_that_is_a_country_is_whoever_has_a_title_or_speaks(nlp):
    text = "Rep. Steve Israel spoke. Israel said it was late. Rep. Israel left. He had been to Israel."
    doc = annotate(nlp, text)
    assert [words for words, _ in found(doc, "PERSON")][:3] == ["Steve Israel", "Israel", "Israel"]
    assert found(doc, "JURISDICTION") == [("Israel", "il")]


@pytest.mark.parametrize("title", ["Sen.", "Senator"])
def test_a_title_tells_which_of_one_surname_is_meant(nlp, title):
    text = f"Senator Mark Doyle met Ruth Doyle, no relation. {title} Doyle spoke first."
    assert people(nlp, text)[-1] == ("Doyle", "mark-doyle")


def test_a_first_name_that_is_a_word_is_that_of_somebody_named_in_full(nlp):
    text = "Tom Lindner and his brother Jack Lindner were fishing. “It tipped,” Tom said. “It sank,” Jack said."
    assert people(nlp, text)[-1] == ("Jack", "jack-lindner")


def test_a_word_that_begins_a_question_is_no_first_name(nlp):
    assert people(nlp, "The baker, Will Lindner, was fishing. Will he come back?") == [
        ("Will Lindner", "william-lindner")
    ]


def test_a_name_in_a_list_of_people_is_one(nlp):
    text = "The deaths of Eric Garner, Freddie Gray and Sandra Bland are remembered."
    assert "freddie-gray" in ids(nlp, text) or "frederick-gray" in ids(nlp, text)


def test_a_hyphen_of_another_kind_joins_names_too(nlp):
    assert len(ids(nlp, "Jean\u2010Luc Petit lost. Jean-Luc Petit wept.")) == 1


def test_mr_and_mrs_of_one_surname_are_two(nlp):
    found_people = people(nlp, "Mr. Vanner sold the farm. Mrs. Vanner wept. “It was ours,” Mr. Vanner said.")
    first, second, third = (key for _, key in found_people)
    assert first == third != second


def test_the_wife_of_somebody_is_not_the_office_holder_of_his_surname(nlp):
    assert "mike-pence" not in {key for _, key in people(nlp, "“We lost it,” Mrs. Pence said.")}


@pytest.mark.parametrize("name", ["James (Jim) Orton", "James “Jim” Orton", "James 'Jim' Orton"])
def test_a_nickname_set_off_is_within_the_name(nlp, name):
    found_people = people(nlp, f"The winner was {name} of Ohio. Orton wept.")
    assert [words for words, _ in found_people] == [name, "Orton"]
    assert len({key for _, key in found_people}) == 1


def test_a_word_set_off_between_names_parts_them(nlp):
    assert not any("Members" in words for words, _ in people(nlp, "The “Squad” Members of Paul (Fox) News left."))


@pytest.mark.parametrize("hostile", ["A'", "A-", "Ab (Cd) ", "A "])
def test_a_run_of_capitals_is_read_in_step_with_its_length(hostile):
    def read(times):
        text = SimpleNamespace(text=hostile * times, credit=lambda _: True, line_span=lambda _: (0, 80))
        return unusual_names(text, [], Cover()), named_like_fathers(text)

    assert times_longer(partial(read, 1_000), partial(read, 8_000), most=20, least=0.005) < 20

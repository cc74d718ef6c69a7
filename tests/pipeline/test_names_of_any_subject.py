"""Names that news on any subject has: of other lands, with a calling before them, of words that are something else."""

from datetime import date

import pytest
from spacy.tokens import Doc

from pipeline.build.annotator import ANALYSES
from pipeline.core.text_index import index_text
from pipeline.entities.person_names import gender_of
from pipeline.entities.person_plausibility import acts_by_surname
from tests.pipeline.naming import annotate, found

NEEDED = ANALYSES[1 : ANALYSES.index("quotes") + 1]


def named(nlp, text, label="PERSON", **about):
    doc = annotate(nlp, text, **about)
    return [(doc.text[m.start : m.end], doc._.entities[m.entity_id].name) for m in doc._.mentions if m.label == label]


def people(nlp, text):
    return {name for _, name in named(nlp, text)}


def bodies(nlp, text, **about):
    return {name for _, name in named(nlp, text, "ORG", **about)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Farmer Lena Holt, who is no relation, spoke. The vote is in May.", "Lena Holt"),
        ("Goalkeeper Stig Halvorsen saved twice. The match was drawn.", "Stig Halvorsen"),
        ("Shepherd Emrys Morgan left at dawn.", "Emrys Morgan"),
        ("Novelist J.R. Holloway wrote forty books about one dog.", "J.R. Holloway"),
        ("Ex-Sheriff Hal Dorsey bought the pier.", "Hal Dorsey"),
        ("“They never asked us,” Farrukh Jamshedov said.", "Farrukh Jamshedov"),
        ("Hope Rivers, who chairs the board, told savers to keep calm.", "Hope Rivers"),
        ("As the clerk told the jury, Curtis Hale planned the fire for weeks.", "Curtis Hale"),
        ("“I can wait,” said Earl Simms, 79, who served at sea.", "Earl Simms"),
        ("April Jaynes opened her garden to visitors in April.", "April Jaynes"),
        ("Archdeacon Paul Teague said the diocese would appeal.", "Paul Teague"),
        ("The inquiry heard from Baroness Marrow, who presides.", "Marrow"),
        ("Huda bint Salem collected the medal.", "Huda bint Salem"),
    ],
)
def test_somebody_is_named_without_what_he_is(nlp, text, name):
    assert people(nlp, text) == {name}


def test_who_bears_a_word_or_a_towns_name_is_meant_where_he_acts(nlp):
    text = (
        "Melissa Young runs the club. Young people have few places to go. “We are open,” Young said. Young left in May."
    )
    assert [words for words, name in named(nlp, text) if name == "Melissa Young"][1:] == ["Young", "Young"]
    text = "Jockey Sienna Houston was thrown on Saturday. Houston will miss the rest of the season."
    assert [name for words, name in named(nlp, text) if words == "Houston"] == ["Sienna Houston"]


def test_a_town_with_its_state_is_not_the_first_name_of_somebody(nlp):
    text = "Madison Clarke moved to Madison, Wisconsin. Clarke rents a room. Madison has four lakes."
    assert [key for words, key in found(annotate(nlp, text), "JURISDICTION") if words == "Madison"] == [
        "us-wi-madison",
        "us-wi-madison",
    ]


def test_the_wife_is_whom_a_courtesy_title_says(nlp):
    text = "Kofi Asante and his wife, Grace Asante, left. “I was out,” Mr Asante said. “I was in,” Mrs Asante said."
    doc = annotate(nlp, text, *NEEDED, day=date(2019, 5, 1))
    assert [quote.speaker for quote in doc._.quotes] == ["Kofi Asante", "Grace Asante"]


def test_kin_are_named_by_the_first_name_alone(nlp):
    assert "Nila" in people(nlp, "Arjun Mehta spoke. His own daughter, Nila, stood at his side.")


def test_what_runs_past_people_and_bodies_is_called_by_their_names(nlp):
    text = "It ends at 40 Abigail Holt Street. The clerk's office at 12 Congress Street was shut."
    assert people(nlp, text) == set()
    assert bodies(nlp, text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Voters left the Republican party in droves.", "Republican Party"),
        ("She works with the Center for Harbor Rights in Boston.", "Center for Harbor Rights"),
        ("Doctors of the Ann Ford Health System met.", "Ann Ford Health System"),
        ("The Torrin Water Board raised its fees in June.", "Torrin Water Board"),
        ("Torquay Rovers drew with a late goal.", "Torquay Rovers"),
        ("Oxley Steel will roll the tracks in May.", "Oxley Steel"),
        ("Wardens of the Department of Fish and Game freed the elk.", "Department of Fish and Game"),
        ("A charity called Mend the Nets serves soup.", "Mend the Nets"),
        ("The campaign group Save Our Sands has raised money.", "Save Our Sands"),
        ("A rival group, Turbines Now, held a picnic.", "Turbines Now"),
        ("AfD officials blamed the weather.", "Alternative for Germany"),
        ("Unite said the offer was poor.", "Unite the Union"),
        ("According to a UCLA law professor, it is late.", "University of California, Los Angeles"),
    ],
)
def test_bodies_are_found_by_their_shape_or_by_what_is_said_of_them(nlp, text, name):
    assert bodies(nlp, text) == {name}


def test_a_firm_called_like_its_founder_is_no_person(nlp):
    text = "Lucinda Farrow founded Farrow Textiles. Farrow Textiles has 900 workers. “We began small,” Farrow said."
    assert bodies(nlp, text) == {"Farrow Textiles"}
    assert [words for words, _ in named(nlp, text)] == ["Lucinda Farrow", "Farrow"]


def test_a_spokesman_called_like_a_trade_is_no_firm(nlp):
    assert people(nlp, "It was late, said spokesman Michael Steel, after the vote.") == {"Michael Steel"}


def test_letters_after_or_stand_for_the_name_before(nlp):
    text = "The Coastal Rescue Trust, or CRT, bought boats. CRT crews trained in the harbor."
    assert bodies(nlp, text) == {"Coastal Rescue Trust"}


def test_a_list_of_cities_is_no_town_in_the_state_of_new_york(nlp):
    doc = annotate(nlp, "He played the clubs of Boston, New York and Chicago.")
    assert [key for _, key in found(doc, "JURISDICTION")] == ["us-ma-boston", "us-ny-new-york", "us-il-chicago"]


def test_dishes_are_no_places(nlp):
    text = "There is chicken Kiev, there is Peking duck, and a Brussels sprout costs extra. The cook is from Leeds."
    assert [words for words, _ in found(annotate(nlp, text), "JURISDICTION")] == ["Leeds"]


@pytest.mark.parametrize(
    ("text", "day", "key"),
    [
        ("In 2011, the administration promised every school a garden.", date(2019, 4, 10), "obama-2009"),
        ("In 2018, the administration promised every school a garden.", date(2019, 4, 10), "trump-2017"),
        ("The outgoing administration refused such meetings.", date(2020, 12, 7), "trump-2017"),
        ("The outgoing administration refused such meetings.", date(2021, 2, 7), "trump-2017"),
    ],
)
def test_the_year_and_the_season_tell_which_administration_is_meant(nlp, text, day, key):
    assert [found_key for _, found_key in found(annotate(nlp, text, day=day), "ADMINISTRATION")] == [key]


def test_kin_by_the_first_name_have_the_surname_of_whose_kin_they_are(nlp):
    text = "Bo Ferreira and his younger brother Rui lived there. Rui was nineteen."
    assert named(nlp, text)[1:] == [("Rui", "Rui Ferreira"), ("Rui", "Rui Ferreira")]


def test_a_word_with_a_hyphen_is_one(nlp):
    doc = annotate(nlp, "The vice-chairman, Bo Lee, said it was late.", *NEEDED, day=date(2019, 5, 1))
    assert [quote.speaker for quote in doc._.quotes] == ["Bo Lee"]


def test_a_text_may_end_with_whoever_acts(nlp):
    doc = annotate(nlp, "Melissa Young runs the club. “We are open,” said Young")
    doc = Doc(nlp.vocab, words=[token.text for token in doc], tags=["NNP"] * len(doc), deps=["nsubj"] * len(doc))
    assert acts_by_surname(index_text(doc), doc[-1])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The ferry, run by Agnes Tilling since 2001, sank in port.", "Agnes Tilling"),
        ("The director, Lionel Bask, gave out cake.", "Lionel Bask"),
        ("Skipper Alun Rees had two sons.", "Alun Rees"),
        ("“The road is mined,” said Oxfam's Lena Strand.", "Lena Strand"),
        ("Harold Finch Sr. founded the shop in 1951 with a borrowed lathe.", "Harold Finch Sr."),
        ("Shortstop Marcus Judge pleaded guilty to drunken driving.", "Marcus Judge"),
        ("Det Ch Insp Fiona Marr is leading the inquiry.", "Fiona Marr"),
    ],
)
def test_what_stands_beside_a_word_tells_that_it_is_a_surname(nlp, text, name):
    assert people(nlp, text) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "The Kennedy Center said it would close.",
        "Under the charter, a mayor may veto a budget once. The president may pardon anyone but himself.",
    ],
)
def test_nobody_is_named_where_a_name_is_a_bodys_or_an_office_is_anybodys(nlp, text):
    assert people(nlp, text) == set()


def test_names_are_told_by_the_list_they_stand_in(nlp):
    text = "Three novelists are on it for the first time:\n\nMara Quill\nJune Abbot\nDesmond Akers\n\nAbbot was glad."
    assert [name for _, name in named(nlp, text)] == ["Mara Quill", "June Abbot", "Desmond Akers", "June Abbot"]
    assert people(nlp, "The shops on the pier:\n\nCandy Land\nJune Bloom\nHappy Days\n\nAll open at ten.") == set()


def test_a_month_that_is_a_surname_is_somebody_where_it_says_something(nlp):
    text = "Theresa May told MPs that she would stay. May said the vote would be in June, after the May recess."
    assert [words for words, _ in named(nlp, text)] == ["Theresa May", "May"]


def test_a_surname_that_is_many_of_a_thing_does_what_one_does(nlp):
    text = "Hope Banks, who chairs the board, sat. The vote was late. Banks keeps the books."
    assert [words for words, _ in named(nlp, text)] == ["Hope Banks", "Banks"]


def test_a_surname_stands_first_where_names_are_so_made(nlp):
    text = "Defence Minister Park Joon-seo apologised on Friday. They met in a park. Minister Park will stay."
    assert named(nlp, text) == [("Park Joon-seo", "Park Joon-seo"), ("Park", "Park Joon-seo")]


def test_particles_may_all_be_set_with_capitals(nlp):
    text = "Councilwoman Mercedes De la Cueva voted no. De La Cueva left."
    assert [name for _, name in named(nlp, text)] == ["Mercedes De la Cueva"] * 2


def test_letters_are_what_the_article_says_they_are(nlp):
    text = "The International Olive Council (IOC) cut its forecast. The IOC said so."
    assert [name for _, name in named(nlp, text, "ORG")] == ["International Olive Council"] * 3
    text = "The International Olympic Committee (IOC) met. The IOC said so."
    assert bodies(nlp, text) == {"International Olympic Committee"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Warm the Block, a charity for coats, has run out. Warm the Block was founded in 2009.", "Warm the Block"),
        ("Feed the Pier began small. The charity is poor. Last winter Feed the Pier shut.", "Feed the Pier"),
        ("Marlow Dairy Group will sell its herd. Marlow Dairy said so.", "Marlow Dairy Group"),
    ],
)
def test_a_body_is_one_however_it_is_named_again(nlp, text, name):
    assert [found_name for _, found_name in named(nlp, text, "ORG")] == [name] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Pupils sang “Feed the Birds” at the fete. The group loves Feed the Birds.",
        "Apple growers in Kent want rain.",
    ],
)
def test_a_song_and_a_fruit_are_no_bodies(nlp, text):
    assert bodies(nlp, text) == set()


@pytest.mark.parametrize(
    ("text", "last_two"),
    [
        ("TBILISI — A shop in Macon, Ga., was shut. The parliament of Georgia met.", ["us-ga", "ge"]),
        ("Aid reached Gaza and Gaza City.", ["ps-gaza-strip-province", "ps-gaza-city"]),
        ("ALBANY, N.Y. — Growers near Syracuse said they would plant less.", ["us-ny", "us-ny-syracuse"]),
    ],
)
def test_which_place_is_meant(nlp, text, last_two):
    assert [key for _, key in found(annotate(nlp, text), "JURISDICTION")][-2:] == last_two


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Author JK Rowling said no. A PT Barnum imitation failed.", {"JK Rowling", "PT Barnum"}),
        ("US Steel said no. A TV Guide came.", set()),
        ("Many liked Putin's speech. The Aztecs were many.", {"Putin"}),
        ("They bought a Ford Pinto. Ford knew of the fault.", set()),
        ("“We are troubled that Nick has failed to speak,” it wrote. Nick Cannon wept.", {"Nick Cannon"}),
    ],
)
def test_initials_and_single_names_are_somebody_where_they_act(nlp, text, names):
    assert people(nlp, text) == names


def test_a_first_name_that_nobody_has_may_be_the_surname(nlp):
    text = "President Xi Jinping met reporters. Mr. Xi said it was late. It was Xi's first visit."
    assert named(nlp, text) == [("Xi Jinping", "Xi Jinping"), ("Xi", "Xi Jinping"), ("Xi", "Xi Jinping")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("An analyst at auto research firm Edmunds, told reporters. Edmunds grew.", {"Edmunds"}),
        ("French state-controlled utility EDF on Monday said it would build.", {"EDF"}),
        ("A lawyer at the New York law firm Davis Polk & Wardwell left.", {"Davis Polk & Wardwell"}),
        ("She spent $2,569 at Barnes & Noble on 22 occasions.", {"Barnes & Noble"}),
        ("The outlook is dim.\n\nVarious & Sundry\n\nHe taped a show.", set()),
        ("UFCW Local 400 President Mark Federici agreed.", {"UFCW Local 400"}),
        ("Mr Trudeau's ruling Liberal party wants tougher laws. She came to the Christmas party.", {"Liberal Party"}),
        ("Smoke rose from a nearby BP refinery.", {"BP"}),
        ("It was backed by Trust for America's Health (TFAH). TFAH said so.", {"Trust for America's Health"}),
    ],
)
def test_words_beside_a_name_tell_a_body(nlp, text, names):
    assert bodies(nlp, text) == names


def test_a_poll_of_two_outlets_is_of_both(nlp):
    text = "Among voters in the Washington Post-ABC News poll she led. Most were men, the Post reported."
    assert [name for _, name in named(nlp, text, "ORG")] == ["Washington Post", "ABC News", "Washington Post"]


def test_names_of_other_alphabets_tell_who_bears_them():
    assert [gender_of(name) for name in ("Dmytro", "Halyna", "Giorgos")] == ["m", "f", "m"]


def test_two_people_joined_by_a_hyphen_are_two(nlp):
    assert people(nlp, "It was the Hillary Clinton-Bernie Sanders showdown.") == {"Hillary Clinton", "Bernie Sanders"}
    assert people(nlp, "They met Alexandria Ocasio-Cortez there.") == {"Alexandria Ocasio-Cortez"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A museum that is Daniel Libeskind-designed opened there.", {"Daniel Libeskind"}),
        ("Crown Prince Mohammed bin Salman left the hall.", {"Mohammed bin Salman"}),
        ("WHO Director-General Tedros Adhanom Ghebreyesus spoke.", {"Tedros Adhanom Ghebreyesus"}),
        ("He wants more, says Rudy Giuliani Read more below.", {"Rudy Giuliani"}),
        ("Since Covid began, Brexit has done harm. Brexit took years. Brexit hurt.", set()),
    ],
)
def test_what_is_no_part_of_a_name_is_left_out(nlp, text, names):
    assert people(nlp, text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Among them are people of Boeing, Facebook, General Motors and Uber.",
            {"Boeing", "Facebook", "General Motors"},
        ),
        ("The Food & Drug Administration approved it.", {"Food and Drug Administration"}),
        ("While you go on vacations & tweets, we work. He wants LAW & ORDER!", set()),
    ],
)
def test_names_in_a_row_are_each_a_body(nlp, text, names):
    assert bodies(nlp, text) - {"Uber"} == names


def test_what_somebody_gives_is_no_party_of_politics(nlp):
    assert bodies(nlp, "They met at Ann's Christmas party. Greece's Syriza party lost.") == {"Syriza Party"}

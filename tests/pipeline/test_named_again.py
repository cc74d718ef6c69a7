"""People, bodies and towns that an article names a second time in another way, or that the model overlooks."""

from datetime import date

import pytest

from pipeline.build.annotator import annotator
from pipeline.core.acronyms import stand_for_words
from pipeline.core.annotations import Context

DAY = date(2018, 3, 5)


def named(text, day=DAY):
    """The words and the name of each mention, pronouns left out."""
    annotate = annotator()
    (doc,) = annotate.parse([text])
    annotate.analyse(doc, Context("", "", day))
    return [
        (text[m.start : m.end], m.label, doc._.entities[m.entity_id].name)
        for m in doc._.mentions
        if not m.resolution.startswith("pronoun")
    ]


def of(label, text, day=DAY):
    return [(words, name) for words, found, name in named(text, day) if found == label]


def test_a_bare_surname_is_the_presidents_and_not_his_sons():
    text = (
        "President Trump met Bo Ray, who reports to Trump. On Friday, Trump was silent.\n\n"
        "Donald Trump Jr. flew to Ohio, and Trump Jr. was late.\n\nTrump smiled."
    )
    people = [name for words, name in of("PERSON", text) if words.startswith(("Trump", "Donald"))]
    assert people == ["Donald Trump"] * 3 + ["Donald Trump Jr."] * 2 + ["Donald Trump"]


def test_an_administration_tells_of_its_president_too():
    text = "Donald Trump Jr. met a lawyer.\n\nThe Trump administration knew nothing, Trump said."
    assert [name for _, name in of("PERSON", text)] == ["Donald Trump Jr.", "Donald Trump"]


def test_somebody_else_keeps_the_surname_where_no_president_is_named():
    assert [name for _, name in of("PERSON", "Hunter Biden sued. Biden was hurt.")] == ["Hunter Biden"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee, a lawyer at Graves Garrett, lost. Graves Garrett won.", ["Graves Garrett", "Graves Garrett"]),
        ("Bo Ray, an attorney with Quinn Emanuel, lost.", ["Quinn Emanuel"]),
        ("The suit is of the NorCal Tea Party Patriots. NorCal Patriots won.", ["NorCal Tea Party Patriots"] * 2),
        ("She teaches at the Fordham University law school.", ["Fordham University"]),
        ("He flew aboard Air Force One.", []),
        ("Soothing CBD products sell. CBD (cannabidiol) eases pain.", []),
        (
            "It stood in The New Yorker. A New Yorker reporter left; the New Yorker said why.",
            ["The New Yorker", "The New Yorker", "The New Yorker"],
        ),
    ],
)
def test_a_body_is_known_by_what_is_said_of_it(text, expected):
    assert [name for _, name in of("ORG", text)] == expected


def test_who_is_from_a_city_is_no_outlet():
    assert of("JURISDICTION", "It stood in The New Yorker. A New Yorker was hurt.") == [("New Yorker", "New York City")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "He will speak in Celina, Ohio. Then he will ask for votes in Findlay and Marion.",
            ["Celina", "Ohio", "Findlay", "Marion"],
        ),
        ("New Hampshire votes first. They marched in Nashua.", ["New Hampshire", "Nashua"]),
        ("Sandy was upgraded to a Hurricane again in Utah.", ["Utah"]),
    ],
)
def test_a_town_the_model_overlooks_is_told_by_its_state(text, expected):
    assert [words for words, _ in of("JURISDICTION", text)] == expected


@pytest.mark.parametrize(
    ("text", "letters", "words"),
    [
        ("CBD (cannabidiol) eases pain", "CBD", True),
        ("a high body mass index (BMI) is bad", "BMI", True),
        ("the Bay Medical Institute (BMI) is shut", "BMI", False),
        ("the Bay Medical Institute was closed by it (BMI)", "BMI", False),
        ("the CBD (Central District) is shut", "CBD", False),
    ],
)
def test_letters_that_stand_for_common_nouns_are_told(text, letters, words):
    assert stand_for_words(text, letters) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ukrainian Army failed. The Army was late.", ["Army of Ukraine", "Army of Ukraine"]),
        ("Ukraine's Supreme Court ruled.", ["Supreme Court of Ukraine"]),
        ("It was lost in the Senate of Brazil.", ["Senate of Brazil"]),
        ("The Texas Senate met. In Washington the Senate did not.", ["Texas Senate", "Senate"]),
        ("The Ohio Senate race is close.", ["Senate"]),
        ("The U.S. Senate and the Army met.", ["Senate", "U.S. Army"]),
        ("He served in the Bosnian Serb Army.", ["Bosnian Serb Army"]),
        ("The Supreme Court of the United States met.", ["Supreme Court"]),
    ],
)
def test_a_body_of_another_country_or_a_state_is_none_of_the_nations(text, expected):
    assert [name for _, name in of("ORG", text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Campus Reform, a right-wing website that tracks speakers, found none.", ["Campus Reform"]),
        ("Bo Ray, 34, is a graduate of MCLA.", ["MCLA"]),
        ("The intelligence agency (BND) knew. BND agents left.", ["BND", "BND"]),
        ("Officials say the VA is slow. VA clinics are shut.", ["Department of Veterans Affairs"] * 2),
        ("Ann Rasmussen leads the Rasmussen Media Group.", ["Rasmussen Media Group"]),
    ],
)
def test_a_body_is_told_by_what_it_is_or_who_is_of_it(text, expected):
    assert [name for _, name in of("ORG", text)] == expected


def test_letters_before_a_number_are_no_state():
    assert of("JURISDICTION", "They ban the AK, AKS, AK-47, AR-10 and AR-15.") == []


def test_a_title_is_no_surname_and_a_wife_is_not_who_is_spoken_of():
    text = "Mark Judge, 50, knew Judge Brett Kavanaugh. Judge said so."
    assert [name for _, name in of("PERSON", text)] == ["Mark Judge", "Brett Kavanaugh", "Mark Judge"]
    text = "Ted Cruz ate with his wife, Heidi Cruz, in Ohio. Later, Cruz and his wife left."
    assert [name for words, name in of("PERSON", text)] == ["Ted Cruz", "Heidi Cruz", "Ted Cruz"]


def test_who_works_for_a_president_does_so_whoever_of_his_family_was_just_named():
    text = "President Trump spoke. Melania Trump waved, and Bo Ray led senior Trump advisers around."
    assert [name for words, name in of("PERSON", text) if "Trump" in words] == [
        "Donald Trump",
        "Melania Trump",
        "Donald Trump",
    ]


def test_whom_a_headline_says_something_of_is_no_body():
    text = "Obama Says African-American Museum Will Open\n\nPresident Obama spoke on Saturday of the museum."
    assert [name for _, name in of("PERSON", text, date(2016, 9, 25))] == ["Barack Obama"] * 2


def under(title, text):
    """The words and names of people in an article with a headline of its own."""
    annotate = annotator()
    (doc,) = annotate.parse([text])
    annotate.analyse(doc, Context("", title, DAY))
    return [
        doc._.entities[m.entity_id].name
        for m in doc._.mentions
        if m.label == "PERSON" and not m.resolution.startswith("pronoun")
    ]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Talks suggest Kim Jong-un needs a deal", "Analysts say Mr. Kim would not give up.", ["Kim Jong-un"]),
        ("Why Tom Steyer may quit", "On Monday Mr. Steyer left the race.", ["Tom Steyer"]),
        ("Winter Olympics begin", "Fears of the Olympics grew on Monday.", []),
        ("Why some may quit", "On Monday Mr. Steyer left the race.", ["Steyer"]),
    ],
)
def test_a_surname_alone_is_whom_the_headline_names_in_full(title, text, expected):
    assert under(title, text) == expected


def test_a_paper_is_called_by_its_last_word_and_an_outlet_told_by_its_kind():
    text = "The Christian Science Monitor wrote so. A Democrat told the Monitor."
    assert [name for _, name in of("ORG", text)] == ["Christian Science Monitor", "Christian Science Monitor"]
    assert of("ORG", "In an interview with French newspaper La Croix, he agreed.") == [("La Croix", "La Croix")]


def test_a_name_of_two_senses_is_the_state_where_the_article_surely_means_it():
    text = (
        "New York Gov. Andrew Cuomo spoke. New York governor Cuomo left. New York has the highest rate in the country."
    )
    annotate = annotator()
    (doc,) = annotate.parse([text])
    annotate.analyse(doc, Context("", "", DAY))
    kinds = [doc._.entities[m.entity_id].kind for m in doc._.mentions if text[m.start : m.end] == "New York"]
    assert kinds == ["state"] * 3


def test_each_of_a_list_has_the_title_before_it():
    text = "Sens. Kelso (R-Ohio), Marchand and Adair voted. Judges Tatel and Wilken ruled. The Ottawa Senators and Boston won."
    assert [words for words, _ in of("PERSON", text)] == ["Kelso", "Marchand", "Adair", "Tatel", "Wilken"]
    assert ("Ottawa Senators", "ORG") in [(words, label) for words, label, _ in named(text)]


def test_a_verb_cut_short_is_no_part_of_a_name():
    assert of("PERSON", 'He read "Harry Marsh Isn\'t Done." Harry Marsh won.') == [("Harry Marsh", "Harry Marsh")] * 2


def test_outlets_that_ask_together_are_named_and_those_that_credit_a_picture_are_not():
    text = "A Wall Street Journal/NBC News poll said so, and a poll by Reuters/Ipsos did not.\n\nThe square. (Ann Lee/Reuters)"
    assert [words for words, _ in of("ORG", text)] == ["Wall Street Journal", "NBC News", "Reuters", "Ipsos"]


def test_schools_and_committees_are_told_by_their_last_words():
    text = (
        "Sales rose after the Cedar Grove Elementary School shootings. He gave to the Senate Growth PAC. "
        "The Ready for Hillary PAC closed. The Harry Marsh High School walkout went on."
    )
    assert of("ORG", text) == [
        (name, name)
        for name in (
            "Cedar Grove Elementary School",
            "Senate Growth PAC",
            "Ready for Hillary PAC",
            "Harry Marsh High School",
        )
    ]
    assert not of("PERSON", text)


def test_a_group_of_ordinary_words_is_told_by_the_noun_behind_it():
    text = "He and his Neighbors Against Loud Trains group wrote. A South Los Angeles advocacy group did not."
    assert of("ORG", text) == [("Neighbors Against Loud Trains", "Neighbors Against Loud Trains")]


def test_call_letters_are_a_station_where_it_reports():
    text = "The plant will close, WQRB reported Monday. He told KZTV-TV that he was glad. WHAT NOW reads the sign."
    assert [words for words, _ in of("ORG", text)] == ["WQRB", "KZTV"]


def test_a_capital_that_opens_a_sentence_names_no_body():
    assert not of("ORG", "Groups that oppose the plan said they would sue. Critics that favor it argued back.")


def test_an_office_that_somebody_would_have_is_nobodys_who_holds_it():
    text = "She could not imagine the country with Harry Marsh as our president. He would be our president. The president slept."
    assert of("PERSON", text)[1:] == [("president", "Donald Trump")]


def test_a_university_is_told_by_its_scholars():
    text = "It failed, said Rutgers political-science professor Ann Marsh. Mr. Purdue left. A Purdue economist did not. He left UMass Dartmouth."
    assert of("ORG", text) == [("Rutgers", "Rutgers University"), ("Purdue", "Purdue University")]


def test_a_small_town_is_one_where_its_state_is_named():
    text = "Plants in six towns of Mississippi were searched, and some in Bay Springs closed."
    assert ("Bay Springs", "Bay Springs") in of("JURISDICTION", text)


def test_a_title_over_a_place_is_that_of_the_name_behind_the_place():
    text = "He met Russian Ambassador to the U.S. Sergey Kislov and Ambassador to Peru Ann Marsh. Kislov left."
    assert [words for words, _ in of("PERSON", text)] == ["Sergey Kislov", "Ann Marsh", "Kislov"]


def test_the_role_of_whoever_is_named_next_is_no_part_of_a_bodys_name():
    text = "Borough Global News Anchor Katie Marsh spoke. The Office of the Director of National Intelligence did not."
    assert ("Borough Global News", "Borough Global News") in of("ORG", text)
    assert not any("Anchor" in name for _, name in of("ORG", text))


def test_two_bodies_are_not_one_and_half_a_surname_is_no_town():
    text = "It strained Homeland Security, Defence and Health and Human Services. Ms. Juarez-Escobar left Dallas-Fort Worth."
    assert [words for words, _ in of("ORG", text)] == ["Homeland Security", "Health and Human Services"]
    assert [words for words, _ in of("JURISDICTION", text)] == ["Dallas", "Fort Worth"]


def test_what_somebody_is_not_is_not_how_he_is_called():
    text = "Judge Arthur Marsh, not the defendant, asked for help. The defendant said nothing."
    assert [words for words, _ in of("PERSON", text)] == ["Arthur Marsh"]


def test_what_a_noun_introduces_between_commas_is_a_body():
    text = "The nonprofit, My Own Two Hands, has money. The developer, Bo Marsh, has none. He left the White House Daily Press Briefing."
    assert [words for words, _ in of("ORG", text)] == ["My Own Two Hands", "White House"]


def test_storms_are_neither_people_nor_towns():
    text = (
        "Jobs fell as hurricanes Harvey and Irma struck. Harvey and Irma were costly, and so was Superstorm Sandy. "
        "Irma Marsh lives in Harvey, Illinois. After the storm Trump smiled."
    )
    assert [words for words, _ in of("PERSON", text)] == ["Irma Marsh", "Trump"]
    assert [words for words, _ in of("JURISDICTION", text)] == ["Harvey", "Illinois"]


def test_the_body_of_whoever_speaks_is_one():
    text = "Ian Marsh of Pantry Macroeconomics said so. Ann Lee of Rhode Island told us. Bo Ray of Cedar Rapids wrote."
    assert [words for words, _ in of("ORG", text)] == ["Pantry Macroeconomics"]


def test_one_of_two_politicians_has_a_second_first_name():
    assert of("PERSON", "John Edwards lost. Mr. Edwards wept.", date(2012, 6, 1)) == [
        ("John Edwards", "John Edwards"),
        ("Edwards", "John Edwards"),
    ]
    assert of("PERSON", "Gov. Edwards spoke.", date(2019, 6, 1)) == [("Edwards", "John Bel Edwards")]


def test_a_place_completes_the_name_of_those_who_are_for_it():
    text = "The PAC, Citizens for a Strong New Hampshire, sued. Citizens for a Strong New Hampshire's request fell."
    assert of("ORG", text) == [("Citizens for a Strong New Hampshire", "Citizens for a Strong New Hampshire")] * 2
    assert not of("JURISDICTION", text)


def test_whoever_speaks_for_others_is_a_person():
    text = '"We do not use it," Vanee Vines, an agency spokeswoman, said. Quell Motors, a car maker, sued.'
    assert of("PERSON", text) == [("Vanee Vines", "Vanee Vines")]
    assert of("ORG", text) == [("Quell Motors", "Quell Motors")]


def test_what_somebody_calls_an_outlet_is_no_part_of_its_name():
    text = "Or is it just the Failing New York Times again? The National Endowment for the Humanities paid for it."
    assert [words for words, _ in of("ORG", text)] == ["New York Times", "National Endowment for the Humanities"]


@pytest.mark.parametrize("again", ["Ferrán Pérez said no. Perez left.", "Ferran Perez said no. Perèz left."])
def test_accents_make_nobody_somebody_else(again):
    people = of("PERSON", f"“No,” said Robert Ferrán Pérez of Ohio. {again}")
    assert [name for _, name in people] == ["Robert Ferrán Pérez"] * 3


def test_whoever_is_named_as_somebodys_kin_is_not_the_one_who_writes_next():
    text = (
        "In the Post, Laura Bush, wife of the last Republican president, George W. Bush, defended the law.\n\n"
        "“It is cruel,” Bush wrote."
    )
    assert [name for words, name in of("PERSON", text) if words == "Bush"] == ["Laura Bush"]


def test_the_president_is_accused_of_something():
    text = "They accused the president of lying. The president of the club left."
    assert of("PERSON", text) == [("president", "Donald Trump")]


def test_a_misspelt_name_is_the_office_holders():
    text = "Kristjen Nielsen spoke. Kirstjen Neilsen wrote, and Secretary Nielsne left. Barrack Obama wept."
    assert [name for _, name in of("PERSON", text)] == ["Kirstjen Nielsen"] * 3 + ["Barack Obama"]


@pytest.mark.parametrize(
    "text",
    [
        "The law professor Laurence Tribe told us no. Tribe left.",
        "Laurence Tribe, a scholar of the law, told us no. Tribe left.",
    ],
)
def test_a_surname_that_is_a_word_is_somebodys_whose_calling_is_told(text):
    assert [name for _, name in of("PERSON", text)] == ["Laurence Tribe"] * 2


def test_a_body_is_of_those_in_whose_name_it_is_and_not_of_another_body():
    text = "The Writers' Guild, the ACLU's Immigrants' Rights Project and Human Services' Office of Aging met."
    assert [name for _, name in of("ORG", text)] == [
        "Writers' Guild",
        "American Civil Liberties Union",
        "Immigrants' Rights Project",
        "Office of Aging",
    ]


@pytest.mark.parametrize("name", ["Tulsi Gabbard", "Eli Crane", "Maxwell Frost", "Pete Sessions"])
def test_a_politicians_full_name_is_one_wherever_it_stands(name):
    surname = name.rsplit(" ", 1)[-1]
    people = of("PERSON", f"The plan drew fire from {name} on Monday. “It is wrong,” {surname} said.")
    assert people == [(name, name), (surname, name)]


def test_whose_calling_stands_before_is_somebody_though_the_model_sees_a_body():
    people = of("PERSON", "They asked former U.N. ambassador Samantha Power. Power’s name was new.")
    assert [name for _, name in people] == ["Samantha Power"] * 2


def test_a_number_behind_a_name_is_set_in_capitals():
    assert of("PERSON", "Nick Begich III spoke.")[0][1] == "Nick Begich III"


def test_a_surname_that_is_a_word_says_something():
    text = "The plan drew fire from Augustina Belt on Monday. “It is wrong,” Belt said."
    assert of("PERSON", text) == [("Augustina Belt", "Augustina Belt"), ("Belt", "Augustina Belt")]
    assert not of("PERSON", "The plan drew fire from Paris Court on Monday. The Court said so.")

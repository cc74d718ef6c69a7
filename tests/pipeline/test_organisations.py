import pytest

from tests.pipeline.naming import annotate, by_hand, found


def organisations(nlp, text):
    return found(annotate(nlp, text, "entities"), "ORG")


def test_bodies_of_a_list_are_told_apart(nlp):
    doc = annotate(nlp, "The Ruiz Health Association, National Academy of Nurses, and Ohio Cancer Society agreed.")
    assert [words for words, _ in found(doc, "ORG")] == [
        "Ruiz Health Association",
        "National Academy of Nurses",
        "Ohio Cancer Society",
    ]


def test_an_organisation_and_its_acronym_are_one(nlp):
    text = "U.S. Customs and Border Protection (CBP) sent agents. CBP declined to comment."
    assert {key for _, key in organisations(nlp, text)} == {"customs-and-border-protection"}


def test_an_acronym_counts_only_in_capitals(nlp):
    assert organisations(nlp, "The ice on the lake was thin.") == []
    assert organisations(nlp, "The agents of ICE were late.") == [("ICE", "immigration-and-customs-enforcement")]


def test_an_acronym_defined_in_the_text_means_the_long_name(nlp):
    text = "The Riverside Tenants Association (RTA) filed a complaint on Monday. The RTA will appeal."
    assert {key for _, key in organisations(nlp, text)} == {"riverside-tenants-association"}


def test_the_times_is_the_outlet_named_before(nlp):
    text = "The New York Times reported it on Friday. According to the Times, nobody was hurt."
    assert organisations(nlp, text) == [("New York Times", "new-york-times"), ("Times", "new-york-times")]


def test_members_stand_for_their_party(nlp):
    doc = annotate(nlp, "In the end most Democrats agreed.", "entities")
    (mention,) = doc._.mentions
    assert (mention.entity_id, mention.resolution) == ("org:democratic-party", "members")


def test_an_outlet_is_marked(nlp):
    doc = annotate(nlp, "She told Fox News that it was over.", "entities")
    assert doc._.entities["org:fox-news"].kind == "outlet"


def test_a_name_is_taken_to_its_end(nlp):
    doc = annotate(
        nlp, "A member of the National Association of Former Border Patrol Officers spoke Friday.", "entities"
    )
    assert "National Association of Former Border Patrol Officers" in [e.name for e in doc._.entities.values()]


def test_a_party_of_a_state_is_not_the_party_of_the_country(nlp):
    doc = annotate(nlp, "Leaders of the California Democratic party met in March.", "entities")
    assert [entity.name for entity in doc._.entities.values()] == ["California Democratic Party"]


def test_an_agency_in_a_picture_credit_says_nothing(nlp):
    doc = annotate(
        nlp, "A truck waits at the bridge. Ann Lee/Reuters\n\nThe bridge is closed, Reuters reported.", "entities"
    )
    text = doc.text
    assert [m.start for m in doc._.mentions if m.label == "ORG"] == [text.rindex("Reuters")]


@pytest.mark.parametrize(
    ("text", "committee"),
    [
        ("Sen. Ann Lee leads the Judiciary Committee.", "senate-judiciary-committee"),
        ("The Judiciary Committee heard Rep. Ann Lee.", "house-judiciary-committee"),
        ("The Judiciary Committee met at the White House.", "judiciary-committee"),
        ("Sen. Ann Lee and Rep. Bo Kim spoke to the Judiciary Committee.", "judiciary-committee"),
    ],
)
def test_a_committee_is_of_the_chamber_whose_members_are_named_beside_it(nlp, text, committee):
    assert ("Judiciary Committee", committee) in organisations(nlp, text)


def test_a_court_of_appeals_is_one_with_its_circuit(nlp):
    text = "The U.S. Court of Appeals for the 9th Circuit agreed. The Ninth Circuit was quick."
    assert {key for _, key in organisations(nlp, text)} == {"ninth-circuit-court-of-appeals"}


def test_an_acronym_may_take_more_than_first_letters(nlp):
    text = "The Northwest Immigrant Rights Project (NWIRP) sued on Monday. NWIRP will appeal."
    assert [key for _, key in organisations(nlp, text)] == ["northwest-immigrant-rights-project"] * 3


def test_a_committee_is_of_the_chamber_named_above_it(nlp):
    text = "The Senate met on Monday.\nThe Judiciary Committee voted on the bill."
    assert organisations(nlp, text)[-1] == ("Judiciary Committee", "senate-judiciary-committee")


def test_a_committee_is_of_the_chamber_of_a_member_beside_it(nlp):
    text = "It was written by Rep. Ann Lee.\nThe plan of Judiciary Committee Chairman Lee failed."
    assert organisations(nlp, text)[-1] == ("Judiciary Committee", "house-judiciary-committee")


def test_a_federal_court_is_known_by_its_district(nlp):
    text = "The U.S. District Court for the Northern District of Texas ruled. Then a U.S. District Court judge left."
    assert organisations(nlp, text) == [
        (
            "U.S. District Court for the Northern District of Texas",
            "u-s-district-court-for-the-northern-district-of-texas",
        ),
        ("U.S. District Court", "u-s-district-court-for-the-northern-district-of-texas"),
    ]


@pytest.mark.parametrize(
    ("text", "court"),
    [
        ("A U.S. District Court judge in San Diego ruled.", "u-s-district-court-in-san-diego"),
        (
            "U.S. District Court Judge Ann B. Lee, in Maryland, ruled.",
            "u-s-district-court-for-the-district-of-maryland",
        ),
        ("A U.S. District Court judge in Washington state ruled.", "u-s-district-court-in-washington-state"),
        ("It is pending in District Court in Washington, D.C.", "u-s-district-court-for-the-district-of-columbia"),
    ],
)
def test_a_federal_court_is_known_by_its_seat(nlp, text, court):
    assert court in [key for _, key in organisations(nlp, text)]


def test_a_federal_court_of_no_place_is_the_one_of_its_article(nlp):
    texts = ("A U.S. District Court judge ruled on Friday.", "A U.S. District Court judge left on Monday.")
    [(_, one)], [(_, other)] = (organisations(nlp, text) for text in texts)
    assert one != other
    assert one.startswith("u-s-district-court~")


def test_a_judge_without_a_place_sits_in_no_court_of_another(nlp):
    text = "It went to U.S. District Court in Maine. Then U.S. District Court Judge Ann Lee ruled on Friday."
    assert len({key for _, key in organisations(nlp, text)}) == 2


def test_two_organisations_with_a_comma_between_are_two(nlp):
    doc = by_hand(nlp, "The Border Rights Project, the ACLU and others met .", (1, 6, "ORG"))
    assert "org:american-civil-liberties-union" in annotate(nlp, doc, "entities")._.entities


def test_the_name_of_the_country_before_a_name_changes_nothing(nlp):
    doc = by_hand(nlp, "The US Postal Service and Facebook Inc agreed .", (1, 4, "ORG"), (5, 7, "ORG"))
    doc = annotate(nlp, doc, "entities")
    assert {mention.entity_id for mention in doc._.mentions} == {"org:postal-service", "org:facebook"}


def test_a_parliament_is_of_the_country_named_beside_it(nlp):
    assert organisations(nlp, "In India the law was passed by Parliament.") == [("Parliament", "parliament-of-india")]
    assert organisations(nlp, "The law was passed by Parliament.") == []


def test_who_is_at_oxford_is_at_its_university(nlp):
    assert organisations(nlp, "A professor at Oxford said so.") == [("Oxford", "oxford-university")]
    assert organisations(nlp, "She has a degree in law from Yale.") == [("Yale", "yale-university")]


def test_the_district_of_columbia_is_no_university(nlp):
    doc = annotate(nlp, "Lawyers from the District of Columbia agreed.")
    assert [mention.entity_id for mention in doc._.mentions] == ["place:us-dc"]


def test_a_committee_is_of_the_one_chamber_of_its_sentence(nlp):
    text = "Senators from both parties agreed. In the House, the Judiciary Committee met."
    assert organisations(nlp, text)[-1] == ("Judiciary Committee", "house-judiciary-committee")


def test_a_university_that_is_a_word_too_needs_somebody_of_it(nlp):
    assert organisations(nlp, "The job was offered to the Brown Berets and the Brown family.") == []
    assert organisations(nlp, "It was found by Ann Lee of Brown in June.") == [("Brown", "brown-university")]


def test_names_joined_by_an_ampersand_are_a_firm(nlp):
    text = "The book is sold by Simon & Ruiz. On Monday Simon & Ruiz printed it again."
    assert [words for words, _ in organisations(nlp, text)] == ["Simon & Ruiz", "Simon & Ruiz"]


def test_a_name_with_a_hyphen_behind_it_is_the_same_name(nlp):
    assert [key for _, key in organisations(nlp, "The court heard of an Al Qaeda-trained driver.")] == ["al-qaeda"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It may fall, said Ann Lee, director for VM Markets Ltd. in Singapore.", "VM Markets Ltd"),
        ("Some powerful groups such as the Harbor Legion have called on him to resign.", "Harbor Legion"),
        ("The book of the Billy Graham Evangelistic Association is out.", "Billy Graham Evangelistic Association"),
        ("The People's Bank of China set its rate.", "People's Bank of China"),
        ("The rate fell, seismologist Egill Hauksson told the Harbor Gate.", "Harbor Gate"),
    ],
)
def test_what_stands_beside_or_in_a_name_tells_an_organisation(nlp, text, name):
    doc = annotate(nlp, text, "entities")
    assert [words for words, _ in found(doc, "ORG")] == [name]
    assert not {words for words, _ in found(doc, "PERSON")} & set(name.split())


def test_somebodys_house_is_no_chamber(nlp):
    assert organisations(nlp, "He is senior pastor at The Father's House in Norcross.") == []
    assert organisations(nlp, "Ann Lee's House Republicans left.")[0] == ("House", "house-of-representatives")


@pytest.mark.parametrize("text", ["She told the story again.", "Ann Lee told the Senate and the House so."])
def test_what_is_told_is_no_organisation_but_whom_it_is_told(nlp, text):
    assert {key for _, key in organisations(nlp, text)} <= {"senate", "house-of-representatives"}


def test_a_party_is_meant_by_its_members_and_a_kind_of_fund_is_nobody(nlp):
    assert organisations(nlp, "The Dems left.") == [("Dems", "democratic-party")]
    assert organisations(nlp, "A super PAC paid for it.") == []

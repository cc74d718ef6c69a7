import pytest

from pipeline.places.gazetteer import ancestors, places
from tests.pipeline.naming import annotate, by_hand, found


def jurisdictions(nlp, text):
    return found(annotate(nlp, text), "JURISDICTION")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He lives in Brownsville, Texas, with his son.", ["us-tx-brownsville", "us-tx"]),
        ("He lives in Escondido, Calif., with his son.", ["us-ca-escondido", "us-ca"]),
        ("The fire in Mecklenburg County, North Carolina, is out.", ["us-nc-mecklenburg-county", "us-nc"]),
        ("And in Washington, King County released him on Friday.", ["us-wa", "us-wa-king-county"]),
        ("In Washington the lawmakers went home on Friday.", ["us-dc-washington"]),
        ("Rents rose in New York, Boston and Chicago.", ["us-ny-new-york", "us-ma-boston", "us-il-chicago"]),
        ("Then New York Gov. Andrew Cuomo spoke.", ["us-ny"]),
        ("Then New York Mayor Eric Adams spoke.", ["us-ny-new-york"]),
        ("The storm moved from Georgia to Alabama on Friday.", ["us-ga", "us-al"]),
        ("He crossed from Georgia into Armenia and Azerbaijan.", ["ge", "am", "az"]),
        ("The U.S. and Mexico met on Friday.", ["us", "mx"]),
        ("Most migrants came from Central America on Friday.", []),
        ("He has a flat in Brooklyn.", ["us-ny-brooklyn"]),
        ("He has a flat in Nogales [Arizona].", ["us-az-nogales", "us-az"]),
        ("He has a flat in Frankford, Del., by the sea.", ["us-de"]),
        ("They fled from hurricane Harvey to Ohio.", ["us-oh"]),
        ("They crossed the Potomac near Baltimore.", ["us-md-baltimore"]),
        ("It is an old Chinatown in Chicago.", ["us-il-chicago"]),
        ("The Republic of Georgia and the state of Georgia signed it.", ["ge", "us-ga"]),
        ("A boat sailed from Normandy to St. Lucia and East Timor.", ["fr-normandy-province", "lc", "tl"]),
        ("The minister flew to Skopje on Monday.", ["mk-skopje"]),
        ("The minister flew to Manchester. Fans of Manchester United cheered.", []),
        ("Two Togolese officials met a Kosovar judge.", ["tg", "xk"]),
        ("They were held at Guantanamo for years.", []),
    ],
)
def test_which_place_is_meant(nlp, text, expected):
    assert [key for _, key in jurisdictions(nlp, text)] == expected


@pytest.mark.parametrize("text", ["Reading the bill took hours.", "Their mobile homes burned.", "Liberty has a price."])
def test_words_that_are_towns_too_are_words(nlp, text):
    assert jurisdictions(nlp, text) == []


def test_a_demonym_names_the_country(nlp):
    doc = annotate(nlp, "A Guatemalan man was arrested on Friday.")
    (mention,) = doc._.mentions
    assert (mention.entity_id, mention.resolution) == ("place:gt", "demonym")


def test_a_place_that_decides_stands_for_its_government(nlp):
    doc = annotate(nlp, "Mexico rejected the offer. He was born in Mexico.")
    assert [mention.metonym for mention in doc._.mentions] == [True, False]


def test_a_place_in_the_name_of_an_outlet_is_no_place(nlp):
    assert jurisdictions(nlp, "The New York Times and the Boston Globe reported it.") == []


def test_a_line_in_capitals_names_places(nlp):
    assert jurisdictions(nlp, "FIRE DESTROYS SCHOOL IN MARYLAND TOWN\nNobody was hurt.") == [("MARYLAND", "us-md")]


def test_places_are_found_without_a_parser(nlp):
    doc = by_hand(nlp, "They drove from Chicago to Canada .")
    assert found(annotate(nlp, doc, "jurisdictions"), "JURISDICTION") == [
        ("Chicago", "us-il-chicago"),
        ("Canada", "ca"),
    ]


def test_what_a_place_lies_in_is_told_step_by_step():
    assert [entity.entity_id for entity in ancestors("place:us-ca-escondido")] == [
        "place:us-ca-escondido",
        "place:us-ca-san-diego-county",
        "place:us-ca",
        "place:us",
    ]


def test_every_place_lies_in_a_place_of_the_table():
    table = places()
    assert {place.parent_id for place in table.values() if place.parent_id} <= table.keys()


def test_counties_and_states_have_census_codes():
    digits = {"state": 2, "county": 5}
    for place in places().values():
        if place.kind in digits:
            assert len(place.fips) == digits[place.kind], place


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Workers left Puebla on Friday.", "city"), ("The state of Puebla pays for the bus from the farm.", "province")],
)
def test_a_state_of_mexico_is_meant_where_the_text_says_so(nlp, text, kind):
    doc = annotate(nlp, text, "jurisdictions")
    assert [(entity.name, entity.kind) for entity in doc._.entities.values()] == [("Puebla", kind)]


def test_the_first_peoples_of_america_are_not_of_india(nlp):
    assert jurisdictions(nlp, "Children of Indian tribes were left out.") == []
    assert jurisdictions(nlp, "The Indian minister agreed.") == [("Indian", "in")]


def test_a_city_that_is_a_country_is_the_country(nlp):
    assert jurisdictions(nlp, "They flew to Singapore on Friday.") == [("Singapore", "sg")]


def test_a_city_in_the_name_of_its_paper_is_no_place(nlp):
    assert jurisdictions(nlp, "The Columbus Dispatch and the Kansas City Star said so.") == []


def test_cities_have_census_codes_of_their_state():
    table = places()
    expected = {
        "place:us-ny-new-york": "3651000",
        "place:us-dc-washington": "1150000",
        "place:us-mo-kansas-city": "2938000",
        "place:us-ks-kansas-city": "2036000",
        "place:us-or-portland": "4159000",
        "place:us-ca-ventura": "0665042",
        "place:us-mn-saint-paul": "2758000",
        "place:us-ma-brookline": "2502109175",
    }
    assert {key: table[key].fips for key in expected} == expected
    states = {place.state: place.fips for place in table.values() if place.kind == "state"}
    coded = [place for place in table.values() if place.kind == "city" and place.fips]
    assert all(place.fips[:2] == states[place.state] and len(place.fips) in {7, 10} for place in coded)
    assert len({place.fips for place in coded}) == len(coded) > 11_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Washington is divided over the wall. Seattle, Washington, is not.", "us-dc-washington"),
        ("New York sued on Friday. New York City Mayor Ann Lee spoke.", "us-ny"),
        ("Marches in Brooklyn and Queens went on.", "us-ny-brooklyn"),
    ],
)
def test_what_is_said_of_a_place_tells_which_it_is(nlp, text, expected):
    assert jurisdictions(nlp, text)[0][1] == expected


def test_a_borough_among_boroughs_is_one(nlp):
    assert ("Queens", "us-ny-queens") in jurisdictions(nlp, "Marches in Brooklyn and Queens went on.")


def test_a_holiday_is_no_place(nlp):
    assert jurisdictions(nlp, "The office is closed on Columbus Day.") == []


@pytest.mark.parametrize("dash", ["-", "–"])
def test_a_state_after_the_letter_of_a_party_is_one_with_any_dash(nlp, dash):
    doc = annotate(nlp, f"Sen. Dana Whitfield (D{dash}Mass.) and Rep. Bo Kim (R{dash}TX) spoke.")
    assert [words for words, _ in found(doc, "JURISDICTION")] == ["Mass.", "TX"]


def test_a_word_of_two_capitals_after_a_comma_is_no_state(nlp):
    doc = annotate(nlp, "They put labels on things, OK? He lives in Norman, OK.")
    assert [words for words, _ in found(doc, "JURISDICTION")] == ["Norman", "OK"]

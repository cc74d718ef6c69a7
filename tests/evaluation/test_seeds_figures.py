"""The labels of the demonstration articles stand where they say, and the figures are what a hand would count."""

import json
from itertools import pairwise

import pytest

from evaluation import seed_labels, seeds
from evaluation.seed_labels import FILE, Named, labelled
from pipeline.readers.article import Article
from store.schema import JURISDICTION_KINDS, LABELS, QUOTE_KINDS

GIVEN = json.loads(FILE.read_text(encoding="utf-8"))


def test_all_five_articles_are_labelled():
    assert len(labelled()) == len(list(seed_labels.SEEDS.glob("*.txt"))) == 5


def test_labels_use_the_words_of_the_tables():
    assert {about["label"] for about in GIVEN["entities"].values()} == set(LABELS)
    assert {about.get("kind", "city") for about in GIVEN["entities"].values()} <= set(JURISDICTION_KINDS)
    assert {fragment.kind for labels in labelled() for fragment in labels.fragments} == (
        set(QUOTE_KINDS) - {"transcript"}
    )


def test_every_labelled_entity_is_mentioned_or_speaks():
    lines = [line for article in GIVEN["articles"].values() for line in article]
    used = {name for line in lines for _, name in line.get("mentions", [])}
    used |= {quote[3] for line in lines for quote in line.get("quotes", [])}
    assert set(GIVEN["entities"]) <= used


def test_labelled_mentions_do_not_overlap():
    for labels in labelled():
        assert all(one.end <= other.start for one, other in pairwise(labels.mentions))


def read(line):
    given = {"entities": {"Ann Lee": {"label": "PERSON"}}, "speakers_without_a_name": {}}
    text = "“We won,” Lee said; Leeds cheered.\nRELATED: More by Lee"
    return seed_labels._read(Article("Gazette", text, origin="a.txt"), [line], given)


def test_words_are_looked_up_whole_and_from_left_to_right():
    labels = read(
        {"line": 1, "mentions": [["Lee", "Ann Lee"]], "quotes": [["direct", "“We", "won,”", "Ann Lee", "Lee", "said"]]}
    )
    assert [(one.start, one.end) for one in labels.mentions] == [(10, 13)]
    assert [(one.start, one.end, one.quoted) for one in labels.fragments] == [(0, 9, ((0, 9),))]
    assert list(labels.voices().values())[:4] == ["quote", "quote", "narration", "narration"]


def test_a_furniture_line_is_furniture_and_its_names_do_not_count():
    labels = read({"line": 2, "is": "furniture"})
    assert list(labels.voices().values())[-4:] == ["furniture"] * 4
    assert labels.unlabelled == labels.furniture == [(35, 55)]


def test_words_that_do_not_stand_there_are_named_with_their_line():
    with pytest.raises(ValueError, match=r"Line 1 of a\.txt does not hold 'Leed'"):
        read({"line": 1, "mentions": [["Leed", "Ann Lee"]]})


def test_each_span_is_paired_once_with_the_closest():
    assert seeds.pair([(0, 10), (20, 30)], [(0, 6), (0, 9), (24, 40)], 0.5) == [(0, 1)]


@pytest.mark.parametrize("name", ["the White House", "White House’s", "“WHITE HOUSE”"])
def test_articles_endings_and_capitals_do_not_tell_names_apart(name):
    assert seeds.plain(name) == "white house"


@pytest.mark.parametrize(
    ("place", "right"),
    [(("state", "NY", "36"), True), (("city", "NY", ""), False), (("state", "NY", "37"), False), (None, True)],
)
def test_a_place_is_right_with_its_kind_state_and_code(place, right):
    gold = Named(0, 8, "JURISDICTION", ("New York",), "state", "NY", "36")
    assert seeds._same_entity(gold, seeds.Predicted(0, 8, "JURISDICTION", "New York", place)) is right


def test_each_figure_has_its_cases():
    measured = seeds.measure()
    assert set(seeds.cases()) == set(measured)
    assert all(0 <= value <= 100 for value in measured.values())
    assert seeds.cases()["voice"] == sum(len(labels.voices()) for labels in labelled())


def test_each_error_is_told_by_figure_file_and_line():
    told = list(seeds.errors())
    missed = sum(len(row.gold) - len(row.pairs) for name in seeds.LABELS for row in seeds.compared()[name])
    assert sum(line.split()[0] in seeds.LABELS and " missed “" in line for line in told) == missed

"""The demonstration corpus justifies its own manifest."""

import csv
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
ROWS = list(csv.DictReader((SEEDS / "manifest.csv").open(encoding="utf-8", newline="")))


def test_every_article_is_in_the_manifest():
    assert sorted(row["file"] for row in ROWS) == sorted(path.name for path in SEEDS.glob("*.txt"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
@pytest.mark.parametrize("what", ["source", "title", "authors", "date"])
def test_evidence_stands_in_the_article(row, what):
    text = (SEEDS / row["file"]).read_text("utf-8")
    for passage in filter(None, row[f"{what}_evidence"].split(" | ")):
        assert passage in text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_title_or_author_given_has_evidence(row):
    for what in ("source", "title", "authors"):
        assert bool(row[f"{what}_evidence"]) >= bool(row[what])
    assert row["date_precision"] in {"stated", "inferred", "unknown"}
    assert row["date_evidence"]

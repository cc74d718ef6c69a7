"""Numbers and words of ours are written as the reader's browser asks; what outlets wrote is left alone."""

import pytest

from dashboard.accuracy import METHODS
from dashboard.markup import phrasing, reader
from tests.dashboard.conftest import ROOT


@pytest.fixture
def speaks(monkeypatch):
    def locale(told):
        parts = told.split("-")
        monkeypatch.setattr(reader, "language", lambda: (parts[0], parts[1] if len(parts) > 1 else ""))

    return locale


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en-US", "40%"), ("en-GB", "40%"), ("de-DE", "40\u202f%"), ("fr-FR", "40\u202f%"), ("it-IT", "40%")],
)
def test_per_cent_is_written_as_in_the_language(speaks, locale, said):
    speaks(locale)
    assert phrasing.share(2, 5) == said
    assert reader.worded("About 40 % hold.") == f"About {said} hold."


def test_spelling_follows_the_region(speaks):
    speaks("en-US")
    assert reader.spelt("Organisations, labelled by an organisation") == "Organizations, labeled by an organization"
    for british in ("en-GB", "en-IN", "de-DE"):
        speaks(british)
        assert reader.spelt("Organisation") == "Organisation"


def test_a_browser_that_says_nothing_gets_british_english():
    assert reader.language() == ("en", "GB")


def test_every_word_of_the_table_is_used():
    files = [*(ROOT / "pages").glob("*.py"), *(ROOT / "dashboard").rglob("*.py"), METHODS]
    text = " ".join(file.read_text(encoding="utf-8") for file in files).lower()
    assert [word for word in reader.american() if word not in text] == []

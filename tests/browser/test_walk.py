"""A newcomer's questions, each from the first page on: how many clicks until the answer stands on the screen.

Typing counts as no click; what is asked for has to be there, not only a page that might hold it.
"""

import csv
import io
import re
from pathlib import Path

import pytest

from tests.browser.conftest import settled
from tests.browser.waiting import expect


class Walk:
    """A visitor whose clicks are counted."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def to(self, link):
        self.click(self.page.get_by_role("link", name=link, exact=True))

    def click(self, locator):
        locator.first.click()
        self.clicks += 1
        settled(self.page)


@pytest.fixture
def walk(goes):
    """A visitor on the overview of the demonstration articles."""
    return Walk(goes(""))


def test_what_one_person_says_in_one_outlet_is_downloaded_in_four_clicks(walk):
    walk.to("Compare")
    walk.click(walk.page.locator('[data-choose="person:matthew-albence|Fox News"]'))
    walk.click(walk.page.get_by_role("link", name="All that names or quotes Matthew Albence in Fox News"))
    expect(walk.page.locator(".fl-state")).to_contain_text("Matthew Albence")
    with walk.page.expect_download() as saved:
        walk.click(walk.page.get_by_role("button", name=re.compile("^Download")))
    rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text("utf-8"))))
    assert {row["outlet"] for row in rows} == {"Fox News"}
    assert sum("Albence" in row["speaker"] for row in rows) > 5
    assert walk.clicks == 4


def test_what_an_outlet_left_out_stands_one_click_away(walk):
    walk.to("Story")
    expect(walk.page.get_by_role("heading", name="No match found for these")).to_be_visible()
    expect(walk.page.locator(".fl-note", has_text=re.compile(r"\d+ of its \d+ passages")).nth(2)).to_be_visible()
    expect(walk.page.locator(".fl-near").first).to_contain_text(re.compile("^(nearest|perhaps)"))
    expect(walk.page.locator(".fl-dot.no", has_text="nothing like it found").first).to_be_visible()
    assert walk.clicks == 1


def test_two_names_for_people_are_compared_and_read_in_three_clicks(walk):
    walk.to("Compare")
    walk.click(walk.page.locator('[data-choose="names"]'))
    row = walk.page.locator("tr", has=walk.page.locator("th", has_text=re.compile("^illegal immigrants?"))).first
    expect(row).to_contain_text("narration")
    walk.click(row.locator("[data-choose]"))
    expect(walk.page.locator(".fl-kwic tbody tr").first).to_contain_text(re.compile("illegal immigrant", re.IGNORECASE))
    assert walk.clicks == 3


def test_articles_on_a_state_are_found_in_three_clicks(walk):
    walk.click(walk.page.get_by_role("button", name="Place"))
    walk.click(walk.page.get_by_role("combobox", name="Places"))
    walk.page.keyboard.type("new york")
    walk.click(walk.page.get_by_role("option", name=re.compile("^New York.*state")))
    expect(walk.page.locator(".fl-state")).to_contain_text("New York")
    expect(walk.page.locator(".fl-state")).to_contain_text("of 5 articles")
    assert walk.clicks == 3

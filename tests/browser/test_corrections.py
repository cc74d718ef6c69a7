"""A mistake is put right where it is met, holds on other pages at once, and is taken back on the page of corrections."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serve, settled
from tests.browser.test_access import serious, sideways


@pytest.fixture
def own(seeds, tmp_path):
    """The app on a copy of the demonstration articles that may be corrected."""
    with serve(shutil.copytree(seeds, tmp_path / "own")) as address:
        yield address


def test_a_name_is_corrected_everywhere_and_taken_back(visit, own):
    page = visit("people?entity=person:matthew-albence", base=own)
    page.get_by_role("button", name="Correct Matthew Albence").click()
    page.get_by_text("The same, by another name").click()
    settled(page)
    name = page.get_by_role("textbox", name="Name", exact=True)
    name.fill("Matthew T. Albence")
    name.press("Enter")
    settled(page)
    assert serious(page) == []
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator(".fl-names").get_by_text("Matthew T. Albence").first).to_be_visible()
    quotes = visit("quotes?person=person:matthew-albence", base=own)
    expect(quotes.locator("body")).to_contain_text("Matthew T. Albence")
    listed = visit("corrections", base=own, width=390)
    expect(listed.locator("h1")).to_have_text("1 correction in effect")
    assert serious(listed) == []
    assert not sideways(listed)
    listed.get_by_role("button", name="Undo").click()
    expect(listed.locator("h1")).to_have_text("Nothing has been corrected")

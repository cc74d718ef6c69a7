"""A mistake is put right where it is met, holds on other pages at once, and is taken back on the page of corrections."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import serve, settled
from tests.browser.test_access import serious, sideways


@pytest.fixture(scope="module")
def own(seeds, tmp_path_factory):
    """The app on a copy of the demonstration articles that may be corrected. What a test corrects, it takes back."""
    with serve(shutil.copytree(seeds, tmp_path_factory.mktemp("corrected") / "own")) as address:
        yield address


def test_a_name_is_corrected_everywhere_and_taken_back(visit, own):
    page = visit("people?entity=person:matthew-albence", base=own)
    page.locator(".fl-link", has_text="Correct this").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("The same, by another name").click()
    settled(page)
    name = dialog.get_by_role("textbox", name="Name", exact=True)
    name.fill("Matthew T. Albence")
    name.press("Enter")
    settled(page)
    assert serious(page) == []
    dialog.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator(".fl-names").get_by_text("Matthew T. Albence").first).to_be_visible()
    quotes = visit("quotes?person=person:matthew-albence", base=own)
    expect(quotes.locator("body")).to_contain_text("Matthew T. Albence")
    listed = visit("corrections", base=own, width=390)
    expect(listed.locator("h1")).to_have_text("1 correction in effect")
    assert serious(listed) == []
    assert not sideways(listed)
    listed.get_by_role("button", name="Undo").click()
    expect(listed.locator("h1", has_text="Nothing has been corrected")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_part_of_a_name_and_enter_take_a_known_speaker_and_undo_stands_beside(visit, own, width):
    page = visit("quotes?sort=unsure", base=own, width=width)
    row = page.locator(".fl-table tbody tr").first
    was = row.locator("td").first.inner_text()
    row.locator(".fl-link", has_text="Correct this").click()
    dialog = page.get_by_role("dialog")
    box = dialog.get_by_role("combobox", name="Speaker")
    box.press_sequentially("cuom")
    box.press("Enter")
    expect(dialog.get_by_role("status").filter(has_text="Chosen: Andrew Cuomo")).to_be_visible()
    assert serious(page) == []
    assert not sideways(page)
    dialog.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator(".fl-state", has_text="Corrected on every page")).to_be_visible()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".fl-state", has_text="Corrected on every page")).to_have_count(0)
    expect(page.locator(".fl-table tbody tr").first.locator("td").first).to_contain_text(was.split("\n")[0])

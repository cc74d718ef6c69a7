"""A mistake is put right where it is met, holds on other pages at once, and is taken back on the page of corrections."""

import shutil

import pytest

from tests.browser.conftest import serve, settled
from tests.browser.test_access import serious, sideways
from tests.browser.test_walk import Walk
from tests.browser.waiting import expect


@pytest.fixture(scope="module")
def own(seeds, tmp_path_factory):
    """The app on a copy of the demonstration articles that may be corrected. What a test corrects, it takes back."""
    with serve(shutil.copytree(seeds, tmp_path_factory.mktemp("corrected") / "own")) as address:
        yield address


def first_speaker(page):
    return page.locator(".fl-table tbody tr").first.locator("td").first


def correct_the_first(page, click):
    """Say that Andrew Cuomo speaks in the first row, by part of his name."""
    click(page.locator(".fl-table tbody tr").first.locator(".fl-link", has_text="Correct this"))
    dialog = page.get_by_role("dialog")
    box = dialog.get_by_role("combobox", name="Speaker")
    box.press_sequentially("cuom")
    box.press("Enter")
    expect(dialog.get_by_role("status").filter(has_text="Chosen: Andrew Cuomo")).to_be_visible()
    assert serious(page) == []
    assert not sideways(page)
    click(dialog.get_by_role("button", name="Correct", exact=True))
    expect(page.locator(".fl-state", has_text="Corrected on every page")).to_be_visible()
    expect(dialog).to_have_count(0)


def taken_back(page):
    expect(page.locator(".fl-state", has_text="Corrected on every page")).to_have_count(0)


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


def test_a_speaker_is_corrected_and_taken_back_in_four_clicks_and_a_link_is_copied_in_one(visit, own):
    visitor = Walk(visit("", base=own))
    page = visitor.page
    visitor.to("Quotes")
    correct_the_first(page, visitor.click)
    visitor.click(page.get_by_role("button", name="Undo"))
    taken_back(page)
    assert visitor.clicks == 4
    visitor.click(page.get_by_text("Copy link", exact=True))
    assert visitor.clicks == 5


def test_part_of_a_name_and_enter_take_a_known_speaker_and_undo_stands_beside_on_a_phone(visit, own):
    page = visit("quotes?sort=unsure", base=own, width=390)
    was = first_speaker(page).inner_text()
    correct_the_first(page, lambda locator: locator.click())
    page.get_by_role("button", name="Undo").click()
    taken_back(page)
    expect(first_speaker(page)).to_contain_text(was.split("\n")[0])

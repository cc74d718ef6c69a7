"""From an empty folder to a comparison: drop an archive, see how it is understood, correct it, build it, read it."""

from __future__ import annotations

import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settled

PAGE = """<html><head><title>{title} | The Harbor Ledger</title>
<meta property="og:site_name" content="The Harbor Ledger">
<meta property="article:published_time" content="2024-03-0{day}T10:00:00Z"></head><body><article><h1>{title}</h1>
<p>{title}: the council voted on Monday, a step that Mayor Rita Gomez called overdue.</p>
<p>“We have waited long enough for this decision,” Gomez said after the meeting. “It is the right one.”</p>
<p>Opponents said that closing it would hurt the shops along the river, and asked for a delay of six months.</p>
</article></body></html>"""
SHEET = (
    "paper,day,heading,story,desk\n"
    'River Post,15/2/2024,Budget passes,"The budget passed after a long debate. ""It is fair,"" said Omar Haddad.",Local\n'
)


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for day in (1, 2):
            packed.writestr(f"page{day}.html", PAGE.format(title=f"Bridge number {day} to close", day=day))
        packed.writestr("sheet.csv", SHEET)
        packed.writestr("picture.png", b"\x89PNG\r\n\x1a\n")
    return path


def test_an_archive_becomes_a_corpus_that_can_be_filtered_and_downloaded(tmp_path, archive, new_page, own_app):
    address = own_app(tmp_path / "data")
    page = new_page()
    page.goto(address)
    expect(page.locator("h1", has_text="Which articles do you want to read?")).to_be_visible()
    page.locator("input[type=file]").first.set_input_files(str(archive))
    expect(page.locator("h1", has_text="3 articles from 2 outlets, ready to build")).to_be_visible()
    expect(page.get_by_text("archive.zip/picture.png").first).to_be_visible()
    expect(page.get_by_text("/incoming/")).to_have_count(0)
    page.get_by_role("combobox", name="Headline").click()
    page.get_by_role("option", name="desk", exact=True).click()
    expect(page.get_by_role("cell", name="Local", exact=True).first).to_be_visible()
    settled(page)
    expect(page.get_by_label("Name of this corpus")).to_have_value("archive")
    page.get_by_label("Name of this corpus").fill("Bridges")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Build 3 articles").click()
    expect(page.locator("h1", has_text="Building")).to_be_visible()
    page.wait_for_load_state("networkidle")  # a file cut off by the reload would be told as an error
    page.reload()
    expect(page.locator("h1", has_text="3 articles, built in")).to_be_visible(timeout=300_000)
    page.get_by_role("link", name="Overview").last.click()
    expect(page.locator("h1", has_text="3 articles from 2 outlets").first).to_be_visible()
    page.goto(f"{address}articles?source=River+Post")
    settled(page)
    expect(page.locator("h1, .fl-h1").first).to_contain_text("1 article")
    with page.expect_download() as got:
        page.get_by_role("button", name="Download this table (CSV)").click()
    assert "Local" in got.value.path().read_text(encoding="utf-8-sig")


def test_a_folder_is_added_with_the_names_of_its_folders(tmp_path, new_page, own_app):
    for number, outlet in enumerate(("Valley Courier", "River Post"), 1):
        path = tmp_path / "press" / outlet / "story.html"
        path.parent.mkdir(parents=True)
        page_of = PAGE.format(title=f"Bridge number {number} to close", day=number)
        path.write_text(page_of.replace('<meta property="og:site_name" content="The Harbor Ledger">', ""), "utf-8")
    address = own_app(tmp_path / "data")
    page = new_page()
    page.goto(address)
    page.locator("input[type=file]").nth(1).set_input_files(str(tmp_path / "press"))
    expect(page.locator("h1", has_text="2 articles from 2 outlets, ready to build")).to_be_visible()
    expect(page.get_by_role("cell", name="Valley Courier", exact=True).first).to_be_visible()

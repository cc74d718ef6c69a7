"""A workbook becomes a corpus; its outlets are made one, its column compared, an article removed, a table downloaded."""

from __future__ import annotations

import csv

import pytest
import xlsxwriter
from playwright.sync_api import expect

from tests.browser.conftest import settled

HEADER = ["Medium", "Erscheinungsdatum", "Titel", "Artikeltext", "Ressort"]
TEXT = (
    "{title}: the council voted on Monday, a step that Mayor Rita Gomez called overdue. “We have waited long enough for "
    "this decision,” Gomez said after the meeting. Opponents asked for a delay of six months, and the mayor refused it."
)
ROWS = [
    ("Harbor Ledger", "15.02.2024", "Bridge to close", "metro"),
    ("Harbor Ledger", "16.02.2024", "Bridge closed for repair", "metro"),
    ("The Harbor Ledger Online", "17.02.2024", "Ferry replaces bridge", "travel"),
    ("Valley Courier", "18.02.2024", "Shops fear the closing", "travel"),
]


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "press.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["Pressearchiv"])
        for number, row in enumerate([HEADER, *((o, d, t, TEXT.format(title=t), r) for o, d, t, r in ROWS)], 2):
            sheet.write_row(number, 0, row)
    return path


def test_a_workbook_becomes_a_corpus_whose_outlets_column_and_articles_are_the_readers(
    tmp_path, workbook, new_page, own_app
):
    data = tmp_path / "data"
    address = own_app(data)
    page = new_page()
    page.goto(address)
    page.locator("input[type=file]").first.set_input_files(str(workbook))
    expect(page.locator("h1", has_text="4 articles from 3 outlets, ready to build")).to_be_visible()
    expect(page.get_by_role("cell", name="metro", exact=True).first).to_be_visible()
    page.get_by_label("Name of this corpus").fill("Press")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Build 4 articles").click()
    expect(page.locator("h1", has_text="4 articles, built in")).to_be_visible(timeout=300_000)

    # The outlet's two names: suggested, and one only once the reader says so.
    expect(page.get_by_text("The Harbor Ledger Online (1) may be Harbor Ledger (2)")).to_be_visible()
    page.get_by_role("button", name="Read as one").click()
    expect(page.get_by_text("the harbor ledger online is read as Harbor Ledger")).to_be_visible()
    page.get_by_role("button", name="Build again with these names").click()
    expect(page.get_by_text("2 outlets in this corpus; 1 name read as another")).to_be_visible(timeout=300_000)

    # Their own column: a way to compare, a filter in the address.
    page.goto(f"{address}compare?group=own:Ressort")
    expect(page.locator("h1", has_text="metro and travel, side by side")).to_be_visible()
    page.goto(f"{address}articles?own=Ressort:travel")
    expect(page.locator(".fl-h1").first).to_contain_text("2 articles")
    with page.expect_download() as got:
        page.get_by_role("button", name="Download this table (CSV)").click()
    rows = list(csv.DictReader(got.value.path().read_text("utf-8-sig").splitlines()))
    assert {(row["source"], row["Ressort"]) for row in rows} == {
        ("Harbor Ledger", "travel"),
        ("Valley Courier", "travel"),
    }

    # One article and all of it.
    page.goto(f"{address}read?source=Valley+Courier")
    settled(page)  # what opens while the page still grows is left behind, out of sight
    page.get_by_role("button", name="Remove this article").click()
    page.get_by_text("Remove it; this cannot be undone").click()
    settled(page)
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("The article is removed, with all that was held of it.")).to_be_visible(timeout=120_000)
    page.goto(f"{address}articles")
    expect(page.locator(".fl-h1").first).to_contain_text("3 articles")
    kept = [path for path in (data / "corpora").rglob("sources/*/*") if path.is_file()]
    assert [path.name for path in kept] == ["articles.framelens.jsonl"]
    assert "Shops fear" not in kept[0].read_text("utf-8")

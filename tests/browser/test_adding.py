"""From an empty folder to a comparison: drop files, see how they are understood, correct it, build it, read and take out.

An archive and a workbook come at once and are built once: outlets are made one, the workbook's column is compared, a
table is downloaded, an article is removed.
"""

from __future__ import annotations

import csv
import zipfile

import pytest
import xlsxwriter

from tests.browser.conftest import settled
from tests.browser.waiting import expect

PAGE = """<html><head><title>{title} | The Canal Gazette</title>
<meta property="og:site_name" content="The Canal Gazette">
<meta property="article:published_time" content="2024-03-0{day}T10:00:00Z"></head><body><article><h1>{title}</h1>
<p>{title}: the council voted on Monday, a step that Mayor Rita Gomez called overdue.</p>
<p>“We have waited long enough for this decision,” Gomez said after the meeting. “It is the right one.”</p>
<p>Opponents said that closing it would hurt the shops along the river, and asked for a delay of six months.</p>
</article></body></html>"""
SHEET = (
    "paper,day,heading,story,desk\n"
    'River Post,15/2/2024,Budget passes,"The budget passed after a long debate. ""It is fair,"" said Omar Haddad.",Local\n'
)
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
def archive(tmp_path):
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for day in (1, 2):
            packed.writestr(f"page{day}.html", PAGE.format(title=f"Bridge number {day} to close", day=day))
        packed.writestr("sheet.csv", SHEET)
        packed.writestr("picture.png", b"\x89PNG\r\n\x1a\n")
    return path


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "press.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["Pressearchiv"])
        for number, row in enumerate([HEADER, *((o, d, t, TEXT.format(title=t), r) for o, d, t, r in ROWS)], 2):
            sheet.write_row(number, 0, row)
    return path


def downloaded(page):
    with page.expect_download() as got:
        page.get_by_role("button", name="Download this table (CSV)").click()
    return list(csv.DictReader(got.value.path().read_text("utf-8-sig").splitlines()))


def compare(page, address, subtests):
    # The outlet's two names: suggested, and one only once the reader says so.
    with subtests.test("two names of an outlet are read as one"):
        expect(page.get_by_text("The Harbor Ledger Online (1) may be Harbor Ledger (2)")).to_be_visible()
        page.get_by_role("button", name="Read as one").click()
        expect(page.get_by_text("the harbor ledger online is read as Harbor Ledger")).to_be_visible()
        page.get_by_role("button", name="Build again with these names").click()
        expect(page.get_by_text("4 outlets in this corpus; 1 name read as another")).to_be_visible(timeout=300_000)

    with subtests.test("the page leads to what was built"):
        page.get_by_role("link", name="Overview").last.click()
        expect(page.locator("h1", has_text="7 articles from 4 outlets").first).to_be_visible()
    with subtests.test("a column of their own is a way to compare"):
        page.goto(f"{address}compare?group=own:Ressort")
        expect(page.locator("h1", has_text="metro and travel, side by side")).to_be_visible()
    with subtests.test("a column of their own is a filter in the address"):
        page.goto(f"{address}articles?own=Ressort:travel")
        expect(page.locator(".fl-h1").first).to_contain_text("2 articles")
        assert {(row["source"], row["Ressort"]) for row in downloaded(page)} == {
            ("Harbor Ledger", "travel"),
            ("Valley Courier", "travel"),
        }
    with subtests.test("the column that was chosen is the headline"):
        page.goto(f"{address}articles?source=River+Post")
        settled(page)
        expect(page.locator("h1, .fl-h1").first).to_contain_text("1 article")
        assert [row["title"] for row in downloaded(page)] == ["Local"]


def remove(page, address, data):
    page.goto(f"{address}read?source=Valley+Courier")
    settled(page)  # what opens while the page still grows is left behind, out of sight
    page.get_by_role("button", name="Remove this article").click()
    page.get_by_text("Remove it; this cannot be undone").click()
    settled(page)
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("The article is removed, with all that was held of it.")).to_be_visible(timeout=120_000)
    page.goto(f"{address}articles")
    expect(page.locator(".fl-h1").first).to_contain_text("6 articles")
    kept = [path for path in (data / "corpora").rglob("sources/**/*") if path.is_file()]
    assert "articles.framelens.jsonl" in {path.name for path in kept}
    assert not [path.name for path in kept if b"Shops fear" in path.read_bytes()]
    assert not [path.name for path in kept if path.suffix in {".xlsx", ".zip"}]


def test_what_is_dropped_becomes_a_corpus_whose_outlets_columns_and_articles_are_the_readers(
    tmp_path, archive, workbook, new_page, own_app, subtests
):
    data = tmp_path / "data"
    address = own_app(data)
    page = new_page()
    page.goto(address)
    expect(page.locator("h1", has_text="Which articles do you want to read?")).to_be_visible()
    page.locator("input[type=file]").first.set_input_files([str(archive), str(workbook)])
    expect(page.locator("h1", has_text="7 articles from 5 outlets, ready to build")).to_be_visible()
    with subtests.test("what was not read is told, and columns of all files are shown"):
        expect(page.get_by_text("archive.zip/picture.png").first).to_be_visible()
        expect(page.get_by_text("/incoming/")).to_have_count(0)
        expect(page.get_by_role("cell", name="metro", exact=True).first).to_be_visible()
    with subtests.test("a column can be read as the headline"):
        page.get_by_role("combobox", name="Headline").click()
        page.get_by_role("option", name="desk", exact=True).click()
        expect(page.get_by_role("cell", name="Local", exact=True).first).to_be_visible()
        settled(page)
    with subtests.test("a corpus is named after its files until it is given a name"):
        expect(page.get_by_label("Name of this corpus")).to_have_value("archive")
    page.get_by_label("Name of this corpus").fill("Bridges")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Build 7 articles").click()
    with subtests.test("a build goes on while the page is loaded anew"):
        expect(page.locator("h1", has_text="Building")).to_be_visible()
        page.wait_for_load_state("networkidle")  # a file cut off by the reload would be told as an error
        page.reload()
    expect(page.locator("h1", has_text="7 articles, built in")).to_be_visible(timeout=300_000)
    compare(page, address, subtests)
    with subtests.test("one article is removed and all of it"):
        remove(page, address, data)


def test_a_folder_is_added_with_the_names_of_its_folders(tmp_path, new_page, own_app):
    for number, outlet in enumerate(("Valley Courier", "River Post"), 1):
        path = tmp_path / "press" / outlet / "story.html"
        path.parent.mkdir(parents=True)
        page_of = PAGE.format(title=f"Bridge number {number} to close", day=number)
        path.write_text(page_of.replace('<meta property="og:site_name" content="The Canal Gazette">', ""), "utf-8")
    address = own_app(tmp_path / "data")
    page = new_page()
    page.goto(address)
    page.locator("input[type=file]").nth(1).set_input_files(str(tmp_path / "press"))
    expect(page.locator("h1", has_text="2 articles from 2 outlets, ready to build")).to_be_visible()
    expect(page.get_by_role("cell", name="Valley Courier", exact=True).first).to_be_visible()

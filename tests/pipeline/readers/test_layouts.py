"""More layouts that people have: clippings, downloads without a database's marks, and tables written in odd ways."""

import email.message
import json
import mailbox

import pytest

from pipeline.readers import FileRead, read_files
from pipeline.readers.article import Article, Problem
from pipeline.readers.mending.mend import HYPHENS, mend
from tests.pipeline.readers import database_samples, samples
from tests.pipeline.readers.samples import A, B, write
from tests.pipeline.readers.test_archives import read, rows, same_words

PLAIN_DAY = {s: s.day.rpartition(" ")[0] for s in (A, B)}


def newsbank(p):
    parts = [
        f"{s.outlet} (CA) - {PLAIN_DAY[s]}\n\n{s.title}\nAuthor: {s.author}, Staff\nEdition: Final\nSection: Local\nPage: A3\n\n"
        + "\n\n".join(s.paragraphs)
        + f"\n\nRecord: 17F0{s.iso}\nCopyright: Copyright (c) 2020 {s.outlet}\n\n\n"
        for s in (A, B)
    ]
    write(p / "a.txt", "".join(parts))


def newsbank_of_today(p):
    parts = [
        f"{s.title}\n\n{s.outlet} (CA)\n\n{PLAIN_DAY[s]} | {s.outlet} (CA) | Page A3\nAuthor: {s.author}\n\n"
        + "\n\n".join(s.paragraphs)
        + f"\n\nCopyright (c) 2020 {s.outlet}\n\n\n"
        for s in (A, B)
    ]
    write(p / "a.txt", "".join(parts))


def gale(p):
    parts = [
        f"Title: {s.title}\nAuthor(s): {s.author}\nPublication: {s.outlet}\nDate: {PLAIN_DAY[s]}\nDocument Type: Article\n\n"
        f"Full Text:\n{s.text}\n\nCopyright: COPYRIGHT 2020\nSource Citation\n\n{'-' * 30}\n\n"
        for s in (A, B)
    ]
    write(p / "a.txt", "".join(parts))


def clippings_in_word(p):
    lines = []
    for s in (A, B):
        lines += [s.title, f"{s.outlet}, {s.day}", f"By {s.author}", "", *s.paragraphs, "", ""]
    database_samples.docx(p / "a.docx", lines)


def europresse(p):
    parts = [
        f"<article><header><span class='DocPublicationName'>{s.outlet}</span><span class='DocHeader'>Local, {PLAIN_DAY[s]} "
        f"640 words, p. 3</span><div class='titreArticle'><p>{s.title}</p></div><p class='auteur'>{s.author}</p></header>"
        "<section>" + "".join(f"<p>{part}</p>" for part in s.paragraphs) + "</section></article>"
        for s in (A, B)
    ]
    write(p / "a.html", f"<html><head><title>Search</title></head><body>{''.join(parts)}</body></html>")


def table_in_a_page(p):
    cells = [
        f"<tr><td>{s.outlet}</td><td>{s.iso}</td><td>{s.title}</td><td>{'<br>'.join(s.paragraphs)}</td><td>{s.author}</td></tr>"
        for s in (A, B)
    ]
    head = "<tr><th>Outlet</th><th>Date</th><th>Headline</th><th>Text</th><th>Author</th></tr>"
    write(p / "export.xls", f"<html><body><table>{head}{''.join(cells)}</table></body></html>")


def mails(p):
    box = mailbox.mbox(str(p / "a.mbox"))
    for s in (A, B):
        mail = email.message.EmailMessage()
        mail["From"], mail["Subject"] = f"{s.outlet} <news@example.org>", s.title
        mail["Date"] = f"Sat, {s.iso[8:]} {s.day[:3]} 2020 12:00:00 -0500"
        mail["Message-ID"] = f"<{s.iso}@example.org>"
        mail.set_content(s.text)
        box.add(mail)
    box.close()


def wordpress(p):
    posts = [
        {
            "id": 1,
            "date": f"{s.iso}T10:00:00",
            "publisher": {"name": s.outlet},
            "title": {"rendered": s.title.replace("a", "&#97;")},
            "content": {"rendered": "".join(f"<p>{part}</p>\n" for part in s.paragraphs), "protected": False},
            "author": 4,
        }
        for s in (A, B)
    ]
    write(p / "a.json", json.dumps(posts))


def in_groups(p):
    lines = [
        {
            "source": {"domain": "x.example", "title": s.outlet},
            "headline": {"main": s.title},
            "body": {"paragraphs": list(s.paragraphs)},
            "dates": {"published": f"{s.iso}T10:00:00+00:00", "modified": "2022-01-01T00:00:00Z"},
        }
        for s in (A, B)
    ]
    write(p / "a.jsonl", "\n".join(map(json.dumps, lines)))


def in_xml_cells(p):
    def xml(s):
        inner = "".join(f"<p>{part}</p>" for part in s.paragraphs)
        head = f'<?xml version="1.0"?><entry xmlns="http://www.w3.org/2005/Atom"><title>{s.title}</title><doc>'
        return f"{head}<bodyText>{inner}</bodyText></doc></entry>"

    table = (
        ["Title", "Source.Name", "Date", "Document.Content"],
        *([s.title, s.outlet, s.iso, xml(s)] for s in (A, B)),
    )
    write(p / "a.csv", rows(table=table))


def of_dates(header, write_day):
    def make(p):
        table = (["outlet", *header, "title", "text"], *([s.outlet, *write_day(s), s.title, s.text] for s in (A, B)))
        write(p / "a.csv", rows(table=table))

    return make


LAYOUTS = {
    "NewsBank, text": newsbank,
    "NewsBank of today, text": newsbank_of_today,
    "Gale, text": gale,
    "clippings in Word": clippings_in_word,
    "Europresse, HTML": europresse,
    "table in a page": table_in_a_page,
    "mailbox": mails,
    "WordPress": wordpress,
    "nested in groups": in_groups,
    "XML in cells": in_xml_cells,
    "notes with a head": lambda p: [
        write(p / f"{n}.txt", f"---\ntitle: {s.title}\nsource: {s.outlet}\ndate: {s.iso}\n---\n\n{s.text}")
        for n, s in enumerate((A, B))
    ],
    "tabs and written-out breaks": lambda p: write(
        p / "a.tsv",
        "source\tdate\ttitle\tbody\turl\n"
        + "".join("\t".join([s.outlet, s.iso, s.title, "\\n".join(s.paragraphs), "\\N"]) + "\n" for s in (A, B)),
    ),
    "names beside addresses": lambda p: write(
        p / "a.csv",
        rows(
            table=(
                ["source", "source_name", "pubdate", "heading", "article_body"],
                *([f"https://www.x{len(s.title)}.example/1.html", s.outlet, s.iso, s.title, s.text] for s in (A, B)),
            )
        ),
    ),
    "German names of columns": lambda p: samples.workbook(
        p / "a.xlsx",
        [
            ["Pressearchiv, Suche: Dach"],
            [],
            ["Nr.", "Medium", "Erscheinungsdatum", "Titel", "Artikeltext", "Autor(en)"],
            *([1, s.outlet, f"{s.iso[8:]}.{s.iso[5:7]}.2020", s.title, s.text, s.author] for s in (A, B)),
        ],
    ),
    "year, month and day apart": of_dates(["year", "month", "day"], lambda s: [int(part) for part in s.iso.split("-")]),
    "year, month in letters, day": of_dates(["year", "month", "day"], lambda s: ["2020", s.day.split()[0], s.iso[8:]]),
    "days of statistics programs": of_dates(["date"], lambda s: [f"{s.iso[8:]}{s.day[:3].lower()}2020"]),
    "days as numbers": of_dates(["date"], lambda s: [s.iso.replace("-", "") + ".0"]),
    "days with dots": of_dates(["date"], lambda s: [s.iso.replace("-", ". ") + "."]),
    "days of Excel with a decimal comma": of_dates(["date"], lambda s: [{A: "43876,5", B: "43893,25"}[s]]),
    "seconds": of_dates(["created_utc"], lambda s: [{A: "1581768000.0", B: "1583236800.0"}[s]]),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_whole(tmp_path, layout):
    folder = tmp_path / "archive"
    folder.mkdir()
    LAYOUTS[layout](folder)
    articles, found = read(folder)
    assert [(a.source, a.published, a.title) for a in articles] == [(s.outlet, s.iso, s.title) for s in (A, B)]
    assert all(same_words(a.text, s) for a, s in zip(articles, (A, B), strict=True))
    assert not [p for p in found if not p.used]


def test_a_list_of_a_download_gives_no_article_and_keeps_nobodys_name(tmp_path):
    with_cover = database_samples.nexis_paragraphs(A)
    database_samples.docx(tmp_path / "list.docx", with_cover[: with_cover.index(None)])
    articles, (problem,) = read(tmp_path)
    assert (articles, problem.code, problem.used) == ([], "cover-only", False)
    assert "Private" not in problem.reason


def test_articles_that_nothing_parts_are_told(tmp_path):
    text = "\n\n".join(f"{s.title}\nBy {s.author}\n{' '.join(s.paragraphs)}" for s in (A, B))
    articles, found = read(write(tmp_path / "a.txt", text))
    assert (len(articles), "perhaps-several" in {p.code for p in found}) == (1, True)


def test_an_article_with_one_byline_and_a_timeline_stays_one(tmp_path):
    lines = [
        f"By {A.author}",
        A.paragraphs[0],
        "Friday, Feb. 14, 2020",
        A.paragraphs[1],
        "Feb. 15, 2020",
        A.paragraphs[2],
    ]
    articles, found = read(write(tmp_path / "a.txt", "\n\n".join(lines)))
    assert len(articles) == 1
    assert not {"perhaps-several", "several-articles"} & {p.code for p in found}


def test_a_teaser_below_an_article_makes_no_article(tmp_path):
    teaser = f"<article><h3>{B.title}</h3><p>{B.paragraphs[0][:60]}</p></article>"
    page = samples.page(A)
    articles, _ = read(write(tmp_path / "a.html", page.replace("</body>", f"{teaser}</body>")))
    assert [a.title for a in articles] == [A.title]


def test_an_article_without_an_outlet_says_that_its_folder_was_taken(tmp_path):
    write(tmp_path / "Valley Courier" / "a.txt", B.text)
    items = list(read_files([tmp_path]))
    (article,) = [item for item in items if isinstance(item, Article)]
    (file,) = [item for item in items if isinstance(item, FileRead)]
    assert (article.source, file.without_outlet) == ("Valley Courier", 1)
    assert "outlet-from-folder" in {item.code for item in items if isinstance(item, Problem)}


def test_commas_in_the_last_line_of_a_cell_cost_no_row(tmp_path):
    text = A.paragraphs[0] + "\nBesides, the sheriff said, nobody, at any time, was hurt."
    table = (["title", "lead", "place", "text", "label", "date"], [A.title, "x", "y", text, "0", A.iso])
    articles, found = read(write(tmp_path / "a.csv", rows(table=table)))
    assert [(a.text, a.published) for a in articles] == [(text, A.iso)]
    assert not [p for p in found if not p.used]


@pytest.mark.parametrize(
    "text", ["He saved it in C:\\news and left.", "One line.\\nTwo\nand a real break.", "a \\nb c"]
)
def test_a_backslash_that_is_no_break_stays(text):
    assert mend(text)[0].text == text


def test_the_limits_that_are_told_are_those_that_hold():
    from pathlib import Path

    from pipeline.readers import article, decoding, safety
    from pipeline.readers.documents import mail, pdf, web
    from pipeline.readers.tables import json_files, sheets

    table = (
        (Path(__file__).parents[3] / "docs" / "security.md")
        .read_text("utf-8")
        .partition("## Limits of what is read")[2]
    )
    rows = dict(line.strip("| ").split(" | ", 1) for line in table.splitlines() if line.startswith("| "))
    assert rows["an article"] == f"{article.MAX_CHARACTERS:,} characters"
    document = rows["a JSON document; JSON lines and CSV may be of any size"]
    assert document == f"{json_files.MOST_BYTES >> 20} MB, nested {json_files._NESTED} deep"
    assert rows["a workbook"] == f"{sheets._MOST_BYTES >> 20} MB"
    assert rows["a PDF"] == f"{pdf._MOST_BYTES >> 20} MB, {pdf._MOST_PAGES:,} pages"
    assert rows["a saved page"] == f"{web._MOST_BYTES // 10**6} MB"
    assert rows["a mail, a page saved as `.mhtml`"] == f"{mail._MOST_BYTES >> 20} MB"
    assert rows["an archive"] == (
        f"{safety.MOST_MEMBERS:,} files, {safety.MOST_UNPACKED >> 30} GB unpacked, {safety.MOST_MEMBER >> 30} GB a file, "
        f"{safety.DEEPEST} archives one within the other"
    )
    assert rows["what a packed file may grow to"] == f"{decoding.MAX_RATIO} times its size"


def test_pages_beyond_the_limit_are_told(tmp_path, monkeypatch):
    from pipeline.readers.documents import pdf

    monkeypatch.setattr(pdf, "_MOST_PAGES", 1)
    samples.pdf([samples.wrapped(part, 70).split("\n") for part in A.paragraphs], tmp_path / "a.pdf")
    articles, found = read(tmp_path)
    assert len(articles) == 1
    (told,) = [p for p in found if p.code == "pages-not-read"]
    assert "first 1 of its 3 pages" in told.reason


def test_words_broken_at_the_ends_of_several_short_lines_are_joined():
    given = "Mayor Ann Lowell told re-\nporters in May that the\nferry would be re-\npaired soon."
    traced, changes = mend(given)
    assert traced.text == "Mayor Ann Lowell told reporters in May that the ferry would be repaired soon."
    at = traced.text.index("repaired")
    assert given[slice(*traced.origin(at, at + len("repaired")))] == "re-\npaired"
    assert HYPHENS in changes


def test_a_garbled_closing_mark_that_lost_a_byte_is_one():
    given = "â€œI stay,â€ said JosÃ© Ruiz."
    assert mend(given)[0].text == "“I stay,” said José Ruiz."


@pytest.mark.parametrize("text", ["A re-\nport came.\nIt was read.", "Wind-\nand sun-\nor sea-\nto land power."])
def test_one_broken_word_or_a_list_makes_no_column(text):
    assert mend(text)[0].text == text


def test_a_word_in_angle_brackets_stays_in_a_paragraph_and_goes_from_an_xml_document():
    from pipeline.readers.mending.mend import mend

    assert mend("<p>She <laughs> said no.</p><p>He left.</p>")[0].text == "She <laughs> said no.\nHe left."
    assert mend("<doc><head>A</head><note/><bodyText>She said no.</bodyText></doc>")[0].text == "She said no."

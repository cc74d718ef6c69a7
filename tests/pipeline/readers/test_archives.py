"""Archives as databases, services and people leave them: each article with its outlet, date, title and text."""

import csv
import datetime as dt
import gzip
import io
import json
from pathlib import Path

import pytest

from pipeline.readers import Choices, read_sources, recognise
from pipeline.readers.article import Article, Problem
from tests.pipeline.readers import database_samples, samples
from tests.pipeline.readers.samples import A, B, write

HEADER = ["publication", "date", "title", "author", "article", "section"]
ROWS = [[s.outlet, s.iso, s.title, s.author, s.text, "Local"] for s in (A, B)]


def read(path, choices=None):
    found = list(read_sources([path], choices))
    return [x for x in found if isinstance(x, Article)], [x for x in found if isinstance(x, Problem)]


def rows(delimiter=",", above="", ends="\r\n", table=(HEADER, *ROWS)):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ends).writerows(table)
    return above + out.getvalue()


def same_words(text, sample):
    return text.split() == sample.text.split()


# What each layout is written with.
DATABASES = {
    "Nexis Uni, Word": lambda p: database_samples.docx(p / "Files (2).DOCX", database_samples.nexis_paragraphs(A, B)),
    "Nexis Uni, Word without bookmarks": lambda p: database_samples.docx(
        p / "a.docx", [x for x in database_samples.nexis_paragraphs(A, B) if x is not None]
    ),
    "Nexis Uni, RTF": lambda p: database_samples.rtf(p / "a.rtf", database_samples.nexis_paragraphs(A, B)),
    "Nexis Uni, text": lambda p: write(
        p / "a.txt", "\n".join(x or "" for x in database_samples.nexis_paragraphs(A, B, end="Ende des Dokuments"))
    ),
    "LexisNexis, text": lambda p: write(p / "a.txt", database_samples.old_nexis(A, B)),
    "LexisNexis, HTML": lambda p: write(p / "a.HTML", database_samples.old_nexis_html(A, B)),
    "Factiva, HTML": lambda p: write(p / "a.html", database_samples.factiva_html(A, B)),
    "Factiva, HTML in German": lambda p: write(
        p / "a.html", database_samples.factiva_html(A, B, words="877 Wörter", language="Englisch")
    ),
    "Factiva, HTML with indexing": lambda p: write(p / "a.htm", database_samples.factiva_indexed_html(A, B)),
    "Factiva, RTF": lambda p: database_samples.rtf(p / "a.rtf", database_samples.factiva_lines(A, B)),
    "Factiva, text": lambda p: write(p / "a.txt", "\n".join(database_samples.factiva_lines(A, B))),
    "Factiva, text with codes": lambda p: write(p / "a.txt", database_samples.factiva_coded_text(A, B)),
    "ProQuest, text": lambda p: write(p / "a.txt", database_samples.proquest_text(A, B)),
    "ProQuest, HTML": lambda p: write(p / "a.html", database_samples.proquest_html(A, B)),
    "commas": lambda p: write(p / "a.csv", rows()),
    "semicolons, Windows": lambda p: write(p / "a.csv", rows(";"), "cp1252"),
    "tabs, UTF-16, .txt": lambda p: write(p / "a.txt", rows("\t"), "utf-16"),
    "bars": lambda p: write(p / "a.csv", rows("|")),
    "sep line": lambda p: write(p / "a.csv", rows(";", "sep=;\r\n")),
    "lines above the header": lambda p: write(p / "a.csv", rows(above="My export\r\nQuery: jail, roof\r\n\r\n")),
    "gzipped": lambda p: write(p / "a.csv.gz", gzip.compress(rows().encode())),
    "text under another name": lambda p: write(p / "a.xls", rows("\t")),
    "workbook": lambda p: samples.workbook(
        p / "a.xlsx",
        [HEADER, *([r[0], dt.datetime.fromisoformat(r[1]), *r[2:]] for r in ROWS)],
        dates=(1,),
        sheets=[("Notes", [["Read me"]])],
    ),
    "OpenDocument": lambda p: samples.ods(p / "a.ods", [HEADER, *ROWS]),
    "Parquet": lambda p: samples.parquet(p / "a.parquet", [dict(zip(HEADER, row, strict=True)) for row in ROWS]),
    "JSON array, pretty": lambda p: write(
        p / "a.json", json.dumps([dict(zip(HEADER, row, strict=True)) for row in ROWS], indent=2)
    ),
    "JSON by columns": lambda p: write(
        p / "a.json", json.dumps({name: {"0": ROWS[0][i], "1": ROWS[1][i]} for i, name in enumerate(HEADER)})
    ),
    "JSON, nested": lambda p: write(
        p / "a.ndjson",
        "\n".join(
            json.dumps(
                {
                    "_id": {"$oid": "5e"},
                    "date": {"$date": s.iso + "T10:15:00Z"},
                    "outlet": {"name": s.outlet},
                    "headline": {"main": s.title},
                    "body": list(s.paragraphs),
                    "author": [{"name": s.author}],
                }
            )
            for s in (A, B)
        ),
    ),
    "search engine": lambda p: write(
        p / "a.json",
        json.dumps({"hits": {"hits": [{"_id": "1", "_source": dict(zip(HEADER, row, strict=True))} for row in ROWS]}}),
    ),
    "web archive": lambda p: write(p / "a.warc.gz", gzip.compress(samples.warc(A, B))),
    "pages in a ZIP": lambda p: samples.zipped(p / "a.zip", {"x/a.html": samples.page(A), "x/b.html": samples.page(B)}),
    "texts with labels": lambda p: write(
        p / "a.txt",
        f"\n{'=' * 40}\n".join(
            f"Title: {s.title}\nSource: {s.outlet}\nDate: {s.day}\nAuthor: {s.author}\n\n{s.text}" for s in (A, B)
        ),
    ),
    "texts and a table of them": lambda p: (
        write(p / "texts" / "1.txt", A.text),
        write(p / "texts" / "2.txt", B.text),
        write(
            p / "metadata.csv",
            rows(
                table=(
                    ["filename", "newspaper", "pub_date", "headline", "byline"],
                    *([f"texts/{n}.txt", s.outlet, s.iso, s.title, s.author] for n, s in enumerate((A, B), 1)),
                )
            ),
        ),
    ),
}


@pytest.mark.parametrize("layout", DATABASES)
def test_an_archive_is_read_whole(tmp_path, layout):
    folder = tmp_path / "archive"
    folder.mkdir()
    DATABASES[layout](folder)
    articles, found = read(folder)
    assert [(a.source, a.published, a.title) for a in articles] == [(s.outlet, s.iso, s.title) for s in (A, B)]
    assert all(same_words(a.text, s) for a, s in zip(articles, (A, B), strict=True))
    assert all(a.authors.startswith(s.author) for a, s in zip(articles, (A, B), strict=True))
    assert not [p for p in found if not p.used]


def test_the_cover_of_a_download_is_never_kept(tmp_path):
    articles, _ = read(database_samples.docx(tmp_path / "a.docx", database_samples.nexis_paragraphs(A, B)))
    assert len(articles) == 2
    assert "Private" not in repr(articles)
    assert "129933442" not in repr(articles)
    assert dict(articles[0].own) == {"section": "LOCAL; Pg. A01", "dateline": "MILL CREEK"}


def test_a_download_in_german_is_read(tmp_path):
    articles, _ = read(write(tmp_path / "a.txt", database_samples.german_old_nexis(A), "cp1252"))
    (article,) = articles
    assert (article.source, article.published, article.title, article.authors) == (A.outlet, A.iso, A.title, A.author)
    assert same_words(article.text, A)


@pytest.mark.parametrize(
    ("name", "record", "outlet", "published"),
    [
        (
            "NewsAPI",
            {"status": "ok", "articles": [{"source": {"id": None, "name": "Ledger"}, "author": "Ann Poe", "title": "Roof", "description": "d", "url": "https://x.example/1", "urlToImage": None, "publishedAt": "2020-02-15T10:15:00Z", "content": A.text + "… [+2345 chars]"}]},
            "Ledger",
            "2020-02-15",
        ),
        (
            "The Guardian's API",
            {"response": {"results": [{"sectionName": "US news", "webPublicationDate": "2020-02-15T10:15:00Z", "webTitle": "Roof", "webUrl": "https://x.example/1", "fields": {"headline": "Roof", "body": "<p>x</p>", "bodyText": A.text, "byline": "Ann Poe"}}]}},
            "The Guardian",
            "2020-02-15",
        ),
        (
            "news-please",
            {"authors": ["Ann Poe"], "date_download": "2021-01-01", "date_publish": "2020-02-15 10:15:00", "maintext": A.text, "text": A.paragraphs[0], "source_domain": "ledger.example", "title": "Roof", "url": "https://ledger.example/1"},
            "ledger.example",
            "2020-02-15",
        ),
        (
            "trafilatura",
            {"title": "Roof", "author": "Ann Poe", "hostname": "ledger.example", "date": "2020-02-15", "fingerprint": "a", "source": "https://ledger.example/1", "source-hostname": "Ledger", "text": A.text, "raw_text": A.text},
            "Ledger",
            "2020-02-15",
        ),
        (
            "FakeNewsCorpus",
            {"id": 1, "domain": "ledger.example", "content": A.text, "scraped_at": "2018-01-25", "inserted_at": "2018-02-02", "updated_at": "2018-02-02", "title": "Roof", "authors": "Ann Poe", "source": ""},
            "ledger.example",
            "",
        ),
        (
            "AmCAT",
            {"medium": "Ledger", "date": "2020-02-15T00:00:00", "headline": "Roof", "text": A.text, "byline": "Ann Poe", "length": 78},
            "Ledger",
            "2020-02-15",
        ),
        (
            "ProQuest",
            {"Title": "Roof", "FullText": A.text, "pubtitle": "Ledger", "pubdate": "Feb 15, 2020", "Authors": "Ann Poe", "Abstract": "x", "entryDate": "2020-03-01"},
            "Ledger",
            "2020-02-15",
        ),
        (
            "CC-News",
            {"title": "Roof", "text": A.text, "domain": "ledger.example", "date": "2020-02-15 10:15:00", "description": "d", "url": "https://ledger.example/1", "image_url": "x"},
            "ledger.example",
            "2020-02-15",
        ),
        (
            "All the News",
            {"date": "2020-02-15 00:00:00", "year": 2020.0, "month": 2.0, "author": "Ann Poe", "title": "Roof", "article": A.text, "url": "https://x.example/1", "publication": "Ledger"},
            "Ledger",
            "2020-02-15",
        ),
        (
            "Twitter",
            {"created_at": "Sat Feb 15 10:15:00 +0000 2020", "full_text": A.text, "title": "Roof", "source": "Quell for Phones", "user": {"screen_name": "annpoe"}, "retweet_count": 3},
            "annpoe",
            "2020-02-15",
        ),
    ],
)  # fmt: skip
def test_a_data_set_is_known_by_its_columns(tmp_path, name, record, outlet, published):
    path = write(tmp_path / "a.json", json.dumps(record))
    (article,), _ = read(path)
    assert name in "".join(recognise(path).kinds)
    assert (article.source, article.published, article.title) == (outlet, published, "Roof")
    assert same_words(article.text, A)


def test_the_times_gives_only_a_lead_and_that_is_told(tmp_path):
    record = {"abstract": "x", "lead_paragraph": A.paragraphs[0], "source": "The New York Times", "headline": {"main": "Roof"}, "pub_date": "2020-02-15T10:15:00+0000", "web_url": "https://x.example", "byline": {"original": "By Ann Poe", "person": []}}  # fmt: skip
    (article,), found = read(write(tmp_path / "a.json", json.dumps({"response": {"docs": [record]}})))
    assert (article.source, article.title, article.text, article.authors) == (
        "The New York Times",
        "Roof",
        A.paragraphs[0],
        "Ann Poe",
    )
    assert "partial-text" in {p.code for p in found}


def test_a_text_that_a_service_cut_or_masked_is_told(tmp_path):
    cut = {
        "source": {"name": "S"},
        "urlToImage": "",
        "publishedAt": "2020-02-15",
        "content": "A long text that en… [+20 chars]",
    }
    (article,), found = read(write(tmp_path / "a.json", json.dumps({"articles": [cut]})))
    assert article.text == "A long text that en"
    assert "cut-text" in {p.code for p in found}
    articles, found = read(samples.nela(tmp_path / "nela.db", [A, B]))
    assert [a.published for a in articles] == [A.iso, B.iso]
    assert "masked-text" in {p.code for p in found}


def test_pages_mails_and_pdf_are_read(tmp_path):
    folder = tmp_path / "Ledger"
    write(folder / "1" / "a.mhtml", samples.mhtml(A))
    write(folder / "2" / "a.eml", samples.eml(B))
    lines = [
        line
        for p in A.paragraphs
        for line in samples.wrapped(p.replace("commission", "commis-sion", 1), 70).split("\n")
    ]
    broken = "\n".join(lines).replace("commis-sion", "commis-\nsion").split("\n")
    (folder / "3").mkdir()
    samples.pdf([[A.title, f"By {A.author}", "February 15, 2020", *broken[:4]], broken[4:]], folder / "3" / "a.pdf")
    samples.pdf([[], []], folder / "3" / "scan.pdf")
    articles, found = read(folder)
    assert [(a.source, a.title) for a in articles] == [
        ("harborledger.example", A.title),
        (B.outlet, B.title),
        ("Ledger", A.title),
    ]
    assert [a.published for a in articles] == ["", "2020-02-15", "2020-02-15"]
    assert all(same_words(a.text, s) for a, s in zip(articles, (A, B, A), strict=True))
    assert articles[2].authors == A.author
    assert [(Path(p.origin).name, p.code) for p in found if not p.used] == [("scan.pdf", "scan")]


def test_what_belongs_to_a_saved_page_is_told_in_one_line(tmp_path):
    write(tmp_path / "a.html", samples.page(A))
    for name in ("x.js", "y.css", "z.html"):
        write(tmp_path / "a_files" / name, "x")
    articles, found = read(tmp_path)
    assert [a.title for a in articles] == [A.title]
    assert [(Path(p.origin).name, p.code, p.used) for p in found] == [("a_files", "parts-of-page", True)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (rows(table=(HEADER,)), "no-rows"),
        ("url,title,date\nhttps://a.example/x,T,2020-01-01\n", "addresses-only"),
        ("name,age\nAnn,4\n", "bad-columns"),
    ],
)
def test_a_table_without_texts_says_what_it_is(tmp_path, content, code):
    articles, found = read(write(tmp_path / "a.csv", content))
    assert (articles, [(p.code, p.used) for p in found]) == ([], [(code, False)])


def test_a_table_names_the_outlet_of_no_article_but_its_folder_does(tmp_path):
    folder = tmp_path / "Fox News" / "2020"
    write(folder / "export.csv", rows(table=(["headline", "content", "day"], [A.title, A.text, "15-Feb-20"])))
    (article,), found = read(tmp_path)
    assert (article.source, article.published) == ("Fox News", A.iso)
    assert "no-outlet" in {p.code for p in found}


def test_columns_that_are_not_ours_are_kept_or_named(tmp_path):
    table = (["outlet", "date", "text", "desk", "notes", ""], ["S", "2020", A.text, "metro", "n" * 600, "0"])
    path = write(tmp_path / "a.csv", rows(table=table))
    (article,), found = read(path)
    assert article.own == (("desk", "metro"),)
    (problem,) = [p for p in found if p.code == "columns-not-used"]
    assert "notes (its cells are longer" in problem.reason
    assert recognise(path).columns["desk"] == "kept"


def test_a_user_corrects_columns_dates_and_outlets(tmp_path):
    table = (
        ["what", "when", "body", "alt"],
        ["Fox Online News", "3/4/20", A.text, B.text],
        ["FOX News", "5/4/20", B.text, A.text],
    )
    path = write(tmp_path / "a.csv", rows(table=table))
    choices = Choices(
        {"source": "what", "published": "when", "text": "alt"},
        "day-first",
        {"fox online news": "Fox News", "fox news": "Fox News"},
    )
    articles, _ = read(path, choices)
    assert [(a.source, a.published) for a in articles] == [("Fox News", "2020-04-03"), ("Fox News", "2020-04-05")]
    assert same_words(articles[0].text, B)


def test_one_date_of_a_column_settles_the_others(tmp_path):
    table = (["outlet", "date", "text"], ["S", "3/4/20", A.text], ["S", "15/2/20", B.text])
    articles, _ = read(write(tmp_path / "a.csv", rows(table=table)))
    assert [a.published for a in articles] == ["2020-04-03", "2020-02-15"]
    table = table[:2]
    (article,), found = read(write(tmp_path / "b.csv", rows(table=table)))
    assert article.published == ""
    assert "odd-date" in {p.code for p in found}


def test_a_stray_mark_costs_as_little_as_can_be(tmp_path):
    content = (
        'outlet,date,title,text\nS,2020-02-15,T1,"stray text here\nS,2020-02-16,T2,plain two\n'
        'S,2020-02-17,T3,"quoted, three"\nS,2020-02-18,T4,plain four,extra\n'
    )
    articles, found = read(write(tmp_path / "a.csv", content))
    assert [a.title for a in articles] == ["T1", "T2", "T3", "T4"]
    assert {(p.code, p.origin_row, p.used) for p in found} >= {("stray-mark", 2, True), ("extra-cells", 5, True)}
    (problem,) = [p for p in found if p.code == "stray-mark"]
    assert "swallowed the 2 lines" in problem.reason


def test_a_cell_may_say_nothing_in_several_words(tmp_path):
    table = (["outlet", "date", "text"], ['="S"', "2020", A.text], ["S", "nan", "nan"], ["None", "NULL", "N/A"])
    articles, found = read(write(tmp_path / "a.csv", rows(table=table)))
    assert [(a.source, a.published) for a in articles] == [("S", "2020")]
    assert [p.code for p in found if not p.used] == ["no-text", "no-text"]


def test_a_folder_of_what_is_not_read_lists_all_of_it(tmp_path):
    for name, data in {
        "a.doc": b"\xd0\xcf\x11\xe0",
        "b.xml": b"<?xml version='1.0'?><rss/>",
        "c.7z": b"7z\xbc\xaf",
        "d.pkl": b"\x80\x04",
        "e.png": b"\x89PNG",
    }.items():
        write(tmp_path / name, data)
    articles, found = read(tmp_path)
    assert not articles
    assert [(Path(p.origin).name, p.code) for p in found] == [
        (n, "unsupported") for n in ("a.doc", "b.xml", "c.7z", "d.pkl", "e.png")
    ]
    assert all("; " in p.reason for p in found)


def test_another_language_is_found(tmp_path):
    (article,), _ = read(write(tmp_path / "Zeitung" / "a.txt", samples.GERMAN))
    assert article.language == "de"
    (article,), _ = read(write(tmp_path / "Ledger" / "a.txt", A.text))
    assert article.language == "en"


def test_a_list_in_a_text_with_as_many_commas_as_columns_is_no_row(tmp_path):
    text = "The ferries of the island were built long ago.\nBy Ann Lee, Bo Roe, in May, 2019, and others\nIt rained."
    table = (
        ["outlet", "date", "title", "text", "id"],
        ["S", "2020-02-15", "T1", text, "1"],
        ["S", "2020-02-16", "T2", A.text, "2"],
    )
    table = tuple([row[3], row[0], row[2], row[1], row[4]] for row in table)
    articles, found = read(write(tmp_path / "a.csv", rows(table=table)))
    assert [(a.title, a.published) for a in articles] == [("T1", "2020-02-15"), ("T2", "2020-02-16")]
    assert not {p.code for p in found} & {"bad-row", "stray-mark"}

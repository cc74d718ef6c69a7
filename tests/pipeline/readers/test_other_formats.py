"""Formats of agencies, journals, feeds, e-books and archives, and tables in which no name tells what a column is."""

import bz2
import email.message
import io
import json
import lzma
import tarfile
import zipfile

import pyarrow as pa
import pyarrow.feather
import pytest

from pipeline.readers.clues.addresses import original, outlet_of
from pipeline.readers.dates import parse_date
from tests.pipeline.readers import samples
from tests.pipeline.readers.samples import A, B, write
from tests.pipeline.readers.test_archives import read, rows, same_words


def marked(s):
    return "".join(f"<p>{part}</p>" for part in s.paragraphs)


def cells(s):
    return [s.outlet, s.iso, s.title, s.text, s.author]


TABLE = rows(table=(["outlet", "date", "title", "text", "author"], cells(A), cells(B)))


def tar(p, name, mode):
    with tarfile.open(p / name, mode) as archive:
        member = tarfile.TarInfo("articles/all.csv")
        member.size = len(TABLE.encode())
        archive.addfile(member, io.BytesIO(TABLE.encode()))


def feather(p):
    names = ("outlet", "date", "title", "text", "author")
    columns = dict(zip(names, zip(cells(A), cells(B), strict=True), strict=True))
    pyarrow.feather.write_feather(
        pa.table({name: list(values) for name, values in columns.items()}), str(p / "a.feather")
    )


def rss(p):
    items = "".join(
        f"<item><title>{s.title}</title><dc:creator>{s.author}</dc:creator><pubDate>{s.iso}</pubDate><source url='x'>{s.outlet}"
        f"</source><description>{s.paragraphs[0]}</description><content:encoded><![CDATA[{marked(s)}]]></content:encoded></item>"
        for s in (A, B)
    )
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    write(
        p / "a.rss",
        f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel><title>F</title>{items}</channel></rss>',
    )


def newsml(p):
    for n, s in enumerate((A, B)):
        write(
            p / f"{n}.xml",
            f'<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><provider><name>{s.outlet}'
            f"</name></provider><versionCreated>{s.iso}T10:00:00Z</versionCreated></itemMeta><contentMeta><by>{s.author}</by>"
            f"<headline>{s.title}</headline></contentMeta><contentSet><inlineXML><html xmlns='http://www.w3.org/1999/xhtml'>"
            f"<head><title>t</title></head><body>{marked(s)}</body></html></inlineXML></contentSet></newsItem>",
        )


def nitf(p):
    for n, s in enumerate((A, B)):
        write(
            p / f"{n}.xml",
            f"<nitf><head><title>t</title><pubdata name='{s.outlet}' date.publication='{s.iso.replace('-', '')}'/></head><body>"
            f"<body.head><hedline><hl1>{s.title}</hl1></hedline><byline>By <person>{s.author}</person></byline></body.head>"
            f"<body.content><block class='lead_paragraph'><p>{s.paragraphs[0]}</p></block>"
            f"<block class='full_text'>{marked(s)}</block></body.content></body></nitf>",
        )


def jats(p):
    for n, s in enumerate((A, B)):
        given, surname = s.author.split()
        year, month, day = s.iso.split("-")
        write(
            p / f"{n}.xml",
            f"<article><front><journal-meta><journal-title>{s.outlet}</journal-title></journal-meta><article-meta><title-group>"
            f"<article-title>{s.title}</article-title></title-group><contrib-group><contrib contrib-type='author'><name>"
            f"<surname>{surname}</surname><given-names>{given}</given-names></name></contrib></contrib-group><pub-date>"
            f"<day>{int(day)}</day><month>{int(month)}</month><year>{year}</year></pub-date></article-meta></front>"
            f"<body><sec>{marked(s)}</sec></body></article>",
        )


def tei(p):
    texts = "".join(
        f"<TEI><teiHeader><fileDesc><titleStmt><title>{s.title}</title><author>{s.author}</author></titleStmt><publicationStmt>"
        f"<publisher>{s.outlet}</publisher><date when='{s.iso}'/></publicationStmt></fileDesc></teiHeader>"
        f"<text><body>{marked(s)}</body></text></TEI>"
        for s in (A, B)
    )
    write(p / "a.xml", f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{texts}</teiCorpus>')


def own_xml(p):
    records = "".join(
        f"<record id='1'><paper>{s.outlet}</paper><date>{s.iso}</date><title>{s.title}</title><body>{marked(s)}</body>"
        f"<author>{s.author}</author></record>"
        for s in (A, B)
    )
    write(p / "a.xml", f"<export><about>Made by a librarian</about>{records}</export>")


def open_document(p):
    for n, s in enumerate((A, B)):
        lines = (f"Title: {s.title}", f"Source: {s.outlet}", f"Date: {s.iso}", f"Author: {s.author}", "", *s.paragraphs)
        inner = "".join(f"<text:p>{line[:9]}<text:span>{line[9:]}</text:span></text:p>" for line in lines)
        with zipfile.ZipFile(p / f"{n}.odt", "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr(
                "content.xml",
                '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text>'
                f"{inner}</o:text></o:body></o:document-content>",
            )


def runs(p):
    def text(s):
        return [
            s.paragraphs[0][:20],
            {"type": "bold", "text": s.paragraphs[0][20:]},
            *(f"\n{x}" for x in s.paragraphs[1:]),
        ]

    messages = [
        {
            "id": 1,
            "type": "message",
            "title": s.title,
            "date": f"{s.iso}T10:00:00",
            "from": s.outlet,
            "from_id": "channel1",
        }
        | {"author": s.author, "text": text(s)}
        for s in (A, B)
    ]
    write(p / "result.json", json.dumps({"name": "x", "messages": messages}))


def references(p):
    items = [
        {"type": "article-newspaper", "title": s.title, "container-title": s.outlet, "full-text": s.text}
        | {"author": [dict(zip(("given", "family"), s.author.split(), strict=True))]}
        | {"issued": {"date-parts": [list(map(int, s.iso.split("-")))]}}
        for s in (A, B)
    ]
    write(p / "a.json", json.dumps(items))


FORMATS = {
    "RSS": rss,
    "NewsML-G2": newsml,
    "NITF": nitf,
    "JATS": jats,
    "TEI": tei,
    "XML of one's own": own_xml,
    "OpenDocument": open_document,
    "Feather": feather,
    "tar": lambda p: tar(p, "a.tar", "w"),
    "tar.gz": lambda p: tar(p, "a.tar.gz", "w:gz"),
    "tar.xz": lambda p: tar(p, "a.txz", "w:xz"),
    "bzip2": lambda p: write(p / "a.csv.bz2", bz2.compress(TABLE.encode())),
    "xz": lambda p: write(p / "a.csv.xz", lzma.compress(TABLE.encode())),
    "Zstandard": lambda p: write(p / "a.csv.zst", pa.compress(TABLE.encode(), codec="zstd", asbytes=True)),
    "carets": lambda p: write(p / "a.csv", TABLE.replace(",", "^") if '"' not in TABLE else _with("^")),
    "tildes": lambda p: write(p / "a.txt", _with("~")),
    "names in Russian": lambda p: _named(p, ["Издание", "Дата", "Заголовок", "Текст", "Автор"]),
    "names in Chinese": lambda p: _named(p, ["媒体", "日期", "标题", "正文", "作者"]),
    "names in German, short": lambda p: _named(p, ["Blatt", "Datum", "Kopf", "Lauftext", "Verf"]),
    "runs of rich text": runs,
    "references with days in parts": references,
}


def _with(delimiter):
    import csv

    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["outlet", "date", "title", "text", "author"], cells(A), cells(B)])
    return out.getvalue()


def _named(p, names):
    write(p / "a.csv", rows(table=(names, cells(A), cells(B))))


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_is_read_whole(tmp_path, form):
    folder = tmp_path / "archive"
    folder.mkdir()
    FORMATS[form](folder)
    articles, found = read(folder)
    assert [(a.source, a.published, a.title) for a in articles] == [(s.outlet, s.iso, s.title) for s in (A, B)]
    assert all(same_words(a.text, s) for a, s in zip(articles, (A, B), strict=True))
    assert [a.authors for a in articles] == [A.author, B.author]
    assert not [p for p in found if not p.used]


def test_an_e_book_gives_an_article_a_chapter_and_says_what_it_passed_over(tmp_path):
    chapters = {"cover": "<p>The Review</p>"} | {
        n: f"<h1>{s.title}</h1><p>By {s.author}</p>{marked(s)}" for n, s in (("a", A), ("b", B))
    }
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="in/book.opf"/></rootfiles></container>',
        )
        order = "".join(f'<itemref idref="{n}"/>' for n in chapters)
        items = "".join(f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in chapters)
        book.writestr(
            "in/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:publisher>The Review</dc:publisher><dc:date>{A.iso}</dc:date></metadata><manifest>{items}</manifest>"
            f"<spine>{order}</spine></package>",
        )
        for n, body in chapters.items():
            book.writestr(f"in/{n}.xhtml", f"<html><head><title>T</title></head><body>{body}</body></html>")
    articles, (problem,) = read(tmp_path)
    assert [(a.source, a.published, a.title, a.authors) for a in articles] == [
        ("The Review", A.iso, s.title, s.author) for s in (A, B)
    ]
    assert all(same_words(a.text, s) for a, s in zip(articles, (A, B), strict=True))
    assert (problem.code, problem.used, "1 of 3 chapters" in problem.reason) == ("chapters-not-read", True, True)


def test_damaged_xml_is_read_as_far_as_it_goes_and_that_is_told(tmp_path):
    rss(tmp_path)
    path = tmp_path / "a.rss"
    write(path, path.read_text("utf-8").replace("</channel></rss>", ""))
    articles, found = read(tmp_path)
    assert (len(articles), [p.code for p in found]) == (2, ["damaged-xml"])


def test_xml_asks_for_nothing_beyond_itself(tmp_path):
    secret = write(tmp_path / "outside" / "secret.txt", "SECRET")
    item = f"<item><title>{A.title}</title><description>&x; {A.text}</description></item>"
    write(
        tmp_path / "in" / "a.xml",
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]><rss><channel>{item}</channel></rss>',
    )
    articles, _ = read(tmp_path / "in")
    assert articles
    assert "SECRET" not in articles[0].text


@pytest.mark.parametrize("name", ["../../out.csv", "/tmp/out.csv"])
def test_a_tar_writes_nothing_outside_its_folder_and_follows_no_link(tmp_path, name):
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for member in (tarfile.TarInfo(name), tarfile.TarInfo("link"), tarfile.TarInfo("good.csv")):
            if member.name == "link":
                member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            else:
                member.size = len(TABLE.encode())
            archive.addfile(member, io.BytesIO(TABLE.encode()))
    articles, found = read(tmp_path)
    assert (len(articles), [p.code for p in found]) == (2, ["unsafe-archive", "unsafe-archive"])


def mail(text, page=""):
    message = email.message.EmailMessage()
    message["From"], message["Subject"] = f"{A.outlet} <news@example.org>", A.title
    message["Date"], message["Message-ID"] = "Sat, 15 Feb 2020 12:00:00 -0500", "<1@example.org>"
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    return message.as_bytes()


def test_a_mail_whose_plain_part_says_only_where_to_look_is_read_as_its_page(tmp_path):
    page = f"<html><body><h1>{A.title}</h1>{marked(A)}</body></html>"
    write(tmp_path / "a.eml", mail("View this mail in your browser: https://example.org/1", page))
    ((article,), _) = read(tmp_path)
    assert A.paragraphs[-1] in article.text


def test_a_mail_of_several_articles_is_parted_and_that_is_told(tmp_path):
    long = "The county said so again, and then it said so once more, in the same words as before. " * 3
    text = "\n\n".join(f"{s.title}\n{s.outlet}, {s.day.rpartition(' ')[0]}\n\n{s.text}\n{long}" for s in (A, B))
    write(tmp_path / "a.eml", mail(text))
    articles, found = read(tmp_path)
    assert [(a.source, a.published, a.title) for a in articles] == [(s.outlet, s.iso, s.title) for s in (A, B)]
    assert "several-articles" in {p.code for p in found}


def test_a_page_that_an_archive_or_a_browser_kept_is_of_its_own_site(tmp_path):
    kept = "https://web.archive.org/web/20200301000000/https://www.harborledger.example/2020/02/roof"
    page = samples.page(A).replace(f'<meta property="og:site_name" content="{A.outlet}">', "")
    canonical = "https://www.harborledger.example/2020/02/roof"
    write(tmp_path / "a.html", page.replace(f'href="{canonical}"', f'href="{kept}"').replace(f" - {A.outlet}", ""))
    single = samples.page(B, meta=False).replace(
        "<html", f"<!--\n Page saved with SingleFile \n url: {canonical} \n--><html"
    )
    write(tmp_path / "b.html", single)
    articles, _ = read(tmp_path)
    assert [(a.source, a.url) for a in articles] == [("harborledger.example", canonical)] * 2
    assert outlet_of(kept) == "harborledger.example"
    assert original("https://archive.example.org/news/2020/") == "https://archive.example.org/news/2020/"


def test_a_note_in_markdown_loses_its_marks(tmp_path):
    text = f"# {A.title}\n\n**By {A.author}**\n\n{A.text.replace('sheriff', '[sheriff](https://x.example/a)')}\n\n![x](/y.png)\n"
    ((article,), _) = read(write(tmp_path / "a.md", text))
    assert article.title == A.title
    assert A.paragraphs[0] in article.text
    assert not {"*", "#", "]("} & set(article.text)


def test_references_are_read_by_their_abstracts_and_that_is_told(tmp_path):
    def ris(s, abstract):
        lines = [f"TI  - {s.title}", f"AU  - {s.author}", f"T2  - {s.outlet}", f"DA  - {s.iso.replace('-', '/')}/"]
        return "\n".join(["TY  - NEWS", *lines, *([f"AB  - {abstract}"] if abstract else []), "ER  - ", ""])

    write(tmp_path / "a.ris", ris(A, A.paragraphs[0].replace(" and ", "\nand ")) + "\n" + ris(B, ""))
    articles, found = read(tmp_path)
    assert [(a.source, a.published, a.title, a.authors) for a in articles] == [(A.outlet, A.iso, A.title, A.author)]
    assert " ".join(articles[0].text.split()) == A.paragraphs[0]
    assert {p.code for p in found} == {"partial-text", "no-text"}
    write(tmp_path / "a.ris", ris(A, ""))
    articles, (problem,) = read(tmp_path)
    assert (articles, problem.code, problem.used) == ([], "references-only", False)


def test_a_day_as_chinese_and_japanese_papers_write_it():
    assert parse_date("2020年2月15日").edtf == A.iso

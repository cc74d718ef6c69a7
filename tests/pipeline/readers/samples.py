"""Invented articles and the files that archives, databases and services would make of them."""

import email.message
import gzip
import io
import json
import sqlite3
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter


@dataclass(frozen=True)
class Sample:
    """One invented article."""

    outlet: str
    day: str  # as databases write it
    iso: str
    title: str
    author: str
    paragraphs: tuple[str, ...]

    @property
    def text(self):
        return "\n".join(self.paragraphs)


A = Sample(
    "The Harbor Ledger",
    "February 15, 2020 Saturday",
    "2020-02-15",
    "Roof of old county jail falls in during storm",
    "Ann Poe",
    (
        "The roof of the old county jail fell in on Friday night, and nobody was hurt, the sheriff's office said in a short statement.",
        "“We had moved everybody out a week before,” Sheriff Dana Mills told reporters on the steps of the courthouse. “That was luck, and it was also good planning.”",
        "The county commission will meet on Tuesday to decide whether the building, which is 90 years old, should be repaired or torn down.",
    ),
)
B = Sample(
    "Valley Courier",
    "March 3, 2020 Tuesday",
    "2020-03-03",
    "Commission votes to build a new jail",
    "Bob Roe",
    (
        "The county commission voted 4 to 1 on Tuesday to build a new jail beside the river, after a debate that lasted until midnight.",
        "Commissioner Lee Tran, who voted against the plan, said that the money should go to schools and to the clinic in Mill Creek.",
        "Work on the new building is to begin in the summer, and the county expects to pay about $30 million for it.",
    ),
)
GERMAN = (
    "Das Dach des alten Gefängnisses ist in der Nacht zum Samstag eingestürzt, verletzt wurde niemand. Die Polizei teilte "
    "mit, dass die Häftlinge schon vor einer Woche verlegt worden waren. Über einen Neubau soll der Kreistag am Dienstag "
    "entscheiden, sagte der Landrat nach einer langen Sitzung."
)


def wrapped(text, width=72):
    import textwrap

    return "\n".join(textwrap.wrap(text, width))


# Databases.


def nexis_paragraphs(*samples, end="End of Document"):
    """A download of Nexis Uni as paragraphs, its cover first; None marks where a bookmark stands."""
    found = [
        "User Name: = Jane Private",
        "Date and Time: = Friday, November 6, 2020 10:15:00 AM EST",
        "Job Number: = 129933442",
        f"Documents ({len(samples)})",
        "Client/Matter: -None-",
        "Search Terms: jail roof",
        "Search Type: NAT",
    ]
    for number, s in enumerate(samples, 1):
        found += [f"{number}. {s.title}"]
    for s in samples:
        found += [
            None,
            s.title,
            s.outlet,
            f"{s.day} Final Edition",
            f"Copyright 2020 {s.outlet} Company All Rights Reserved",
            "Section:\u00a0LOCAL; Pg. A01",
            "Length:\u00a078 words",
            f"Byline:\u00a0{s.author}; Staff Writer",
            "Dateline:\u00a0MILL CREEK",
            "Body",
            "",
            *s.paragraphs,
            "",
            "Classification",
            "Language: ENGLISH",
            "Publication-Type: Newspaper",
            "Subject: JAILS (90%)",
            "Load-Date: February 17, 2020",
            "",
            end,
        ]
    return found


def docx(path, paragraphs):
    """A Word file; ``None`` puts a bookmark on the next paragraph."""
    body, number, marked = [], 0, False
    for text in paragraphs:
        if text is None:
            marked, number = True, number + 1
            continue
        mark = (
            f'<w:bookmarkStart w:id="{number}" w:name="Bookmark_{number}"/><w:bookmarkEnd w:id="{number}"/>'
            if marked
            else ""
        )
        runs = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
        body.append(f"<w:p>{mark}{runs}</w:p>")
        marked = False
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + "".join(body)
        + "</w:body></w:document>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return path


def rtf(path, paragraphs):
    def coded(text):
        return "".join(f"\\{c}" if c in "\\{}" else c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)

    lines = "".join(f"\\pard {coded(text)}\\par\n" for text in paragraphs if text is not None)
    path.write_text("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times;}}\n" + lines + "}", "ascii")
    return path


def old_nexis(*samples):
    """A text download of the LexisNexis of old."""
    found = []
    for number, s in enumerate(samples, 1):
        text = "\n\n".join(wrapped(p) for p in s.paragraphs)
        found.append(
            f"""


                               {number} of {len(samples)} DOCUMENTS



                               {s.outlet}

                            {s.day}
                                 Final Edition

{wrapped(s.title, 40)}

BYLINE: {s.author}, Staff Writer

SECTION: LOCAL; Pg. A01

LENGTH: 78 words

DATELINE: MILL CREEK


{text}

LOAD-DATE: February 17, 2020

LANGUAGE: ENGLISH

GRAPHIC: PHOTO, The jail in January.

PUBLICATION-TYPE: Newspaper


                  Copyright 2020 {s.outlet} Company
                              All Rights Reserved
"""
        )
    return "".join(found)


def german_old_nexis(*samples):
    found = []
    for number, s in enumerate(samples, 1):
        text = "\n\n".join(wrapped(p) for p in s.paragraphs)
        found.append(
            f"""
                             Dokument {number} von {len(samples)}


                               {s.outlet}

                            Samstag 15. Februar 2020

{s.title}

AUTOR: {s.author}

RUBRIK: Lokales; S. 4

LÄNGE: 78 Wörter

{text}

UPDATE: 17. Februar 2020

SPRACHE: GERMAN; DEUTSCH

PUBLICATION-TYPE: Zeitung

                   Copyright 2020 {s.outlet}
                             Alle Rechte vorbehalten
"""
        )
    return "".join(found)


def old_nexis_html(*samples):
    found = []
    for number, s in enumerate(samples, 1):
        paragraphs = "".join(f'<P CLASS="c8"><SPAN CLASS="c2">{escape(p)}</SPAN></P>\n' for p in s.paragraphs)
        found.append(
            f"""<A NAME="DOC_ID_0_{number - 1}"></A><BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">{number} of {len(samples)} DOCUMENTS</SPAN></P></DIV>
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c2">{s.outlet}</SPAN></P></DIV>
<BR><DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">{s.day}</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">{s.title}</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">BYLINE: </SPAN><SPAN CLASS="c2">{s.author}</SPAN></P></DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">LENGTH: </SPAN><SPAN CLASS="c2">78 words</SPAN></P></DIV>
<BR><DIV CLASS="c5">{paragraphs}</DIV>
<BR><DIV CLASS="c5"><P CLASS="c6"><SPAN CLASS="c7">LOAD-DATE: </SPAN><SPAN CLASS="c2">February 17, 2020</SPAN></P></DIV>
<BR><DIV CLASS="c0"><P CLASS="c1"><SPAN CLASS="c2">Copyright 2020 {s.outlet}<BR>All Rights Reserved</SPAN></P></DIV>
"""
        )
    return "<HTML><HEAD><TITLE>LexisNexis</TITLE></HEAD><BODY>" + "".join(found) + "</BODY></HTML>"


def factiva_day(s):
    return {"2020-02-15": "15 February 2020", "2020-03-03": "3 March 2020"}[s.iso]


def factiva_html(*samples, words="78 words", language="English"):
    found = []
    for s in samples:
        paragraphs = "".join(f'<p class="articleParagraph enarticleParagraph">{escape(p)}</p>\n' for p in s.paragraphs)
        found.append(
            f"""<div class="article enArticle"><div id="hd"><span class="enHeadline">{s.title}</span></div>
<div class="author">By {s.author} </div><div>{words}</div><div>{factiva_day(s)}</div><div>11:22 </div><div>{s.outlet}</div><div>HARB</div>
<div>Final</div><div>A1</div><div>{language}</div><div>Copyright 2020, {s.outlet}. All Rights Reserved. </div>
{paragraphs}<p>Document HARB0000020200215eg2f0001a</p></div><br/>"""
        )
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Factiva</title></head><body>'
        + "".join(found)
        + '<div id="pageFooter">© 2020 Factiva, Inc. All rights reserved.</div></body></html>'
    )


def factiva_indexed_html(*samples):
    found = []
    for s in samples:
        paragraphs = "".join(
            f'<p class="articleParagraph enarticleParagraph">{escape(p)}</p>' for p in s.paragraphs[1:]
        )
        rows = [
            ("SE", "News"), ("HD", f'<span class="enHeadline">{s.title}</span>'), ("BY", f"By {s.author}"), ("WC", "78 words"),
            ("PD", factiva_day(s)), ("ET", "11:22"), ("SN", s.outlet), ("SC", "HARB"), ("PG", "A1"), ("LA", "English"),
            ("CY", f"Copyright 2020, {s.outlet}"),
            ("LP", f'<p class="articleParagraph enarticleParagraph">{escape(s.paragraphs[0])}</p>'), ("TD", paragraphs),
            ("NS", "gcrim : Crime"), ("RE", "usa : United States"), ("AN", "Document HARB0000020200215eg2f0001a"),
        ]  # fmt: skip
        table = "".join(f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>' for code, value in rows)
        found.append(f'<div class="article enArticle"><table>{table}</table></div>')
    return "<html><body>" + "".join(found) + "</body></html>"


def factiva_lines(*samples):
    found = []
    for s in samples:
        found += [
            s.title, "", f"By {s.author}", "78 words", factiva_day(s), "11:22", s.outlet, "HARB", "A1", "English",
            f"Copyright 2020, {s.outlet}. All Rights Reserved.", "",
        ]  # fmt: skip
        for p in s.paragraphs:
            found += [p, ""]
        found += ["Document HARB0000020200215eg2f0001a", "", ""]
    return found


def factiva_coded_text(*samples):
    found = []
    for s in samples:
        found += [
            "SE   News", f"HD   {s.title}", f"BY   By {s.author}", "WC   78 words", f"PD   {factiva_day(s)}", f"SN   {s.outlet}",
            "SC   HARB", "LA   English", f"CY   Copyright 2020, {s.outlet}", "", "LP   ", s.paragraphs[0], "", "TD   ",
            *(line for p in s.paragraphs[1:] for line in (p, "")), "NS   gcrim : Crime", "AN   Document HARB0000020200215eg2f0001a", "",
        ]  # fmt: skip
    return "\n".join(found)


def proquest_text(*samples):
    rule = "_" * 60
    found = [rule, ""]
    for number, s in enumerate(samples, 1):
        short = {"2020-02-15": "Feb 15, 2020", "2020-03-03": "Mar 3, 2020"}[s.iso]
        found += [
            f"Document {number} of {len(samples)}", "", s.title, "", "ProQuest document link", "https://search.proquest.com/docview/1?accountid=7", "",
            "Abstract: A short account of the matter.", "", "Full text: " + s.paragraphs[0], "", *(line for p in s.paragraphs[1:] for line in (p, "")),
            "Subject: Jails; Storms", "", "Location: Mill Creek", "", f"Title: {s.title}", "", f"Author: {s.author}", "", f"Publication title: {s.outlet}", "",
            "Section: Local", "", "Publication year: 2020", "", f"Publication date: {short}", "", "Publisher: Example Media", "", "ISSN: 00000000", "",
            "Source type: Newspapers", "", "Language of publication: English", "", "ProQuest document ID: 1", "",
            "Document URL: https://search.proquest.com/docview/1", "", f"Copyright: Copyright {s.outlet} {short}", "", "Last updated: 2020-02-18", "", "Database: News", "", rule, "",
        ]  # fmt: skip
    found += ["Terms and Conditions: https://search.proquest.com/info/termsAndConditions", "", "Contact ProQuest"]
    return "\n".join(found)


def proquest_html(*samples):
    found = []
    for s in samples:
        short = {"2020-02-15": "Feb 15, 2020", "2020-03-03": "Mar 3, 2020"}[s.iso]
        text = "".join(f"<p>{escape(p)}</p>" for p in s.paragraphs)
        found.append(
            f"<h1>{s.title}</h1><p><a href='https://search.proquest.com/docview/1'>ProQuest document link</a></p>"
            f"<p><strong>Full text: </strong></p>{text}<p><strong>Title: </strong>{s.title}</p><p><strong>Author: </strong>{s.author}</p>"
            f"<p><strong>Publication title: </strong>{s.outlet}</p><p><strong>Publication date: </strong>{short}</p>"
            "<p><strong>ProQuest document ID: </strong>1</p><hr/>"
        )
    return "<html><body>" + "".join(found) + "</body></html>"


# Pages.


def page(s, *, host="www.harborledger.example", meta=True):
    head = (
        f'<meta property="og:site_name" content="{s.outlet}"><meta property="og:title" content="{s.title}">'
        f'<meta property="article:published_time" content="{s.iso}T10:15:00-05:00"><meta name="author" content="{s.author}">'
        f'<link rel="canonical" href="https://{host}/2020/02/roof">'
        if meta
        else ""
    )
    paragraphs = "".join(f"<p>{escape(p)}</p>" for p in s.paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{s.title} | {s.outlet}</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sports'>Sports</a></li></ul></nav>"
        f"<main><article><h1>{s.title}</h1><p class='byline'>By {s.author}</p>{paragraphs}</article></main>"
        "<aside><h2>Most read</h2><ul><li><a href='/x'>Ten ways to cook beans</a></li></ul></aside>"
        "<footer><p>© 2020 Example Media. Privacy. Terms.</p></footer></body></html>"
    )


def mhtml(s):
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.harborledger.example/2020/02/roof\r\n"
        f"Subject: {s.title}\r\nDate: Fri, 6 Nov 2020 10:15:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n\r\n------B\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://www.harborledger.example/2020/02/roof\r\n\r\n"
        + page(s, meta=False)
        + "\r\n------B--\r\n"
    ).encode()


def eml(s):
    message = email.message.EmailMessage()
    message["From"] = f"{s.outlet} <news@harborledger.example>"
    message["To"] = "reader@example.org"
    message["Subject"] = s.title
    message["Date"] = "Sat, 15 Feb 2020 10:15:00 -0500"
    message["Message-ID"] = "<1@harborledger.example>"
    message.set_content("\n\n".join(wrapped(p) for p in s.paragraphs))
    message.add_alternative(
        f"<html><body>{''.join(f'<p>{escape(p)}</p>' for p in s.paragraphs)}</body></html>", subtype="html"
    )
    return message.as_bytes()


def warc(*samples):
    found = [
        b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2020-02-16T00:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    ]
    for number, s in enumerate(samples, 1):
        body = page(s).encode()
        for kind, data in (("text/html; charset=utf-8", body), ("image/png", b"\x89PNG")):
            http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data
            found.append(
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}{len(data)}>\r\nWARC-Date: 2020-02-16T00:00:00Z\r\n"
                f"WARC-Target-URI: https://www.harborledger.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n".encode()
                + http
                + b"\r\n\r\n"
            )
    return b"".join(found)


def pdf(lines_by_page, path, title=""):
    """A PDF with a text layer, or pictures' empty pages, written by hand."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    count = len(lines_by_page)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects += [
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(lines_by_page):
        shown = "\n".join(
            "(" + line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ") Tj T*" for line in lines
        )
        stream = f"BT /F1 11 Tf 14 TL 72 740 Td\n{shown}\nET".encode("cp1252")
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>".encode(),
            b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        ]
    if title:
        objects.append(f"<< /Title ({title}) >>".encode("latin-1"))
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, data in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number + data + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    info = b" /Info %d 0 R" % len(objects) if title else b""
    out.write(b"trailer << /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, info, start))
    path.write_bytes(out.getvalue())
    return path


# Tables.


def workbook(path, rows, dates=(), sheets=()):
    with xlsxwriter.Workbook(str(path)) as book:
        for name, other in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(other):
                sheet.write_row(number, 0, row)
        sheet = book.add_worksheet("Articles")
        style = book.add_format({"num_format": "d mmm yyyy"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if column in dates and number:
                    sheet.write_datetime(number, column, value, style)
                else:
                    sheet.write(number, column, value)
    return path


def ods(path, rows):
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        f'office:version="1.2"><office:body><office:spreadsheet><table:table table:name="S">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
    return path


def parquet(path, rows):
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def nela(path, samples):
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE TABLE newsdata (id TEXT, date TEXT, source TEXT, title TEXT, content TEXT, author TEXT, url TEXT, "
            "published TEXT, published_utc INTEGER, collection_utc INTEGER)"
        )
        for number, s in enumerate(samples):
            words = s.text.split()
            words[20:27] = ["@"] * 7  # as the data set masks them
            database.execute(
                "INSERT INTO newsdata VALUES (?,?,?,?,?,?,?,?,?,?)",
                (
                    f"{s.outlet}--{number}",
                    s.iso,
                    s.outlet.lower().replace(" ", ""),
                    s.title,
                    " ".join(words),
                    s.author,
                    "",
                    "",
                    1581754500,
                    1581840900,
                ),
            )
    database.close()
    return path


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def gz_lines(path, rows):
    path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows).encode()))
    return path


def write(path: Path, content, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path

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

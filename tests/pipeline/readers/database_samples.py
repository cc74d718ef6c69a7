"""The same articles as databases of news hand them out: Nexis, Factiva and ProQuest."""

import zipfile
from xml.sax.saxutils import escape

from tests.pipeline.readers.samples import wrapped


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

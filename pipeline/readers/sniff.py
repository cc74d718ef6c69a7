"""What a file is, by its first bytes and its name."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Final

from pipeline.readers.columns import has_article_columns
from pipeline.readers.decoding import PACKED_ENDS, decode, encoding_of, open_bytes, read_some
from pipeline.readers.folders.tars import has_mark
from pipeline.readers.tables import kept
from pipeline.readers.tables.dialect import DELIMITERS, dialect_of
from pipeline.readers.vendors.labels import vendor_of

if TYPE_CHECKING:
    from pathlib import Path

# Kinds that have a reader.
TEXT, TABLE, JSON, JSON_LINES, PAGE, WORD, RTF, PDF, SHEET, PARQUET, SQLITE, MAIL, SAVED_PAGE, WARC, ZIP, MAILBOX = (
    "text", "table", "json", "json-lines", "page", "word", "rtf", "pdf", "sheet", "parquet", "sqlite", "mail",
    "saved-page", "warc", "zip", "mailbox",
)  # fmt: skip
TAR, FEATHER, OPEN_DOCUMENT, BOOK, XML, MARKDOWN, REFERENCES = (
    "tar", "feather", "odt", "book", "xml", "markdown", "ris",
)  # fmt: skip
NOTE: Final = "note"
SCRAP: Final = "scrap"
# What Framelens keeps of files whose originals it does not.
KEPT_FILE: Final = "kept"
# What other files are, and what to do with them.
_OTHERS: Final = {
    "old-word": "an old Word file (.doc); save it as .docx",
    "presentation": "a presentation; save its text as .docx or .txt",
    "old-book": "an e-book of a kind that is not read; save it as .epub",
    "archive": "an archive of a kind that is not opened; unpack it, or pack it as .zip",
    "picture": "a picture; if it shows an article, run text recognition (OCR) and add the text",
    "media": "sound or video; add a transcript as .txt",
    "program": "a program or part of a web page",
    "style": "a part of a saved web page",
    "columns": "a table of a kind that is not read; save it as Parquet or CSV",
    "pickle": "saved by a program (pickle, RData) and could run code when opened; save it as CSV or JSON",
    "settings": "a settings file and no article",
    "references": "a list of references of a kind that is not read; save the articles, or export the list as RIS",
    "note": "a note about the folder",
    "binary": "no text, and no kind of file that is read; if it holds articles, save them as .txt or .docx",
    "scrap": "a few words in a file whose name does not say that it is a text; if it is an article, name it .txt",
    "markup": "a text with marks of typesetting; save it as .txt or .docx",
    "stata": "a data file of a statistics program; save it as CSV",
    "listing": "a link or shortcut, not an article; add the page itself",
}
_BY_END: Final[dict[str, str]] = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".psv"), TABLE),
    **dict.fromkeys((".jsonl", ".ndjson", ".jl", ".jsonlines"), JSON_LINES),
    ".json": JSON, ".geojson": JSON,
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx"), PAGE),
    **dict.fromkeys((".txt", ".text"), TEXT),
    ".docx": WORD, ".rtf": RTF, ".pdf": PDF, ".parquet": PARQUET, ".eml": MAIL,
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".xlsm", ".xlsb"), SHEET),
    **dict.fromkeys((".mhtml", ".mht"), SAVED_PAGE),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), SQLITE),
    ".warc": WARC, ".zip": ZIP,
    ".doc": "old-word", ".odt": OPEN_DOCUMENT, ".epub": BOOK, ".mobi": "old-book", ".ppt": "presentation",
    ".pptx": "presentation",
    **dict.fromkeys((".tar", ".tgz", ".tbz", ".tbz2", ".txz"), TAR),
    **dict.fromkeys((".7z", ".rar", ".lz4"), "archive"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".tif", ".tiff"), "picture"),
    **dict.fromkeys((".bmp", ".ico", ".heic", ".avif"), "picture"),
    **dict.fromkeys((".mp3", ".mp4", ".wav", ".m4a", ".mov", ".avi", ".webm"), "media"),
    **dict.fromkeys((".js", ".py", ".r", ".ipynb", ".exe", ".sh", ".do", ".mjs", ".wasm"), "program"),
    **dict.fromkeys((".css", ".woff", ".woff2", ".ttf", ".map"), "style"),
    **dict.fromkeys((".xml", ".rss", ".atom", ".tei", ".nitf", ".rdf", ".newsml"), XML),
    **dict.fromkeys((".feather", ".arrow"), FEATHER),
    **dict.fromkeys((".avro", ".orc"), "columns"),
    **dict.fromkeys((".pkl", ".pickle", ".rds", ".rdata", ".rda", ".npy", ".npz", ".joblib"), "pickle"),
    **dict.fromkeys((".yaml", ".yml", ".toml", ".ini", ".cfg", ".log", ".lock"), "settings"),
    **dict.fromkeys((".bib", ".enw", ".nbib", ".enl"), "references"),
    ".ris": REFERENCES,
    **dict.fromkeys((".md", ".markdown"), MARKDOWN),
    **dict.fromkeys((".rst", ".tex"), "markup"),
    **dict.fromkeys((".dta", ".sav", ".sas7bdat", ".por"), "stata"),
    **dict.fromkeys((".url", ".webloc", ".lnk", ".desktop"), "listing"),
    ".mbox": MAILBOX,
}  # fmt: skip
_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", PDF), (b"{\\rtf", RTF), (b"SQLite format 3\0", SQLITE), (b"PAR1", PARQUET), (b"WARC/", WARC),
    (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"), (b"ARROW1", FEATHER), (b"FEA1", FEATHER),
    (b"\x7fELF", "program"), (b"MZ\x90", "program"), (b"ID3", "media"),
)  # fmt: skip
_NOTES: Final = frozenset(
    {"readme", "read me", "license", "licence", "copying", "changelog", "codebook", "requirements"}
)
_HEAD: Final = 65_536
# Programs leave files with a word or two in them. A name that says nothing needs a text that looks like one, also in
# languages that set no spaces between words.
_LEAST_WORDS: Final = 20
_LEAST_CHARACTERS: Final = 120
# Characters that no text has; programs for terminals and Japanese mail write escapes.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ODD_CHARACTERS: Final = 5
_ODD_SHARE: Final = 0.02
_HTML = re.compile(r"^\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def kind_of(path: Path, name: str = "") -> str:  # noqa: PLR0911  the first that fits
    """The kind of a file; its first bytes outweigh its name, which people and programs often get wrong.

    Args:
        path: where its bytes are.
        name: what it is called, if not the path's own name.

    Raises:
        OSError, EOFError, zlib.error: it cannot be read.
    """
    name = (name or path.name).lower()
    if name.endswith(kept.END):
        return KEPT_FILE
    for end in (*PACKED_ENDS, ".part"):
        name = name.removesuffix(end)
    end = "." + name.rpartition(".")[2] if "." in name else ""
    named = _BY_END.get(end, "")
    with open_bytes(path) as file:
        head = read_some(file, _HEAD)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if has_mark(head):
        return TAR
    if head.startswith(b"PK\x03\x04"):
        return _packed(path, named)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return SHEET if named == SHEET else "old-word"
    stem = name.rpartition(".")[0] or name
    if named in {TEXT, MARKDOWN, ""} and re.sub(r"[\W_]+", " ", stem).strip() in _NOTES:
        return "note"
    if named in _OTHERS and named != "old-word":
        return named
    return _by_text(path, head, named)


def _packed(path: Path, named: str) -> str:  # noqa: PLR0911  the first that fits
    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist()[:5_000])
            mime = (
                archive.read("mimetype")[:80]
                if "mimetype" in members and archive.getinfo("mimetype").file_size < 200
                else b""
            )
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError, NotImplementedError):
        return named if named in {WORD, SHEET} else ZIP
    if b"opendocument.spreadsheet" in mime:
        return SHEET
    if b"opendocument.text" in mime:
        return OPEN_DOCUMENT
    if b"epub" in mime:
        return BOOK
    if "word/document.xml" in members:
        return WORD
    if "xl/workbook.xml" in members or "xl/workbook.bin" in members:
        return SHEET
    return "presentation" if "ppt/presentation.xml" in members else ZIP


def _by_text(path: Path, head: bytes, named: str) -> str:  # noqa: C901, PLR0911  the first that fits
    """The kind of a text file, by its first lines."""
    if not head.strip():
        return named if named in _READ else TEXT
    encoding = encoding_of(path)
    text = decode(head[encoding.bom :], encoding)
    if _is_no_text(text[:4_000]):
        return named if named in _READ - {TEXT} else "binary"
    start = text[:4_000].lstrip("\ufeff \t\r\n")
    if named in {JSON, JSON_LINES, TABLE, SAVED_PAGE, MAIL, MAILBOX, WARC} and not _HTML.match(start):
        return _lines_or_document(start, named)
    if (
        re.match(r"(?:[\w-]+: .*\r?\n(?:[ \t].*\r?\n)*)*?mime-version:", start, re.IGNORECASE)
        and "multipart/related" in start.lower()
    ):
        return SAVED_PAGE
    if (
        re.match(r"(?:from|return-path|received|delivered-to|message-id|mime-version): ", start, re.IGNORECASE)
        and re.search(r"^(?:subject|mime-version): ", start, re.IGNORECASE | re.MULTILINE)
        and re.search(r"^message-id|^mime-version", start, re.IGNORECASE | re.MULTILINE)
    ):
        return MAIL
    if _HTML.match(start) or named == PAGE:
        return PAGE
    if start.startswith("<?xml") or named == XML:
        return PAGE if re.match(r"(?:<[?!][^>]*>\s*)*<html\b", start, re.IGNORECASE) else XML
    if start[:1] in "{[" and re.match(r"[\[{]\s*(?:[\[{\"]|\])", start):
        return _lines_or_document(start, JSON)
    if named == SHEET:
        return TABLE  # what web services call .xls is often text
    lines = text.splitlines(keepends=True)[:40]
    if not vendor_of([line.rstrip("\r\n") for line in text.splitlines()[:2_000]]) and _is_table(lines):
        return TABLE
    if named in {"", MARKDOWN} and len(text.split()) < _LEAST_WORDS and len(text.strip()) < _LEAST_CHARACTERS:
        return SCRAP
    return TEXT if named in {TEXT, "", RTF, WORD, PDF, "old-word", PARQUET, SQLITE, ZIP} else named


def _is_no_text(beginning: str) -> bool:
    """Whether these are the bytes of a program, a picture or a cipher: a text has a stray one at most."""
    odd = len(_CONTROL.findall(beginning))
    return odd > max(_ODD_CHARACTERS, _ODD_SHARE * len(beginning))


def _lines_or_document(start: str, named: str) -> str:
    if named not in {JSON, JSON_LINES}:
        return named
    if named == JSON_LINES and start[:1] == "[":
        return JSON
    first, _, rest = start.partition("\n")
    if named == JSON and first.rstrip().endswith("}") and first.startswith("{") and rest.lstrip()[:1] == "{":
        return JSON_LINES
    if named == JSON_LINES and first.strip() == "{":
        return JSON  # pretty-printed, over lines
    return named


def _is_table(lines: list[str]) -> bool:
    if lines and lines[0].lower().lstrip('"').startswith("sep="):
        return True
    dialect = dialect_of(lines[:10])
    if dialect is None or len(dialect.names) < 2 or not has_article_columns(dialect.names):
        return False
    # "Title: Roof, Date: Monday" names columns too; a header has nothing but short names.
    return all(len(name) <= 40 and "." not in name.strip(".") and ":" not in name for name in dialect.names) and (
        sum(dialect.delimiter in line for line in lines) >= 2 and dialect.delimiter in DELIMITERS
    )


_READ: Final = frozenset(
    (
        *(TEXT, TABLE, JSON, JSON_LINES, PAGE, WORD, RTF, PDF, SHEET, PARQUET, SQLITE, MAIL, SAVED_PAGE, WARC, ZIP),
        *(MAILBOX, TAR, FEATHER, OPEN_DOCUMENT, BOOK, XML, MARKDOWN, REFERENCES),
    )
)


def is_read(kind: str) -> bool:
    """Whether a kind has a reader."""
    return kind in _READ


def what_it_is(kind: str) -> str:
    """What a file without a reader is, and what to do."""
    return _OTHERS[kind]

"""Files of every kind, damaged at random: each still becomes articles and problems, and nothing is raised.

FRAMELENS_FUZZ is how many damaged files of each kind are tried, drawn anew each time; a few, always the same, without it.
"""

import io
import os
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.readers import read_files
from pipeline.readers.article import Article, Problem
from pipeline.readers.sources import READER_FAILED
from tests.pipeline.readers import samples
from tests.pipeline.readers.samples import A, B, write
from tests.pipeline.readers.test_archives import DATABASES
from tests.pipeline.readers.test_other_formats import FORMATS

TRIED = int(os.environ.get("FRAMELENS_FUZZ", "4"))

OTHERS = ("RSS", "NITF", "OpenDocument", "Feather", "tar.gz", "xz", "Zstandard")
KINDS = (
    DATABASES
    | {name: FORMATS[name] for name in OTHERS}
    | {
        "mail": lambda p: write(p / "a.eml", samples.eml(A)),
        "saved page": lambda p: write(p / "a.mhtml", samples.mhtml(A)),
        "page": lambda p: write(p / "a.html", samples.page(A)),
        "PDF": lambda p: samples.pdf([[*A.paragraphs], [*B.paragraphs]], p / "a.pdf", A.title),
        "SQLite": lambda p: samples.nela(p / "a.db", [A, B]),
        "lines": lambda p: samples.gz_lines(p / "a.jsonl.gz", [{"source": s.outlet, "text": s.text} for s in (A, B)]),
    }
)

# What readers stumble over: ends of strings, nesting, halves of characters, numbers of another size.
NASTY = (
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\r", b'"', b"<", b"]]>", b"{\\rtf", b"[" * 3_000, b"<div>" * 3_000, b"{" * 3_000,
    b"\\u" * 50, b"&#x110000;", b"&#0;", b"\xf0\x9f\x98\x80", b"9" * 400, b"-1", b"\n\n\n", b"=" * 500, b"\x1b[2J",
    b"Content-Type: multipart/mixed; boundary=\n", b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n",
)  # fmt: skip


@cache
def whole(kind: str) -> dict[str, bytes]:
    """The files of a kind, by their paths."""
    with tempfile.TemporaryDirectory() as folder:
        KINDS[kind](Path(folder))
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(Path(folder).rglob("*"))
            if path.is_file()
        }


places = st.floats(0, 1, exclude_max=True)
damages = st.lists(
    st.one_of(
        st.tuples(st.just("flip"), places, st.integers(1, 255)),
        st.tuples(st.just("cut"), places, st.integers(1, 400)),
        st.tuples(st.just("end"), places, st.just(0)),
        st.tuples(st.just("twice"), places, st.integers(1, 400)),
        st.tuples(st.just("put"), places, st.sampled_from(NASTY)),
        st.tuples(st.just("put"), places, st.binary(max_size=40)),
    ),
    min_size=1,
    max_size=5,
)


def damaged(held: bytes, done: list) -> bytes:
    for what, place, much in done:
        at = int(place * len(held))
        if what == "flip" and held:
            held = held[:at] + bytes([held[at] ^ much]) + held[at + 1 :]
        elif what == "cut":
            held = held[:at] + held[at + much :]
        elif what == "end":
            held = held[:at]
        elif what == "twice":
            held = held[: at + much] + held[at:]
        elif what == "put":
            held = held[:at] + much + held[at:]
    return held


def damaged_inside(held: bytes, place: float, done: list) -> bytes:
    """One member of an archive damaged, and the archive packed again; what is no archive is damaged itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(held)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return damaged(held, done)
    if not members:
        return held
    name = sorted(members)[int(place * len(members))]
    members[name] = damaged(members[name], done)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return out.getvalue()


def holds(item: object) -> None:
    """Hold what is promised of whatever a reader makes of any bytes: it can be stored, and no reader failed."""
    if isinstance(item, Article):
        assert item.text.strip()
        f"{item.text}{item.title}{item.source}{item.authors}{item.url}{item.published}{item.own}".encode()
    elif isinstance(item, Problem):
        assert item.code != READER_FAILED, item.reason
        item.reason.encode()


@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=TRIED,
    deadline=None,
    derandomize="FRAMELENS_FUZZ" not in os.environ,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(place=places, done=damages, inside=st.booleans())
def test_a_damaged_file_becomes_articles_and_problems(kind, place, done, inside):
    files = dict(whole(kind))
    name = sorted(files)[int(place * len(files))]
    files[name] = damaged_inside(files[name], place, done) if inside else damaged(files[name], done)
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(content)
        found = list(read_files([Path(folder)]))
    # Nothing is passed over in silence; the files of an archive are called by its name and theirs.
    assert all(any(path in item.origin for item in found) for path in files)
    for item in found:
        holds(item)

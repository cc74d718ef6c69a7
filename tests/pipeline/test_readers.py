"""From files of every kind, whole and broken, to articles and problems."""

import gzip
import json
import os
import pickle
from pathlib import Path

import pytest

from pipeline.readers import read_sources
from pipeline.readers.article import MAX_CHARACTERS, Article
from tests.pipeline.reading import TEXT, json_lines, problems, read, table

SEEDS = Path(__file__).parents[2] / "seeds"


# What every format gives.


def test_the_demonstration_articles_are_read_with_what_their_manifest_says():
    articles, found = read(SEEDS)
    assert not found
    assert [a.source for a in articles] == ["Fox News", "Liberty Headlines", "One America News", "Fox News", "ABC News"]
    first = articles[0]
    assert (first.published, first.date_precision) == ("2020-02-15/2020-02-16", "inferred")
    assert first.published_from.isoformat() == "2020-02-15"
    assert first.published_to.isoformat() == "2020-02-16"
    assert "Speaking in Washington on Friday" in first.date_evidence
    assert all((SEEDS / Path(a.origin).name).read_text("utf-8") == a.text for a in articles)


def test_an_article_has_the_same_name_wherever_it_is_read(tmp_path):
    a = json_lines(tmp_path / "a.jsonl", {"source": "Daily Example", "text": TEXT, "title": "Roof"})
    b = table(tmp_path / "b.csv", ["outlet", "body"], ["Daily Example", TEXT])
    (one,), _ = read(a)
    (two,), _ = read(b)
    assert one.article_id == two.article_id
    assert one.article_id != Article("Another Example", TEXT).article_id
    assert pickle.loads(pickle.dumps(one)) == one


@pytest.mark.parametrize("column", ["text", "body", "content", "Text"])
@pytest.mark.parametrize("write", [json_lines, table])
def test_columns_go_by_several_names(tmp_path, column, write):
    values = {
        "outlet": "Daily Example",
        "headline": "Roof",
        "author": "Ann Poe",
        "date": "2020-02-15",
        column: TEXT,
        "url": "x:y",
    }
    path = tmp_path / ("a.jsonl" if write is json_lines else "a.csv")
    write(path, values) if write is json_lines else write(path, list(values), list(values.values()))
    (article,), found = read(path)
    assert not found
    assert (article.source, article.title, article.authors, article.text) == ("Daily Example", "Roof", "Ann Poe", TEXT)
    assert (article.published, article.date_precision, article.url) == ("2020-02-15", "stated", "x:y")


def test_an_article_without_a_source_takes_the_name_of_its_file(tmp_path):
    path = json_lines(tmp_path / "daily-example.jsonl", {"text": TEXT, "source": None})
    assert read(path)[0][0].source == "daily-example"


def test_an_odd_date_is_listed_and_the_article_is_read(tmp_path):
    dates = ["0001-11-30", "2950-01-01", "yesterday"]
    path = json_lines(tmp_path / "a.jsonl", *({"source": d, "text": TEXT, "date": d} for d in dates))
    articles, _ = read(path)
    assert problems(path) == [("odd-date", n, True) for n in (1, 2, 3)]
    assert {(a.published, a.published_from, a.date_precision) for a in articles} == {("", None, "unknown")}


def test_no_date_is_unknown_and_no_problem(tmp_path):
    articles, found = read(json_lines(tmp_path / "a.jsonl", {"text": TEXT, "date": ""}))
    assert (articles[0].date_precision, found) == ("unknown", [])


def test_a_precision_nobody_knows_is_listed(tmp_path):
    path = table(tmp_path / "a.csv", ["text", "date", "date_precision"], [TEXT, "2020", "guessed"])
    assert problems(path) == [("odd-date", 2, True)]


def test_the_same_text_from_the_same_source_is_read_once(tmp_path):
    a = json_lines(tmp_path / "a.jsonl", {"source": "S", "text": TEXT}, {"source": "T", "text": TEXT})
    b = table(tmp_path / "b.csv", ["source", "text"], ["S", TEXT])
    articles, found = read(tmp_path)
    assert [x.source for x in articles] == ["S", "T"]
    assert [(p.code, p.origin, p.origin_row, p.used) for p in found] == [("duplicate", b.as_posix(), 2, False)]
    assert f"{a.as_posix()}:1" in found[0].reason


def test_a_file_named_twice_is_read_once(tmp_path):
    path = json_lines(tmp_path / "a.jsonl", {"text": TEXT})
    articles, found = read(tmp_path, path, tmp_path)
    assert (len(articles), found) == (1, [])


def test_characters_that_cannot_be_stored_are_replaced_one_for_one(tmp_path):
    path = json_lines(tmp_path / "a.jsonl", '{"text": "a\\u0000b\\ud800c", "title": "\\ud83d", "source": "S\\u0000"}')
    (article,), found = read(path)
    assert (article.text, article.title, article.source) == ("a\ufffdb\ufffdc", "\ufffd", "S\ufffd")
    assert [(p.code, p.used) for p in found] == [("odd-characters", True)]
    article.text.encode("utf-8")


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".txt"])
def test_a_text_too_long_is_listed_and_the_rest_goes_on(tmp_path, suffix):
    long = "word " * (MAX_CHARACTERS // 5) + "x"
    path = tmp_path / f"a{suffix}"
    if suffix == ".jsonl":
        json_lines(path, {"text": long}, {"text": TEXT})
    elif suffix == ".csv":
        table(path, ["text"], [long], [TEXT])
    else:
        path.write_text(long, "utf-8")
        (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    articles, found = read(tmp_path)
    assert [a.text for a in articles] == [TEXT]
    assert [(p.code, p.used) for p in found] == [("too-long", False)]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_a_line_too_long_to_hold_is_listed_and_the_rest_goes_on(tmp_path, monkeypatch, suffix):
    monkeypatch.setattr("pipeline.readers.decoding.MAX_LINE_BYTES", 100)
    path = tmp_path / f"a{suffix}"
    if suffix == ".jsonl":
        json_lines(path, {"text": "x" * 950}, {"text": TEXT})
    else:
        table(path, ["text"], ["x" * 950], [TEXT])
    articles, found = read(path)
    assert [a.text for a in articles] == [TEXT]
    assert [(p.code, p.origin_row) for p in found] == [("too-long", 1 if suffix == ".jsonl" else 2)]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".txt", ".jsonl.gz"])
def test_an_empty_file_is_listed(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(gzip.compress(b"\n") if suffix.endswith(".gz") else b" \n")
    assert problems(path) == [("empty-file", 0, False)]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".txt"])
def test_a_byte_order_mark_is_accepted(tmp_path, suffix):
    content = {".jsonl": json.dumps({"text": TEXT}), ".csv": f"text\n{TEXT}", ".txt": TEXT}[suffix]
    path = tmp_path / f"a{suffix}"
    path.write_text(content, "utf-8-sig")
    articles, found = read(path)
    assert ([a.text for a in articles], found) == ([TEXT], [])


@pytest.mark.parametrize(
    ("name", "data", "row", "read_on"),
    [
        ("a.txt", b"\xef\xbb\xbfcaf\xe9", 0, 1),
        ("a.txt", "“a” – é, ö and “b”: ".encode() + b"caf\xe9", 0, 1),
        ("a.jsonl", '{"text": "“é” – ü"}\n'.encode() + b'{"text": "caf\xe9"}\n{"text": "b"}', 2, 3),
        ("a.csv", "source,text\nS,“é” – ü\n".encode() + b'S,"x\ncaf\xe9"\nS,b\n', 4, 3),
    ],
)
def test_a_stray_byte_of_another_encoding_is_listed_and_its_line_read(tmp_path, name, data, row, read_on):
    path = tmp_path / name
    path.write_bytes(data)
    articles, (problem,) = read(path)
    assert (problem.code, problem.origin_row, problem.used, len(articles)) == ("not-utf-8", row, True, read_on)
    assert f"Byte {data.index(0xE9, 10) if row else data.rindex(0xE9)} " in problem.reason or row
    assert any("café" in article.text for article in articles)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"caf\xe9 \x93now\x94"),
        ("a.jsonl", b'{"text": "a"}\n{"text": "caf\xe9 \x93now\x94"}'),
        ("a.csv", b"source,text\nS,a\nS,caf\xe9 \x93now\x94\n"),
    ],
)
def test_a_file_of_windows_is_read_and_that_is_told(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    articles, (problem,) = read(path)
    assert (problem.code, problem.used) == ("encoding-guessed", True)
    assert "Windows-1252" in problem.reason
    assert articles[-1].text == "café “now”"


def test_what_is_named_and_cannot_be_read_is_listed(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    assert problems(tmp_path / "a.pdf", tmp_path / "none.txt", tmp_path / "a.doc") == [
        ("unreadable-file", 0, False),
        ("missing-file", 0, False),
        ("unsupported", 0, False),
    ]


def test_a_damaged_archive_gives_what_it_holds_and_is_listed(tmp_path):
    whole = gzip.compress(
        "\n".join(json.dumps({"text": f"{TEXT} {n} {os.urandom(40).hex()}"}) for n in range(2_000)).encode()
    )
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    articles, (problem,) = read(path)
    assert 0 < len(articles) < 2_000
    assert problem.code == "unreadable-file"


@pytest.mark.parametrize("name", ["left.xyz", "left", "left.7", "left.nyt"])
def test_a_word_in_a_file_whose_name_says_nothing_is_listed_and_a_text_is_read(tmp_path, name):
    (tmp_path / "desk").mkdir()
    scrap = tmp_path / "desk" / name
    scrap.write_text("x", "utf-8")
    (problem,) = list(read_sources([scrap]))
    assert (problem.code, problem.used) == ("unsupported", False)
    assert "name it .txt" in problem.reason
    scrap.write_text(" ".join(["The council met and nobody left."] * 5), "utf-8")
    (article,) = [item for item in read_sources([scrap]) if isinstance(item, Article)]
    assert article.source == "desk"


def test_a_short_text_that_a_manifest_describes_is_read_whatever_its_name(tmp_path):
    (tmp_path / "manifest.csv").write_text("file,source,title\nleft.xyz,The Daily,Closed\n", "utf-8")
    (tmp_path / "left.xyz").write_text("The clinic is closed.", "utf-8")
    (article,) = [item for item in read_sources([tmp_path]) if isinstance(item, Article)]
    assert (article.source, article.text) == ("The Daily", "The clinic is closed.")


def test_a_file_that_may_not_be_opened_is_listed(tmp_path, monkeypatch):
    for name in ("a.txt", "b.jsonl", "c.csv", "d.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    real = Path.open

    def refuse(path, mode="r", **options: str) -> object:
        if path.suffix == ".txt" and path.stem == "d":
            return real(path, mode, **options)
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    articles, found = read(tmp_path)
    assert len(articles) == 1
    assert [p.code for p in found] == ["unreadable-file"] * 3
    assert all("Permission denied" in p.reason for p in found)


# JSON Lines.


def test_a_line_that_is_no_article_is_listed_and_the_rest_goes_on(tmp_path):
    path = json_lines(
        tmp_path / "a.jsonl",
        '{"text": ',
        "[1, 2]",
        {"title": "no text"},
        {"text": ["not", "text"], "title": 3},
        "",
        '{"n": ' + "9" * 5_000 + "}",
        "[" * 100_000,
        {"text": TEXT, "authors": ["Ann Poe", {"name": "Bob Roe"}]},
    )
    articles, found = read(path)
    assert [(p.code, p.origin_row) for p in found] == [
        ("bad-json", 1),
        ("bad-json", 2),
        ("no-text", 3),
        ("bad-json", 6),
        ("bad-json", 7),
    ]
    assert articles[-1].authors == "Ann Poe; Bob Roe"
    assert articles[-1].origin_row == 8


def test_every_reason_says_what_to_do(tmp_path):
    (tmp_path / "e.txt").write_text("", "utf-8")
    json_lines(tmp_path / "a.jsonl", "{", {"text": ""}, {"text": TEXT, "date": "x"}, "3")
    table(tmp_path / "b.csv", ["title"], ["x"])
    for problem in read(tmp_path, tmp_path / "none")[1]:
        assert problem.reason.endswith(".")
        assert any(problem.reason.count(mark) for mark in (";", ".")), problem
        assert "Traceback" not in problem.reason
        assert any(verb in problem.reason for verb in ("write", "add", "remove", "name", "check", "fill")), problem


# Tables.


def test_a_table_may_hold_line_breaks_and_long_texts(tmp_path):
    long = "One line.\n\n" * 20_000
    path = table(tmp_path / "a.csv", ["source", "text"], ["S", "a\nb"], ["S", long], [], ["S", "c"])
    articles, found = read(path)
    assert [a.text for a in articles] == ["a\nb", long, "c"]
    assert [a.origin_row for a in articles] == [2, 4, 4 + 40_000 + 2]
    assert not found


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_may_be_separated_otherwise(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    path.write_text(f"source{delimiter}text\nS{delimiter}{TEXT}\n", "utf-8")
    assert read(path)[0][0].text == TEXT


def test_a_table_without_a_text_column_is_listed(tmp_path):
    assert problems(table(tmp_path / "a.csv", ["source", "title"], ["S", "x"])) == [("bad-columns", 1, False)]


def test_a_row_that_is_broken_is_listed_and_the_rest_goes_on(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('source,text\nS,\nS,"a, b" c\nS\nS,d\nS,"never closed, here\n', "utf-8")
    articles, found = read(path)
    assert [a.text for a in articles] == ["d"]
    assert [(p.code, p.origin_row) for p in found] == [("no-text", 2), ("bad-row", 3), ("short-row", 4), ("bad-row", 6)]

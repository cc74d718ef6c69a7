"""Folders of texts, and the manifest that says what they are."""

import json
from itertools import islice
from pathlib import Path

import pytest

from pipeline.readers import read_sources
from tests.pipeline.reading import TEXT, problems, read


def test_folders_are_read_in_order_with_all_below_and_without_what_is_hidden(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/c.txt", ".hidden.txt", ".git/x.txt", "notes.md", "A.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    articles, found = read(tmp_path)
    assert [Path(a.origin).relative_to(tmp_path).as_posix() for a in articles] == [
        "A.TXT",
        "b.txt",
        "a/c.txt",
        "a/z.txt",
    ]
    assert [(Path(p.origin).name, p.code) for p in found] == [("notes.md", "unsupported")]


def test_reading_is_lazy(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("w") as file:
        file.writelines(json.dumps({"text": f"{TEXT} {n}"}) + "\n" for n in range(50_000))
    started = read_sources([path])
    assert len(list(islice(started, 3))) == 3


# Plain text and its manifest.


def manifest(folder, *rows: str):
    (folder / "manifest.csv").write_text("\n".join(["file,source,title,published,date_precision,mood", *rows]), "utf-8")


def test_a_text_without_a_manifest_takes_its_folder_for_its_source(tmp_path):
    folder = tmp_path / "Daily Example"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (article,), found = read(folder)
    assert (article.source, article.origin_row, found) == ("Daily Example", 1, [])


def test_a_manifest_is_asked_also_when_a_text_is_named_itself(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    manifest(tmp_path, "a.txt,Daily Example,Roof,2020-02,inferred,sad", "gone.txt,Daily Example,,,,")
    (article,), found = read(tmp_path / "a.txt")
    assert (article.source, article.title, article.published, article.date_precision) == (
        "Daily Example",
        "Roof",
        "2020-02",
        "inferred",
    )
    assert not found


def test_what_is_wrong_with_a_manifest_is_listed(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"{TEXT} {name}", "utf-8")
    manifest(
        tmp_path,
        "a.txt,S,,,,",
        "gone.txt,S,,,,",
        ",S,,,,",
        "a.txt,T,,,,",
        '"b.txt,S,,,,',
        "../a.txt\0,S,,,,",
        "c.txt,,,,,",
    )
    articles, found = read(tmp_path)
    assert sorted((p.origin_row, p.code, p.used) for p in found) == [
        (0, "not-in-manifest", True),
        (3, "missing-file", False),
        (4, "missing-file", False),
        (5, "listed-twice", True),
        (6, "missing-file", False),
        (6, "stray-mark", True),
        (7, "missing-file", False),
    ]
    assert [a.source for a in articles] == ["S", tmp_path.name, tmp_path.name]


@pytest.mark.parametrize(
    ("content", "code"), [("name,outlet\n", "bad-columns"), ("file,title\na.txt,x", "bad-columns"), ("", "empty-file")]
)
def test_a_manifest_without_its_columns_is_listed_and_its_texts_are_read(tmp_path, content, code):
    (tmp_path / "manifest.csv").write_text(content, "utf-8")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert [p[0] for p in problems(tmp_path)] == [code]
    assert len(read(tmp_path)[0]) == 1

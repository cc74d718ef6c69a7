"""A damaged store is noticed: what is right is answered, or what to do is said, and a build makes it whole."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from small_corpus import DAILY_ONE, HERALD, begin_with, build, everything, id_of, sources, tables_of

from store import Store, StoreError
from store.snapshot.manifest import COPY, NAME
from store.snapshot.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = {"framelens": "test"}


BROKEN = ["", "[]", "{}", '{"snapshot": 1', "null", "[" * 100_000]


@pytest.mark.parametrize("content", BROKEN)
def test_the_copy_of_a_broken_manifest_takes_its_place(tmp_path: Path, content: str):
    begin_with(tmp_path, DAILY_ONE)
    good = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_text(content)
    assert sources(Store.open(tmp_path)) == ["The Daily"]
    assert build(tmp_path, HERALD) == 2
    assert (tmp_path / "manifest.damaged.json").read_text() == content
    assert sources(Store.open(tmp_path)) == ["Herald", "The Daily"]
    assert (tmp_path / COPY).read_bytes() == (tmp_path / NAME).read_bytes() != good


@pytest.mark.parametrize("content", BROKEN)
def test_a_manifest_broken_with_its_copy_is_named_and_nobody_is_told_to_remove_corrections(
    tmp_path: Path, content: str
):
    begin_with(tmp_path, DAILY_ONE)
    (tmp_path / "corrections.jsonl").write_text("")
    for name in (NAME, COPY):
        (tmp_path / name).write_text(content)
    with pytest.raises(StoreError, match=rf"{NAME} is damaged.*Do not remove the folder.*corrections\.jsonl"):
        Store.open(tmp_path)
    assert Store.current_snapshot(tmp_path) is None
    build(tmp_path, HERALD)
    assert sources(Store.open(tmp_path)) == ["Herald"]
    assert (tmp_path / "corrections.jsonl").exists()


@pytest.mark.parametrize(
    "said",
    [
        {"search": "../search-1.sqlite"},
        {"search": "/etc/passwd"},
        {"tables": {"../articles": 0}},
        {"files": {"tables/articles/../../../secret.parquet": [1, "a"]}},
        {"files": {"/etc/passwd": [1, "a"]}},
        {"previous": {"search": "../../x.sqlite"}},
        {"snapshot": "1"},
    ],
)
def test_a_manifest_that_names_what_is_not_in_its_folder_is_refused(tmp_path: Path, said: dict[str, object]):
    begin_with(tmp_path, DAILY_ONE)
    old = json.loads((tmp_path / NAME).read_text())
    (tmp_path / COPY).unlink()
    (tmp_path / NAME).write_text(json.dumps({**old, **said, "checksum": None}))
    with pytest.raises(StoreError, match="damaged"):
        Store.open(tmp_path)


def hurt_by(kind: str, file: Path) -> None:
    held = file.read_bytes()
    if kind == "removed":
        file.unlink()
    elif kind == "truncated":
        file.write_bytes(held[: len(held) // 2])
    elif kind == "emptied":
        file.write_bytes(b"")
    else:
        middle = len(held) // 2
        file.write_bytes(held[:middle] + bytes([held[middle] ^ 0x10]) + held[middle + 1 :])


HURT = [
    ("manifest.json", "removed"),
    ("manifest.json", "flipped"),
    ("manifest.copy.json", "truncated"),
    ("search-*.sqlite", "removed"),
    ("search-*.sqlite", "flipped"),
    ("tables/quotes/*.parquet", "emptied"),
    ("tables/mentions/*.parquet", "flipped"),
    ("tables/entities/*.parquet", "truncated"),
    ("tables/articles/_delta_log/*.json", "truncated"),
    ("tables/stories/_delta_log/*.json", "removed"),
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole")
    begin_with(path, DAILY_ONE, HERALD)
    return path


@pytest.mark.parametrize(("name", "kind"), HURT)
def test_whatever_file_is_hurt_the_answer_is_right_or_says_what_to_do_and_a_build_mends(
    tmp_path: Path, whole: Path, name: str, kind: str
):
    right = everything(Store.open(whole))
    hurt = tmp_path / "hurt"
    shutil.copytree(whole, hurt)
    (file,) = hurt.glob(name)
    hurt_by(kind, file)
    said = ""
    try:
        assert everything(Store.open(hurt)) == right
    except StoreError as error:
        said = str(error)
    assert not said or "Build the corpus again" in said
    with Writer.open(hurt, versions=VERSIONS) as writer:
        assert bool(writer.notices) == (name != "manifest.copy.json")
        if not writer.holds("articles"):
            writer.replace(set(), tables_of(DAILY_ONE, HERALD))
        writer.commit()
    with Writer.open(hurt, versions=VERSIONS) as writer:
        assert writer.notices == []
    mended = Store.open(hurt)
    assert everything(mended) == right
    assert mended.search("debated") == (id_of(HERALD),)

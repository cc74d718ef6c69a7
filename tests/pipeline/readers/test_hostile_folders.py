"""Folders made to hang a build, to lead it elsewhere, or to be too deep for it."""

import os
import socket
import sys
import zipfile
from contextlib import suppress

import pytest

from pipeline.readers import read_sources
from pipeline.readers.article import Article

TEXT = "The council met on Monday in Denver and voted to close the clinic, and nobody in the room was glad of it."

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes, sockets and links are POSIX's")


def read(folder):
    """Articles by their path in the folder, and problems that forbid a file, by theirs."""
    articles, refused = {}, {}
    for item in read_sources([folder]):
        name = item.origin.removeprefix(f"{folder.as_posix()}/")
        if isinstance(item, Article):
            articles[name] = item
        elif not item.used:
            refused[name] = item.code
    return articles, refused


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(TEXT, "utf-8")
    return tmp_path / "in"


@posix
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "manifest.csv", "table.csv"])
def test_what_is_no_file_is_listed_and_never_opened(folder, name):
    os.mkfifo(folder / name)
    (folder / "zero.txt").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(os.path.relpath(folder / "socket.txt"))
        articles, refused = read(folder)
    assert list(articles) == ["good.txt"]
    assert refused == dict.fromkeys((name, "zero.txt", "socket.txt"), "not-a-file")


@posix
def test_links_that_lead_out_of_the_folder_are_listed_and_not_followed(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(f"{TEXT} Secret.", "utf-8")
    (outside / "table.csv").write_text("file,source,title\ngood.txt,Leaked,Leaked\n", "utf-8")
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "folder").symlink_to(outside)
    (folder / "round").symlink_to(folder)
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "manifest.csv").symlink_to(outside / "table.csv")
    (folder / "table.csv").symlink_to(outside / "table.csv")
    articles, refused = read(folder)
    assert {name: article.source for name, article in articles.items()} == {"good.txt": "in"}
    assert set(refused) == {"file.txt", "folder", "round", "itself.txt", "manifest.csv", "table.csv"}


def in_folders(top, names, text):
    """A text in folders within each other, made one by one: the path may be longer than a system takes at once."""
    here = os.open(top, os.O_RDONLY)
    for name in names:
        with suppress(FileExistsError):
            os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    file = os.open("a.txt", os.O_WRONLY | os.O_CREAT, dir_fd=here)
    os.write(file, text.encode())
    os.close(file)
    os.close(here)


def remove(top):
    """Remove such a folder, from above."""
    import subprocess

    subprocess.run(["rm", "-rf", top], check=True)


@posix
def test_folders_are_read_however_deep_and_those_beyond_the_systems_reach_are_listed(folder):
    # Deeper than Python calls itself, and then longer than a system takes.
    deep = ["d"] * (sys.getrecursionlimit() + 50)
    in_folders(folder, deep, f"{TEXT} Deep.")
    in_folders(folder, [*deep, *["long" * 50] * 20], f"{TEXT} Deeper.")
    articles, refused = read(folder)
    remove(folder / "d")
    assert sorted(article.text for article in articles.values()) == [TEXT, f"{TEXT} Deep."]
    assert list(refused.values()) == ["unreadable-file"]


def test_deep_folders_of_an_archive_are_listed_and_the_rest_is_read(folder):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("d/" * 2_000 + "a.txt", f"{TEXT} Deep.")
        archive.writestr("d/" * 20 + "a.txt", f"{TEXT} Whole.")
    articles, refused = read(folder)
    assert sorted(article.text for article in articles.values()) == [TEXT, f"{TEXT} Whole."]
    assert list(refused.values()) == ["unsafe-archive"]


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="names there are UTF-8")
def test_names_that_are_no_utf8_are_read(folder):
    (folder / os.fsdecode(b"\xff\xfe\x1b[31m.txt")).write_text(f"{TEXT} Named.", "utf-8")
    articles, _ = read(folder)
    assert sorted(article.text for article in articles.values()) == [TEXT, f"{TEXT} Named."]
    assert all(article.origin.encode("utf-8") for article in articles.values())

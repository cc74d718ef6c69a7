"""Parses and vectors are kept by what made them, and come back as they went in."""

import os
import sqlite3

import numpy as np
import pytest

from pipeline.build.cache import ParseCache, VectorCache, parse_key
from store import StoreError


def test_a_parse_comes_back_after_reopening(tmp_path):
    cache = ParseCache(tmp_path / "new folder" / "parses.sqlite")
    cache.put([("a", b"first"), ("b", b"")])
    cache.close()
    cache = ParseCache(tmp_path / "new folder" / "parses.sqlite")
    assert cache.get("a") == b"first"
    assert cache.get("b") == b""
    assert cache.get("c") is None


def test_a_parse_made_again_takes_the_place_of_a_bad_one(tmp_path):
    cache = ParseCache(tmp_path / "parses.sqlite")
    cache.put([("a", b"bad")])
    cache.put([("a", b"good"), ("b", b"third")])
    assert (cache.get("a"), cache.get("b")) == (b"good", b"third")


def test_what_was_set_aside_is_known_until_it_is_to_be_tried_again(tmp_path):
    cache = ParseCache(tmp_path / "parses.sqlite")
    cache.set_aside([("a", "It was too long.")])
    cache.close()
    cache = ParseCache(tmp_path / "parses.sqlite")
    assert (cache.why_set_aside("a"), cache.why_set_aside("b")) == ("It was too long.", "")
    cache.try_again()
    assert cache.why_set_aside("a") == ""


def emptied(held):
    return b""


def cut(held):
    return held[: len(held) // 2]


def cut_in_its_head(held):
    return held[:50]


def garbage(held):
    return b"not a database, " * 500


def flipped(held):
    middle = len(held) // 2
    return held[:middle] + bytes(byte ^ 0xFF for byte in held[middle:])


DAMAGES = [emptied, cut, cut_in_its_head, garbage, flipped]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_of_parses_is_begun_anew(tmp_path, damage):
    file = tmp_path / "parses.sqlite"
    parses = [(f"{number:03}", os.urandom(900)) for number in range(300)]
    cache = ParseCache(file)
    cache.put(parses)
    cache.close()
    file.write_bytes(damage(file.read_bytes()))
    cache = ParseCache(file)
    assert all(cache.get(key) in (doc, None) for key, doc in parses)
    cache.put(parses)
    assert [cache.get(key) for key, _ in parses] == [doc for _, doc in parses]
    assert all("parses.sqlite.damaged" in notice for notice in cache.notices)
    assert (tmp_path / "parses.sqlite.damaged").exists() == bool(cache.notices)
    cache.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_of_vectors_is_begun_anew(tmp_path, damage):
    file, encoder = tmp_path / "vectors.sqlite", Counting()
    texts = [f"{number:03}" * (number + 1) for number in range(300)]
    cache = VectorCache(file, lambda: encoder, "counting/1")
    first = cache.encode(texts)
    cache.close()
    file.write_bytes(damage(file.read_bytes()))
    cache = VectorCache(file, lambda: encoder, "counting/1")
    assert np.array_equal(cache.encode(texts), first)
    assert np.array_equal(cache.encode(texts), first)
    cache.close()


@pytest.mark.parametrize("bad", [b"", b"\0", b"x" * 8, "text", None, 7])
def test_a_bad_entry_is_a_miss(tmp_path, bad):
    encoder = Counting()
    parses, vectors = ParseCache(tmp_path / "p.sqlite"), VectorCache(tmp_path / "v.sqlite", lambda: encoder, "c/1")
    parses.put([("a", b"parse")])
    first = vectors.encode(["a"])
    for name, sql in (("p", "UPDATE parses SET doc = ?"), ("v", "UPDATE summed_vectors SET vector = ?")):
        with sqlite3.connect(tmp_path / f"{name}.sqlite") as file:
            file.execute(sql, (bad,))
    assert parses.get("a") is None
    assert np.array_equal(vectors.encode(["a"]), first)
    assert encoder.asked == ["a", "a"]


def test_a_disk_without_room_is_told_in_one_sentence(tmp_path):
    cache = ParseCache(tmp_path / "parses.sqlite")
    cache._cache_file._file.execute("PRAGMA max_page_count = 8")
    with pytest.raises(StoreError, match=r"parses\.sqlite cannot be written.*room"):
        cache.put([(str(number), os.urandom(5_000)) for number in range(50)])


def test_a_folder_in_the_place_of_a_cache_is_told_in_one_sentence(tmp_path):
    (tmp_path / "parses.sqlite").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        ParseCache(tmp_path / "parses.sqlite")


def test_keys_differ_by_text_and_by_parser():
    keys = {parse_key(text, parser) for text in ("x", "y", "\ud800") for parser in ("sm-3.8/1", "sm-3.8/2")}
    assert len(keys) == 6


class Counting:
    """An encoder that counts what it is asked to encode."""

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked += texts
        return np.array([[len(text), 1 / 3] for text in texts], np.float16).astype(np.float32).reshape(-1, 2)


def test_a_text_is_encoded_once_whatever_stands_beside_it(tmp_path):
    encoder = Counting()
    cache = VectorCache(tmp_path / "new folder" / "vectors.sqlite", lambda: encoder, "counting/1")
    first = cache.encode(["a", "bb", "a"])
    assert encoder.asked == ["a", "bb"]
    cache.close()
    cache = VectorCache(tmp_path / "new folder" / "vectors.sqlite", lambda: encoder, "counting/1")
    again = cache.encode(["\ud800", "bb", "a"])
    assert encoder.asked == ["a", "bb", "\ud800"]
    assert np.array_equal(again[[2, 1]], first[:2])
    assert np.array_equal(first, encoder.encode(["a", "bb", "a"]))
    assert cache.encode([]).shape == (0, 2)


def test_vectors_of_another_encoder_are_not_taken(tmp_path):
    encoder = Counting()
    for name in ("counting/1", "counting/2"):
        cache = VectorCache(tmp_path / "vectors.sqlite", lambda: encoder, name)
        cache.encode(["a"])
        cache.close()
    assert encoder.asked == ["a", "a"]

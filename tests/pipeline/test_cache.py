"""Parses and vectors are kept by what made them, and come back as they went in."""

import numpy as np

from pipeline.build.cache import ParseCache, VectorCache, parse_key


def test_a_parse_comes_back_after_reopening(tmp_path):
    cache = ParseCache(tmp_path / "new folder" / "parses.sqlite")
    cache.put([("a", b"first"), ("b", b"")])
    cache.close()
    cache = ParseCache(tmp_path / "new folder" / "parses.sqlite")
    assert cache.get("a") == b"first"
    assert cache.get("b") == b""
    assert cache.get("c") is None


def test_a_key_keeps_its_first_parse(tmp_path):
    cache = ParseCache(tmp_path / "parses.sqlite")
    cache.put([("a", b"first")])
    cache.put([("a", b"second"), ("b", b"third")])
    assert (cache.get("a"), cache.get("b")) == (b"first", b"third")


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

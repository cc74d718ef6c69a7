"""Parses are kept by what made them, and come back as they went in."""

from pipeline.cache import ParseCache, parse_key


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

"""Which words of an article are compared: lower-cased, without possessive endings, stop words left out."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from store.schema import COUNTED_VOICES
from store.snapshot.delta_tables import ARTICLE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")
_POSSESSIVE: Final = re.compile(r"'s?$")


@cache
def stop_words() -> frozenset[str]:
    """Function words, from ``store/stop_words.txt``."""
    return _listed("stop_words.txt")


@cache
def house_words() -> frozenset[str]:
    """Words that tell of an outlet's house style and of dates alone, from ``store/house_words.txt``."""
    return _listed("house_words.txt")


def _listed(name: str) -> frozenset[str]:
    lines = (Path(__file__).parents[1] / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=100_000)
def normal_form(word: str) -> str:
    """A word as it is counted: lower-cased, straight apostrophes, no possessive ending; empty for a stop word."""
    plain = word.lower().replace("’", "'").replace("‑", "-")
    plain = plain if plain in stop_words() else _POSSESSIVE.sub("", plain)
    return "" if plain in stop_words() or len(plain) < 2 else plain


def counted_words(text: str) -> Iterator[str]:
    """The normal forms of the words of ``text``, in order."""
    return filter(None, map(normal_form, _WORD.findall(text)))


def word_places(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Where words of this normal form stand in ``text``, as start and end: as often as they are counted."""
    for match in _WORD.finditer(text):
        if normal_form(match.group()) == form:
            yield match.span()


def article_words(articles: pa.Table, passages: pa.Table) -> pa.Table:
    """How often each article uses each word in each voice but furniture, in no order."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    columns = (passages[name].to_pylist() for name in ("article_id", "start", "end", "voice"))
    for article_id, start, end, voice in zip(*columns, strict=True):
        if voice in COUNTED_VOICES:
            spans.setdefault(article_id, []).append((start, end, voice))
    rows: dict[str, list[object]] = {name: [] for name in ARTICLE_WORDS.names}
    for article_id, text in zip(articles["article_id"].to_pylist(), articles["text"].to_pylist(), strict=True):
        counts: dict[str, Counter[str]] = {voice: Counter() for voice in COUNTED_VOICES}
        for start, end, voice in spans.get(article_id, ()):
            counts[voice].update(counted_words(text[start:end]))
        words = list(dict.fromkeys(word for counted in counts.values() for word in counted))
        rows["word"] += words
        rows["article_id"] += [article_id] * len(words)
        for voice, counted in counts.items():
            rows[voice] += [counted.get(word, 0) for word in words]
    return pa.Table.from_pydict(rows, schema=ARTICLE_WORDS)

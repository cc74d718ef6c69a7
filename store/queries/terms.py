"""Where the names of a list stand: in whose voice, in which article, and among which words."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from store.lexicon import Finder, Hit, Variant, all_names, as_written
from store.queries.conditions import in_matching
from store.queries.texts import slices, texts
from store.schema import COUNTED_VOICES
from store.snapshot.compared_words import word_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from store.filter import Filter
    from store.reader import Store

TERM_COLUMNS: Final = [
    "article_id",
    "source",
    "published",
    "start",
    "end",
    "concept",
    "variant",
    "voice",
    "sentence",
    "speaker_id",
]
CONTEXT: Final = 90
_ARTICLES_AT_ONCE: Final = 500


@lru_cache(maxsize=4)
def terms(store: Store, variants: tuple[Variant, ...]) -> pd.DataFrame:
    """Every place in the corpus where a variant stands, furniture left out, in order of article and text.

    Columns: ``TERM_COLUMNS``. Looked for when asked, so that names a user adds need no build: a walk over the words
    of eight million characters takes about a second, and the answer is remembered. Do not change it.
    """
    return _places_of(store, Finder(variants).find, store.query(_HEADERS.format("true")))[TERM_COLUMNS]


NAME_COLUMNS: Final = [
    "article_id",
    "source",
    "published",
    "start",
    "end",
    "group",
    "variant",
    "listed",
    "voice",
    "sentence",
    "speaker_id",
]


@lru_cache(maxsize=4)
def name_uses(store: Store, variants: tuple[Variant, ...]) -> pd.DataFrame:
    """Every use of a name in the corpus, counted once, furniture left out, in order of article and text.

    Columns: ``NAME_COLUMNS``. ``variant`` is what the text says, in lower case: the words from ``start`` to ``end`` and
    no others; ``group`` is the concept it stands for, and ``listed`` the row of the list that looked for it. Of names
    over each other the longest counts. Remembered: do not change it.
    """
    finder = Finder(variants)
    uses = _places_of(store, finder.longest, store.query(_HEADERS.format("true")), written=True)
    return uses.rename(columns={"concept": "group", "variant": "listed", "written": "variant"})[NAME_COLUMNS]


def names_of(store: Store, chosen: Filter) -> pd.DataFrame:
    """Uses of names in the matching articles, those of the list and the user's own: what is exported.

    Columns: article_id, start, end, group, variant, voice, text (as it stands there), source, published, speaker_id.
    """
    uses = name_uses(store, all_names(store.path))
    inside = set(matching_words(store, chosen)["article_id"])
    matching = uses["article_id"].isin(inside) & uses["voice"].isin(chosen.voices or COUNTED_VOICES)
    matching_uses = uses[matching].sort_values(["group", "variant", "article_id", "start"]).reset_index(drop=True)
    matching_uses["text"] = slices(store, matching_uses)
    columns = ["article_id", "start", "end", "group", "variant", "voice", "text", "source", "published", "speaker_id"]
    return matching_uses[columns]


def places(store: Store, chosen: Filter, form: str, voice: str) -> pd.DataFrame:
    """Every place in the matching articles where a word stands in one voice; columns as :func:`terms`.

    A word stands where it is counted: "judge" in "the judge's", and not in "judge-made", which is a word of its own.
    """
    where = in_matching(store, chosen, "a.article_id")
    headers = store.query(_HEADERS.format(where.sql), where.parameters)
    all_places = _places_of(store, partial(_word_hits, form), headers)[TERM_COLUMNS]
    return all_places[all_places["voice"] == voice].reset_index(drop=True)


def phrase_places(store: Store, chosen: Filter, form: str, voice: str) -> pd.DataFrame:
    """Every noun phrase of the matching articles of this form in one voice; columns as :func:`terms`.

    "Border security" within "border security bill" is not one: the longer phrase is counted, under its own form.
    """
    matching = in_matching(store, chosen, "p.article_id")
    return store.query(
        'SELECT p.article_id, h.source, h.published, p.start, p."end", p.form AS concept, p.form AS variant, p.voice, '
        "p.sentence, coalesce(p.speaker_id, '') AS speaker_id FROM phrases p JOIN headers h USING (article_id) "
        f"WHERE p.form = $form AND p.voice = $voice AND {matching.sql} ORDER BY p.article_id, p.start",
        matching.parameters | {"form": form, "voice": voice},
    )


def _word_hits(form: str, text: str) -> Iterator[Hit]:
    return (Hit(start, end, form, form) for start, end in word_places(text, form))


_HEADERS: Final = "SELECT a.article_id, a.source, a.published FROM headers a WHERE {} ORDER BY a.article_id"


def _places_of(
    store: Store, find: Callable[[str], Iterable[Hit]], headers: pd.DataFrame, *, written: bool = False
) -> pd.DataFrame:
    """What ``find`` finds in the articles of ``headers``, with its words where they are ``written`` down."""
    hits: list[tuple[str, int, int, str, str, str]] = []
    ids = headers["article_id"].tolist()
    for first in range(0, len(ids), _ARTICLES_AT_ONCE):
        whole = texts(store, ids[first : first + _ARTICLES_AT_ONCE])
        hits += [
            (article_id, *hit, as_written(text[hit.start : hit.end]) if written else "")
            for article_id, text in sorted(whole.items())
            for hit in find(text)
        ]
    frame = pd.DataFrame(hits, columns=["article_id", "start", "end", "concept", "variant", "written"])
    frame = frame.merge(headers, on="article_id", how="left")
    return _voiced(store, frame)


def _voiced(store: Store, places: pd.DataFrame) -> pd.DataFrame:
    """Add the voice, sentence and speaker of the passage each place stands in; furniture is dropped."""
    passages = store.query(
        "SELECT h.article_no, h.article_id, p.start, p.voice, p.sentence, p.speaker_id "
        "FROM passages p JOIN headers h USING (article_id) ORDER BY h.article_no, p.start"
    )
    numbers = passages.drop_duplicates("article_id").set_index("article_id")["article_no"]
    # One number for article and place: what is sorted can be searched at once for all.
    scale = 10**9
    keys = passages["article_no"].to_numpy(dtype=np.int64) * scale + passages["start"].to_numpy(dtype=np.int64)
    article = places["article_id"].map(numbers).fillna(0).to_numpy(dtype=np.int64)
    wanted = article * scale + places["start"].to_numpy(dtype=np.int64)
    place = np.searchsorted(keys, wanted, side="right") - 1
    passage_of = passages.iloc[np.maximum(place, 0)].reset_index(drop=True)
    places = places.assign(
        voice=passage_of["voice"], sentence=passage_of["sentence"], speaker_id=passage_of["speaker_id"].fillna("")
    )
    inside = (place >= 0) & (passage_of["article_no"].to_numpy() == article)
    return places[inside & places["voice"].isin(COUNTED_VOICES).to_numpy()].reset_index(drop=True)


def matching_words(store: Store, chosen: Filter) -> pd.DataFrame:
    """The matching articles with what rates are rates of.

    Columns: article_id, source, published_from, words, and words_<voice> for every counted voice; by article_id.
    """
    where = in_matching(store, chosen, "a.article_id")
    voices = ", ".join(f"a.words_{voice}" for voice in COUNTED_VOICES)
    return store.query(
        f"SELECT a.article_id, a.source, a.published_from, a.words, {voices} FROM headers a WHERE {where.sql} "
        "ORDER BY a.article_id",
        where.parameters,
    )


def in_context(store: Store, rows: pd.DataFrame, around: int = CONTEXT) -> pd.DataFrame:
    """``rows`` (article_id, start, end) with the words on their left and right: a concordance (KWIC).

    Adds left, keyword and right, the original text on one line; context ends with the paragraph.
    """
    whole = texts(store, rows["article_id"])
    lines: list[tuple[str, str, str]] = []
    for article_id, start, end in zip(rows["article_id"], rows["start"], rows["end"], strict=True):
        text = whole[article_id]
        left = text[max(0, start - around) : start].rpartition("\n")[2]
        right = text[end : end + around].partition("\n")[0]
        if start > around and len(left) == around:
            left = left.partition(" ")[2]
        if len(right) == around:
            right = right.rpartition(" ")[0]
        lines.append((left, text[start:end], right))
    return (
        rows.assign(**dict(zip(("left", "keyword", "right"), zip(*lines, strict=True), strict=True)))
        if lines
        else (rows.assign(left="", keyword="", right=""))
    )


def sort_key(rows: pd.DataFrame, by: str) -> Sequence[tuple[str, ...]]:
    """What a concordance is sorted by: words from the keyword outwards to the ``left`` or ``right``, or the column."""
    if by not in {"left", "right"}:
        return [(str(value).lower(),) for value in rows[by]]
    words = [re.findall(r"\w+", str(words_beside).lower()) for words_beside in rows[by]]
    return [tuple(reversed(words_outwards)) if by == "left" else tuple(words_outwards) for words_outwards in words]

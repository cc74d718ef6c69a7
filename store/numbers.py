"""What readers count, as arrays of numbers: added up for the articles of a filter without asking the database again.

A filter is evaluated once, to a mask: whether each article, by its number, matches. Rows of who is named where, of who
is quoted where and of what is where lie in the order of whom they are about, each with its article's number, so that
what a filter leaves of them is one look-up a row and one sum a column. All are read from the reader's own tables when
they are first asked for, corrections included, and kept as the smallest integers that hold them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from store.filter import DIMENSIONS
from store.schema import COUNTED_VOICES, QUOTE_KINDS, VOICES

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from numpy.typing import NDArray

    from store.filter import Filter
    from store.reader import Store

    Mask = NDArray[np.bool_]
    Whole = NDArray[np.int64]

# Masks that are kept, and people of whom all fragments are.
_KEPT: Final = 8
# A day that is not known, as days since 1970: after all others where the first is asked for, before where the last is.
NO_FIRST, NO_LAST = 2**31 - 1, -(2**31)
# Entities, and what lies in them; places are counted with all that lies in them already.
_NAMED: Final = """
SELECT DISTINCT l.entity_no, e.label FROM lineage l JOIN entities e USING (entity_no) JOIN entities w
ON w.entity_no = l.within_no WHERE l.within IN (SELECT unnest(CAST($values AS VARCHAR[])))
AND (w.label <> 'JURISDICTION' OR l.entity_no = l.within_no)
"""
_TERMS: Final = (
    "coalesce((SELECT sum(s.quotes) FROM article_speakers s WHERE s.term AND s.article_no = h.article_no), 0)"
)
_WORDS: Final = ("words", *(f"words_{voice}" for voice in VOICES))
_DAYS: Final = ", ".join(
    f"CAST(coalesce(date_diff('day', DATE '1970-01-01', a.{name}), {unknown}) AS INTEGER) AS {called}"
    for called, name, unknown in (("first", "published_from", NO_FIRST), ("last", "published_to", NO_LAST))
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table, each about something that has a number and in one article; in the order of these numbers.

    ``keys`` are the numbers, each once; rows of ``keys[n]`` begin at ``starts[n]``.
    """

    keys: Whole
    starts: Whole
    articles: Whole
    columns: dict[str, Whole]

    def of(self, key: int) -> Whole:
        """Places of the rows about something."""
        place = int(np.searchsorted(self.keys, key))
        if place == len(self.keys) or self.keys[place] != key:
            return np.zeros(0, dtype=np.int64)
        ends = self.starts[place + 1 : place + 2].tolist() or [len(self.articles)]
        return np.arange(self.starts[place], ends[0])

    def chosen(self, mask: Mask | None, having: Iterable[str] | None = None) -> Sums:
        """The rows of the articles in ``mask`` (None: all) that have something in one of the columns ``having``."""
        keep = None if mask is None else mask[self.articles]
        if having is not None:
            there = np.zeros(len(self.articles), dtype=np.bool_)
            for name in having:
                there |= self.columns[name] > 0
            keep = there if keep is None else keep & there
        if keep is None or not len(keep):
            counts = np.diff(np.append(self.starts, len(self.articles)))
            return Sums(self, np.arange(len(self.keys)), counts, None)
        counts = np.add.reduceat(keep, self.starts, dtype=np.int64)
        groups = np.flatnonzero(counts)
        return Sums(self, groups, counts[groups], np.flatnonzero(keep))


@dataclass(frozen=True, slots=True)
class Sums:
    """Some of the rows, by what they are about: ``groups`` are places in ``keys``, ``counts`` how many rows of each."""

    rows: Rows
    groups: Whole
    counts: Whole
    chosen: Whole | None

    @property
    def keys(self) -> Whole:
        """The numbers of what has rows, ascending."""
        return self.rows.keys[self.groups]

    def of(self, name: str) -> Whole:
        """The sum of a column for each of ``keys``."""
        return self._added(self.rows.columns[name])

    def having(self, name: str) -> Whole:
        """For each of ``keys``, how many rows have something in a column."""
        return self._added(self.rows.columns[name] > 0)

    def least(self, name: str) -> Whole:
        """The smallest value of a column for each of ``keys``."""
        return self._joined(np.minimum, self.rows.columns[name])

    def most(self, name: str) -> Whole:
        """The largest value of a column for each of ``keys``."""
        return self._joined(np.maximum, self.rows.columns[name])

    def among(self, keep: NDArray[np.bool_]) -> Sums:
        """Those of ``keys`` that are marked in ``keep``."""
        every = np.repeat(keep, self.counts)
        chosen = np.flatnonzero(every) if self.chosen is None else self.chosen[every]
        return Sums(self.rows, self.groups[keep], self.counts[keep], chosen)

    def _added(self, column: NDArray[Any]) -> Whole:
        return self._joined(np.add, column)

    def _joined(self, how: np.ufunc, column: NDArray[Any]) -> Whole:
        if not len(self.groups):
            return np.zeros(0, dtype=np.int64)
        values = column if self.chosen is None else column[self.chosen]
        joined: Whole = how.reduceat(values, np.cumsum(self.counts) - self.counts, dtype=np.int64)
        return joined


class Numbers:
    """Arrays of one opened store, each read when it is first asked for. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._rows: dict[str, Rows] = {}
        self._arrays: dict[str, NDArray[Any]] = {}
        self._groups: dict[str, tuple[Rows, list[str]]] = {}
        self._masks: OrderedDict[tuple[Filter, str], Mask | None] = OrderedDict()
        self._about: OrderedDict[int, Rows] = OrderedDict()

    def mask(self, chosen: Filter, without: str = "") -> Mask | None:
        """Whether each article matches, by its number less one; None for all. ``without`` leaves a dimension out."""
        key = (chosen, without)
        with self._lock:
            if key in self._masks:
                _used(self._masks, key)
                return self._masks[key]
        named = {name: getattr(chosen, name) for name, dimension in DIMENSIONS.items() if dimension.label}
        masks = [self._matching(chosen.but(text="", **dict.fromkeys(named, ())), without)]
        masks += [self.naming(values) for name, values in named.items() if values and name != without]
        if chosen.text and without != "text":
            masks.append(self._marked(self._numbered(self._store.search(chosen.text))))
        asked = [mask for mask in masks if mask is not None]
        mask = np.logical_and.reduce(asked) if asked else None
        with self._lock:
            self._masks[key] = mask
            _used(self._masks, key)
        return mask

    def _matching(self, chosen: Filter, without: str) -> Mask | None:
        where = chosen.articles_where(self._store.search, without=without)
        if where.sql == "true":
            return None
        matching = self._store.arrow(f"SELECT a.article_no FROM headers a WHERE {where.sql}", where.parameters)
        return self._marked(matching["article_no"].to_numpy() - 1)

    def _marked(self, articles: Whole) -> Mask:
        mask = np.zeros(self._store.rows["articles"], dtype=np.bool_)
        mask[articles] = True
        return mask

    def _numbered(self, article_ids: Sequence[str]) -> Whole:
        """The numbers less one of articles of the store."""
        with self._lock:
            if "ids" not in self._arrays:
                # Numbers are given in the order of ids, which are hashes: letters and digits.
                ids = self._store.arrow("SELECT article_id FROM headers ORDER BY article_no")["article_id"]
                self._arrays["ids"] = _bytes(ids.combine_chunks().cast(pa.binary()))
        in_order = self._arrays["ids"]
        return np.searchsorted(in_order, np.array(article_ids, dtype=in_order.dtype))

    def naming(self, values: Sequence[str], voice: str = "") -> Mask:
        """Which articles name or quote any of some entities, or what lies in them; with a voice: name it in that."""
        mask = self._marked(np.zeros(0, dtype=np.int64))
        for number, label in self._store.rows_of(_NAMED, {"values": list(values)}):
            rows = self.placed() if label == "JURISDICTION" else self.present(label)
            places = rows.of(number)
            if voice:
                places = places[rows.columns[voice][places] > 0]
            mask[rows.articles[places]] = True
        return mask

    def about(self, entity: int) -> Rows:
        """What somebody says or is named in: a fragment's number in the article, its kind, and whether it was said.

        Of all there are as many rows as quotes, so only those of a few entities, by number, are kept.
        """
        with self._lock:
            if entity not in self._about:
                kinds = ", ".join(f"'{kind}'" for kind in QUOTE_KINDS)
                columns = ["quote", f"list_position([{kinds}], kind) - 1 AS kind", "CAST(said AS INTEGER) AS said"]
                self._about[entity] = self._asked("entity_no", columns, f"quotes_about WHERE entity_no = {entity:d}")
            _used(self._about, entity)
            return self._about[entity]

    def present(self, label: str) -> Rows:
        """Who of a label is named or quoted where: mentions in each voice, words quoted and reported, times cited."""
        columns = [*COUNTED_VOICES, "quoted_words", "reported_words", "cited"]
        return self._read(f"present {label}", "entity_no", columns, f"present WHERE label = '{label}'")

    def placed(self) -> Rows:
        """Which places lie where, all that they lie in among them: whether each voice names one."""
        bits = [f"(voices >> {place}) & 1 AS {voice}" for place, voice in enumerate(COUNTED_VOICES)]
        return self._read("placed", "place_no", bits, "placed")

    def speakers(self) -> Rows:
        """Who is quoted where: words in marks, words reported, fragments of both."""
        return self._read("speakers", "speaker_no", ["words", "reported", "quotes", "reports"], "article_speakers")

    def stories(self) -> Rows:
        """Which articles tell which story; stories have the numbers of their list, from 1."""
        return self._read("stories", "story_no", [], "story_articles")

    def of_articles(self, name: str) -> NDArray[Any]:
        """A number of each article, by the article's own number less one; ``terms`` are words set in marks as such."""
        return self._array(
            name, f"SELECT {_TERMS if name == 'terms' else name} AS n FROM headers h ORDER BY article_no"
        )

    def newest_first(self) -> NDArray[Any]:
        """Articles, by their numbers less one, in the order of a list of the newest."""
        return self._in_order("DESC")

    def oldest_first(self) -> NDArray[Any]:
        """Articles, by their numbers less one, in the order in which they were published; those without a day last."""
        return self._in_order("ASC")

    def _in_order(self, way: str) -> NDArray[Any]:
        order = f"published_from {way} NULLS LAST, source, article_id"
        return self._array(order, f"SELECT article_no - 1 AS n FROM headers ORDER BY {order}")

    def by_group(self, sql: str) -> tuple[Rows, list[str]]:
        """Articles by what ``sql`` gives of ``headers a``, with words and days; and what its numbers stand for."""
        with self._lock:
            if sql not in self._groups:
                columns = ", ".join(f"a.{name}" for name in _WORDS)
                rows = self._store.arrow(f"SELECT {sql} AS value, a.article_no, {columns}, {_DAYS} FROM headers a")
                coded = rows["value"].combine_chunks().dictionary_encode()
                rows = rows.set_column(0, "key_no", coded.indices)
                self._groups[sql] = _rows(rows), coded.dictionary.to_pylist()
            return self._groups[sql]

    def _array(self, name: str, sql: str) -> NDArray[Any]:
        with self._lock:
            if name not in self._arrays:
                self._arrays[name] = _small(self._store.arrow(sql)["n"].to_numpy())
            return self._arrays[name]

    def _read(self, name: str, key: str, columns: list[str], source: str) -> Rows:
        with self._lock:
            if name not in self._rows:
                self._rows[name] = self._asked(key, columns, source)
            return self._rows[name]

    def _asked(self, key: str, columns: list[str], source: str) -> Rows:
        return _rows(
            self._store.arrow(f"SELECT {', '.join([f'{key} AS key_no', 'article_no', *columns])} FROM {source}")
        )


def _used(kept: OrderedDict[Any, Any], key: Hashable) -> None:
    """Note that what is kept under ``key`` was used last: of more than a few, what was not used for longest goes."""
    kept.move_to_end(key)
    while len(kept) > _KEPT:
        kept.popitem(last=False)


def counted(**columns: NDArray[Any]) -> pa.Table:
    """Columns of whole numbers as a table that SQL can be given."""
    return pa.table({name: pa.array(values.astype(np.int32)) for name, values in columns.items()})


def _rows(table: pa.Table) -> Rows:
    """Rows with the columns key_no, article_no and others, put in order."""
    keys = table["key_no"].to_numpy()
    order = None if np.all(keys[:-1] <= keys[1:]) else np.argsort(keys, kind="stable")

    def column(name: str) -> NDArray[Any]:
        values = table[name].to_numpy()
        return _small(values if order is None else values[order])

    in_order = keys if order is None else keys[order]
    starts = np.flatnonzero(np.append(True, in_order[1:] != in_order[:-1])) if len(keys) else np.zeros(0, np.int64)
    others = {name: column(name) for name in table.column_names if name not in {"key_no", "article_no"}}
    return Rows(in_order[starts].astype(np.int64), starts, _small(column("article_no") - 1), others)


def _small(values: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers in as few bytes as hold them all."""
    least, most = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    return values.astype(np.promote_types(np.min_scalar_type(least), np.min_scalar_type(most)))


def _bytes(ids: pa.BinaryArray) -> NDArray[np.bytes_]:
    """Ids as numpy has them: as they lie there where all are of one length, as hashes are."""
    lengths = pc.unique(pc.binary_length(ids)).to_pylist()
    if len(lengths) != 1 or ids.null_count:
        return np.array(ids.to_pylist(), dtype=np.bytes_)
    _, starts, content = ids.buffers()
    first = np.frombuffer(starts, np.int32)[ids.offset]
    return np.frombuffer(content, f"S{lengths[0]}", count=len(ids), offset=int(first))

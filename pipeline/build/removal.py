"""Remove articles with all that is held of them: from the tables, the search, the caches and the kept sources.

Removed articles are first noted in ``removed.jsonl``, so that no build brings them back, wherever this is interrupted;
running it again does the rest.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipeline.build.build import caches, parses_from
from pipeline.build.comparison_file import FILE as COMPARISON
from pipeline.build.last_build import FILE as LAST_BUILD
from pipeline.build.versions import versions
from pipeline.readers import choices as reading
from pipeline.readers import read_files, removed
from pipeline.readers.article import Article
from pipeline.readers.originals import keep_articles
from store.schema import TABLES
from store.snapshot.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pipeline.build.cache import ParseCache, VectorCache
    from pipeline.readers import Choices

# Where a corpus made on the page keeps its files, in its data folder.
SOURCES: Final = "sources"
# What earlier builds said and read of files, and what was damaged once.
_LEFTOVERS: Final = (
    *(LAST_BUILD, "build.log", "build.progress.json", "parses.sqlite.damaged", "vectors.sqlite.damaged"),
    *("readings.sqlite", "readings.sqlite-wal", "readings.sqlite-shm", "readings.sqlite.damaged", COMPARISON),
)


@dataclass(frozen=True, slots=True)
class Removal:
    """How many articles were removed and are left; ``elsewhere`` are files of the user's own that hold one still."""

    removed: int
    remaining: int
    elsewhere: tuple[str, ...]


def remove(data: Path, wanted: Collection[str], model: str) -> Removal:
    """Remove articles from a data folder, by their ids.

    Files of the user's own, outside of the data folder, are never touched: builds pass over the articles in them.
    Corrections and checks keep their lines, which hold ids and places in texts.

    Raises:
        ValueError: one of them is not in the corpus and was not removed before, or the model is not installed.
        store.StoreError: a build is writing there.
    """
    made_with = versions(model)
    with Writer.open(data, versions=made_with) as writer, caches(data) as (parses, vectors):
        rows = writer.coming("articles", _COLUMNS, among=wanted).to_pylist()
        present = {row["article_id"] for row in rows}
        if unknown := sorted(set(wanted) - present - removed.load(data).ids):
            message = f"There is no article {unknown[0]} in {data}. Its id stands in the address of its page."
            raise ValueError(message)
        removed.add(data, ((row["article_id"], removed.place_of(row["origin"], row["text"])) for row in rows))
        vectors.forget(_encoded(writer, rows))
        kept_here = {row["origin"] for row in rows if _upload(data, row["origin"])}
        _forget_sources(data, reading.load(data))
        writer.replace(present, {})
        _tell_files(writer, rows, kept_here)
        if rows:
            _tell_stories(writer, parses, vectors, made_with, model)
        writer.commit(forget=True)
        parses.keep_only(key for _, key in writer.hashes(f"{made_with['parser']}\0"))
        remaining = len(writer.article_keys())
    for name in _LEFTOVERS:
        (data / name).unlink(missing_ok=True)
    return Removal(
        len(present), remaining, tuple(sorted({row["origin"] for row in rows if row["origin"] not in kept_here}))
    )


_COLUMNS: Final = (
    "article_id", "source", "title", "text", "origin", "origin_row", "published", "duplicate_of", "published_from",
    "published_to",
)  # fmt: skip


def _encoded(writer: Writer, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Every text of these articles that was turned into a vector."""
    from pipeline.stories.pair_features import LEAD, texts_to_embed  # noqa: PLC0415  loads scipy
    from pipeline.stories.story_facts import passages_of, plain_text  # noqa: PLC0415
    from pipeline.stories.write import story_text  # noqa: PLC0415

    texts = [text for row in rows for text in texts_to_embed(story_text(row | {"text": row["text"][:LEAD]}))]
    passages = passages_of(writer, {row["article_id"]: row["text"] for row in rows})
    return texts + [plain_text(passage) for article_passages in passages.values() for passage in article_passages]


def _tell_stories(
    writer: Writer, parses: ParseCache, vectors: VectorCache, made_with: Mapping[str, str], model: str
) -> None:
    from pipeline.stories.write import write_stories  # noqa: PLC0415  loads scipy

    first: dict[str, str] = {}
    same = {
        article_id: origin
        for article_id, key in writer.hashes()
        if (origin := first.setdefault(key, article_id)) != article_id
    }
    parse = parses_from(parses, made_with["parser"], model)
    write_stories(writer, same, vectors, parse, version=made_with["stories"])


def _tell_files(writer: Writer, rows: Sequence[dict[str, Any]], kept_here: Collection[str]) -> None:
    """Say in the tables of files and problems what is left of each file."""
    places = {(row["origin"], row["origin_row"]) for row in rows}
    problems = [
        row for row in writer.current("problems").to_pylist() if (row["origin"], row["origin_row"]) not in places
    ]
    files = []
    for file in writer.current("files").to_pylist():
        gone = [row for row in rows if row["origin"] == file["origin"]]
        if gone:
            file["articles"] -= len(gone)
            file["undated"] -= min(file["undated"], sum(not row["published"] for row in gone))
            if file["origin"] in kept_here:
                file["rows"] -= len(gone)
            else:
                file["left_out"] += len(gone)
        if file["rows"] or not gone:
            files.append(file)
    for row in rows:
        if row["origin"] not in kept_here:
            reason = "You removed this article, and it stays removed."
            problems.append(
                {
                    "origin": row["origin"],
                    "origin_row": row["origin_row"],
                    "code": "removed",
                    "reason": reason,
                    "used": False,
                }
            )
    problems.sort(key=lambda row: (row["origin"], row["origin_row"], row["code"]))
    for name, table_rows in (("problems", problems), ("files", files)):
        writer.rewrite(name, pa.Table.from_pylist(table_rows, schema=TABLES[name]))


def _upload(data: Path, origin: str) -> Path | None:
    """The upload in the data folder that holds a file, if one does."""
    room = (data / SOURCES).absolute()
    with suppress(ValueError, IndexError):
        return room / Path(origin).absolute().relative_to(room).parts[0]
    return None


def _forget_sources(data: Path, choices: Choices) -> None:
    """Keep, of each upload that holds an article which was removed, its other articles alone."""
    room = data / SOURCES
    plain = reading.Choices(choices.columns, choices.dates)
    for upload in sorted(room.iterdir()) if room.is_dir() else ():
        articles = (item for item in read_files([upload], plain) if isinstance(item, Article))
        if any(map(choices.removed.holds, articles)):
            keep_articles([upload], upload, choices)

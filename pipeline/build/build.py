"""Bring a data folder up to date with its sources: parse what is new, keep what is not, drop what is gone."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipeline.build.annotator import analyses_id, annotator
from pipeline.build.cache import ParseCache, VectorCache, parse_key, parser_id
from pipeline.build.records import Rows, rows_of, to_tables
from pipeline.core.annotations import Context
from pipeline.core.embedding import encoder, encoder_id
from pipeline.core.parse import load_model, unpack
from pipeline.readers import read_sources
from pipeline.readers.article import Article, Problem
from pipeline.stories.write import tell
from store import Store
from store.schema import SCHEMA_VERSION, TABLES
from store.snapshot.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from pipeline.build.annotator import Annotator
    from pipeline.build.engines import Engine

# Articles handed to a worker at once: long enough to be worth sending, short enough to show progress.
_BATCH: Final = 16
# Articles written to the tables at once: fewer, larger files make every later query faster.
_SHARD: Final = 2_000


@dataclass(frozen=True, slots=True)
class Task:
    """An article to annotate, with its parse if one is cached."""

    article: Article
    duplicate_of: str
    parse: bytes | None


@dataclass(frozen=True, slots=True)
class Done:
    """What a batch of tasks came to: rows, new parses by key, and what went wrong."""

    rows: list[Rows]
    parses: list[tuple[str, bytes]]
    problems: list[Problem]
    words: int


@dataclass(slots=True)
class Plan:
    """What has to be done so that the store holds just what the sources hold."""

    keys: dict[str, str] = field(default_factory=dict)  # article id: key of its records
    stale: set[str] = field(default_factory=set)  # articles to annotate
    gone: set[str] = field(default_factory=set)  # articles whose records to remove
    duplicates: dict[str, str] = field(default_factory=dict)  # article id: first article with the same text
    problems: list[Problem] = field(default_factory=list)
    words: int = 0  # words of the stale articles, about


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did. ``articles`` are those in the corpus now."""

    articles: int
    added: int
    removed: int
    problems: list[Problem]
    snapshot: int
    changed: bool


def versions(model: str) -> dict[str, str]:
    """What the records of a build depend on besides the sources."""
    return {
        "framelens": version_of_framelens(),
        "schema": str(SCHEMA_VERSION),
        "parser": parser_id(load_model(model)),
        "spacy": version("spacy"),
        "analyses": analyses_id(),
    }


def version_of_framelens() -> str:
    """The version in ``pyproject.toml``: Framelens runs from its own folder and is not installed."""
    project = Path(__file__).parents[2] / "pyproject.toml"
    return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])


def _records_key(article: Article, duplicate_of: str, made_with: str) -> str:
    """Changes when anything that is written of the article would."""
    parts = (
        article.article_id, article.title, article.authors, article.published, article.date_precision,
        article.date_evidence, article.url, article.origin, str(article.origin_row), str(article.before_noon),
        duplicate_of, made_with,
    )  # fmt: skip
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def plan(sources: Sequence[Path], stored: dict[str, str], made_with: str) -> Plan:
    """Read the sources once, keeping no text, and compare them with the keys that are ``stored``."""
    result = Plan()
    first_with: dict[bytes, str] = {}
    for item in read_sources(sources):
        if isinstance(item, Problem):
            result.problems.append(item)
            continue
        text = hashlib.sha256(item.text.encode("utf-8", "surrogatepass")).digest()
        original = first_with.setdefault(text, item.article_id)
        if original != item.article_id:
            result.duplicates[item.article_id] = original
        key = _records_key(item, result.duplicates.get(item.article_id, ""), made_with)
        result.keys[item.article_id] = key
        if stored.get(item.article_id) != key:
            result.stale.add(item.article_id)
            result.words += len(item.text) // 6
    result.gone = {article_id for article_id, key in stored.items() if result.keys.get(article_id) != key}
    return result


def _tasks(sources: Sequence[Path], todo: Plan, cache: ParseCache, parser: str) -> Iterator[Task]:
    waiting = set(todo.stale)
    for item in read_sources(sources):
        # Whatever changed since the plan was made waits for the next build.
        if isinstance(item, Article) and item.article_id in waiting:
            waiting.discard(item.article_id)
            parse = cache.get(parse_key(item.text, parser))
            yield Task(item, todo.duplicates.get(item.article_id, ""), parse)


def _batches(tasks: Iterable[Task], model: str) -> Iterator[tuple[list[Task], str]]:
    source = iter(tasks)
    while batch := list(islice(source, _BATCH)):
        yield batch, model


def _parses(tasks: list[Task], annotate: Annotator) -> Iterator[Doc | Exception]:
    fresh = iter(annotate.parse_each([task.article.text for task in tasks if task.parse is None]))
    for task in tasks:
        yield next(fresh) if task.parse is None else annotate.unpack(task.parse)


def annotate_batch(work: tuple[list[Task], str]) -> Done:
    """Annotate a batch of articles in a worker. No article can stop it: one that fails becomes a problem."""
    tasks, model = work
    annotate = annotator(model)
    done = Done([], [], [], sum(len(task.article.text) for task in tasks) // 6)
    for task, doc in zip(tasks, _parses(tasks, annotate), strict=True):
        article = task.article
        try:
            if isinstance(doc, Exception):
                raise doc  # noqa: TRY301  one place says what went wrong
            if task.parse is None:
                # Packed before the analyses, which leave values on the Doc that no cache should keep.
                done.parses.append((parse_key(article.text, annotate.parser), annotate.pack(doc)))
            context = Context(article.source, article.title, article.government_days[0])
            done.rows.append(rows_of(article, annotate.analyse(doc, context), task.duplicate_of))
        except Exception as error:  # noqa: BLE001
            reason = (
                f"The article could not be analysed ({type(error).__name__}: {error}). "
                "The others were built; please report the text that causes it."
            )
            done.problems.append(Problem(article.origin, article.origin_row, "analysis-failed", reason, used=False))
    return done


def build(
    sources: Sequence[Path],
    data: Path,
    engine: Engine,
    model: str,
    planned: Callable[[Plan], object] = lambda _: None,
    advance: Callable[[Done], object] = lambda _: None,
) -> Outcome:
    """Make the store in ``data`` hold the articles of ``sources``, and only those.

    Unchanged articles keep their records; a corpus without a change makes no new snapshot. A build that is killed
    leaves the last snapshot standing and its finished parses in the cache.

    Args:
        sources: files and folders.
        data: the data folder; made if it is not there.
        engine: where batches are annotated.
        model: name of an installed spaCy model.
        planned: told the plan before the work begins.
        advance: told of each finished batch.

    Raises:
        store.StoreError: another build is writing, or the folder belongs to another version.
        ValueError: the model is not installed.
    """
    made_with = versions(model)
    parser = made_with["parser"]
    cache = ParseCache(data / "parses.sqlite")
    vectors = VectorCache(data / "vectors.sqlite", encoder, encoder_id())
    try:
        with Writer.open(data, versions=made_with) as writer:
            stored = writer.article_keys()
            keys = dict(zip(stored["article_id"], stored["analysis_key"], strict=True))
            todo = plan(sources, keys, "/".join((parser, made_with["analyses"])))
            planned(todo)
            problems = list(todo.problems)
            added = _annotate(sources, todo, cache, parser, engine, model, writer, problems, advance)
            writer.rewrite("problems", _problem_table(problems))
            if todo.stale or todo.gone or not writer.holds("stories"):
                tell(writer, todo.duplicates, vectors, parses_from(cache, parser, model))
            before = Store.current_snapshot(data)
            snapshot = writer.commit()
    finally:
        cache.close()
        vectors.close()
    failed = len(todo.stale) - added
    return Outcome(
        articles=len(todo.keys) - failed,
        added=added,
        removed=len(todo.gone - todo.keys.keys()),
        problems=problems,
        snapshot=snapshot,
        changed=snapshot != before,
    )


def _annotate(
    sources: Sequence[Path],
    todo: Plan,
    cache: ParseCache,
    parser: str,
    engine: Engine,
    model: str,
    writer: Writer,
    problems: list[Problem],
    advance: Callable[[Done], object],
) -> int:
    """Annotate the stale articles and hand them to the writer in shards; the number that succeeded."""
    added = 0
    shard: list[Rows] = []
    gone = set(todo.gone)

    def write() -> None:
        nonlocal gone
        if shard or gone:
            writer.replace(gone, to_tables(shard, todo.keys))
        gone = set()
        shard.clear()

    for done in engine.run(annotate_batch, _batches(_tasks(sources, todo, cache, parser), model)):
        cache.put(done.parses)
        problems.extend(done.problems)
        shard.extend(done.rows)
        added += len(done.rows)
        advance(done)
        if len(shard) >= _SHARD:
            write()
    write()
    return added


def parses_from(cache: ParseCache, parser: str, model: str) -> Callable[[str], Doc | None]:
    """Give parses of texts from the cache; one that is no longer there is made again, None where it cannot be."""

    def parse(text: str) -> Doc | None:
        held = cache.get(parse_key(text, parser))
        doc = unpack(held, load_model(model))[0] if held else annotator(model).parse_each([text])[0]
        return None if isinstance(doc, Exception) else doc

    return parse


def _problem_table(problems: list[Problem]) -> pa.Table:
    rows: list[dict[str, Any]] = [
        {"origin": p.origin, "origin_row": p.origin_row, "code": p.code, "reason": p.reason, "used": p.used}
        for p in sorted(problems, key=lambda p: (p.origin, p.origin_row, p.code))
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["problems"])

"""Bring a data folder up to date with its sources: parse what is new, keep what is not, drop what is gone."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipeline.build.batch import Batch, Done, Task, annotate_batch, set_aside
from pipeline.build.cache import ParseCache, ReadingCache, VectorCache, parse_key
from pipeline.build.comparison_file import ComparisonFile
from pipeline.build.last_build import Remembered
from pipeline.build.summary import file_counts
from pipeline.build.versions import readings_id, versions
from pipeline.build.worker_pool import Lost
from pipeline.models.memory import let_go
from pipeline.readers import Choices, FileRead, outlets
from pipeline.readers.article import Article, Glance, Problem
from pipeline.readers.choices import load as load_choices
from pipeline.readers.language import ENGLISH
from pipeline.readers.reading import remembering
from pipeline.readers.sources import look
from store import Store
from store.schema import TABLES
from store.snapshot import manifest
from store.snapshot.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from pipeline.build.engines import Engine

# Articles handed to a worker at once: long enough to be worth sending, short enough to show progress.
_BATCH: Final = 16
# Characters handed to a worker at once, if they are of more than one article.
_MOST_CHARACTERS: Final = 200_000
# Articles written to the tables at once: fewer, larger files make every later query faster.
_SHARD: Final = 2_000


@dataclass(slots=True)
class Plan:
    """What has to be done so that the store holds just what the sources hold."""

    keys: dict[str, str] = field(default_factory=dict)  # article id: key of its records
    stale: set[str] = field(default_factory=set)  # articles to annotate
    origins: set[str] = field(default_factory=set)  # files that they are said to be from
    gone: set[str] = field(default_factory=set)  # articles whose records to remove
    duplicates: dict[str, str] = field(default_factory=dict)  # article id: first article with the same text
    problems: list[Problem] = field(default_factory=list)
    set_aside: int = 0  # articles that no worker could read, and that have not changed since
    files: list[FileRead] = field(default_factory=list)
    other_languages: int = 0
    words: int = 0  # words of the stale articles, about


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did. ``articles`` are those in the corpus now; ``notices`` tell what was mended on the way."""

    articles: int
    added: int
    removed: int
    problems: list[Problem]
    snapshot: int
    changed: bool
    notices: list[str] = field(default_factory=list)
    files: list[FileRead] = field(default_factory=list)
    other_languages: int = 0

    def without_news(self) -> dict[str, Any]:
        """What a next build would say, if nothing changed until then."""
        return {
            "articles": self.articles,
            "snapshot": self.snapshot,
            "counts": file_counts(self.files, self.other_languages),
            "problems": [
                [problem.origin, problem.origin_row, problem.code, problem.reason, problem.used]
                for problem in self.problems
            ],
        }


def _records_key(seen: Glance, duplicate_of: str, made_with: str) -> str:
    """Changes when anything that is written of the article would."""
    parts = (seen.article_id, seen.told, seen.origin, str(seen.origin_row), duplicate_of, made_with)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def plan(
    sources: Sequence[Path],
    stored: dict[str, str],
    made_with: str,
    why_set_aside: Callable[[str], str] = lambda _: "",
    choices: Choices | None = None,
) -> Plan:
    """Read the sources once, keeping no text, and compare them with the keys that are ``stored``.

    ``why_set_aside`` says of the key of an article's records why it is not to be tried again; empty when it is.
    """
    result = Plan()
    first_with: dict[bytes, str] = {}
    for item in look(sources, choices, frozenset()):
        if isinstance(item, Problem):
            result.problems.append(item)
            continue
        if isinstance(item, FileRead):
            result.files.append(item)
            continue
        seen = item if isinstance(item, Glance) else Glance.of(item)
        result.other_languages += seen.language != ENGLISH
        original = first_with.setdefault(seen.text_hash, seen.article_id)
        if original != seen.article_id:
            result.duplicates[seen.article_id] = original
        key = _records_key(seen, result.duplicates.get(seen.article_id, ""), made_with)
        result.keys[seen.article_id] = key
        if stored.get(seen.article_id) == key:
            continue
        if reason := why_set_aside(key):
            result.set_aside += 1
            result.problems.append(Problem(seen.origin, seen.origin_row, "set-aside", reason, used=False))
        else:
            result.stale.add(seen.article_id)
            result.origins.add(seen.origin)
            result.words += seen.length // 6
    result.gone = {article_id for article_id, key in stored.items() if result.keys.get(article_id) != key}
    return result


def _tasks(
    sources: Sequence[Path], todo: Plan, cache: ParseCache, parser: str, choices: Choices | None
) -> Iterator[Task]:
    waiting = set(todo.stale)
    # A file that holds what was found in others says those are where it is from: then all are looked through.
    for origins in (todo.origins, None):
        for item in look(sources, choices, waiting, origins) if waiting else ():
            # Whatever changed since the plan was made waits for the next build.
            if isinstance(item, Article) and item.article_id in waiting:
                waiting.discard(item.article_id)
                parse = cache.get(parse_key(item.text, parser))
                yield Task(item, todo.keys[item.article_id], todo.duplicates.get(item.article_id, ""), parse)
                if not waiting:
                    return


def _batches(tasks: Iterable[Task], model: str) -> Iterator[Batch]:
    waiting: list[Task] = []
    characters = 0
    for task in tasks:
        # A long article goes alone: what it costs in time and memory is then its own.
        if waiting and characters + len(task.article.text) > _MOST_CHARACTERS:
            yield Batch(tuple(waiting), model)
            waiting, characters = [], 0
        waiting.append(task)
        characters += len(task.article.text)
        if len(waiting) >= _BATCH:
            yield Batch(tuple(waiting), model)
            waiting, characters = [], 0
    if waiting:
        yield Batch(tuple(waiting), model)


def build(
    sources: Sequence[Path],
    data: Path,
    engine: Engine,
    model: str,
    planned: Callable[[Plan], object] = lambda _: None,
    advance: Callable[[Done], object] = lambda _: None,
    choices: Choices | None = None,
    *,
    retry: bool = False,
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
        retry: try again what an earlier build set aside.
        choices: what the user said of how the sources are read.

    Raises:
        store.StoreError: another build is writing, or the folder belongs to another version.
        ValueError: the model is not installed.
    """
    made_with = versions(model)
    before_reading = Remembered(sources, data, model)
    with (
        Writer.open(data, versions=made_with) as writer,
        caches(data) as (cache, vectors),
        readings(data) as reading_cache,
    ):
        mended = list(writer.notices)
        if retry:
            cache.try_again()
        stored = writer.article_keys()
        keys = dict(zip(stored["article_id"].to_pylist(), stored["analysis_key"].to_pylist(), strict=True))
        todo = plan(sources, keys, "/".join((made_with["parser"], made_with["analyses"])), cache.why_set_aside, choices)
        planned(todo)
        problems = list(todo.problems)
        added = _annotate(sources, todo, cache, made_with["parser"], engine, model, writer, problems, advance, choices)
        writer.rewrite("problems", _problem_table(problems))
        writer.rewrite("files", _file_table(todo.files))
        before = manifest.read_any(data)
        otherwise = before is not None and before.versions.get("stories") != made_with["stories"]
        if todo.stale or todo.gone or otherwise or not writer.holds("stories"):
            _tell(writer, todo, cache, vectors, made_with, model, ComparisonFile(data, made_with["stories"]))
        let_go(len(todo.keys))
        snapshot = writer.commit()
        if before and otherwise and snapshot == before.snapshot:
            # The same was found in another way: it is not looked for again.
            manifest.write(data, replace(before, versions=made_with))
        outlets.save(data, choices.outlets if choices else {}, outlets.BUILT)
        notices = [*mended, *cache.notices, *vectors.notices, *reading_cache.notices]
    Store.prepare(data)
    failed = len(todo.stale) - added
    outcome = Outcome(
        articles=len(todo.keys) - failed - todo.set_aside,
        added=added,
        removed=len(todo.gone - todo.keys.keys()),
        problems=problems,
        snapshot=snapshot,
        changed=before is None or snapshot != before.snapshot,
        notices=notices,
        files=todo.files,
        other_languages=todo.other_languages,
    )
    as_kept = (choices or Choices()) == load_choices(data)
    before_reading.keep(outcome.without_news(), todo.files, complete=as_kept and not failed and outcome.articles > 0)
    return outcome


@contextmanager
def caches(data: Path) -> Iterator[tuple[ParseCache, VectorCache]]:
    """The caches of a data folder, open for as long as they are used."""
    from pipeline.core.embedding import encoder, encoder_id  # noqa: PLC0415  loads onnxruntime

    with ExitStack() as stack:
        cache = ParseCache(data / "parses.sqlite")
        stack.callback(cache.close)
        vectors = VectorCache(data / "vectors.sqlite", encoder, encoder_id())
        stack.callback(vectors.close)
        yield cache, vectors


@contextmanager
def readings(data: Path) -> Iterator[ReadingCache]:
    """What builds in a data folder have read of files before: taken from it, and added to it, while it is open."""
    reading_cache = ReadingCache(data / "readings.sqlite", readings_id())
    try:
        with remembering(reading_cache):
            yield reading_cache
    finally:
        reading_cache.close()


def _tell(
    writer: Writer,
    todo: Plan,
    cache: ParseCache,
    vectors: VectorCache,
    made_with: Mapping[str, str],
    model: str,
    memory: ComparisonFile,
) -> None:
    from pipeline.stories.write import write_stories  # noqa: PLC0415  loads scipy

    parses = parses_from(cache, made_with["parser"], model)
    write_stories(writer, todo.duplicates, vectors, parses, version=made_with["stories"], memory=memory)


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
    choices: Choices | None,
) -> int:
    """Annotate the stale articles and hand them to the writer in shards; the number that succeeded."""
    added = 0
    shard: list[dict[str, pa.Table]] = []
    waiting = 0
    gone = set(todo.gone)

    def write() -> None:
        nonlocal gone, waiting
        if shard or gone:
            names = shard[0] if shard else ()
            writer.replace(gone, {name: pa.concat_tables([rows[name] for rows in shard]) for name in names})
        gone, waiting = set(), 0
        shard.clear()

    for answer in engine.run(annotate_batch, _batches(_tasks(sources, todo, cache, parser, choices), model)):
        done = _given_up(answer) if isinstance(answer, Lost) else answer
        cache.put(done.parses)
        cache.set_aside(done.failed)
        problems.extend(done.problems)
        if done.articles:
            shard.append(done.tables)
        added += done.articles
        waiting += done.articles
        advance(done)
        if waiting >= _SHARD:
            write()
    write()
    return added


def _given_up(lost: Lost[Batch]) -> Done:
    """What became of articles that no worker could read."""
    done = Done({}, [], [])
    for task in lost.item.tasks:
        reason = (
            f"The article was set aside: {lost.reason}. The others were built. It is tried again when it changes, or "
            "with `build --retry`; please report the text that causes it."
        )
        problem, remembered = set_aside(task, "set-aside", reason)
        done.problems.append(problem)
        done.failed.append(remembered)
    return done


def parses_from(cache: ParseCache, parser: str, model: str) -> Callable[[str], Doc | None]:
    """Give parses of texts from the cache; one that is no longer there is made again, None where it cannot be."""

    def parse(text: str) -> Doc | None:
        from pipeline.build.annotator import annotator  # noqa: PLC0415  loads spaCy, if a parse is asked for at all
        from pipeline.core.parse import load_model, unpack  # noqa: PLC0415

        packed = cache.get(parse_key(text, parser))
        with suppress(Exception):  # a damaged parse is made again
            if packed and (doc_kept := unpack(packed, load_model(model))[0]).text == text:
                return doc_kept
        doc = annotator(model).parse_each([text])[0]
        return None if isinstance(doc, Exception) else doc

    return parse


def _problem_table(problems: list[Problem]) -> pa.Table:
    rows: list[dict[str, Any]] = [
        {"origin": p.origin, "origin_row": p.origin_row, "code": p.code, "reason": p.reason, "used": p.used}
        for p in sorted(problems, key=lambda p: (p.origin, p.origin_row, p.code, p.reason))
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["problems"])


def _file_table(files: list[FileRead]) -> pa.Table:
    rows: list[dict[str, Any]] = [
        {
            "origin": file.origin,
            "kind": file.kind,
            "rows": file.rows,
            "articles": file.articles,
            "undated": file.undated,
            "without_outlet": file.without_outlet,
            "untitled": file.untitled,
            "left_out": sum(file.left_out.values()),
            "columns": [f"{name}: {use}" for name, use in file.columns.items()],
        }
        for file in sorted(files, key=lambda file: file.origin)
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["files"])

"""What a worker does with the articles it is handed. Importing it loads no spaCy: who hands out need not wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.build.cache import parse_key
from pipeline.models.memory import keep_what_is_loaded
from pipeline.readers.article import Article, Problem
from pipeline.readers.language import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from spacy.tokens import Doc

    from pipeline.build.annotator import Annotator
    from pipeline.build.records import Rows

# Seconds of a processor a batch may take: to load the model, and for each character. An ordinary article takes a third
# of a thousandth of a second a character; what takes seven times as long does not end.
_TO_BEGIN: Final = 40.0
_A_CHARACTER: Final = 0.002


@dataclass(frozen=True, slots=True)
class Task:
    """An article to annotate, the key of its records, and its parse if one is cached."""

    article: Article
    key: str
    duplicate_of: str
    parse: bytes | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Tasks for one worker, and the name of the model they are parsed with."""

    tasks: tuple[Task, ...]
    model: str

    @property
    def cpu_seconds(self) -> float:
        """Seconds of a processor these articles may take."""
        return _TO_BEGIN + _A_CHARACTER * sum(len(task.article.text) for task in self.tasks)

    def parts(self) -> list[Batch]:
        """A batch for each of its articles."""
        return [Batch((task,), self.model) for task in self.tasks]


@dataclass(frozen=True, slots=True)
class Done:
    """What a batch came to: rows by table, new parses by key, what went wrong, and what is not to be tried again."""

    tables: dict[str, pa.Table]
    parses: list[tuple[str, bytes]]
    problems: list[Problem]
    failed: list[tuple[str, str]] = field(default_factory=list)  # key of the records, reason
    words: int = 0

    @property
    def articles(self) -> int:
        """How many articles have rows."""
        return self.tables["articles"].num_rows if self.tables else 0


def set_aside(task: Task, code: str, reason: str) -> tuple[Problem, tuple[str, str]]:
    """The problem of an article that could not be read, and what to remember of it."""
    return Problem(task.article.origin, task.article.origin_row, code, reason, used=False), (task.key, reason)


def annotate_batch(batch: Batch) -> Done:
    """Annotate a batch of articles. None can stop it by what it raises: one that fails becomes a problem."""
    from pipeline.build.annotator import annotator  # noqa: PLC0415  loads spaCy
    from pipeline.build.records import rows_of, to_tables, unanalysed_rows  # noqa: PLC0415
    from pipeline.core.annotations import Context  # noqa: PLC0415

    annotate = annotator(batch.model)
    rows: list[Rows] = []
    done = Done({}, [], [], words=sum(len(task.article.text) for task in batch.tasks) // 6)
    analysed = tuple(task for task in batch.tasks if task.article.language == ENGLISH)
    rows += [unanalysed_rows(task.article, task.duplicate_of) for task in batch.tasks if task not in analysed]
    for task, (doc, fresh) in zip(analysed, _parses(analysed, annotate), strict=True):
        article = task.article
        try:
            if isinstance(doc, Exception):
                raise doc  # noqa: TRY301  one place says what went wrong
            if fresh:
                # Packed before the analyses, which leave values on the Doc that no cache should keep.
                done.parses.append((parse_key(article.text, annotate.parser), annotate.pack(doc)))
            context = Context(article.source, article.title, article.government_days[0])
            rows.append(rows_of(article, annotate.analyse(doc, context), task.duplicate_of))
        except Exception as error:  # noqa: BLE001
            reason = (
                f"The article could not be analysed ({type(error).__name__}: {error}). "
                "The others were built; please report the text that causes it."
            )
            problem, remembered = set_aside(task, "analysis-failed", reason)
            done.problems.append(problem)
            if not isinstance(error, MemoryError):
                done.failed.append(remembered)
    if rows:
        done.tables.update(to_tables(rows, {task.article.article_id: task.key for task in batch.tasks}))
    # The first batch has loaded what all others need.
    keep_what_is_loaded()
    return done


def _parses(tasks: tuple[Task, ...], annotate: Annotator) -> Iterator[tuple[Doc | Exception, bool]]:
    """The parse of each task, or why there is none, and whether it was made here."""
    docs_kept = [_unpacked(task, annotate) for task in tasks]
    texts = [task.article.text for task, doc in zip(tasks, docs_kept, strict=True) if doc is None]
    docs_made = iter(annotate.parse_each(texts))
    for doc in docs_kept:
        yield (next(docs_made), True) if doc is None else (doc, False)


def _unpacked(task: Task, annotate: Annotator) -> Doc | None:
    """The cached parse of a task; None where there is none, or one that is damaged or of another text."""
    if task.parse is None:
        return None
    try:
        doc = annotate.unpack(task.parse)
    except Exception:  # noqa: BLE001  a damaged parse is made again, whatever the reader of its bytes raises
        return None
    return doc if doc.text == task.article.text else None

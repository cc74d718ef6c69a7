"""``annotate``, ``portray`` and ``stories``: rows in, rows out, no store.

All take ``(line number, row)`` pairs and yield ``(line number, result)`` in the same order; a result that is a string
says why the row could not be used.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pipeline.build.annotator import annotator
from pipeline.build.records import annotation_of
from pipeline.core.annotations import Context, Portrayal
from pipeline.core.embedding import encoder
from pipeline.portrayals.acts import rated
from pipeline.portrayals.network import portrayal_model
from pipeline.readers.article import MAX_CHARACTERS
from pipeline.readers.dates import government_days, parse_date
from pipeline.readers.mending.mend import mend
from pipeline.readers.reading import storable
from pipeline.stories.clustering import find_stories
from pipeline.stories.pair_features import StoryText, embed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.readers.mending.traced import Traced

Numbered = tuple[int, dict[str, Any]]
Answered = tuple[int, dict[str, Any] | str]

_AT_ONCE: Final = 64


def _batches(rows: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    source = iter(rows)
    while batch := list(islice(source, _AT_ONCE)):
        yield batch


def _fault(row: dict[str, Any], texts: tuple[str, ...], numbers: tuple[str, ...] = ()) -> str:
    """Why ``row`` lacks what its command needs; empty when it does not."""
    if "id" not in row:
        return 'it has no "id". Give each line one.'
    for name in texts:
        if not isinstance(row.get(name), str):
            return f'"{name}" must be text.'
        if len(row[name]) > MAX_CHARACTERS:
            return f'"{name}" is longer than {MAX_CHARACTERS:,} characters. Split it into the articles it holds.'
    for name in numbers:
        if not isinstance(row.get(name), int):
            return f'"{name}" must be a whole number.'
    return ""


def annotate_rows(rows: Iterable[Numbered], model: str) -> Iterator[Answered]:
    """Annotate rows of ``{id, text, source?, date?, title?}``; offsets of the results point into ``text``.

    Gives the number of each row with its annotations, or with a sentence on why there are none; rows in their order.
    """
    annotate = annotator(model)
    for batch in _batches(rows):
        usable = [(number, row) for number, row in batch if not _fault(row, ("text",))]
        mended = {number: mend(storable(row["text"])) for number, row in usable}
        parses = annotate.parse_each([mended[number][0].text for number, _ in usable])
        docs = {number: doc for (number, _), doc in zip(usable, parses, strict=True)}
        for number, row in batch:
            if fault := _fault(row, ("text",)):
                yield number, fault
                continue
            published = parse_date(str(row.get("date") or ""))
            day, _ = government_days(published.first, published.last, before_noon=published.before_noon)
            context = Context(str(row.get("source") or ""), str(row.get("title") or ""), day)
            doc = docs[number]
            try:
                if isinstance(doc, Exception):
                    raise doc  # noqa: TRY301  one place says what went wrong
                text, changes = mended[number]
                annotation = annotation_of(annotate.analyse(doc, context))
                yield (
                    number,
                    {"id": row["id"]} | _in_input(annotation, row["text"], text) | {"text_changes": list(changes)},
                )
            except Exception as error:  # noqa: BLE001  one text must not cost the others their annotations
                yield number, f"the text could not be analysed ({type(error).__name__}: {error})."


_SPANS: Final = (
    ("start", "end", "text"),
    *((f"{who}_start", f"{who}_end", f"{who}_text") for who in ("speaker", "addressee")),
)


def _in_input(annotation: dict[str, Any], text: str, mended: Traced) -> dict[str, Any]:
    """An annotation with its offsets, and the words that they mark, in the text as it was given."""
    if mended.text == text:
        return annotation
    for rows in annotation.values():
        for row in rows:
            for first, last, words in _SPANS:
                if isinstance(row.get(first), int):
                    row[first], row[last] = mended.origin(row[first], row[last])
                    if words in row:
                        row[words] = text[row[first] : row[last]]
    return annotation


def portray_rows(rows: Iterable[Numbered], model: str) -> Iterator[Answered]:
    """Rate rows of ``{id, sentence, target_start, target_end}`` as ``{id, label, p}``, p being [neg, neu, pos]."""
    annotate = annotator(model)
    for batch in _batches(rows):
        faults = {number: _target_fault(row) for number, row in batch}
        usable = [(number, row) for number, row in batch if not faults[number]]
        targets = {}
        for (number, row), doc in zip(usable, annotate.parse_each([row["sentence"] for _, row in usable]), strict=True):
            if isinstance(doc, Exception):
                faults[number] = f"the sentence could not be parsed ({type(doc).__name__}: {doc})."
            else:
                targets[number] = (doc, row["target_start"], row["target_end"])
        probabilities = rated(portrayal_model(), list(targets.values())).tolist()
        answers = dict(zip(targets, probabilities, strict=True))
        for number, row in batch:
            if number in answers:
                sentiment = Portrayal(0, *answers[number]).sentiment
                yield number, {"id": row["id"], "label": sentiment, "p": answers[number]}
            else:
                yield number, faults[number]


def _target_fault(row: dict[str, Any]) -> str:
    fault = _fault(row, ("sentence",), ("target_start", "target_end"))
    if not fault and not 0 <= row["target_start"] < row["target_end"] <= len(row["sentence"]):
        return "target_start and target_end must mark words of the sentence."
    return fault


def story_rows(rows: Iterable[Numbered]) -> Iterator[Answered]:
    """Group rows of ``{id, text, title?, date?}`` by the event they tell, as ``{id, story_id}``.

    All rows are held at once: which stories there are depends on all of them.
    """
    all_rows = list(rows)
    usable = [(number, row) for number, row in all_rows if not _fault(row, ("text",))]
    texts = [_story_text(row) for _, row in usable]
    numbers = find_stories(texts, embed(texts, encoder()))
    stories = {number: f"story:{story + 1}" for (number, _), story in zip(usable, numbers, strict=True)}
    for number, row in all_rows:
        if number in stories:
            yield number, {"id": row["id"], "story_id": stories[number]}
        else:
            yield number, _fault(row, ("text",))


def _story_text(row: dict[str, Any]) -> StoryText:
    published = parse_date(str(row.get("date") or ""))
    first, last = (day.toordinal() if day else None for day in (published.first, published.last))
    return StoryText(str(row.get("title") or ""), row["text"], first, last)

"""Names, quotes, voices and furniture in the five demonstration articles, against ``seeds.json``, beside spaCy alone.

Figures, in percent. For ``people``, ``organisations``, ``places`` and ``administrations``: F1 of mentions that are
found (the shorter of two spans, or what they share, is at least half of all their characters) and given to the right
entity, by its full name and, for a place, its kind, state and Census code; with their precision and recall; ``_found``
asks only for the right label. ``_spacy`` is spaCy's own entities, each named as it stands, taken for the same where
equal; it knows no administrations. ``furniture`` is F1 of lines, or stated parts of lines. ``quotes`` is F1 of what
stands inside quotation marks and somebody said (four fifths of the characters shared), ``quotes_with_speaker`` counts
a found one only with the right full name, ``attributions`` and ``attributions_with_speaker`` are the same for whole
fragments, indirect ones too. ``voice`` is the share of words in the right voice, ``voice_by_marks`` that of taking all
words inside quotation marks for quoted and all others for narration; ``voice_marked`` asks only what is quoted
and what is furniture.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from evaluation.seed_labels import MARKED, SPOKEN, labelled
from pipeline.build.annotator import annotator
from pipeline.core.annotations import Context
from pipeline.core.word_counts import word_offsets
from store.schema import UNSURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from evaluation.seed_labels import Fragment, Labels, Named, Span

NAME: Final = "seeds"

LABELS: Final = {
    "people": "PERSON",
    "organisations": "ORG",
    "places": "JURISDICTION",
    "administrations": "ADMINISTRATION",
}
SPACY_LABELS: Final = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "JURISDICTION"}

_NAME_OVERLAP: Final = 0.5
_QUOTE_OVERLAP: Final = 0.8
_MARKS: Final = " \n\"'“”‘’"


def available() -> bool:
    """Always: articles and labels are part of the project."""
    return True


@dataclass(frozen=True, slots=True)
class Predicted:
    """What a program says: a span, what kind of thing, and its name. ``place`` is kind, state and Census code."""

    start: int
    end: int
    label: str
    name: str
    place: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Labelled and given things, and which of them belong together: pairs of numbers, and those of the same name."""

    gold: Sequence[Named | Fragment | Predicted]
    predicted: Sequence[Predicted]
    pairs: list[tuple[int, int]]
    right: list[tuple[int, int]]


def plain(name: str) -> str:
    """A name without article, possessive ending and capitals."""
    name = name.casefold().strip(_MARKS).removesuffix("'s").removesuffix("’s")
    for article in ("the ", "a ", "an "):
        name = name.removeprefix(article)
    return name


def pair(gold: Sequence[Span], predicted: Sequence[Span], least: float) -> list[tuple[int, int]]:
    """Numbers of spans that share at least ``least`` of their characters, each with one other, the closest first."""
    close = []
    for i, (start, end) in enumerate(gold):
        for j, (other_start, other_end) in enumerate(predicted):
            shared = min(end, other_end) - max(start, other_start)
            share = shared / (max(end, other_end) - min(start, other_start))
            if share >= least:
                close.append((-share, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(close):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def _inner(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return start, end


def _same_entity(gold: Named, predicted: Predicted) -> bool:
    if plain(predicted.name) not in map(plain, gold.names):
        return False
    if predicted.place is None or not gold.kind:
        return True
    kind, state, fips = predicted.place
    return (kind, state) == (gold.kind, gold.state) and gold.fips in {"", fips}


def _outside(spans: Sequence[Span], predicted: Predicted) -> bool:
    return not any(start <= predicted.start < end for start, end in spans)


def _mentions(doc: Doc) -> Iterator[Predicted]:
    for mention in doc._.mentions:
        if not mention.resolution.startswith("pronoun"):
            entity = doc._.entities[mention.entity_id]
            place = (entity.kind, entity.state, entity.fips)
            yield Predicted(mention.start, mention.end, mention.label, entity.name, place)


def _spacy_mentions(doc: Doc) -> Iterator[Predicted]:
    for ent in doc.ents:
        if ent.label_ in SPACY_LABELS:
            yield Predicted(ent.start_char, ent.end_char, SPACY_LABELS[ent.label_], ent.text)


def _named(labels: Labels, predictions: Iterator[Predicted], label: str) -> Compared:
    gold = [mention for mention in labels.mentions if mention.label == label]
    predicted = [mention for mention in predictions if mention.label == label and _outside(labels.unlabelled, mention)]
    text = labels.article.text
    pairs = pair(
        [_inner(text, mention.start, mention.end) for mention in gold],
        [_inner(text, mention.start, mention.end) for mention in predicted],
        _NAME_OVERLAP,
    )
    return Compared(gold, predicted, pairs, [(i, j) for i, j in pairs if _same_entity(gold[i], predicted[j])])


def _quotes(labels: Labels, doc: Doc, *, whole: bool) -> Compared:
    text = labels.article.text
    kinds = (*SPOKEN, "indirect") if whole else SPOKEN
    gold: list[Fragment] = []
    spans: list[Span] = []
    for fragment in labels.fragments:
        if fragment.kind in kinds:
            parts = [(fragment.start, fragment.end)] if whole else fragment.quoted
            spans += [_inner(text, *part) for part in parts]
            gold += [fragment] * len(parts)
    predicted = [
        Predicted(*_inner(text, *part), quote.kind, quote.speaker)
        for quote in doc._.quotes
        # The labels are of what is shown as somebody's.
        if quote.kind in kinds and quote.status != UNSURE
        for part in ([(quote.start, quote.end)] if whole else quote.quoted)
    ]
    pairs = pair(spans, [(predicted_quote.start, predicted_quote.end) for predicted_quote in predicted], _QUOTE_OVERLAP)
    right = [(i, j) for i, j in pairs if plain(predicted[j].name) in map(plain, gold[i].speakers)]
    gold_spans = [
        Predicted(*span, fragment.kind, fragment.speakers[0]) for span, fragment in zip(spans, gold, strict=True)
    ]
    return Compared(gold_spans, predicted, pairs, right)


def _furniture(labels: Labels, doc: Doc) -> Compared:
    predicted = [Predicted(b.start, b.end, b.reason, "") for b in doc._.blocks if b.kind == "furniture"]
    gold = [Predicted(start, end, "furniture", "") for start, end in labels.furniture]
    pairs = pair(labels.furniture, [(block.start, block.end) for block in predicted], _QUOTE_OVERLAP)
    return Compared(gold, predicted, pairs, pairs)


def _voices(doc: Doc) -> dict[int, str]:
    return {
        passage.start + at: passage.voice
        for passage in doc._.passages
        for at in word_offsets(doc.text[passage.start : passage.end])
    }


def _marked_only(voices: dict[int, str]) -> dict[int, str]:
    return {at: "narration" if voice in {"reported", "headline", "caption"} else voice for at, voice in voices.items()}


def _voices_by_marks(text: str) -> dict[int, str]:
    marked = [match.span() for match in MARKED.finditer(text)]
    return {
        at: "quote" if any(start <= at < end for start, end in marked) else "narration" for at in word_offsets(text)
    }


@lru_cache(maxsize=1)
def _annotated() -> list[tuple[Labels, Doc]]:
    annotate = annotator()
    docs = annotate.parse(labels.article.text for labels in labelled())
    return [
        (labels, annotate.analyse(doc, Context(article.source, article.title, article.published_from)))
        for labels, doc in zip(labelled(), docs, strict=True)
        for article in (labels.article,)
    ]


@lru_cache(maxsize=1)
def compared() -> dict[str, list[Compared]]:
    """What is compared for each figure, an article at a time."""
    rows_by_figure: dict[str, list[Compared]] = {}
    for labels, doc in _annotated():
        article_rows = {name: _named(labels, _mentions(doc), label) for name, label in LABELS.items()}
        for name, label in LABELS.items():
            if label in SPACY_LABELS.values():
                article_rows[f"{name}_spacy"] = _named(labels, _spacy_mentions(doc), label)
        article_rows["furniture"] = _furniture(labels, doc)
        article_rows["quotes"] = _quotes(labels, doc, whole=False)
        article_rows["attributions"] = _quotes(labels, doc, whole=True)
        for name, row in article_rows.items():
            rows_by_figure.setdefault(name, []).append(row)
    return rows_by_figure


def _f1(rows: list[Compared], right: int) -> float:
    return 200 * right / max(1, sum(len(row.gold) + len(row.predicted) for row in rows))


def _share_right(of: Iterator[tuple[dict[int, str], dict[int, str]]]) -> float:
    right = total = 0
    for gold, predicted in of:
        total += len(gold)
        right += sum(predicted.get(at) == voice for at, voice in gold.items())
    return 100 * right / total


@lru_cache(maxsize=1)
def measure() -> dict[str, float]:
    """The figures of all five articles together."""
    figures: dict[str, float] = {}
    for name, rows in compared().items():
        matched, right = (
            sum(len(part) for part in parts) for parts in zip(*((r.pairs, r.right) for r in rows), strict=True)
        )
        if name in {"quotes", "attributions"}:
            figures[name], figures[f"{name}_with_speaker"] = _f1(rows, matched), _f1(rows, right)
            continue
        figures[name] = _f1(rows, right)
        if name in LABELS:
            figures[f"{name}_precision"] = 100 * right / max(1, sum(len(row.predicted) for row in rows))
            figures[f"{name}_recall"] = 100 * right / sum(len(row.gold) for row in rows)
        if name != "furniture":
            figures[f"{name}_found"] = _f1(rows, matched)
    figures["voice"] = _share_right((labels.voices(), _voices(doc)) for labels, doc in _annotated())
    figures["voice_marked"] = _share_right(
        (_marked_only(labels.voices()), _marked_only(_voices(doc))) for labels, doc in _annotated()
    )
    figures["voice_by_marks"] = _share_right(
        (labels.voices(), _voices_by_marks(labels.article.text)) for labels, _ in _annotated()
    )
    return figures


def cases() -> dict[str, int]:
    """Labelled cases behind each figure."""
    counts = {name: sum(len(row.gold) for row in rows) for name, rows in compared().items()}
    words = sum(len(labels.voices()) for labels in labelled())
    return {
        figure: words if figure.startswith("voice") else next(counts[n] for n in _stems(figure) if n in counts)
        for figure in measure()
    }


def _stems(figure: str) -> Iterator[str]:
    parts = figure.split("_")
    for last in range(len(parts), 0, -1):
        yield "_".join(parts[:last])


def _words(text: str, span: Named | Fragment | Predicted) -> str:
    shown = " ".join(text[span.start : span.end].split())
    return shown if len(shown) < 60 else f"{shown[:30]} … {shown[-25:]}"


def _of(span: Predicted | Named | Fragment) -> str:
    if isinstance(span, Predicted):
        place = " ".join(filter(None, span.place or ()))
        return f"{span.name} ({place})" if place else span.name or span.label
    return span.names[0] if hasattr(span, "names") else span.speakers[0]


def errors() -> Iterator[str]:
    """Each disagreement between labels and the pipeline, a line of text each."""
    for name, rows in compared().items():
        if name.endswith("_spacy"):
            continue
        for (labels, _), row in zip(_annotated(), rows, strict=True):
            text, file = labels.article.text, labels.article.origin.rsplit("/")[-1][:3]
            predicted, right = dict(row.pairs), set(row.right)
            taken = set(predicted.values())
            lines = []
            for i, gold in enumerate(row.gold):
                if i not in predicted:
                    lines.append((gold.start, f"missed “{_words(text, gold)}” = {_of(gold)}"))
                elif (i, predicted[i]) not in right:
                    another = row.predicted[predicted[i]]
                    lines.append((gold.start, f"“{_words(text, gold)}” is {_of(gold)}, given {_of(another)}"))
            lines += [
                (span.start, f"wrongly “{_words(text, span)}” = {_of(span)}")
                for j, span in enumerate(row.predicted)
                if j not in taken
            ]
            for start, line in sorted(lines):
                yield f"{name} {file}:{text.count(chr(10), 0, start) + 1} {line}"
    for labels, doc in _annotated():
        yield from _voice_errors(labels, _voices(doc))


def _voice_errors(labels: Labels, predicted: dict[int, str]) -> Iterator[str]:
    text, file = labels.article.text, labels.article.origin.rsplit("/")[-1][:3]
    run: list[int] = []
    what = ("", "")
    for at, gold in [*labels.voices().items(), (len(text), "")]:
        now = (gold, predicted.get(at, "no voice"))
        if run and now != what:
            shown = _words(text, Predicted(run[0], at, "", ""))
            line = text.count("\n", 0, run[0]) + 1
            yield f"voice {file}:{line} {len(run)} words are {what[0]}, given {what[1]}: “{shown}”"
            run = []
        what = now
        if now[0] != now[1] and gold:
            run.append(at)

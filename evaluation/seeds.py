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
class Given:
    """What a program says: a span, what kind of thing, and its name. ``place`` is kind, state and Census code."""

    start: int
    end: int
    label: str
    name: str
    place: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Labelled and given things, and which of them belong together: pairs of numbers, and those of the same name."""

    gold: Sequence[Named | Fragment | Given]
    said: Sequence[Given]
    pairs: list[tuple[int, int]]
    right: list[tuple[int, int]]


def plain(name: str) -> str:
    """A name without article, possessive ending and capitals."""
    name = name.casefold().strip(_MARKS).removesuffix("'s").removesuffix("’s")
    for article in ("the ", "a ", "an "):
        name = name.removeprefix(article)
    return name


def pair(gold: Sequence[Span], said: Sequence[Span], least: float) -> list[tuple[int, int]]:
    """Numbers of spans that share at least ``least`` of their characters, each with one other, the closest first."""
    close = []
    for i, (start, end) in enumerate(gold):
        for j, (other_start, other_end) in enumerate(said):
            shared = min(end, other_end) - max(start, other_start)
            share = shared / (max(end, other_end) - min(start, other_start))
            if share >= least:
                close.append((-share, i, j))
    found: dict[int, int] = {}
    for _, i, j in sorted(close):
        if i not in found and j not in found.values():
            found[i] = j
    return sorted(found.items())


def _inner(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return start, end


def _same_entity(gold: Named, said: Given) -> bool:
    if plain(said.name) not in map(plain, gold.names):
        return False
    if said.place is None or not gold.kind:
        return True
    kind, state, fips = said.place
    return (kind, state) == (gold.kind, gold.state) and gold.fips in {"", fips}


def _outside(spans: Sequence[Span], given: Given) -> bool:
    return not any(start <= given.start < end for start, end in spans)


def _mentions(doc: Doc) -> Iterator[Given]:
    for mention in doc._.mentions:
        if mention.resolution != "pronoun":
            entity = doc._.entities[mention.entity_id]
            place = (entity.kind, entity.state, entity.fips)
            yield Given(mention.start, mention.end, mention.label, entity.name, place)


def _spacy_mentions(doc: Doc) -> Iterator[Given]:
    for ent in doc.ents:
        if ent.label_ in SPACY_LABELS:
            yield Given(ent.start_char, ent.end_char, SPACY_LABELS[ent.label_], ent.text)


def _named(labels: Labels, given: Iterator[Given], label: str) -> Compared:
    gold = [one for one in labels.mentions if one.label == label]
    said = [one for one in given if one.label == label and _outside(labels.unlabelled, one)]
    text = labels.article.text
    pairs = pair(
        [_inner(text, one.start, one.end) for one in gold],
        [_inner(text, one.start, one.end) for one in said],
        _NAME_OVERLAP,
    )
    return Compared(gold, said, pairs, [(i, j) for i, j in pairs if _same_entity(gold[i], said[j])])


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
    said = [
        Given(*_inner(text, *part), quote.kind, quote.speaker)
        for quote in doc._.quotes
        if quote.kind in kinds
        for part in ([(quote.start, quote.end)] if whole else quote.quoted)
    ]
    pairs = pair(spans, [(one.start, one.end) for one in said], _QUOTE_OVERLAP)
    right = [(i, j) for i, j in pairs if plain(said[j].name) in map(plain, gold[i].speakers)]
    gold_spans = [Given(*span, one.kind, one.speakers[0]) for span, one in zip(spans, gold, strict=True)]
    return Compared(gold_spans, said, pairs, right)


def _furniture(labels: Labels, doc: Doc) -> Compared:
    said = [Given(b.start, b.end, b.reason, "") for b in doc._.blocks if b.kind == "furniture"]
    gold = [Given(start, end, "furniture", "") for start, end in labels.furniture]
    pairs = pair(labels.furniture, [(one.start, one.end) for one in said], _QUOTE_OVERLAP)
    return Compared(gold, said, pairs, pairs)


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
    found: dict[str, list[Compared]] = {}
    for labels, doc in _annotated():
        rows = {name: _named(labels, _mentions(doc), label) for name, label in LABELS.items()}
        for name, label in LABELS.items():
            if label in SPACY_LABELS.values():
                rows[f"{name}_spacy"] = _named(labels, _spacy_mentions(doc), label)
        rows["furniture"] = _furniture(labels, doc)
        rows["quotes"] = _quotes(labels, doc, whole=False)
        rows["attributions"] = _quotes(labels, doc, whole=True)
        for name, row in rows.items():
            found.setdefault(name, []).append(row)
    return found


def _f1(rows: list[Compared], right: int) -> float:
    return 200 * right / max(1, sum(len(row.gold) + len(row.said) for row in rows))


def _share_right(of: Iterator[tuple[dict[int, str], dict[int, str]]]) -> float:
    right = total = 0
    for gold, said in of:
        total += len(gold)
        right += sum(said.get(at) == voice for at, voice in gold.items())
    return 100 * right / total


@lru_cache(maxsize=1)
def measure() -> dict[str, float]:
    """The figures of all five articles together."""
    figures: dict[str, float] = {}
    for name, rows in compared().items():
        found, right = (
            sum(len(part) for part in parts) for parts in zip(*((r.pairs, r.right) for r in rows), strict=True)
        )
        if name in {"quotes", "attributions"}:
            figures[name], figures[f"{name}_with_speaker"] = _f1(rows, found), _f1(rows, right)
            continue
        figures[name] = _f1(rows, right)
        if name in LABELS:
            figures[f"{name}_precision"] = 100 * right / max(1, sum(len(row.said) for row in rows))
            figures[f"{name}_recall"] = 100 * right / sum(len(row.gold) for row in rows)
        if name != "furniture":
            figures[f"{name}_found"] = _f1(rows, found)
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


def _words(text: str, one: Named | Fragment | Given) -> str:
    shown = " ".join(text[one.start : one.end].split())
    return shown if len(shown) < 60 else f"{shown[:30]} … {shown[-25:]}"


def _of(one: Given | Named | Fragment) -> str:
    if isinstance(one, Given):
        place = " ".join(filter(None, one.place or ()))
        return f"{one.name} ({place})" if place else one.name or one.label
    return one.names[0] if hasattr(one, "names") else one.speakers[0]


def errors() -> Iterator[str]:
    """Each disagreement between labels and the pipeline, a line of text each."""
    for name, rows in compared().items():
        if name.endswith("_spacy"):
            continue
        for (labels, _), row in zip(_annotated(), rows, strict=True):
            text, file = labels.article.text, labels.article.origin.rsplit("/")[-1][:3]
            said, right = dict(row.pairs), set(row.right)
            taken = set(said.values())
            lines = []
            for i, gold in enumerate(row.gold):
                if i not in said:
                    lines.append((gold.start, f"missed “{_words(text, gold)}” = {_of(gold)}"))
                elif (i, said[i]) not in right:
                    other = row.said[said[i]]
                    lines.append((gold.start, f"“{_words(text, gold)}” is {_of(gold)}, given {_of(other)}"))
            lines += [
                (one.start, f"wrongly “{_words(text, one)}” = {_of(one)}")
                for j, one in enumerate(row.said)
                if j not in taken
            ]
            for start, line in sorted(lines):
                yield f"{name} {file}:{text.count(chr(10), 0, start) + 1} {line}"
    for labels, doc in _annotated():
        yield from _voice_errors(labels, _voices(doc))


def _voice_errors(labels: Labels, said: dict[int, str]) -> Iterator[str]:
    text, file = labels.article.text, labels.article.origin.rsplit("/")[-1][:3]
    run: list[int] = []
    what = ("", "")
    for at, gold in [*labels.voices().items(), (len(text), "")]:
        now = (gold, said.get(at, "no voice"))
        if run and now != what:
            shown = _words(text, Given(run[0], at, "", ""))
            line = text.count("\n", 0, run[0]) + 1
            yield f"voice {file}:{line} {len(run)} words are {what[0]}, given {what[1]}: “{shown}”"
            run = []
        what = now
        if now[0] != now[1] and gold:
            run.append(at)

"""Who and what is named in articles drawn at random, against labels made by reading, beside plain spaCy.

``identity_dev.json`` and ``identity_test.json`` hold, for each article, rows of start, end, label, identity and, for
some, a flag. The texts are those of ``immigration.jsonl.gz`` in the folder ``corpus`` beside that of the labelled sets.

Figures, in percent, for people, organisations, jurisdictions and administrations: ``_found`` is F1 of mentions, where
span (but for what ``identity_names`` leaves out) and label are right; the figure without it asks for the right identity
too; each has its ``_precision`` and ``_recall``. ``_spacy`` is spaCy's own entities, each named as it stands, the same
where the words are equal; it knows no administrations, and its places need not tell a state from a city.

Labels flagged ``title`` (an office standing for its holder), ``adjective`` (a word for a people: Mexican) and
``members`` (Republicans) count neither as missed nor, where a mention of that label stands on them, as wrong; where
they are ``optional``, nor does a mention of another label. ``metonym`` counts like any other. Nor is a mention wrong that stands in
what the pipeline sets aside as furniture and counts nowhere.

``python -m evaluation.identity`` prints this of the articles that rules were tuned on, ``--errors`` with where
they differ, and ``--once`` of those kept for a single look at the end: ``test``, ``fresh``, or ``administrations``, in
which these alone are labelled. ``--write`` keeps the figures of that look.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table

from evaluation.identity_names import Identity, inner, same, same_words
from evaluation.looks import Look
from evaluation.sets import corpus, corpus_rows, parsed
from pipeline.build.annotator import ANALYSES, annotator
from pipeline.core.annotations import Context
from pipeline.readers.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc

NAME: Final = "identity"
NEEDED: Final = ANALYSES[: ANALYSES.index("references") + 1]

KINDS: Final = {
    "people": "PERSON",
    "organisations": "ORG",
    "jurisdictions": "JURISDICTION",
    "administrations": "ADMINISTRATION",
}
FLAGS: Final = ("", "title", "adjective", "members", "metonym", "optional")

_SPACY: Final = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "JURISDICTION"}
_NOT_COUNTED: Final = frozenset(["title", "adjective", "members", "optional"])


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled mention."""

    start: int
    end: int
    label: str
    identity: str
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Predicted:
    """A mention a program found. One that is ``set_aside`` is shown and counted nowhere."""

    start: int
    end: int
    label: str
    identity: Identity
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """Labels and mentions of one kind in one text: pairs of the same span, and those of the same identity."""

    gold: list[Label]
    predicted: list[Predicted]
    matched: list[tuple[Label, Predicted]]
    right: list[tuple[Label, Predicted]]


@dataclass(frozen=True, slots=True)
class Article:
    """A text, what else is known of it, and its labels."""

    article_id: str
    text: str
    context: Context
    labels: list[Label]


def labels_file(part: str) -> Path:
    """The labels of ``part``: ``dev``, ``test``, ``fresh`` or ``administrations``."""
    return Path(__file__).with_name(f"identity_{part}.json")


def kinds(part: str) -> dict[str, str]:
    """The figures of ``part`` with the label of each."""
    return {part: KINDS[part]} if part in KINDS else KINDS


def available(part: str = "dev") -> bool:
    """Whether the texts and the labels are there."""
    return corpus().is_file() and labels_file(part).is_file()


def read_labels(file: Path, texts: dict[str, Any]) -> Iterator[Article]:
    """The labelled articles. ``texts`` has the row of each article, by its id.

    Raises:
        ValueError: a label names no known kind or flag, or does not stand within its text; names the file and label.
    """
    for article_id, rows in json.loads(file.read_text(encoding="utf-8"))["articles"].items():
        row = texts.get(article_id)
        if row is None:
            message = f"{file.name}: the corpus has no article {article_id}; remove it or mend its id."
            raise ValueError(message)
        labels = [Label(*fields) for fields in rows]
        for label in labels:
            is_known = label.label in KINDS.values() and label.flag in FLAGS
            if not is_known or not 0 <= label.start < label.end <= len(row["text"]):
                message = f"{file.name}, article {article_id}: {label} is no label of this text; mend it."
                raise ValueError(message)
        context = Context(row["source"], row.get("title") or "", parse_date(row.get("date") or "").first)
        yield Article(article_id, row["text"], context, labels)


@lru_cache(maxsize=2)
def labelled(part: str = "dev") -> list[Article]:
    """The labelled articles of ``part``."""
    return list(read_labels(labels_file(part), corpus_rows()))


def compare(
    article: Article, mentions: Sequence[Predicted], label: str, equal: Callable[[str, str, Identity], bool]
) -> Result:
    """Compare what a program says of the kind ``label`` with the labels."""
    spans: dict[tuple[int, int], Label] = {}
    free: list[Label] = []
    for gold_label in article.labels:
        if gold_label.flag in _NOT_COUNTED:
            free.append(gold_label)
        elif gold_label.label == label:
            spans[inner(article.text, gold_label.start, gold_label.end, label)] = gold_label
    predicted, matched = [], []
    for mention in mentions:
        if mention.label != label:
            continue
        gold = spans.get(inner(article.text, mention.start, mention.end, label))
        if gold is not None:
            matched.append((gold, mention))
        elif mention.set_aside or any(
            passed_over.start < mention.end
            and mention.start < passed_over.end
            and (passed_over.flag == "optional" or passed_over.label == label)
            for passed_over in free
        ):
            continue
        predicted.append(mention)
    right = [(gold, mention) for gold, mention in matched if equal(label, gold.identity, mention.identity)]
    return Result(list(spans.values()), predicted, matched, right)


def pipeline_mentions(doc: Doc) -> list[Predicted]:
    """What the pipeline found in ``doc``, pronouns left out; what stands in furniture is ``set_aside``."""
    furniture = [block for block in doc._.blocks if block.kind == "furniture"]
    mentions = []
    for mention in doc._.mentions:
        if not mention.resolution.startswith("pronoun"):
            entity = doc._.entities[mention.entity_id]
            identity = Identity(entity.name, entity.kind, entity.state, entity.fips)
            aside = any(block.start <= mention.start < block.end for block in furniture)
            mentions.append(Predicted(mention.start, mention.end, mention.label, identity, aside))
    return mentions


def spacy_mentions(doc: Doc) -> list[Predicted]:
    """What spaCy alone found in ``doc``, each named as it stands."""
    return [
        Predicted(ent.start_char, ent.end_char, _SPACY[ent.label_], Identity(ent.text))
        for ent in doc.ents
        if ent.label_ in _SPACY
    ]


@lru_cache(maxsize=2)
def compared(part: str = "dev") -> dict[str, list[Result]]:
    """Labels and answers by figure, an article at a time."""
    annotate = annotator()
    analyses = [annotate.nlp.get_pipe(name) for name in NEEDED]
    results: dict[str, list[Result]] = {}
    articles = labelled(part)
    for article, parse in zip(articles, parsed((article.text for article in articles), f"{NAME}-{part}"), strict=True):
        alone, doc = spacy_mentions(parse), parse
        doc._.context = article.context
        for analysis in analyses:
            doc = analysis(doc)
        ours = pipeline_mentions(doc)
        for name, label in kinds(part).items():
            results.setdefault(name, []).append(compare(article, ours, label, same))
            if label in _SPACY.values():
                results.setdefault(f"{name}_spacy", []).append(compare(article, alone, label, same_words))
    return results


def score(results: dict[str, list[Result]]) -> dict[str, float]:
    """Precision, recall and F1, in percent, of mentions and of identities."""
    figures: dict[str, float] = {}
    for name, rows in results.items():
        gold, predicted, matched, right = (
            sum(len(part) for part in parts)
            for parts in zip(*((row.gold, row.predicted, row.matched, row.right) for row in rows), strict=True)
        )
        for ending, hits in (("", right), ("_found", matched)):
            figures[f"{name}{ending}"] = 200 * hits / max(1, gold + predicted)
            figures[f"{name}{ending}_precision"] = 100 * hits / max(1, predicted)
            figures[f"{name}{ending}_recall"] = 100 * hits / max(1, gold)
    return figures


def measure() -> dict[str, float]:
    """The figures of the articles that rules were tuned on."""
    return score(compared())


def cases(part: str = "dev") -> dict[str, int]:
    """Labelled mentions behind each figure."""
    counts: Counter[str] = Counter(
        gold_label.label
        for article in labelled(part)
        for gold_label in article.labels
        if gold_label.flag not in _NOT_COUNTED
    )
    return {
        f"{name}{by}{of}{figure}": counts[label]
        for name, label in kinds(part).items()
        for by in ("", "_spacy")
        for of in ("", "_found")
        for figure in ("", "_precision", "_recall")
    }


def errors(part: str = "dev") -> Iterator[str]:
    """Each difference between labels and the pipeline, a line of text each, after its class."""
    results = compared(part)
    for i, article in enumerate(labelled(part)):
        for name in kinds(part):
            row = results[name][i]
            hit, right = [gold for gold, _ in row.matched], {id(mention) for _, mention in row.right}
            lines = [
                (gold_label.start, f"missed “{_shown(article, gold_label)}” = {gold_label.identity}")
                for gold_label in row.gold
                if gold_label not in hit
            ]
            lines += [
                (gold.start, f"misnamed “{_shown(article, gold)}” is {gold.identity}, given {mention.identity.name}")
                for gold, mention in row.matched
                if id(mention) not in right
            ]
            matched = {id(mention) for _, mention in row.matched}
            lines += [
                (predicted.start, f"wrong “{_shown(article, predicted)}” = {predicted.identity.name}")
                for predicted in row.predicted
                if id(predicted) not in matched
            ]
            for start, line in sorted(lines):
                yield f"{name} {article.article_id}:{start} {line}"


def _shown(article: Article, mention: Label | Predicted) -> str:
    return " ".join(article.text[mention.start : mention.end].split())


def _table(title: str, figures: dict[str, float], counts: dict[str, int]) -> Table:
    heads = [f"{of} {figure}" for of in ("found", "named") for figure in ("P", "R", "F1")]
    table = Table("kind", "by", "cases", *heads, title=title)
    for name in KINDS:
        for by, ending in (("Framelens", ""), ("spaCy", "_spacy")):
            row = f"{name}{ending}"
            if row not in figures:
                continue
            keys = [f"{row}{of}{figure}" for of in ("_found", "") for figure in ("_precision", "_recall", "")]
            table.add_row(name, by, str(counts[row]), *(f"{figures[key]:.1f}" for key in keys))
    return table


def main() -> None:
    """Print the figures of one set of articles."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.identity", description=main.__doc__)
    parser.add_argument("--once", choices=("test", "fresh", "administrations"), help="articles kept for a single look")
    parser.add_argument("--errors", action="store_true", help="print where labels and pipeline differ")
    parser.add_argument("--write", action="store_true", help="with --once: keep the figures for the methods page")
    arguments = parser.parse_args()
    part, console = arguments.once or "dev", Console(width=120)
    if not available(part):
        console.print(f"Skipped: {corpus()} or {labels_file(part)} is not there. Set FRAMELENS_EVAL.")
        return
    figures, counts = score(compared(part)), cases(part)
    console.print(_table(f"{len(labelled(part))} articles, {part}", figures, counts))
    classes = Counter(" ".join(line.split()[::2][:2]) for line in errors(part))
    console.print(", ".join(f"{name}: {count}" for name, count in sorted(classes.items())))
    if arguments.errors:
        for line in errors(part):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    if arguments.write and arguments.once:
        Look.at(part).write(figures, counts, len(labelled(part)), datetime.now(UTC).date())


if __name__ == "__main__":
    main()

"""Who is addressed: 200 attributions of the immigration corpus, drawn at random and labelled by reading; no text is kept.

110 were drawn among cues near "to", "before", "with", "for" or "at", 90 among verbs of telling and words beside a letter or an
interview. ``found`` is the F1 of the words for who is addressed, in percent: right when they overlap the labelled ones by half
of the characters in either. ``precision`` and ``recall`` are its parts. The lists of words were mended after the 200 were read.

Each is looked at in its paragraph and those before and after it: whole articles are thirteen times as many words to parse, and
all 200 answers were the same in them.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evaluation.quotes import annotate
from evaluation.sets import corpus, parsed
from pipeline.core.annotations import lines
from pipeline.readers import read_sources
from pipeline.readers.article import Article

if TYPE_CHECKING:
    from pipeline.core.annotations import Quote

NAME: Final = "addressees"
_LABELS: Final = Path(__file__).parent / "addressees.json"
_OVERLAP: Final = 0.5

Label = tuple[int, int, int | None, int | None]


def available() -> bool:
    """Whether the corpus is there."""
    return corpus().is_file()


def labels() -> dict[str, list[Label]]:
    """By article: first and last character of a cue, and of the words for who is addressed or two times None."""
    articles: dict[str, list[Label]] = json.loads(_LABELS.read_text(encoding="utf-8"))["articles"]
    return articles


def agree(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two spans share half of the characters in either."""
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return shared >= _OVERLAP * (max(first[1], second[1]) - min(first[0], second[0]))


def score(articles: list[tuple[list[Label], list[Quote]]]) -> dict[str, float]:
    """The figures, for the labels of each article and the quotes found in it."""
    right = predicted = gold = 0
    for labelled, quotes in articles:
        addressees = {
            quote.cue_start: (quote.addressee_start, quote.addressee_end)
            for quote in quotes
            if quote.addressee_start is not None and quote.addressee_end is not None
        }
        for cue, _, start, end in labelled:
            gold += start is not None
            predicted += cue in addressees
            right += (
                start is not None and end is not None and cue in addressees and agree((start, end), addressees[cue])
            )
    return {
        "found": 200 * right / max(1, gold + predicted),
        "precision": 100 * right / max(1, predicted),
        "recall": 100 * right / max(1, gold),
    }


def around(text: str, label: Label) -> tuple[str, Label]:
    """The paragraph of a cue with the one before and the one after it, and the label by offsets into these."""
    paragraphs = lines(text)
    own = next(number for number, (_, end) in enumerate(paragraphs) if label[0] < end)
    first = paragraphs[max(0, own - 1)][0]
    last = paragraphs[min(own + 1, len(paragraphs) - 1)][1]
    cue, end, *addressed = label
    start, stop = (None if at is None else at - first for at in addressed)
    return text[first:last], (cue - first, end - first, start, stop)


@lru_cache(maxsize=1)
def measure() -> dict[str, float]:
    """The figures on the labelled attributions."""
    labels_by_article = labels()
    passages = [
        around(article.text, label)
        for article in read_sources([corpus()])
        if isinstance(article, Article)
        for label in labels_by_article.get(article.article_id, ())
    ]
    docs = annotate(parsed((text for text, _ in passages), NAME))
    return score([([label], doc._.quotes) for (_, label), doc in zip(passages, docs, strict=True)])


def cases() -> dict[str, int]:
    """Labelled attributions that are addressed to somebody."""
    addressed = sum(label[2] is not None for row in labels().values() for label in row)
    return {"found": addressed}

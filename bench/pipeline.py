"""What all analyses cost beside the parse they read: CPU time of the whole pipeline against spaCy alone, in one run.

    python -m bench.pipeline [TEXTS.jsonl]

``TEXTS`` has rows with ``text`` and, if known, ``source`` and ``title`` (may be gzipped); without it the demonstration
articles are read several times over. Rounds alternate between the two, so that a busy machine slows both; the figures
are medians.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any, Final

import spacy

from pipeline import DEFAULT_MODEL
from pipeline.build.annotator import ANALYSES, annotator
from pipeline.core.annotations import Context
from pipeline.core.parse import BATCH_SIZE
from pipeline.models.memory import keep_what_is_loaded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

    Article = tuple[str, Context]

SEEDS: Final = Path(__file__).parent.parent / "seeds"
COPIES: Final = 4
WHOLE: Final = "whole"
PARSE: Final = "parse"
# What it takes to tell who speaks: the quotes, and all that they read.
WHO_SPEAKS: Final = ANALYSES[: ANALYSES.index("quotes") + 1]


def seeds() -> list[Article]:
    """The demonstration articles, several times over."""
    return [(path.read_text("utf-8"), Context()) for path in sorted(SEEDS.glob("*.txt"))] * COPIES


def rows_of(path: Path, limit: int) -> list[dict[str, Any]]:
    """The first ``limit`` rows of a JSON-lines file, but for those without a text."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line, _ in zip(lines, range(limit), strict=False)]
    return [row for row in rows if row.get("text")]


def articles_of(path: Path, limit: int) -> list[Article]:
    """The first ``limit`` articles of a JSON-lines file."""
    rows = rows_of(path, limit)
    return [(row["text"], Context(row.get("source") or "", row.get("title") or "")) for row in rows]


def bare_round(nlp: Language, articles: Sequence[Article]) -> float:
    """CPU seconds of the parse alone."""
    start = process_time()
    for _ in nlp.pipe((text for text, _ in articles), batch_size=BATCH_SIZE):
        pass
    return process_time() - start


def whole_round(model: str, articles: Sequence[Article]) -> dict[str, float]:
    """CPU seconds of the whole, of the parse in it, and of each analysis."""
    annotate = annotator(model)
    analyses = [(name, annotate.nlp.get_pipe(name)) for name in ANALYSES]
    spent = dict.fromkeys((WHOLE, PARSE, *ANALYSES), 0.0)
    start = process_time()
    for doc, (_, context) in zip(annotate.parse([text for text, _ in articles]), articles, strict=True):
        doc._.context = context
        before = process_time()
        for name, analysis in analyses:
            analysis(doc)
            after = process_time()
            spent[name] += after - before
            before = after
    spent[WHOLE] = process_time() - start
    spent[PARSE] = spent[WHOLE] - sum(spent[name] for name in ANALYSES)
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "texts", nargs="?", type=Path, help="a JSON-lines file; the demonstration articles unless given"
    )
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--limit", type=int, default=100, help="articles read of the file")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    arguments = parser.parse_args()
    articles = articles_of(arguments.texts, arguments.limit) if arguments.texts else seeds()
    bare = spacy.load(arguments.model, exclude=["lemmatizer"])

    # Both read every text once unmeasured: word lists are loaded and the vocabulary is filled.
    bare_round(bare, articles)
    whole_round(arguments.model, articles)
    keep_what_is_loaded()  # as workers do after their first batch
    rounds = [(bare_round(bare, articles), whole_round(arguments.model, articles)) for _ in range(arguments.repeats)]

    ratios = [whole[WHOLE] / alone for alone, whole in rounds]
    alone = median(alone for alone, _ in rounds)
    words = sum(len(text.split()) for text, _ in articles)
    print(
        f"{len(articles)} articles, {words:,} words, {arguments.model}, batches of {BATCH_SIZE}, "
        f"{arguments.repeats} rounds"
    )
    print(
        f"spaCy alone      {1000 * alone / len(articles):8.1f} ms an article {words / alone:8,.0f} words a CPU-second"
    )
    print(f"Framelens        {median(ratios):8.2f} times spaCy alone (rounds {min(ratios):.2f} to {max(ratios):.2f})")
    for name in (PARSE, *ANALYSES):
        share = median(whole[name] / alone for alone, whole in rounds)
        print(f"  {name:15}{100 * share:8.1f} % of spaCy alone")
    share = median(sum(whole[name] for name in WHO_SPEAKS) / alone for alone, whole in rounds)
    print(f"Who speaks       {100 * share:8.1f} % of spaCy alone: {', '.join(WHO_SPEAKS)}")


if __name__ == "__main__":
    main()

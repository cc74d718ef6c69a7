"""What every article that is already there costs a build that adds one: CPU time of the steps that look at all.

    python -m bench.growth TEXTS.jsonl [--sizes 500 1000 2000 4000] [--files lines table folder]

``TEXTS`` has rows with ``text`` (may be gzipped). Articles are made of them: sentences of one and of twelve others by
turns, so that words are as common as in the texts and no two tell the same; one in three is told again with half of its
sentences, as another outlet would. Meanings are drawn by headline: making vectors is a cost of new articles alone.

Steps: *plan* reads the sources, of which an earlier build has read all articles but the last, and compares keys; *new*
reads them once more for the last, as a build does. Sources are one file of JSON lines, one table (CSV), or a folder
with a text file for each article, as ``--files`` says.
*stories* finds which articles tell one event, when the same was done without the last article before. *anew* is the
same when nothing was. What was annotated, and the facts of stories whose articles did not change, cost nothing then.
Set OPENBLAS_NUM_THREADS=1, as builds do.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
import zlib
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from bench.pipeline import rows_of
from pipeline.build.build import plan, readings
from pipeline.build.comparison_file import ComparisonFile
from pipeline.readers.article import Article
from pipeline.readers.sources import look
from pipeline.stories.clustering import find_stories
from pipeline.stories.pair_features import StoryText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WIDTH: Final = 384
AGAIN: Final = 3
OTHERS: Final = 12
APART: Final = 0.5
DAYS: Final = 700


def invented(
    rows: Sequence[dict[str, Any]], size: int, seed: int = 0, sentences_of_own: int = OTHERS
) -> list[dict[str, Any]]:
    """So many articles made of others: of each no more than so many sentences of its own, and as many of others."""
    chance = np.random.default_rng(seed)
    split = [row["text"].split(". ") for row in rows]
    articles: list[dict[str, Any]] = []
    while len(articles) < size:
        chosen, *others = chance.integers(0, len(rows), sentences_of_own + 1).tolist()
        own_sentences = [split[chosen][number] for number in chance.permutation(len(split[chosen]))[:sentences_of_own]]
        drawn = [split[donor][chance.integers(len(split[donor]))] for donor in others]
        sentences = [part for pair in zip(own_sentences, drawn, strict=False) for part in pair]
        day = date(2018, 1, 1) + timedelta(days=int(chance.integers(0, DAYS)))
        title = " ".join(word for part in sentences[:2] for word in part.split()[:5])
        tellings = [sentences, sentences[::2]] if len(articles) % AGAIN == 0 else [sentences]
        for number, kept_sentences in enumerate(tellings):
            row = {"title": title, "text": ". ".join(kept_sentences), "date": str(day), "source": f"Outlet {number}"}
            articles.append(row | {"id": str(len(articles))})
    return articles[:size]


def meanings(texts: Sequence[StoryText]) -> NDArray[np.float32]:
    """Vectors ``(articles, 2, 384)`` of length 1 in the place of an encoder's: near each other under one headline."""
    vectors = np.zeros((len(texts), 2, WIDTH), np.float32)
    for row, text in enumerate(texts):
        for words, share in ((text.headline, 1.0), (text.text, APART)):
            chance = np.random.default_rng(zlib.crc32(words.encode()))
            vectors[row] += share * chance.normal(size=(2, WIDTH)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=2, keepdims=True)


def as_lines(rows: Sequence[dict[str, Any]], place: Path) -> Path:
    """The articles as one file of JSON lines."""
    source = place / "articles.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return source


def as_table(rows: Sequence[dict[str, Any]], place: Path) -> Path:
    """The articles as one table."""
    source = place / "articles.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return source


def as_folder(rows: Sequence[dict[str, Any]], place: Path) -> Path:
    """The articles as text files, a folder for each outlet."""
    source = place / "articles"
    for row in rows:
        path = source / row["source"] / f"{row['id']}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(f"Title: {row['title']}\nDate: {row['date']}\n\n{row['text']}\n", "utf-8")
    return source


FILES: Final = {"lines": as_lines, "table": as_table, "folder": as_folder}


def seconds(rows: Sequence[dict[str, Any]], files: str) -> dict[str, float]:
    """CPU seconds of each step, with ``rows`` for the whole corpus in ``files`` of a kind."""
    spent = {}
    with tempfile.TemporaryDirectory() as folder:
        (place := Path(folder) / "sources").mkdir()
        keys: dict[str, str] = {}
        for name, held in (("plan anew", rows[:-1]), ("plan", rows)):
            source = FILES[files](held, place)
            with readings(Path(folder)):
                began = process_time()
                planned = plan([source], keys, "bench")
                spent[name] = process_time() - began
                keys = planned.keys
                if name == "plan":
                    waiting = set(planned.stale)
                    for item in look([source], None, waiting, planned.origins):
                        if isinstance(item, Article):
                            waiting.discard(item.article_id)
                            if not waiting:
                                break
                    spent["new"] = process_time() - began - spent[name]
        texts = []
        for row in rows:
            day = date.fromisoformat(row["date"]).toordinal()
            texts.append(StoryText(row["title"], row["text"][:2000], day, day))
        vectors = meanings(texts)
        for name, end in (("stories anew", len(texts) - 1), ("stories", len(texts))):
            began = process_time()
            find_stories(texts[:end], vectors[:end], ComparisonFile(Path(folder), "bench"))
            spent[name] = process_time() - began
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 1000, 2000, 4000])
    parser.add_argument("--files", choices=list(FILES), nargs="+", default=["lines"])
    arguments = parser.parse_args()
    rows = rows_of(arguments.texts, max(arguments.sizes))
    seconds(invented(rows, 50), "lines")  # word lists are loaded
    for size in arguments.sizes:
        articles = invented(rows, size)
        for files in arguments.files:
            spent = seconds(articles, files)
            costs = ", ".join(f"{name} {1000 * of_step / size:.3f} ms" for name, of_step in spent.items())
            print(f"{size:6,} articles, {files}: {costs} for each of them", flush=True)


if __name__ == "__main__":
    main()

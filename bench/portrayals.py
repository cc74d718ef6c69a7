"""What rating a target costs: the network against VADER, on the same sentences in one run.

    python -m bench.portrayals [TEXTS.jsonl]

Every person that spaCy names in ``TEXTS`` (rows with ``text``, may be gzipped; the demonstration articles unless given)
is rated in its sentence. The parse is not counted. Figures are medians of rounds on one thread.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from bench.pipeline import articles_of, seeds
from pipeline.core.parse import load_model
from pipeline.language.vader import tone
from pipeline.portrayals.network import NetworkPortrayal

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.portrayals.model import Target


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--limit", type=int, default=20, help="articles read of the file")
    arguments = parser.parse_args()
    articles = articles_of(arguments.texts, arguments.limit) if arguments.texts else seeds()[:5]
    docs = load_model().pipe(text for text, _ in articles)
    targets: list[Target] = [
        (person.sent, person.start_char, person.end_char)
        for doc in docs
        for person in doc.ents
        if person.label_ == "PERSON"
    ]
    network = NetworkPortrayal()
    rivals: dict[str, Callable[[], object]] = {
        "network": lambda: network.probabilities(targets),
        "VADER, no target": lambda: [tone(sentence.text) for sentence, _, _ in targets],
    }
    spent: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(arguments.repeats):
        for name, run in rivals.items():
            start = process_time()
            run()
            spent[name].append(process_time() - start)
    print(f"{len(targets):,} targets in {len(articles)} articles, {arguments.repeats} rounds")
    for name, seconds in spent.items():
        times = median(
            rival_seconds / vader_seconds
            for rival_seconds, vader_seconds in zip(seconds, spent["VADER, no target"], strict=True)
        )
        print(f"{name:18}{len(targets) / median(seconds):8,.0f} targets a CPU-second, {times:6.1f} times VADER")


if __name__ == "__main__":
    main()

"""What one changed article costs in the step of a build that finds stories: CPU time against finding all of them anew.

    python -m bench.stories DATA

``DATA`` is a data folder that was built with this version; it is copied and nothing is written to it. Both times are of
the same articles in one run, the one that was taken out aside.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from pipeline import DEFAULT_MODEL
from pipeline.build.build import parses_from, versions
from pipeline.build.cache import ParseCache, VectorCache
from pipeline.build.comparison_file import ComparisonFile
from pipeline.core.embedding import encoder, encoder_id
from pipeline.stories.write import write_stories
from store.snapshot.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence


def seconds(data: Path, gone: Sequence[str], model: str, *, anew: bool) -> float:
    """CPU seconds of finding stories in ``data`` without the articles ``gone``; ``anew`` keeps nothing of before."""
    made_with = versions(model)
    cache, vectors = ParseCache(data / "parses.sqlite"), VectorCache(data / "vectors.sqlite", encoder, encoder_id())
    try:
        with Writer.open(data, versions=made_with) as writer:
            writer.replace(set(gone), {})
            began = process_time()
            parses = parses_from(cache, made_with["parser"], model)
            memory = None if anew else ComparisonFile(data, made_with["stories"])
            write_stories(writer, {}, vectors, parses, version=made_with["stories"], anew=anew, memory=memory)
            return process_time() - began
    finally:
        cache.close()
        vectors.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(arguments.data, data)
        with Writer.open(data, versions=versions(arguments.model)) as writer:
            rows = writer.coming("articles", ("article_id", "story_id")).to_pylist()
        in_stories = [row for row in rows if row["story_id"]]
        changed = [in_stories[len(in_stories) // 2]["article_id"]] if in_stories else []
        seconds(data, changed, arguments.model, anew=True)  # word lists are loaded, texts encoded
        anew, once_more = (seconds(data, changed, arguments.model, anew=anew) for anew in (True, False))
    print(f"{len(rows)} articles, {len({row['story_id'] for row in in_stories})} stories of {len(in_stories)} articles")
    print(f"all stories anew           {1000 * anew / len(rows):8.1f} ms an article")
    print(
        f"one article changed        {1000 * once_more / len(rows):8.1f} ms an article: "
        f"{once_more / anew:.2f} of finding all"
    )


if __name__ == "__main__":
    main()

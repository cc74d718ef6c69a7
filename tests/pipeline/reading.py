"""What tests of reading share: files of articles, and what is read of them."""

import csv
import json
from pathlib import Path

from pipeline.readers import read_sources
from pipeline.readers.article import Article, Problem

TEXT = "The roof of the jail fell in. Nobody was hurt."


# Doubts that nearly every short sample gives; readers/test_doubts.py is about them.
EXPECTED = {"outlet-from-folder", "no-date", "no-outlet", "no-title", "hidden-files"}


def read(*paths: Path):
    """Articles and problems of the paths, apart; without the doubts that a sample of two sentences always gives."""
    found = [x for x in read_sources(paths) if isinstance(x, Article) or x.code not in EXPECTED]
    return [x for x in found if isinstance(x, Article)], [x for x in found if isinstance(x, Problem)]


def problems(*paths: Path):
    return [(p.code, p.origin_row, p.used) for p in read(*paths)[1]]


def json_lines(path, *records: object):
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in records), "utf-8")
    return path


def table(path, *rows: list[str]):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path

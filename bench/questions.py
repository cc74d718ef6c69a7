"""What the questions behind the pages cost, against pandas in memory and an indexed SQLite file, in one run.

    python -m bench.questions DATA [--repeats N] [--rivals pandas,sqlite]

DATA is a built folder, or a large one of ``bench.corpus``. Each question is asked anew every time, nothing is
remembered; CPU time of all threads, medians of rounds in which the three take turns. Each round asks about another
outlet, person and article; *p95* is the time that 19 of 20 rounds of ours stay within. Rivals answer with the same
rows as far as the sums go: pandas has the whole tables in memory, SQLite has an index on every column that is asked by.
Opening is a fresh process each, the loading of modules left out: plain, and with one person renamed (the one most
articles name), the first time and again.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Final, NamedTuple

from bench.sizes import at
from store import Filter, Store, queries
from store.corrections.log import add, correction
from store.snapshot import kept

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

INDEXES: Final = {
    "articles": ("article_id", "source", "published_from"),
    "quotes": ("article_id", "speaker_id"),
    "presence": ("entity_id", "article_id", "label"),
    "labels": ("entity_id",),
    "article_words": ("article_id",),
    "mentions": ("article_id", "entity_id"),
}
COLUMNS: Final = {
    "articles": "article_id, source, title, opening, CAST(published_from AS VARCHAR) AS published_from, administration",
    "quotes": "article_id, quote, kind, speaker_id, speaker, quoted_words, text, cue_class, cue_start, cue_end",
    "presence": "entity_id, article_id, label, narration",
    "labels": 'article_id, entity_id, label, voice, relation, word, speaker_id, start, "end"',
    "article_words": "word, article_id, narration",
    "mentions": "article_id, mention, entity_id, surface, voice",
}
OPEN: Final = """
import json, resource, sys
from time import process_time
from store import Store
began = process_time()
Store.open(sys.argv[1])
print(json.dumps([process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


class Question(NamedTuple):
    """One question: to the store, to pandas, and as SQL to SQLite."""

    name: str
    ours: Callable[[Store], object]
    pandas: Callable[[dict[str, pd.DataFrame]], object]
    sqlite: str


def questions(outlet: str, person: str, article: str) -> list[Question]:
    """The questions, about an outlet, a person and an article."""
    spoken = "SELECT coalesce(nullif(q.speaker_id, ''), q.speaker) AS who, sum(q.quoted_words) AS words"
    of_outlet = Filter(sources=(outlet,))
    return [
        Question(
            "people to choose from",
            lambda store: queries.facet(store, Filter(), "people", limit=41),
            lambda t: t["presence"].query("label == 'PERSON'")["entity_id"].value_counts().head(41),
            "SELECT entity_id, count(*) AS n FROM presence WHERE label = 'PERSON' GROUP BY 1 ORDER BY n DESC LIMIT 41",
        ),
        Question(
            "outlets that name a person",
            lambda store: queries.facet(store, Filter(people=(person,)), "sources", limit=41),
            lambda t: (
                t["presence"][t["presence"]["entity_id"] == person]
                .merge(t["articles"], on="article_id")["source"]
                .value_counts()
            ),
            f"SELECT a.source, count(*) FROM presence p JOIN articles a USING (article_id) "
            f"WHERE p.entity_id = '{person}' GROUP BY 1",
        ),
        Question(
            "quotes, newest first",
            lambda store: queries.quotes(store, Filter(), limit=50),
            lambda t: (
                t["quotes"][t["quotes"]["kind"] != "term"]
                .merge(t["articles"], on="article_id")
                .nlargest(50, "published_from_days")
            ),
            "SELECT * FROM articles a JOIN quotes q USING (article_id) WHERE q.kind <> 'term' "
            "ORDER BY a.published_from DESC LIMIT 50",
        ),
        Question(
            "quotes of an outlet",
            lambda store: queries.quotes(store, of_outlet, limit=50),
            lambda t: (
                t["articles"][t["articles"]["source"] == outlet]
                .merge(t["quotes"][t["quotes"]["kind"] != "term"], on="article_id")
                .nlargest(50, "published_from_days")
            ),
            f"SELECT * FROM articles a JOIN quotes q USING (article_id) WHERE a.source = '{outlet}' "
            "AND q.kind <> 'term' ORDER BY a.published_from DESC LIMIT 50",
        ),
        Question(
            "everybody quoted",
            lambda store: queries.speakers(store, Filter()),
            lambda t: (
                t["quotes"][t["quotes"]["kind"] != "term"].groupby(["speaker_id", "speaker"])["quoted_words"].sum()
            ),
            f"{spoken} FROM quotes q WHERE q.kind <> 'term' GROUP BY 1 ORDER BY 2 DESC",
        ),
        Question(
            "who an outlet quotes",
            lambda store: queries.speakers(store, of_outlet),
            lambda t: (
                t["articles"][t["articles"]["source"] == outlet]
                .merge(t["quotes"][t["quotes"]["kind"] != "term"], on="article_id")
                .groupby(["speaker_id", "speaker"])["quoted_words"]
                .sum()
            ),
            f"{spoken} FROM articles a JOIN quotes q USING (article_id) WHERE a.source = '{outlet}' "
            "AND q.kind <> 'term' GROUP BY 1 ORDER BY 2 DESC",
        ),
        Question(
            "what a person is called",
            lambda store: queries.labels(store, Filter(), person, "narration"),
            lambda t: _labels(t, person),
            "SELECT r.* FROM labels r WHERE r.entity_id = '" + person + "' AND r.voice = 'narration' "
            "AND coalesce(r.speaker_id, '') <> r.entity_id AND NOT (r.relation = 'agent' AND EXISTS (SELECT 1 FROM "
            "quotes q WHERE q.article_id = r.article_id AND q.cue_class = 'neutral' AND q.cue_start <= r.start "
            "AND r.start < q.cue_end))",
        ),
        Question(
            "words of two outlets",
            lambda store: queries.word_counts(store, of_outlet, "narration"),
            lambda t: (
                t["articles"][t["articles"]["source"] == outlet]
                .merge(t["article_words"], on="article_id")
                .groupby("word")["narration"]
                .sum()
            ),
            f"SELECT w.word, sum(w.narration) FROM articles a JOIN article_words w USING (article_id) "
            f"WHERE a.source = '{outlet}' GROUP BY 1",
        ),
        Question(
            "one article to read",
            lambda store: queries.article(store, article),
            lambda t: [t[name][t[name]["article_id"] == article] for name in ("articles", "mentions", "quotes")],
            f"SELECT * FROM mentions WHERE article_id = '{article}' ORDER BY mention",
        ),
    ]


def _labels(tables: dict[str, pd.DataFrame], person: str) -> pd.DataFrame:
    rows = tables["labels"]
    rows = rows[(rows["entity_id"] == person) & (rows["voice"] == "narration") & (rows["speaker_id"] != person)]
    cues = tables["quotes"].loc[tables["quotes"]["cue_class"] == "neutral", ["article_id", "cue_start", "cue_end"]]
    both = rows[rows["relation"] == "agent"].merge(cues, on="article_id")
    speaking = both[(both["cue_start"] <= both["start"]) & (both["start"] < both["cue_end"])]
    speaking_keys = set(zip(speaking["article_id"], speaking["label"], strict=True))
    return rows[[key not in speaking_keys for key in zip(rows["article_id"], rows["label"], strict=True)]]


def in_memory(store: Store) -> dict[str, pd.DataFrame]:
    """The tables as pandas has them."""
    tables = {name: store.query(f"SELECT {columns} FROM {_view(name)}") for name, columns in COLUMNS.items()}
    days = tables["articles"]["published_from"].astype("datetime64[s]").astype("int64")
    tables["articles"]["published_from_days"] = days.where(tables["articles"]["published_from"].notna(), -1)
    return tables


def _view(name: str) -> str:
    return "stored_presence" if name == "presence" else name


def in_sqlite(tables: dict[str, pd.DataFrame], file: Path) -> sqlite3.Connection:
    """The same tables in an SQLite file, indexed and analysed."""
    connection = sqlite3.connect(file)
    for name, frame in tables.items():
        frame.to_sql(name, connection, index=False, chunksize=50_000)
        for column in INDEXES[name]:
            connection.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")
    connection.execute("ANALYZE")
    connection.commit()
    return connection


def spent(run: Callable[[], object]) -> float:
    """CPU milliseconds of ``run``."""
    began = process_time()
    run()
    return 1000 * (process_time() - began)


def opening(data: Path) -> tuple[float, float]:
    """CPU seconds and MB of a process that opens a store."""
    command = [sys.executable, "-c", OPEN, str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    seconds, size = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), float(size)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--repeats", type=int, default=10)
    options = parser.parse_args()
    store = Store.open(options.data)
    subjects = about(store, options.repeats)
    person = subjects[0][1]
    print(", ".join(f"{store.rows[name]:,} {name}" for name in ("articles", "mentions", "quotes", "entities")))
    with tempfile.TemporaryDirectory() as folder:
        if not (options.data / "corrections.jsonl").exists():
            openings(options.data, Path(folder) / "own", person)
        tables = in_memory(store)
        rival = in_sqlite(tables, Path(folder) / "rival.sqlite")
        heads = ("Framelens", "p95", "pandas", "SQLite", "of pandas", "of SQLite")
        print(f"{'CPU milliseconds':28}" + "".join(f"{head:>11}" for head in heads))
        rounds: dict[str, list[tuple[float, float, float]]] = {}
        for subject in subjects:
            for question in questions(*subject):
                rounds.setdefault(question.name, []).append(
                    (
                        spent(lambda question=question: question.ours(store)),
                        spent(lambda question=question: question.pandas(tables)),
                        spent(lambda question=question: rival.execute(question.sqlite).fetchall()),
                    )
                )
        for name, times in rounds.items():
            ours, pandas, sqlite = (median(column) for column in zip(*times, strict=True))
            late = at([time[0] for time in times], 0.95)
            ratios = f"{ours / max(pandas, 1e-3):11.2f}{ours / max(sqlite, 1e-3):11.2f}"
            print(f"{name:28}{ours:11.1f}{late:11.1f}{pandas:11.1f}{sqlite:11.1f}{ratios}")
        rival.close()


def openings(data: Path, folder: Path, person: str) -> None:
    """Print what it costs to open the corpus, and with a person renamed: for the first time, and from then on."""
    folder.mkdir()
    for entry in data.iterdir():
        if not fnmatch(entry.name, kept.PATTERN):
            (folder / entry.name).symlink_to(entry.resolve())
    for state in ("as it was built", f"{person} renamed"):
        for time in ("first", "again"):
            seconds, size = opening(folder)
            print(f"opening {state}, {time}: {seconds:.2f} CPU-s, {size:,.0f} MB", flush=True)
        add(folder, correction("rename", entity=person, name="Somebody Else"))
    shutil.rmtree(folder)


def about(store: Store, rounds: int) -> list[tuple[str, str, str]]:
    """An outlet, a person and an article for each round: frequent ones, the most frequent first."""
    outlets = [str(value) for value in queries.facet(store, Filter(), "sources", limit=rounds)["value"]]
    people = [str(value) for value in queries.facet(store, Filter(), "people", limit=rounds)["value"]]
    ids = queries.articles(store, Filter(), limit=rounds)["article_id"]
    return [(outlets[n % len(outlets)], people[n % len(people)], str(ids.iloc[n % len(ids)])) for n in range(rounds)]


if __name__ == "__main__":
    main()

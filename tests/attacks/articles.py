"""Short invented articles to attack with: enough for two workers, small enough to be built in seconds."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

from store import Filter, Store
from store.export import TABLES_FOR_EXPORT, encode

if TYPE_CHECKING:
    from pathlib import Path

OUTLETS = ("Harbor Ledger", "Valley Courier", "The Plain Post")
PEOPLE = ("Mayor Jane Roe", "Gov. Lee Tran", "Sheriff Dana Mills", "Rep. Omar Diaz", "Judge Ruth Bell", "Ann Poe")
PLACES = ("Denver, Colorado", "King County, Washington", "Tucson, Arizona", "Erie, Pennsylvania")
DEEDS = ("repair the bridge", "close the clinic", "widen the road", "sell the old jail", "keep the school open")
SAID = (
    "“We will {deed}, whatever it costs,” {person} said in {place} on {day}.",
    "{person} refused to {deed} on {day}, a spokesman for the council in {place} said.",
    "According to {person}, nobody in {place} was asked whether to {deed}.",
    "The council of {place} voted on {day} to {deed}. {person} called the vote “a sad day for all of us.”",
    "Neighbors in {place} cheered. {person} told reporters that it was right to {deed}, and that it was late.",
)
DAYS = ("Monday", "Tuesday", "Friday")
# More than two workers take at once.
MANY = 36


def rows(seed: int = 0, many: int = MANY) -> list[dict[str, str]]:
    """Articles as JSON lines hold them; those of one seed are the same everywhere, and some tell the same event."""
    random = Random(seed)
    found = []
    for number in range(many):
        deed, place = random.choice(DEEDS), random.choice(PLACES)
        told = random.sample(SAID, 3)
        text = "\n\n".join(
            said.format(deed=deed, place=place, person=random.choice(PEOPLE), day=random.choice(DAYS)) for said in told
        )
        found.append(
            {
                "source": random.choice(OUTLETS),
                "date": f"2020-0{random.randint(1, 9)}-1{random.randint(0, 9)}",
                "title": f"{place} to {deed} ({seed}.{number})",
                "text": text,
            }
        )
    return found


def changed(before: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same corpus a week later: some articles gone, some mended, some new."""
    mended = [row | {"text": row["text"] + "\n\nThis article was mended."} for row in before[3:8]]
    return [*mended, *before[8:], *rows(99, 6)]


def write(folder: Path, articles: list[dict[str, str]]) -> Path:
    """The folder, holding the articles and nothing else that is read."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in articles), "utf-8")
    return folder


def tables(data: Path) -> dict[str, bytes]:
    """Every table that can be exported, as the bytes of its file."""
    store = Store.open(data)
    try:
        return {name: encode(read(store, Filter()), "csv") for name, read in TABLES_FOR_EXPORT.items()}
    finally:
        store.close()

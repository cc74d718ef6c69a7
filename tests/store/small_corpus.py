"""A small corpus written by hand, so that every answer can be counted on one's fingers.

An article is a list of passages (voice, text, speaker); ``{words|entity id}`` in a text is a mention. A passage whose
voice is ``quote`` or ``reported`` is also an attributed fragment of its speaker; the speaker ``TERM`` of a quote says
that its words are a term in marks, and nobody's.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from store.schema import VOICES
from store.snapshot.delta_tables import ALL, GIVEN
from store.snapshot.writer import Writer
from tests.workers import common

if TYPE_CHECKING:
    from store import Store

ENTITIES = {
    "person:ada-lovelace": ("PERSON", "Ada Lovelace", "", "", ""),
    "person:grace-hopper": ("PERSON", "Grace Hopper", "", "", ""),
    "org:navy": ("ORG", "Navy", "", "", ""),
    "org:dallas-police": ("ORG", "Dallas Police", "agency", "TX", "place:tx-dallas"),
    "place:us": ("JURISDICTION", "United States", "country", "", ""),
    "place:tx": ("JURISDICTION", "Texas", "state", "TX", "place:us"),
    "place:tx-dallas": ("JURISDICTION", "Dallas", "city", "TX", "place:tx-dallas-county"),
    "place:tx-dallas-county": ("JURISDICTION", "Dallas County", "county", "TX", "place:tx"),
    "place:ny": ("JURISDICTION", "New York", "state", "NY", "place:us"),
    "administration:first": ("ADMINISTRATION", "First administration", "", "", ""),
    "administration:second": ("ADMINISTRATION", "Second administration", "", "", ""),
}


class Piece(NamedTuple):
    voice: str
    text: str
    speaker: str = ""


class Draft(NamedTuple):
    source: str
    day: date | None
    pieces: tuple[Piece, ...]
    title: str = ""
    administration: str = ""
    story: str = ""


TERM = "-"
ADA, GRACE = "person:ada-lovelace", "person:grace-hopper"
DAILY_ONE = Draft(
    "The Daily",
    date(2020, 2, 14),
    (
        Piece("headline", "{Lovelace|person:ada-lovelace} visits {Dallas|place:tx-dallas}"),
        Piece("narration", "{Ada Lovelace|person:ada-lovelace} spoke of engines in {Dallas|place:tx-dallas}."),
        Piece("quote", "The engine weaves patterns, said of {Hopper|person:grace-hopper}.", ADA),
        Piece("furniture", "READ MORE ABOUT {Texas|place:tx} AND THE {Navy|org:navy}"),
    ),
    title="Lovelace visits Dallas",
    administration="administration:first",
    story="story:engines",
)
DAILY_TWO = Draft(
    "The Daily",
    date(2021, 3, 1),
    (
        Piece("narration", "The {Navy|org:navy} named a ship for {Grace Hopper|person:grace-hopper}."),
        Piece("quote", "Café engines are a danger.", GRACE),
        Piece("quote", "A danger indeed.", ""),
    ),
    administration="administration:second",
)
HERALD = Draft(
    "Herald",
    date(2020, 2, 20),
    (
        Piece("narration", "{New York|place:ny} and {Texas|place:tx} debated. {Hopper|person:grace-hopper} won."),
        Piece("quote", "We welcome the {First administration|administration:first}.", GRACE),
        Piece("caption", "{Hopper|person:grace-hopper} on a ship"),
    ),
    administration="administration:first",
    story="story:engines",
)
UNDATED = Draft("Herald", None, (Piece("narration", "Nobody was named on that day."),))
ALL_DRAFTS = (DAILY_ONE, DAILY_TWO, HERALD, UNDATED)

_MARK = re.compile(r"\{([^|}]*)\|([^}]*)\}")


def id_of(draft: Draft) -> str:
    return hashlib.sha256(repr((draft.source, [piece.text for piece in draft.pieces])).encode()).hexdigest()[:12]


def _words(text: str) -> int:
    return len(text.split())


def rows_of(draft: Draft) -> dict[str, list[dict[str, object]]]:
    """The records of one article, by table."""
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in GIVEN}
    article_id, text = id_of(draft), ""
    totals = dict.fromkeys(VOICES, 0)
    for number, given in enumerate(draft.pieces):
        piece = given._replace(speaker="" if given.speaker == TERM else given.speaker)
        start, plain, last = len(text), "", 0
        for mark in _MARK.finditer(piece.text):
            plain += piece.text[last : mark.start()]
            surface, entity_id = mark.groups()
            label, name, *_ = ENTITIES[entity_id]
            here = start + len(plain)
            shared = {"article_id": article_id, "entity_id": entity_id, "label": label, "voice": piece.voice}
            shared |= {"mention": len(rows["mentions"]), "sentence": number, "speaker_id": piece.speaker}
            rows["mentions"].append(
                shared
                | {"start": here, "end": here + len(surface), "surface": surface, "name": name}
                | {"resolution": "named", "metonym": False, "cited": False, "confidence": 1.0}
            )
            rows["portrayals"].append(
                shared
                | {"start": start, "end": start + len(_MARK.sub(r"\1", piece.text)), "sentiment": 0}
                | {"p_negative": 0.25, "p_neutral": 0.5, "p_positive": 0.25}
            )
            plain, last = plain + surface, mark.end()
        plain += piece.text[last:]
        text += plain
        span = {"article_id": article_id, "sentence": number, "start": start, "end": len(text), "voice": piece.voice}
        span |= {"paragraph": number, "words": _words(plain), "tone": 0.0}
        totals[piece.voice] += _words(plain)
        rows["sentences"].append(span)
        name = ENTITIES[piece.speaker][1] if piece.speaker else ""
        said = piece.voice in {"quote", "reported"}
        kind = "term" if given.speaker == TERM else "indirect" if piece.voice == "reported" else "direct"
        spoken = {f"{voice}_words": _words(plain) * (voice[:5] == piece.voice[:5]) for voice in ("quoted", "reported")}
        rows["passages"].append(
            span
            | {"passage": number, "furniture_kind": "", "attribution": number if said and kind != "term" else None}
            | {"speaker_id": piece.speaker, "speaker": name}
        )
        if said:
            rows["quotes"].append(
                {"article_id": article_id, "quote": len(rows["quotes"]), "attribution": number, "kind": kind}
                | {"start": start, "end": len(text), "words": _words(plain)}
                | spoken
                | {"sentence": number, "speaker_id": piece.speaker, "speaker": name, "cue": "say", "text": plain}
                | {"speaker_text": name, "cue_class": "neutral", "resolution": "subject", "confidence": 0.9}
            )
        text += "\n"
    named = {str(row["entity_id"]) for row in rows["mentions"]} | {
        p.speaker for p in draft.pieces if p.speaker not in {"", TERM}
    }
    waiting = sorted(named)
    while waiting:
        entity_id = waiting.pop()
        label, name, kind, state, parent = ENTITIES[entity_id]
        rows["article_entities"].append(
            {"article_id": article_id, "entity_id": entity_id, "label": label, "name": name, "kind": kind}
            | {"state": state, "fips": "", "parent_id": parent}
        )
        if parent and parent not in named:
            named.add(parent)
            waiting.append(parent)
    rows["article_keys"].append({"article_id": article_id, "analysis_key": "first"})
    rows["articles"].append(
        {"article_id": article_id, "source": draft.source, "title": draft.title, "opening": text[:20].strip()}
        | {"authors": "", "published": draft.day.isoformat() if draft.day else "", "published_from": draft.day}
        | {"published_to": draft.day, "date_precision": "stated" if draft.day else "unknown", "date_evidence": ""}
        | {"url": "", "administration": draft.administration, "story_id": draft.story, "duplicate_of": ""}
        | {"words": sum(totals.values()) - totals["furniture"], "origin": "by-hand", "origin_row": 1, "text": text}
        | {f"words_{voice}": count for voice, count in totals.items()}
    )
    return rows


def tables_of(*drafts: Draft) -> dict[str, pa.Table]:
    """The records of some articles as the tables a build hands over."""
    gathered: dict[str, list[dict[str, object]]] = {name: [] for name in GIVEN}
    for draft in drafts:
        for name, rows in rows_of(draft).items():
            gathered[name] += rows
    return {
        name: pa.Table.from_pylist([{c: row.get(c) for c in ALL[name].names} for row in rows], schema=ALL[name])
        for name, rows in gathered.items()
    }


def build(path: Path, *drafts: Draft, removed: set[str] | None = None) -> int:
    """Put articles into the store at ``path`` and commit."""
    with Writer.open(path, versions={"framelens": "test"}) as writer:
        writer.replace(removed or set(), tables_of(*drafts))
        return writer.commit()


def begin_with(path: Path, *drafts: Draft) -> int:
    """A store of these articles for a test that is about what comes after: built once for all such tests, then copied."""
    shared = Path(common().name)
    built = shared / f"built-{hashlib.sha256(repr(drafts).encode()).hexdigest()}"
    if not built.is_dir():
        own = Path(mkdtemp(dir=shared))
        build(own, *drafts)
        with suppress(OSError):  # another worker has built it as well, and was first
            own.rename(built)
    shutil.copytree(built, path, dirs_exist_ok=True)
    return 1


def sources(store: Store) -> list[str]:
    """The outlets of a store, one an article."""
    return [row[0] for row in store.rows_of("SELECT source FROM articles ORDER BY source, article_id")]


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables of a store, in an order of their own."""
    return {name: sorted(store.rows_of(f"SELECT * FROM {name}"), key=repr) for name in ALL}

"""Corrections told to a person: each in words, which contradict each other, and which wait for something to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.corrections.effect import Contradiction
    from store.corrections.log import Correction
    from store.log_file import Fault
    from store.reader import Store

ENTITY_FIELDS: Final = ("entity", "into", "to", "speaker")


class Review(NamedTuple):
    """What there is to say of the corrections of a store.

    ``waiting`` gives by id why a correction changes nothing now; it holds again when what it is about comes back.
    """

    in_effect: tuple[Correction, ...]
    taken_back: tuple[Correction, ...]
    contradictions: tuple[Contradiction, ...]
    waiting: dict[str, str]
    faults: tuple[Fault, ...]
    names: dict[str, str]
    articles: dict[str, str]


def review(store: Store) -> Review:
    """All of it, in the order of the file."""
    log = store.corrections
    held = log.in_effect()
    ids = {one.id for one in held}
    return Review(
        in_effect=held,
        taken_back=tuple(one for one in log.corrections if one.what != "undo" and one.id not in ids),
        contradictions=tuple(store.effect.contradictions),
        waiting=_waiting(store, held),
        faults=log.faults,
        names=_names(store, log.corrections),
        articles=_articles(store, log.corrections),
    )


def _base(store: Store, table: str) -> str:
    """A table as it was built: with corrections in effect the plain name is that of the corrected one."""
    return f"base_{table}" if store.corrections.in_effect() else {"entities": "stored_entities"}.get(table, table)


def _names(store: Store, corrections: tuple[Correction, ...]) -> dict[str, str]:
    """Names of all entities that corrections speak of: as built, else as the corrections call them."""
    asked = sorted({str(one.said[key]) for one in corrections for key in ENTITY_FIELDS if one.said.get(key)})
    called = {
        str(one.said[key]): str(one.said["name"])
        for one in corrections
        for key in ("to", "speaker", "entity")
        if one.what in {"split", "speaker", "mention"} and one.said.get(key) and one.said.get("name")
        if key != "entity" or one.what == "mention"
    }
    rows = store.rows_of(
        f"SELECT entity_id, name FROM {_base(store, 'entities')} "
        "WHERE entity_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))",
        {"ids": asked},
    )
    return {value: value for value in asked} | called | dict(rows)


def _articles(store: Store, corrections: tuple[Correction, ...]) -> dict[str, str]:
    """Articles that corrections speak of, as outlet and headline."""
    asked = {str(one.said["article"]) for one in corrections if "article" in one.said}
    asked |= {str(one.said["other"]) for one in corrections if "other" in one.said}
    asked |= {str(article) for one in corrections for article in one.said.get("articles", ())}
    rows = store.rows_of(
        "SELECT article_id, source || ', ' || coalesce(nullif(title, ''), opening) FROM headers "
        "WHERE article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))",
        {"ids": sorted(asked)},
    )
    return dict(rows)


def _waiting(store: Store, held: tuple[Correction, ...]) -> dict[str, str]:
    """Corrections in effect whose target is not in the corpus as it was built, each with what it waits for."""
    if not held:
        return {}
    made = {str(one.said[key]) for one in held for key in ("to", "speaker") if one.said.get(key)}
    made |= {str(one.said["entity"]) for one in held if one.what == "mention" and one.said["entity"]}
    wanted = {str(one.said["entity"]) for one in held if one.what in {"merge", "split", "rename", "reject"}}
    there = made | {row[0] for row in store.rows_of(_IN.format("entity_id", "base_entities"), {"ids": sorted(wanted)})}
    articles = sorted({str(one.said["article"]) for one in held if "article" in one.said})
    known = {row[0] for row in store.rows_of(_IN.format("article_id", "headers"), {"ids": articles})}
    spans = {
        table: set(store.rows_of(_SPANS.format(table), {"ids": articles})) for table in ("base_mentions", "base_quotes")
    }
    others = sorted({str(one.said["other"]) for one in held if "other" in one.said})
    told = set(store.rows_of(_SPANS.format("stories"), {"ids": others})) if others else set()
    found = {}
    for one in held:
        said = one.said
        if one.what in {"merge", "split", "rename", "reject"} and said["entity"] not in there:
            found[one.id] = f"nothing in these articles is {said['entity']}"
        elif "article" in said and said["article"] not in known:
            found[one.id] = "its article is not among these articles"
        elif one.what == "cell":
            if (said["other"], said["other_start"], said["other_end"]) not in told:
                found[one.id] = "no story has the passage it speaks of"
        elif "start" in said:
            table = "base_mentions" if one.what == "mention" else "base_quotes"
            if (said["article"], said["start"], said["end"]) not in spans[table]:
                found[one.id] = "no name or quote was found at its place in the article"
    return found


_IN: Final = "SELECT {0} FROM {1} WHERE {0} IN (SELECT unnest(CAST($ids AS VARCHAR[])))"
_SPANS: Final = 'SELECT article_id, start, "end" FROM {} WHERE article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))'


def in_words(one: Correction, found: Review) -> str:
    """A correction as a sentence."""
    said = one.said
    name = {key: found.names.get(str(said[key]), str(said[key])) for key in ENTITY_FIELDS if key in said}
    surface = " ".join(str(said.get("surface", "")).split()).strip('"“”')
    words = f"“{surface}”" if surface else "the words at this place"
    article = [f"is by {said['source']}"] if said.get("source") else []
    article += [f"is of {said['published']}"] if said.get("published") else []
    sentences: dict[str, Callable[[], str]] = {
        "merge": lambda: f"{name['entity']} is {name['into']}",
        "split": lambda: f"{name['entity']} is {said['name']} {_where(one, found)}",
        "rename": lambda: f"{name['entity']} is to be called {said['name']}",
        "reject": lambda: f"{name['entity']} is nothing that is named",
        "mention": lambda: f"{words} names {name['entity'] or 'nobody'}",
        "speaker": lambda: f"{name['speaker'] or 'Nobody we know'} says {words}",
        "reject-quote": lambda: f"{words} is not a quote",
        "cell": lambda: f"{found.articles.get(said['article'], said['article'])} {_TOLD[said['says']]} {words}",
        "article": lambda: f"The article {' and '.join(article)}",
    }
    return sentences[one.what]()


_TOLD: Final = {"same": "tells", "not told": "does not tell"}


def _where(one: Correction, found: Review) -> str:
    parts = []
    if surfaces := one.said.get("surfaces"):
        parts.append("where it reads " + " or ".join(f"“{surface}”" for surface in surfaces))
    if articles := one.said.get("articles"):
        few = [found.articles.get(article, article) for article in articles[:2]]
        more = f" and {len(articles) - 2} more" if len(articles) > 2 else ""
        parts.append("in " + "; ".join(few) + more)
    return ", ".join(parts)


def counts(store: Store) -> str:
    """How many corrections there are, contradict, wait, or could not be read, as one line."""
    found = review(store)
    said = [f"{len(found.in_effect):,} in effect"]
    said += [f"{len(found.taken_back):,} taken back"] if found.taken_back else []
    said += [f"{len(found.contradictions):,} contradicting"] if found.contradictions else []
    said += [f"{len(found.waiting):,} waiting"] if found.waiting else []
    said += [f"{len(found.faults):,} unreadable"] if found.faults else []
    return ", ".join(said)

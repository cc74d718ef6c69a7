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
    corrections = log.in_effect()
    ids = {correction.id for correction in corrections}
    return Review(
        in_effect=corrections,
        taken_back=tuple(
            correction for correction in log.corrections if correction.what != "undo" and correction.id not in ids
        ),
        contradictions=tuple(store.effect.contradictions),
        waiting=_waiting(store, corrections),
        faults=log.faults,
        names=_names(store, log.corrections),
        articles=_articles(store, log.corrections),
    )


def _base(store: Store, table: str) -> str:
    """A table as it was built: with corrections in effect the plain name is that of the corrected one."""
    return f"base_{table}" if store.corrections.in_effect() else {"entities": "stored_entities"}.get(table, table)


def _names(store: Store, corrections: tuple[Correction, ...]) -> dict[str, str]:
    """Names of all entities that corrections speak of: as built, else as the corrections call them."""
    entity_ids = sorted(
        {
            str(correction.fields[key])
            for correction in corrections
            for key in ENTITY_FIELDS
            if correction.fields.get(key)
        }
    )
    called = {
        str(correction.fields[key]): str(correction.fields["name"])
        for correction in corrections
        for key in ("to", "speaker", "entity")
        if correction.what in {"split", "speaker", "mention"}
        and correction.fields.get(key)
        and correction.fields.get("name")
        if key != "entity" or correction.what == "mention"
    }
    rows = store.rows_of(
        f"SELECT entity_id, name FROM {_base(store, 'entities')} "
        "WHERE entity_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))",
        {"ids": entity_ids},
    )
    return {value: value for value in entity_ids} | called | dict(rows)


def _articles(store: Store, corrections: tuple[Correction, ...]) -> dict[str, str]:
    """Articles that corrections speak of, as outlet and headline."""
    article_ids = {str(correction.fields["article"]) for correction in corrections if "article" in correction.fields}
    article_ids |= {str(correction.fields["other"]) for correction in corrections if "other" in correction.fields}
    article_ids |= {str(article) for correction in corrections for article in correction.fields.get("articles", ())}
    rows = store.rows_of(
        "SELECT article_id, source || ', ' || coalesce(nullif(title, ''), opening) FROM headers "
        "WHERE article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))",
        {"ids": sorted(article_ids)},
    )
    return dict(rows)


def _waiting(store: Store, corrections: tuple[Correction, ...]) -> dict[str, str]:
    """Corrections in effect whose target is not in the corpus as it was built, each with what it waits for."""
    if not corrections:
        return {}
    corrected_ids = {
        str(correction.fields[key])
        for correction in corrections
        for key in ("to", "speaker")
        if correction.fields.get(key)
    }
    corrected_ids |= {
        str(correction.fields["entity"])
        for correction in corrections
        if correction.what == "mention" and correction.fields["entity"]
    }
    entity_ids = {
        str(correction.fields["entity"])
        for correction in corrections
        if correction.what in {"merge", "split", "rename", "reject"}
    }
    ids_there = corrected_ids | {
        row[0] for row in store.rows_of(_IN.format("entity_id", "base_entities"), {"ids": sorted(entity_ids)})
    }
    articles = sorted(
        {str(correction.fields["article"]) for correction in corrections if "article" in correction.fields}
    )
    articles_there = {row[0] for row in store.rows_of(_IN.format("article_id", "headers"), {"ids": articles})}
    spans = {
        table: set(store.rows_of(_SPANS.format(table), {"ids": articles})) for table in ("base_mentions", "base_quotes")
    }
    others = sorted({str(correction.fields["other"]) for correction in corrections if "other" in correction.fields})
    fact_spans = set(store.rows_of(_SPANS.format("stories"), {"ids": others})) if others else set()
    reasons = {}
    for correction in corrections:
        fields = correction.fields
        if correction.what in {"merge", "split", "rename", "reject"} and fields["entity"] not in ids_there:
            reasons[correction.id] = f"nothing in these articles is {fields['entity']}"
        elif "article" in fields and fields["article"] not in articles_there:
            reasons[correction.id] = "its article is not among these articles"
        elif correction.what == "cell":
            if (fields["other"], fields["other_start"], fields["other_end"]) not in fact_spans:
                reasons[correction.id] = "no story has the passage it speaks of"
        elif "start" in fields:
            table = "base_mentions" if correction.what == "mention" else "base_quotes"
            if (fields["article"], fields["start"], fields["end"]) not in spans[table]:
                reasons[correction.id] = "no name or quote was found at its place in the article"
    return reasons


_IN: Final = "SELECT {0} FROM {1} WHERE {0} IN (SELECT unnest(CAST($ids AS VARCHAR[])))"
_SPANS: Final = 'SELECT article_id, start, "end" FROM {} WHERE article_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))'


def in_words(correction: Correction, review: Review) -> str:
    """A correction as a sentence."""
    fields = correction.fields
    name = {key: review.names.get(str(fields[key]), str(fields[key])) for key in ENTITY_FIELDS if key in fields}
    surface = " ".join(str(fields.get("surface", "")).split()).strip('"“”')
    words = f"“{surface}”" if surface else "the words at this place"
    article = [f"is by {fields['source']}"] if fields.get("source") else []
    article += [f"is of {fields['published']}"] if fields.get("published") else []
    sentences: dict[str, Callable[[], str]] = {
        "merge": lambda: f"{name['entity']} is {name['into']}",
        "split": lambda: f"{name['entity']} is {fields['name']} {_where(correction, review)}",
        "rename": lambda: f"{name['entity']} is to be called {fields['name']}",
        "reject": lambda: f"{name['entity']} is nothing that is named",
        "mention": lambda: f"{words} names {name['entity'] or 'nobody'}",
        "speaker": lambda: f"{name['speaker'] or 'Nobody we know'} says {words}",
        "reject-quote": lambda: f"{words} is not a quote",
        "cell": lambda: f"{review.articles.get(fields['article'], fields['article'])} {_TELLS[fields['says']]} {words}",
        "article": lambda: f"The article {' and '.join(article)}",
    }
    return sentences[correction.what]()


_TELLS: Final = {"same": "tells", "not told": "does not tell"}


def _where(correction: Correction, review: Review) -> str:
    parts = []
    if surfaces := correction.fields.get("surfaces"):
        parts.append("where it reads " + " or ".join(f"“{surface}”" for surface in surfaces))
    if articles := correction.fields.get("articles"):
        few = [review.articles.get(article, article) for article in articles[:2]]
        more = f" and {len(articles) - 2} more" if len(articles) > 2 else ""
        parts.append("in " + "; ".join(few) + more)
    return ", ".join(parts)


def counts(store: Store) -> str:
    """How many corrections there are, contradict, wait, or could not be read, as one line."""
    all_corrections = review(store)
    parts = [f"{len(all_corrections.in_effect):,} in effect"]
    parts += [f"{len(all_corrections.taken_back):,} taken back"] if all_corrections.taken_back else []
    parts += [f"{len(all_corrections.contradictions):,} contradicting"] if all_corrections.contradictions else []
    parts += [f"{len(all_corrections.waiting):,} waiting"] if all_corrections.waiting else []
    parts += [f"{len(all_corrections.faults):,} unreadable"] if all_corrections.faults else []
    return ", ".join(parts)

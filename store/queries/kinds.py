"""What kind of speaker is given words: politician, official, advocate, somebody whose life it is about, nobody named.

The kind is read from words, never guessed from a name: for somebody named, from the titles and appositives all articles
set beside the name, the offices that stand for it and the words before it where somebody is quoted; for an organisation
from what it is called; for somebody without a name from the words that stand for one, "a White House spokesperson". The
kind most of these words point to is taken. Where none does, presidents of the United States are known from the table of
administrations, people of whom no more is told than "critics" or "a source" are *not named*, and for others the kind is
unknown. Whether a speaker has a name is counted apart from the kind.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from store.lexicon import Finder, shipped
from store.queries.conditions import in_matching
from store.snapshot.derived_tables import SAID_IS
from store.terms import terms

if TYPE_CHECKING:
    import pandas as pd

    from store.filter import Filter
    from store.reader import Store

UNKNOWN: Final = "unknown"
UNNAMED: Final = "not named"
TERM: Final = "term"
_LAST: Final = "affected person"
_BESIDE: Final = ("noun", "appositive", "predicate")
# How mentions were resolved whose words are an office, such as "the governor".
_OFFICES: Final = ("office", "title")
# Words that stand for people nobody names, beside those that tell of a kind.
_NOBODY: Final = Finder([row for row in shipped("speaker_kinds") if row.variant == UNNAMED])


# How a speaker is identified.
Naming = Literal["person", "body", "without a name", "not found", "term"]

# Who left an office no longer speaks for it; politicians, whose former offices are what they are known for, stay such.
_IN_OFFICE: Final = frozenset({"official", "police", "court"})
_FORMER: Final = re.compile(r"\b(?:former|ex|retired|one-time|onetime|ousted)\b", re.IGNORECASE)
# What follows these words tells where somebody is or what was done, not who it is: "a memo obtained by a newspaper".
_BEYOND: Final = re.compile(
    r"\s(?:by|at|from|in|on|to|with|who|which|that|whose|about|against|under|obtained|provided|filed|released)\b.*",
    re.IGNORECASE | re.DOTALL,
)
# The list has words for one speaker; without a name several speak, "two economists".
_PLURAL: Final = re.compile(r"(?<=[^\Ws])s\b")


class Kind(NamedTuple):
    """A kind of speaker, and the words that tell it, most frequent first."""

    kind: str
    words: tuple[str, ...] = ()


@lru_cache(maxsize=2)
def speaker_kinds(store: Store) -> dict[tuple[str, str], Kind]:
    """The kind of every speaker of the corpus by speaker_id and, where that is empty, the words that stand for one."""
    beside: dict[str, Counter[str]] = {}
    rows = store.rows_of(
        "SELECT speaker_id, text, sum(n) FROM ("
        "SELECT r.speaker_id, lower(r.speaker_text) AS text, count(*) AS n FROM quotes r "
        "WHERE r.speaker_id LIKE 'person:%' AND r.speaker_text <> '' GROUP BY ALL UNION ALL "
        "SELECT l.entity_id, l.word, count(*) FROM labels l SEMI JOIN quotes q ON q.speaker_id = l.entity_id "
        "WHERE l.entity_id LIKE 'person:%' AND list_contains(CAST($beside AS VARCHAR[]), l.relation) GROUP BY ALL "
        "UNION ALL SELECT m.entity_id, lower(m.surface), count(*) FROM mentions m SEMI JOIN quotes q "
        "ON q.speaker_id = m.entity_id WHERE m.label = 'PERSON' "
        "AND list_contains(CAST($offices AS VARCHAR[]), m.resolution) GROUP BY ALL"
        ") GROUP BY ALL ORDER BY ALL",
        {"beside": list(_BESIDE), "offices": list(_OFFICES)},
    )
    for speaker, text, times in rows:
        beside.setdefault(speaker, Counter())[text] += int(times)
    kinds = {}
    speakers = store.rows_of(
        "SELECT DISTINCT coalesce(r.speaker_id, ''), CASE WHEN coalesce(r.speaker_id, '') = '' "
        "THEN coalesce(r.speaker, '') ELSE '' END, coalesce(e.name, r.speaker, '') "
        "FROM quotes r LEFT JOIN entities e ON e.entity_id = r.speaker_id WHERE r.kind <> 'term'"
    )
    for speaker, words_for, name in speakers:
        kinds[speaker, words_for] = _kind(speaker, words_for, name, beside.get(speaker))
    return kinds


def kind_of_words(speaker: str, name: str) -> str:
    """The kind of a speaker this corpus does not know, by id and name, or by the words that stand for one."""
    return _kind(speaker, "" if speaker else name, name, None).kind


@cache
def presidents() -> frozenset[str]:
    """Ids of the people who led an administration of the United States."""
    return frozenset(term.president for term in terms())


def _kind(speaker: str, words_for: str, name: str, beside: Counter[str] | None) -> Kind:
    entity = speaker.partition(":")[0]
    if entity in {"administration", "place"}:
        return Kind("official", (name,))
    if entity == "person":
        kind = _most(beside or Counter())
        return Kind("politician", ("president",)) if kind.kind == UNKNOWN and speaker in presidents() else kind
    if entity == "org":
        return _most(Counter({name: 1}))
    who = _BEYOND.sub("", words_for)
    kind = _most(Counter({who: 1}))
    if kind.kind == UNKNOWN:
        kind = _most(Counter({_PLURAL.sub("", who): 1}))
    return Kind(UNNAMED, (words_for,)) if kind.kind == UNKNOWN and any(_NOBODY.find(words_for)) else kind


def naming(speaker: str, words_for: str, *, term: bool = False) -> Naming:
    """How a speaker is identified, by entity id and, where that is empty, the words that stand for one."""
    if term:
        return "term"
    if speaker:
        return "person" if speaker.startswith("person:") else "body"
    return "without a name" if words_for else "not found"


_FINDER: Final = Finder([row for row in shipped("speaker_kinds") if row.variant != UNNAMED])


def _most(texts: Counter[str]) -> Kind:
    """The kind that most of the words point to; the first in the order of the list where two are equal."""
    votes: Counter[str] = Counter()
    words_by_kind: dict[str, Counter[str]] = {}
    for text, times in texts.items():
        for hit in _FINDER.find(text):
            if hit.variant in _IN_OFFICE and _FORMER.search(text[: hit.start]):
                continue
            votes[hit.variant] += times
            words_by_kind.setdefault(hit.variant, Counter())[text[hit.start : hit.end].lower()] += times
    if len(votes) > 1:
        # "Refugee", "worker" and the like also stand in the names of causes and offices.
        votes.pop(_LAST, None)
    # Words of the list that tell no kind: "hospital officials" speak for no government.
    votes.pop(UNKNOWN, None)
    if not votes:
        return Kind(UNKNOWN)
    order = {row.variant: place for place, row in enumerate(shipped("speaker_kinds"))}
    best = min(votes, key=lambda kind: (-votes[kind], order[kind]))
    return Kind(best, tuple(word for word, _ in words_by_kind[best].most_common(3)))


def by_kind(store: Store, chosen: Filter) -> pd.DataFrame:
    """Everybody quoted in the matching articles with the kind of speaker, a row a speaker and article.

    Columns: article_id, speaker_id, speaker, kind, told_by (words that tell the kind), naming (whether the speaker has
    a name, see :data:`Naming`), words (inside quotation marks). They add up to the words of
    :func:`store.queries.speakers`; what is set in marks as a term has the kind ``term``.
    """
    matching = in_matching(store, chosen, "r.article_no")
    frame = store.query(
        "SELECT h.article_id, coalesce(e.entity_id, '') AS speaker_id, r.words_for, "
        "coalesce(e.name, r.words_for) AS speaker, r.term, CAST(sum(r.words) AS INTEGER) AS words "
        "FROM article_speakers r JOIN headers h USING (article_no) LEFT JOIN entities e USING (entity_no) "
        f"WHERE r.words > 0 AND {matching.sql} GROUP BY ALL "
        "ORDER BY h.article_id, words DESC, term, speaker, speaker_id",
        matching.parameters,
    )
    kinds = speaker_kinds(store)
    keys = list(zip(*(frame[name].tolist() for name in ("speaker_id", "words_for", "term")), strict=True))
    told = {}
    for key in set(keys):
        speaker, words_for, term = key
        kind = Kind(TERM) if term else kinds.get((speaker, words_for), Kind(UNKNOWN))
        told[key] = kind.kind, ", ".join(kind.words), naming(speaker, words_for, term=bool(term))
    for place, name in enumerate(("kind", "told_by", "naming")):
        frame[name] = [told[key][place] for key in keys]
    return frame[["article_id", "speaker_id", "speaker", "kind", "told_by", "naming", "words"]]


def cue_classes(store: Store, chosen: Filter) -> pd.DataFrame:
    """By which verbs the matching articles attribute words, in narration or around quotes.

    Columns: article_id, cue_class, cue, quotes (fragments). Fragments without a cue are left out.
    """
    matching = in_matching(store, chosen, "r.article_id")
    return store.query(
        "SELECT r.article_id, r.cue_class, r.cue, CAST(count(*) AS INTEGER) AS quotes "
        f"FROM quotes r WHERE {SAID_IS.format('r.')} AND r.kind <> 'term' AND coalesce(r.cue, '') <> '' "
        f"AND {matching.sql} "
        "GROUP BY ALL ORDER BY r.article_id, r.cue_class, r.cue",
        matching.parameters,
    )

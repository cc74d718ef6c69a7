"""Tables a store derives from others: who is present in which article, and the entities of the whole corpus.

Each function gives SQL of a relation; its arguments are SQL of relations with the columns of the table they name.
"""

from __future__ import annotations

from typing import Final

from store.schema import COUNTED_VOICES

LABEL_OF_ID: Final = (
    "CASE split_part(entity_id, ':', 1) WHEN 'person' THEN 'PERSON' WHEN 'org' THEN 'ORG' "
    "WHEN 'place' THEN 'JURISDICTION' WHEN 'administration' THEN 'ADMINISTRATION' ELSE '' END"
)
# Pronouns tell how often a person is spoken of, not how often he is named.
NAMED_AS: Final = "({0}voice <> 'furniture' AND {0}resolution NOT LIKE 'pronoun%')"
NAMED: Final = NAMED_AS.format("")
# What is denied, asked or imagined is nobody's quote: it is listed in the table, and counted nowhere.
SAID_IS: Final = "coalesce({0}status, 'said') IN ('', 'said')"
ALIASES_KEPT: Final = 20


def presence(mentions: str, quotes: str, passages: str) -> str:
    """Who an article names, quotes or reports, how often in each voice and with how many words; furniture left out."""
    voices = COUNTED_VOICES
    counts = ", ".join(f"CAST(voice = '{voice}' AND {NAMED} AS INTEGER) AS \"{voice}\"" for voice in voices)
    zeros = ", ".join(f'0 AS "{voice}"' for voice in voices)
    sums = ", ".join(
        f'CAST(sum("{column}") AS INTEGER) AS "{column}"' for column in (*voices, *_SPOKEN, "quotes", "cited")
    )
    return f"""(
        SELECT entity_id, article_id, {LABEL_OF_ID} AS label, {sums}
        FROM (
            SELECT entity_id, article_id, {counts}, 0 AS quoted_words, 0 AS reported_words, 0 AS quotes,
                   CAST(cited AND {NAMED} AS INTEGER) AS cited
            FROM {mentions} WHERE voice <> 'furniture' AND entity_id <> ''
            UNION ALL
            SELECT speaker_id, article_id, {zeros}, 0, 0, 1, 0
            FROM {quotes} WHERE speaker_id <> '' AND kind <> 'term' AND {SAID_IS.format("")}
            UNION ALL
            SELECT speaker_id, article_id, {zeros}, {_IN_MARKS}, {_REPORTED}, 0, 0
            FROM {passages} WHERE speaker_id <> ''
        )
        GROUP BY entity_id, article_id
    )"""


# The one definition of whose words are whose: those of passages. What stands in marks as a term is nobody's.
_IN_MARKS: Final = "CASE WHEN voice = 'quote' THEN words ELSE 0 END"
_REPORTED: Final = "CASE WHEN voice = 'reported' THEN words ELSE 0 END"
_SPOKEN: Final = ("quoted_words", "reported_words")


def article_speakers(quotes: str, passages: str) -> str:
    """Whom an article quotes or reports: words in quotation marks, words reported, and fragments of each.

    Words in marks that nobody says are those of the speaker ``""`` with ``term``.
    """
    return f"""(
        SELECT article_id, speaker_id, speaker, term, CAST(sum(words) AS INTEGER) AS words,
               CAST(sum(reported) AS INTEGER) AS reported, CAST(sum(quotes) AS INTEGER) AS quotes,
               CAST(sum(reports) AS INTEGER) AS reports
        FROM (
            SELECT article_id, coalesce(speaker_id, '') AS speaker_id, coalesce(speaker, '') AS speaker,
                   voice = 'quote' AND attribution IS NULL AS term,
                   {_IN_MARKS} AS words, {_REPORTED} AS reported, 0 AS quotes, 0 AS reports
            FROM {passages} WHERE voice IN ('quote', 'reported')
            UNION ALL
            SELECT article_id, coalesce(speaker_id, ''), coalesce(speaker, ''), kind = 'term', 0, 0,
                   CAST(kind <> 'indirect' AS INTEGER), CAST(kind = 'indirect' AS INTEGER)
            FROM {quotes} WHERE {SAID_IS.format("")}
        )
        GROUP BY ALL
    )"""


def quote_mentions(mentions: str, quotes: str) -> str:
    """Which entities are named inside which fragment."""
    return f"""(
        SELECT DISTINCT m.entity_id, m.article_id, q.quote
        FROM {mentions} m JOIN {quotes} q
             ON m.article_id = q.article_id AND m.start >= q.start AND m."end" <= q."end"
    )"""


def entities(article_entities: str, mentions: str, presence_: str) -> str:
    """The entities of the corpus: the name most articles use for each, its other names, and how often it occurs.

    An entity that is only known as what another lies in is named after its id.
    """
    return f"""(
        WITH names AS (
            SELECT entity_id, name, count(*) AS n FROM {article_entities} WHERE name <> '' GROUP BY entity_id, name
        ), best AS (
            SELECT entity_id, name FROM names
            QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY n DESC, length(name) DESC, name) = 1
        ), facts AS (
            SELECT entity_id, coalesce(max(kind), '') AS kind, coalesce(max(state), '') AS state,
                   coalesce(max(fips), '') AS fips, coalesce(max(parent_id), '') AS parent_id
            FROM {article_entities} GROUP BY entity_id
        ), totals AS (
            SELECT entity_id, CAST(count(*) AS INTEGER) AS articles,
                   CAST(sum({" + ".join(COUNTED_VOICES)}) AS INTEGER) AS mentions
            FROM {presence_} GROUP BY entity_id
        ), known AS (
            SELECT entity_id FROM facts UNION SELECT entity_id FROM totals
            UNION SELECT parent_id FROM facts WHERE parent_id <> ''
        ), spoken AS (
            SELECT entity_id, trim(regexp_replace(surface, '\\s+', ' ', 'g')) AS surface, sum(n) AS n
            FROM (SELECT entity_id, surface, count(*) AS n FROM {mentions} WHERE {NAMED} GROUP BY ALL) GROUP BY ALL
        ), described AS (
            SELECT entity_id, {LABEL_OF_ID} AS label,
                   coalesce(best.name, replace(regexp_replace(entity_id, '^[^:]*:', ''), '-', ' ')) AS name,
                   coalesce(kind, '') AS kind, coalesce(state, '') AS state, coalesce(fips, '') AS fips,
                   coalesce(parent_id, '') AS parent_id, coalesce(articles, 0) AS articles,
                   coalesce(mentions, 0) AS mentions
            FROM known LEFT JOIN facts USING (entity_id) LEFT JOIN best USING (entity_id)
                 LEFT JOIN totals USING (entity_id)
        ), others AS (
            SELECT entity_id, list(surface ORDER BY spoken.n DESC, surface)[1:{ALIASES_KEPT}] AS aliases
            FROM spoken JOIN described USING (entity_id) WHERE surface <> described.name GROUP BY entity_id
        )
        SELECT entity_id, label, name, coalesce(aliases, CAST([] AS VARCHAR[])) AS aliases, kind, state, fips,
               parent_id, articles, mentions
        FROM described LEFT JOIN others USING (entity_id)
    )"""

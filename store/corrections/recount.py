"""What is counted of mentions and quotes, counted again where corrections moved some, and what a reader keeps of it.

Only rows of articles and entities that changed are made again: the tables were made of the snapshot as it was built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.snapshot import derived_tables
from store.snapshot.views import (
    CALLED,
    LINEAGE,
    NUMBERED_SPEAKERS,
    ON_ASKING,
    PLACED,
    PRESENT,
    QUOTED,
    QUOTES_ABOUT,
    RENAMED,
    SPEAKER_NAMES,
    SPEAKERS,
    TITLES,
)

if TYPE_CHECKING:
    from store.corrections.effect import Effect
    from store.snapshot.kept import InMemory

# Derived tables that are counted again.
DERIVED: Final = ("presence", "article_speakers", "quote_mentions")


def as_built(name: str) -> str:
    """The view of a table in which no correction changes anything."""
    return f"CREATE VIEW {RENAMED.get(name, name)} AS SELECT * FROM base_{name}"


def apply(maker: InMemory, effect: Effect) -> None:
    """Count again, given the corrected views of mentions, quotes and articles and the tables ``c_…`` and ``fix_…``."""
    if effect.moves:
        maker.execute(_CHANGED)
        _count_again(maker)
    else:
        for name in DERIVED:
            maker.execute(as_built(name))
    maker.execute(_ARTICLE_ENTITIES)
    maker.execute(_AGAIN)
    again = ("article_entities", "mentions" if effect.moves else "base_mentions", RENAMED["presence"])
    figures = derived_tables.entities(*(_OF_AGAIN.format(name) for name in again))
    maker.execute(f"CREATE TABLE new_entities AS SELECT * FROM {figures}")
    maker.execute(_HELD if effect.moves else _HELD_AS_BUILT)
    maker.execute(_ENTITIES)
    changes = [*_RENEW_ENTITIES, *_RENEW_LINEAGE]
    if effect.sources or effect.dates:
        changes.append(_RENEW_HEADERS)
    if effect.moves:
        changes += [_RENEW_COUNTS, *_RENEW_PRESENT, *_RENEW_SPEAKERS, *_RENEW_QUOTES_ABOUT, *_RENEW_TITLES]
        # Where a place is another, so is what lies in it, in articles that name nothing else.
        changes += _PLACED_ANEW if any(entity.startswith("place:") for entity in effect.moved) else _RENEW_PLACED
    for statement in changes:
        maker.change_rows(statement)
    touched_by = {"story_facts": effect.sources, "story_names": effect.dates}
    for name in ON_ASKING:
        if touched_by.get(name, effect.sources or effect.dates):
            maker.work_out_again(name, ON_ASKING[name])


# Articles whose counts are to be made again.
_CHANGED: Final = """
CREATE TABLE c_changed AS
SELECT article_id FROM fix_mentions WHERE now <> was
UNION SELECT article_id FROM fix_quotes WHERE now <> was OR gone OR now = ''
"""


def _count_again(maker: InMemory) -> None:
    """What is derived from mentions and quotes, counted anew for the articles that changed."""
    mentions = "(SELECT * FROM article_mentions WHERE article_id IN (SELECT article_id FROM c_changed))"
    quotes = "(SELECT * FROM quotes WHERE article_id IN (SELECT article_id FROM c_changed))"
    passages = "(SELECT * FROM passages WHERE article_id IN (SELECT article_id FROM c_changed))"
    counted_anew = {
        "presence": derived_tables.presence(mentions, quotes, passages),
        "article_speakers": derived_tables.article_speakers(quotes, passages),
        "quote_mentions": derived_tables.quote_mentions(mentions, quotes),
    }
    for name, sql in counted_anew.items():
        maker.execute(f"CREATE TABLE new_{name} AS SELECT * FROM {sql}")
        maker.execute(
            f"CREATE VIEW {RENAMED.get(name, name)} AS SELECT * FROM base_{name} "
            "WHERE article_id NOT IN (SELECT article_id FROM c_changed) "
            f"UNION ALL BY NAME SELECT * FROM new_{name}"
        )


_ARTICLE_ENTITIES: Final = """
CREATE VIEW article_entities AS
SELECT a.* REPLACE (coalesce(g.name, a.name) AS name, coalesce(p.now, a.parent_id) AS parent_id)
FROM base_article_entities a LEFT JOIN c_given g USING (entity_id) LEFT JOIN c_moved p ON p.entity_id = a.parent_id
WHERE a.entity_id NOT IN (SELECT entity_id FROM c_moved)
UNION ALL BY NAME
SELECT '' AS article_id, entity_id, '' AS label, name, '' AS kind, '' AS state, '' AS fips, '' AS parent_id
FROM c_name WHERE entity_id NOT IN (SELECT entity_id FROM base_article_entities)
"""
# Entities whose figures are made again: those that changed, and those that now stand in an article that changed.
_AGAIN: Final = """
CREATE TABLE c_again AS
SELECT entity_id FROM c_touched WHERE entity_id NOT IN (SELECT entity_id FROM c_moved)
"""
_OF_AGAIN: Final = "(SELECT * FROM {} WHERE entity_id IN (SELECT entity_id FROM c_again))"
# Entities that are still there: named or quoted somewhere, what another lies in, or in office on the day of an article.
_HELD: Final = """
CREATE TABLE c_held AS
SELECT now AS entity_id FROM fix_mentions WHERE now <> ''
UNION SELECT now FROM fix_quotes WHERE now <> '' AND NOT gone
UNION SELECT m.entity_id FROM base_mentions m SEMI JOIN c_again USING (entity_id)
      ANTI JOIN (SELECT * FROM fix_mentions WHERE now <> was) f USING (article_id, mention)
UNION SELECT q.speaker_id FROM base_quotes q SEMI JOIN c_again a ON a.entity_id = q.speaker_id
      ANTI JOIN (SELECT * FROM fix_quotes WHERE now <> was OR gone) f USING (article_id, quote)
UNION SELECT parent_id FROM base_entities
UNION SELECT administration FROM articles
"""
_HELD_AS_BUILT: Final = "CREATE TABLE c_held AS SELECT entity_id FROM base_entities"
_ENTITIES: Final = """
CREATE VIEW stored_entities AS
WITH kept AS (
    SELECT * FROM base_entities WHERE entity_id NOT IN (SELECT entity_id FROM c_touched)
), held AS (
    SELECT * FROM kept UNION ALL BY NAME SELECT n.* FROM new_entities n
    WHERE n.entity_id IN (SELECT entity_id FROM c_again) AND n.entity_id IN (SELECT entity_id FROM c_held)
), office AS (
    SELECT o.entity_id, 'ADMINISTRATION' AS label, o.name, CAST([] AS VARCHAR[]) AS aliases, '' AS kind, '' AS state,
           '' AS fips, '' AS parent_id, 0 AS articles, 0 AS mentions
    FROM c_office o WHERE o.entity_id NOT IN (SELECT entity_id FROM held)
)
SELECT h.* REPLACE (CASE WHEN coalesce(p.now, h.parent_id) = h.entity_id THEN '' ELSE coalesce(p.now, h.parent_id) END
       AS parent_id) FROM held h LEFT JOIN c_moved p ON p.entity_id = h.parent_id
UNION ALL BY NAME SELECT * FROM office
"""

# Entities of before keep their numbers: what is joined by number need not be made again.
_NUMBERED: Final = f"""
CREATE TEMP TABLE c_entities AS
SELECT s.*, CAST(coalesce(b.entity_no, coalesce((SELECT max(entity_no) FROM entities), 0) + row_number()
       OVER (PARTITION BY b.entity_no IS NULL ORDER BY s.label, s.entity_id)) AS INTEGER) AS entity_no,
       {CALLED} AS called
FROM stored_entities s LEFT JOIN (SELECT entity_id, entity_no FROM entities) b USING (entity_id)
"""
_RENEW_ENTITIES: Final = (
    _NUMBERED,
    "DELETE FROM entities",
    "INSERT INTO entities BY NAME SELECT * FROM c_entities",
    "DROP TABLE c_entities",
)
_RENEW_LINEAGE: Final = ("DELETE FROM lineage", f"INSERT INTO lineage {LINEAGE}")
_CORRECTED: Final = (
    "source",
    "published",
    "published_from",
    "published_to",
    "date_precision",
    "date_evidence",
    "administration",
)
_RENEW_HEADERS: Final = f"""
UPDATE headers h SET {", ".join(f"{name} = a.{name}" for name in _CORRECTED)}
FROM (SELECT * FROM articles
      WHERE article_id IN (SELECT article_id FROM c_source UNION SELECT article_id FROM c_date)) a
WHERE h.article_id = a.article_id
"""
_RENEW_COUNTS: Final = f"""
UPDATE headers h SET quotes = n.quotes, reports = n.reports, speakers = n.speakers
FROM (SELECT c.article_id, coalesce(q.quotes, 0) AS quotes, coalesce(q.reports, 0) AS reports,
             coalesce(q.speakers, 0) AS speakers
      FROM c_changed c LEFT JOIN ({QUOTED.format("new_article_speakers")}) q USING (article_id)) n
WHERE h.article_id = n.article_id
"""
_IN_CHANGED: Final = (
    "article_no IN (SELECT article_no FROM headers WHERE article_id IN (SELECT article_id FROM c_changed))"
)
_RENEW_PRESENT: Final = (
    f"DELETE FROM present WHERE {_IN_CHANGED}",
    f"INSERT INTO present BY NAME {PRESENT.format('new_presence')}",
)
_SPEAKERS_AGAIN: Final = SPEAKERS.format("new_article_speakers")
_NEW_SPEAKERS: Final = f"""
SELECT s.* EXCLUDE (speaker_no),
       CAST(s.speaker_no + (SELECT coalesce(max(speaker_no), 0) FROM speaker_names) AS INTEGER) AS speaker_no
FROM ({SPEAKER_NAMES.format(_SPEAKERS_AGAIN)}) s ANTI JOIN speaker_names n
ON n.entity_no IS NOT DISTINCT FROM s.entity_no AND n.words_for = s.words_for AND n.term = s.term
"""
_RENEW_SPEAKERS: Final = (
    f"DELETE FROM article_speakers WHERE {_IN_CHANGED}",
    # Speakers of before keep their numbers.
    f"INSERT INTO speaker_names BY NAME {_NEW_SPEAKERS}",
    f"INSERT INTO article_speakers BY NAME {NUMBERED_SPEAKERS.format(_SPEAKERS_AGAIN)}",
)
_QUOTES_AGAIN: Final = "(SELECT * FROM quotes WHERE article_id IN (SELECT article_id FROM c_changed))"
_RENEW_QUOTES_ABOUT: Final = (
    f"DELETE FROM quotes_about WHERE {_IN_CHANGED}",
    f"INSERT INTO quotes_about BY NAME {QUOTES_ABOUT.format(_QUOTES_AGAIN, 'new_quote_mentions')}",
)
_LABELS_AGAIN: Final = "(SELECT * FROM labels WHERE article_id IN (SELECT article_id FROM c_changed))"
_RENEW_TITLES: Final = (
    f"DELETE FROM titles_beside WHERE {_IN_CHANGED}",
    f"INSERT INTO titles_beside BY NAME {TITLES.format(_LABELS_AGAIN)}",
)
_RENEW_PLACED: Final = (
    f"DELETE FROM placed WHERE {_IN_CHANGED}",
    f"INSERT INTO placed BY NAME {PLACED.format(f'p.{_IN_CHANGED}')}",
)
_PLACED_ANEW: Final = ("DELETE FROM placed", f"INSERT INTO placed BY NAME {PLACED.format('true')}")

"""What a reader keeps in memory of a snapshot: the tables nearly every question starts from.

Ids are joined by numbers that hold for one opened snapshot only: joining numbers takes a fifth of the time. The text of
articles stays on the disk.
"""

from __future__ import annotations

from typing import Final

from store.schema import COUNTED_VOICES
from store.snapshot.derived_tables import SAID_IS

# The likeness from which nine in ten pairs of passages tell the same; what is less alike is shown as a perhaps.
SURE_TOLD: Final = 0.9
# Of passages less alike than this to what another article tells, so few tell the same that nothing like it is found.
LIKE_TOLD: Final = 0.05
# Tables that are read under another name, because the reader has its own table of that name.
RENAMED: Final = {name: f"stored_{name}" for name in ("entities", "presence", "article_speakers")}

# The name, with what tells places of one name apart: "Washington (state)", "Washington, DC".
CALLED: Final = """
CASE WHEN label = 'JURISDICTION' AND count(*) OVER (PARTITION BY label, name) > 1
     THEN name || CASE WHEN state = '' OR kind IN ('country', 'state', 'province')
                       THEN ' (' || kind || ')' ELSE ', ' || state END
     ELSE name END
"""
_ENTITIES: Final = f"""
CREATE TABLE entities AS
SELECT *, CAST(row_number() OVER (ORDER BY label, entity_id) AS INTEGER) AS entity_no, {CALLED} AS called
FROM stored_entities ORDER BY entity_no
"""
# How much is quoted in each article, of a table like article_speakers.
QUOTED: Final = """
SELECT article_id, CAST(sum(quotes) AS INTEGER) AS quotes, CAST(sum(reports) AS INTEGER) AS reports,
       CAST(count(DISTINCT coalesce(nullif(speaker_id, ''), nullif(speaker, ''))) AS INTEGER) AS speakers
FROM {} WHERE NOT term GROUP BY article_id
"""
# Articles without their texts.
_HEADERS: Final = f"""
CREATE TABLE headers AS
WITH quoted AS ({QUOTED.format("stored_article_speakers")})
SELECT a.* EXCLUDE (text), coalesce(q.quotes, 0) AS quotes, coalesce(q.reports, 0) AS reports,
       coalesce(q.speakers, 0) AS speakers,
       CAST(row_number() OVER (ORDER BY a.article_id) AS INTEGER) AS article_no
FROM articles a LEFT JOIN quoted q USING (article_id) ORDER BY article_no
"""
# Who is named or quoted in which article, by number, of a table like presence.
PRESENT: Final = """
SELECT e.entity_no, h.article_no, e.label, p.* EXCLUDE (entity_id, article_id, label)
FROM {} p JOIN entities e USING (entity_id) JOIN headers h USING (article_id) ORDER BY e.entity_no, h.article_no
"""
_PRESENT: Final = f"CREATE TABLE present AS {PRESENT.format('stored_presence')}"
_PRESENCE: Final = """
CREATE VIEW presence AS
SELECT e.entity_id, h.article_id, p.* EXCLUDE (entity_no, article_no)
FROM present p JOIN entities e USING (entity_no) JOIN headers h USING (article_no)
"""
# `words_for` are the words that stand for a speaker no entity was found for; empty otherwise.
SPEAKERS: Final = """
SELECT h.article_no, e.entity_no, CASE WHEN s.speaker_id = '' THEN s.speaker ELSE '' END AS words_for, s.term,
       CAST(sum(s.words) AS INTEGER) AS words, CAST(sum(s.reported) AS INTEGER) AS reported,
       CAST(sum(s.quotes) AS INTEGER) AS quotes, CAST(sum(s.reports) AS INTEGER) AS reports
FROM {} s JOIN headers h USING (article_id) LEFT JOIN entities e ON e.entity_id = s.speaker_id
GROUP BY ALL
"""
# Speakers by number: to add up by a number takes a third of the time that their words take.
SPEAKER_NAMES: Final = """
SELECT CAST(row_number() OVER (ORDER BY entity_no, words_for, term) AS INTEGER) AS speaker_no, *
FROM (SELECT DISTINCT entity_no, words_for, term FROM ({}))
"""
_SPEAKERS_AS_BUILT: Final = SPEAKERS.format("stored_article_speakers")
_SPEAKER_NAMES: Final = f"CREATE TABLE speaker_names AS {SPEAKER_NAMES.format(_SPEAKERS_AS_BUILT)}"
NUMBERED_SPEAKERS: Final = """
SELECT s.*, n.speaker_no FROM ({}) s JOIN speaker_names n
ON n.entity_no IS NOT DISTINCT FROM s.entity_no AND n.words_for = s.words_for AND n.term = s.term
"""
_SPEAKERS: Final = f"CREATE TABLE article_speakers AS {NUMBERED_SPEAKERS.format(_SPEAKERS_AS_BUILT)}"
# Which fragments somebody says or is named in, of a table like quotes and one like quote_mentions.
QUOTES_ABOUT: Final = f"""
SELECT e.entity_no, h.article_no, q.quote, any_value(q.kind) AS kind, bool_and({SAID_IS.format("q.")}) AS said
FROM (
    SELECT speaker_id AS entity_id, article_id, quote FROM {{0}} WHERE speaker_id <> ''
    UNION SELECT entity_id, article_id, quote FROM {{1}}
) a JOIN {{0}} q USING (article_id, quote) JOIN entities e USING (entity_id) JOIN headers h USING (article_id)
GROUP BY ALL ORDER BY e.entity_no, h.article_no, q.quote
"""
_QUOTES_ABOUT: Final = f"CREATE TABLE quotes_about AS {QUOTES_ABOUT.format('quotes', 'quote_mentions')}"
# Titles and roles set beside somebody's name, once for each article, of a table like labels.
TITLES: Final = """
SELECT e.entity_no, h.article_no, r.word
FROM {} r JOIN entities e USING (entity_id) JOIN headers h USING (article_id)
WHERE r.relation IN ('noun', 'appositive') AND r.voice <> 'furniture' GROUP BY ALL ORDER BY ALL
"""
_TITLES: Final = f"CREATE TABLE titles_beside AS {TITLES.format('labels')}"
# Every entity with itself and all it lies in: a city counts toward its county and its state.
LINEAGE: Final = """
WITH RECURSIVE up(entity_id, within) AS (
    SELECT entity_id, entity_id FROM entities
    UNION
    SELECT up.entity_id, e.parent_id FROM up JOIN entities e ON e.entity_id = up.within WHERE e.parent_id <> ''
)
SELECT up.entity_id, up.within, e.entity_no, w.entity_no AS within_no
FROM up JOIN entities e ON e.entity_id = up.entity_id JOIN entities w ON w.entity_id = up.within
"""
_LINEAGE: Final = f"CREATE TABLE lineage AS {LINEAGE}"
# Which places an article names, all that they lie in among them, and in which voices: a bit for each counted voice.
PLACED: Final = f"""
SELECT l.within_no AS place_no, p.article_no,
       bit_or(CAST({" + ".join(f"{1 << n} * CAST(p.{voice} > 0 AS INTEGER)" for n, voice in enumerate(COUNTED_VOICES))}
       AS UTINYINT)) AS voices
FROM present p JOIN lineage l USING (entity_no) JOIN entities e ON e.entity_no = l.within_no
WHERE e.label = 'JURISDICTION' AND {{}} GROUP BY ALL ORDER BY ALL
"""
_PLACED: Final = f"CREATE TABLE placed AS {PLACED.format('true')}"
# Facts of each story that two outlets tell: surely, or perhaps. Two articles of one text share all, and tell nothing.
_STORY_FACTS: Final = f"""
SELECT story_id, CAST(count(*) FILTER (sure > 1) AS INTEGER) AS shared,
       CAST(count(*) FILTER (sure < 2 AND told > 1) AS INTEGER) AS perhaps
FROM (
    SELECT s.story_id, s.fact, count(DISTINCT h.source) AS told,
           count(DISTINCT h.source) FILTER (s.likeness >= {SURE_TOLD}) AS sure
    FROM stories s JOIN headers h USING (article_id) WHERE s.told <> 'near' AND h.duplicate_of = ''
    GROUP BY s.story_id, s.fact
) GROUP BY story_id ORDER BY story_id
"""
# A story is called by what its articles share; one that no build has named, by its day.
_STORY_NAMES: Final = """
SELECT a.story_id AS entity_id, coalesce(any_value(t.title), 'An event' || coalesce(' · ' ||
       strftime(min(a.published_from), '%-d %B %Y'), '')) AS name,
       '' AS kind, '' AS state, CAST([] AS VARCHAR[]) AS aliases
FROM headers a LEFT JOIN story_titles t USING (story_id) WHERE a.story_id <> '' GROUP BY a.story_id ORDER BY a.story_id
"""
STATEMENTS: Final = (
    _ENTITIES,
    _HEADERS,
    _PRESENT,
    _PRESENCE,
    _SPEAKER_NAMES,
    _SPEAKERS,
    _QUOTES_ABOUT,
    _TITLES,
    _LINEAGE,
    _PLACED,
)
# All stories, numbered in the order in which they are listed, as no filter changes them.
_STORY_LIST: Final = """
WITH whole AS (
    SELECT a.story_id, CAST(count(*) AS INTEGER) AS articles, CAST(count(DISTINCT a.source) AS INTEGER) AS outlets,
           CAST(count(*) FILTER (a.duplicate_of <> '') AS INTEGER) AS copies,
           min(a.published_from) AS first, max(a.published_to) AS last
    FROM headers a WHERE a.story_id <> '' GROUP BY a.story_id
), listed AS (
    SELECT story_id, n.name, w.articles, outlets, copies, first, last, coalesce(told.shared, 0) AS shared,
           coalesce(told.perhaps, 0) AS perhaps, coalesce(t.aligned, 0) AS aligned
    FROM whole w JOIN story_names n ON n.entity_id = w.story_id LEFT JOIN story_facts told USING (story_id)
    LEFT JOIN story_titles t USING (story_id)
)
SELECT CAST(row_number() OVER (ORDER BY outlets > 1 DESC, shared DESC, outlets DESC, articles DESC,
       first DESC NULLS LAST, story_id) AS INTEGER) AS story_no, * FROM listed ORDER BY story_no
"""
# Which articles tell each, by number.
_STORY_ARTICLES: Final = """
SELECT s.story_no, h.article_no FROM headers h JOIN story_list s USING (story_id) ORDER BY ALL
"""
# What is worked out when it is asked for, unless it is kept; each may need those before it.
ON_ASKING: Final = {
    "story_facts": _STORY_FACTS,
    "story_names": _STORY_NAMES,
    "story_list": _STORY_LIST,
    "story_articles": _STORY_ARTICLES,
}

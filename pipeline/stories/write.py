"""The step of a build that looks at all articles together: which tell one story, and which passages one fact."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipeline.models.memory import let_go
from pipeline.stories.clustering import find_stories
from pipeline.stories.pair_features import LEAD, StoryText, embed
from store.schema import SORT_KEYS, TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pipeline.core.embedding import Encodes
    from pipeline.stories.comparison import Memory
    from pipeline.stories.story_facts import Parse
    from store.snapshot.writer import Writer

# An event is not told for longer than this without a word of it; days between one telling and the next.
_SILENCE: Final = 30

_ARTICLE: Final = (
    "article_id", "source", "title", "published_from", "published_to", "text", "duplicate_of",
)  # fmt: skip


def write_stories(
    writer: Writer,
    same_text: Mapping[str, str],
    encoder: Encodes,
    parse: Parse,
    *,
    version: str = "",
    anew: bool = False,
    memory: Memory | None = None,
) -> None:
    """Find the stories of what ``writer`` will commit, and stage them with their facts and names.

    A story whose articles are those of the last snapshot, read in the same way, keeps what was found of it by the same
    ``version`` of what finds it.

    Args:
        writer: with all articles staged.
        same_text: the first article with the very same text, by article.
        encoder: turns texts into vectors of meaning.
        parse: gives the parse of a text; None where it has none.
        version: that of the code and tables by which stories are found.
        anew: keep nothing of the last snapshot.
        memory: what is kept there of articles spares comparing them again.
    """
    articles = _openings(writer)
    texts = [story_text(article) for article in articles]
    # No name holds the vectors here: they are given up as soon as articles have been compared.
    numbers = find_stories(texts, _embedded(texts, encoder), memory)
    let_go(len(articles))
    members: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for number, article in zip(numbers, articles, strict=True):
        members[number].append(article)
    # The articles come in order of their dates, so that the first of a story names it.
    parts = [part for members_of_story in members.values() for part in without_silence(members_of_story)]
    stories = {
        f"story:{members_of_story[0]['article_id']}": members_of_story
        for members_of_story in parts
        if len(members_of_story) > 1
    }
    keys = {story: _key(members_of_story, version) for story, members_of_story in stories.items()}
    last_titles = (
        writer.current("story_titles") if writer.holds("story_titles") else TABLES["story_titles"].empty_table()
    )
    before = dict(zip(last_titles["story_id"].to_pylist(), last_titles["key"].to_pylist(), strict=True))
    kept_stories = {story for story, key in keys.items() if before.get(story) == key and not anew}
    new = {story: members_of_story for story, members_of_story in stories.items() if story not in kept_stories}
    copies = dict(same_text)
    if new:
        from pipeline.stories.story_facts import copies_within  # noqa: PLC0415  loads spaCy, which few articles need

        copies = copies_within(writer, new) | copies
    writer.amend(_amendments(articles, stories, copies, keep=kept_stories))
    if kept_stories == before.keys() and not new and writer.holds("stories"):
        return
    fact_tables, title_tables = (
        [writer.current("stories", among=kept_stories)],
        [writer.current("story_titles", among=kept_stories)],
    )
    if new:
        from pipeline.stories.story_facts import facts_and_titles  # noqa: PLC0415  the same

        for facts, titles in facts_and_titles(writer, new, encoder, parse, keys):
            fact_tables.append(pa.Table.from_pylist(facts, schema=TABLES["stories"]))
            title_tables.append(pa.Table.from_pylist(titles, schema=TABLES["story_titles"]))
        let_go(len(articles))
    writer.rewrite("stories", _joined(fact_tables, "stories"))
    writer.rewrite("story_titles", _joined(title_tables, "story_titles"))


def _embedded(texts: Sequence[StoryText], encoder: Encodes) -> NDArray[np.float32]:
    """The vectors of all articles, with what made them let go of."""
    vectors = embed(texts, encoder)
    let_go(len(texts))
    return vectors


def _joined(parts: Sequence[pa.Table], name: str) -> pa.Table:
    whole = pa.concat_tables(part.select(TABLES[name].names).cast(TABLES[name]) for part in parts)
    return whole.sort_by([(key, "ascending") for key in SORT_KEYS[name]])


def _openings(writer: Writer) -> list[dict[str, Any]]:
    """All articles in order, with no more of their texts than stories are found by."""
    keys = writer.coming("article_keys", ("article_id", "analysis_key"))
    key_of = dict(zip(keys["article_id"].to_pylist(), keys["analysis_key"].to_pylist(), strict=True))
    rows = writer.coming("articles", _ARTICLE, cut={"text": LEAD}).to_pylist()
    return [row | {"analysis_key": key_of.get(row["article_id"], "")} for row in rows]


def _key(articles: Sequence[Mapping[str, Any]], version: str) -> str:
    """Changes when anything would that is told of a story of these articles."""
    parts = [version, *(value for article in articles for value in (article["article_id"], article["analysis_key"]))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def story_text(article: Mapping[str, Any]) -> StoryText:
    """What is compared of a row of the table of articles."""
    days = (article["published_from"], article["published_to"])
    first, last = (day.toordinal() if day else None for day in days)
    return StoryText(article["title"], article["text"], first, last)


def without_silence(articles: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Articles of one story, in order of their dates, parted where a month passes without one.

    Some news comes again each year in nearly the same words. Articles without any date stay with the earliest.
    """
    dated = [article for article in articles if article["published_from"] is not None]
    parts: list[list[dict[str, Any]]] = [[article for article in articles if article["published_from"] is None]]
    last = None
    for article in dated:
        if last is not None and (article["published_from"] - last).days > _SILENCE:
            parts.append([])
        parts[-1].append(article)
        last = max(last or article["published_to"], article["published_to"])
    return parts


def _amendments(
    articles: Sequence[Mapping[str, Any]],
    stories: Mapping[str, Sequence[Mapping[str, Any]]],
    copies: Mapping[str, str],
    keep: Collection[str],
) -> pa.Table:
    """Story and copy of each article; of the stories in ``keep`` what the snapshot has of copies."""
    story_of = {article["article_id"]: story for story, members in stories.items() for article in members}
    ids = [str(article["article_id"]) for article in articles]
    before = {article["article_id"]: article["duplicate_of"] for article in articles}
    first = [
        copies.get(article_id, "") or (before[article_id] if story_of.get(article_id, "") in keep else "")
        for article_id in ids
    ]
    return pa.table(
        {"article_id": ids, "story_id": [story_of.get(article_id, "") for article_id in ids], "duplicate_of": first}
    )

"""The step of a build that looks at all articles together: which tell one story, and which passages one fact."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipeline.stories.clustering import find_stories
from pipeline.stories.extracts import extract
from pipeline.stories.facts import ARTICLES_MOST, PASSAGES_MOST, FactPassage, align, comparable
from pipeline.stories.pair_features import LEAD, StoryText, embed
from pipeline.stories.passage_pairs import Passage, plain_words, stem
from pipeline.stories.titles import opening, title
from store.schema import SORT_KEYS, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.core.embedding import Encodes
    from pipeline.stories.comparison import Memory
    from pipeline.stories.extracts import Extract
    from store.snapshot.writer import Writer

    Parse = Callable[[str], Doc | None]

# Articles of one story with so much of the shorter one's runs of words in the other are one text sent out twice.
COPY: Final = 0.7
_RUN: Final = 5
# Articles whose sentences are held at once.
_AT_ONCE: Final = 500
# A fact is better headed by the outlet's own words than by quoted ones.
_QUOTED: Final = 0.15

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
    numbers = find_stories(texts, embed(texts, encoder), memory)
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
    copies = _copies(
        writer, {story: members_of_story for story, members_of_story in stories.items() if story in new}
    ) | dict(same_text)
    writer.amend(_amendments(articles, stories, copies, keep=kept_stories))
    if kept_stories == before.keys() and not new and writer.holds("stories"):
        return
    fact_tables, title_tables = (
        [writer.current("stories", among=kept_stories)],
        [writer.current("story_titles", among=kept_stories)],
    )
    for facts, titles in _facts(writer, new, encoder, parse, keys):
        fact_tables.append(pa.Table.from_pylist(facts, schema=TABLES["stories"]))
        title_tables.append(pa.Table.from_pylist(titles, schema=TABLES["story_titles"]))
    writer.rewrite("stories", _joined(fact_tables, "stories"))
    writer.rewrite("story_titles", _joined(title_tables, "story_titles"))


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


def _copies(writer: Writer, stories: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
    """Near copies within some stories, whose whole texts are read for it a few at a time."""
    copies: dict[str, str] = {}
    for batch in _batches(stories):
        ids = {article["article_id"] for members in batch.values() for article in members}
        rows = writer.coming("articles", ("article_id", "text"), among=ids)
        texts = dict(zip(rows["article_id"].to_pylist(), rows["text"].to_pylist(), strict=True))
        for members in batch.values():
            copies |= near_copies([dict(article) | {"text": texts[article["article_id"]]} for article in members])
    return copies


def _batches(stories: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[dict[str, Sequence[Mapping[str, Any]]]]:
    """Stories, so many at a time that their articles can be held."""
    waiting: dict[str, Sequence[Mapping[str, Any]]] = {}
    for story, members in stories.items():
        waiting[story] = members
        if sum(map(len, waiting.values())) >= _AT_ONCE:
            yield waiting
            waiting = {}
    if waiting:
        yield waiting


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


def near_copies(articles: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Articles that say again, word for word, most of what an earlier one of their story says: to that article.

    Compared are runs of five words (shingles; Broder 1997), by the share of the shorter text's runs that both have.
    """
    runs = [_runs(str(article["text"])) for article in articles]
    copies: dict[str, str] = {}
    for later, article in enumerate(articles):
        for earlier in range(later):
            first = str(articles[earlier]["article_id"])
            least = min(len(runs[earlier]), len(runs[later]))
            if first not in copies and least and len(runs[earlier] & runs[later]) >= COPY * least:
                copies[str(article["article_id"])] = first
                break
    return copies


def _runs(text: str) -> set[tuple[str, ...]]:
    words = plain_words(text)
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _facts(
    writer: Writer,
    stories: Mapping[str, Sequence[Mapping[str, Any]]],
    encoder: Encodes,
    parse: Parse,
    keys: Mapping[str, str],
) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Rows of ``stories`` and of ``story_titles``, for some stories at a time."""
    first = {story: members[:ARTICLES_MOST] for story, members in stories.items()}
    for batch in _batches(first):
        ids = {article["article_id"] for members in batch.values() for article in members}
        rows = writer.coming("articles", ("article_id", "text"), among=ids)
        texts = dict(zip(rows["article_id"].to_pylist(), rows["text"].to_pylist(), strict=True))
        passages = passages_of(writer, texts)
        facts: list[dict[str, Any]] = []
        titles: list[dict[str, Any]] = []
        for story, members in batch.items():
            articles = _within(members, passages)
            docs = {article["article_id"]: parse(texts[article["article_id"]]) for article in articles}
            story_passages = [passage for article in articles for passage in passages[article["article_id"]]]
            compared = comparable(story_passages)
            meanings = partial(_meanings, encoder, compared)
            facts += [_row(story, fact) for fact in align(compared, meanings, partial(_phrase, docs))]
            tops = [
                opening(passages[article["article_id"]], article["title"], docs[article["article_id"]])
                for article in articles
            ]
            name = title(tops, *_days_of(stories[story]))
            titles.append({"story_id": story, "title": name, "aligned": len(articles), "key": keys[story]})
        yield facts, titles


def _within(members: Sequence[Mapping[str, Any]], passages: Mapping[str, Sequence[Passage]]) -> list[Mapping[str, Any]]:
    """The first articles of a story whose passages can be compared with each other at once, two at least."""
    articles: list[Mapping[str, Any]] = []
    number = 0
    for article in members:
        number += len(passages[article["article_id"]])
        if number > PASSAGES_MOST and len(articles) > 1:
            break
        articles.append(article)
    return articles


def _days_of(articles: Sequence[Mapping[str, Any]]) -> tuple[date | None, date | None]:
    first = [article["published_from"] for article in articles if article["published_from"]]
    last = [article["published_to"] for article in articles if article["published_to"]]
    return min(first, default=None), max(last, default=None)


def plain_text(passage: Passage) -> str:
    """A passage on one line: what its vector is of."""
    return " ".join(passage.text.split())


def _meanings(encoder: Encodes, passages: Sequence[Passage], numbers: NDArray[np.int64]) -> NDArray[np.float32]:
    return encoder.encode([plain_text(passages[number]) for number in numbers])


def _phrase(
    docs: Mapping[str, Doc | None], passage: Passage, terms: Mapping[str, float], whole: float
) -> Extract | None:
    doc = docs[passage.article]
    sentence = doc.char_span(passage.start, passage.end, alignment_mode="expand") if doc is not None else None
    return extract(sentence, terms, whole, term_of) if sentence is not None else None


def term_of(word: str) -> str:
    """The term of a single word of a text."""
    words = plain_words(word)
    return stem(words[0]) if words else ""


def _row(story: str, fact_passage: FactPassage) -> dict[str, Any]:
    passage, phrase = fact_passage.passage, fact_passage.phrase
    return {
        "story_id": story,
        "fact": fact_passage.fact,
        "article_id": passage.article,
        "start": passage.start,
        "end": passage.end,
        "sentence": passage.sentence,
        "voice": passage.voice,
        "speaker": passage.speaker,
        "kind": fact_passage.kind,
        "shared": "; ".join(fact_passage.shared),
        "told": "near" if fact_passage.near else "part" if fact_passage.cut or fact_passage.lacks else "full",
        "lacks": "; ".join(fact_passage.lacks),
        "likeness": fact_passage.likeness,
        "phrase_start": phrase.start if phrase else passage.start,
        "phrase_end": phrase.end if phrase else passage.end,
        "clarity": phrase.clarity - (_QUOTED if passage.voice == "quote" else 0) if phrase else None,
    }


def passages_of(writer: Writer, texts: Mapping[str, str]) -> dict[str, list[Passage]]:
    """The sentences that count of some articles, by article, in order of the text."""
    names: defaultdict[tuple[str, int], dict[str, tuple[str, str]]] = defaultdict(dict)
    written: defaultdict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    columns: tuple[str, ...] = (
        "article_id", "mention", "sentence", "entity_id", "label", "name", "voice", "start", "end",
    )  # fmt: skip
    mentions = writer.coming("mentions", columns, among=texts.keys()).to_pylist()
    for row in sorted(mentions, key=lambda row: (row["article_id"], row["mention"])):
        if row["voice"] != "furniture":
            key = (row["article_id"], row["sentence"])
            names[key][row["entity_id"]] = (row["label"], row["name"])
            written[key][row["entity_id"]] = texts[row["article_id"]][row["start"] : row["end"]]
    quoted: defaultdict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    columns = ("article_id", "sentence", "start", "end", "voice", "attribution", "speaker")
    for row in writer.coming("passages", columns, among=texts.keys()).to_pylist():
        if row["voice"] == "quote" and row["attribution"] is not None:
            words = texts[row["article_id"]][row["start"] : row["end"]]
            quoted[row["article_id"], row["sentence"]].append((words, row["speaker"] or ""))
    passages: dict[str, list[Passage]] = {article_id: [] for article_id in texts}
    columns = ("article_id", "sentence", "start", "end", "voice")
    for row in writer.coming("sentences", columns, among=texts.keys()).to_pylist():
        if row["voice"] == "furniture":
            continue
        key, text = (row["article_id"], row["sentence"]), texts[row["article_id"]]
        quotes = quoted.get(key, [])
        passages[row["article_id"]].append(
            Passage(
                article=row["article_id"],
                sentence=row["sentence"],
                start=row["start"],
                end=row["end"],
                voice=row["voice"],
                text=text[row["start"] : row["end"]],
                names=names.get(key, {}),
                written=written.get(key, {}),
                quoted=" ".join(words for words, _ in quotes),
                speaker=next((speaker for _, speaker in quotes if speaker), ""),
            )
        )
    return passages

"""The step of a build that looks at all articles together: which tell one story, and which passages one fact."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipeline.stories.clustering import find_stories
from pipeline.stories.extracts import extract
from pipeline.stories.facts import ARTICLES_MOST, Told, align, comparable
from pipeline.stories.pair_features import StoryText, embed
from pipeline.stories.passage_pairs import Passage, plain_words, stem
from store.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc

    from pipeline.core.embedding import Encodes
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

_ARTICLE: Final = ("article_id", "source", "title", "published_from", "published_to", "text")


def tell(writer: Writer, same_text: Mapping[str, str], encoder: Encodes, parse: Parse) -> None:
    """Find the stories of what ``writer`` will commit, and stage them with their facts.

    Args:
        writer: with all articles staged.
        same_text: the first article with the very same text, by article.
        encoder: turns texts into vectors of meaning.
        parse: gives the parse of a text; None where it has none.
    """
    articles = writer.coming("articles", _ARTICLE).to_pylist()
    texts = [_text(article) for article in articles]
    numbers = find_stories(texts, embed(texts, encoder))
    members: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for number, article in zip(numbers, articles, strict=True):
        members[number].append(article)
    # The articles come in order of their dates, so that the first of a story names it.
    parts = [part for own in members.values() for part in without_silence(own)]
    stories = {f"story:{own[0]['article_id']}": own for own in parts if len(own) > 1}
    writer.amend(_amendments(articles, stories, same_text))
    rows = list(_facts(writer, stories, encoder, parse))
    writer.rewrite("stories", pa.Table.from_pylist(rows, schema=TABLES["stories"]))


def _text(article: Mapping[str, Any]) -> StoryText:
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
    articles: Sequence[Mapping[str, Any]], stories: Mapping[str, Sequence[Mapping[str, Any]]], same: Mapping[str, str]
) -> pa.Table:
    story_of = {article["article_id"]: story for story, own in stories.items() for article in own}
    copies = {copy: first for own in stories.values() for copy, first in near_copies(own).items()} | dict(same)
    ids = [str(article["article_id"]) for article in articles]
    return pa.table(
        {
            "article_id": ids,
            "story_id": [story_of.get(article_id, "") for article_id in ids],
            "duplicate_of": [copies.get(article_id, "") for article_id in ids],
        }
    )


def near_copies(articles: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Articles that say again, word for word, most of what an earlier one of their story says: to that article.

    Compared are runs of five words (shingles; Broder 1997), by the share of the shorter text's runs that both have.
    """
    runs = [_runs(str(article["text"])) for article in articles]
    found: dict[str, str] = {}
    for later, article in enumerate(articles):
        for earlier in range(later):
            first = str(articles[earlier]["article_id"])
            least = min(len(runs[earlier]), len(runs[later]))
            if first not in found and least and len(runs[earlier] & runs[later]) >= COPY * least:
                found[str(article["article_id"])] = first
                break
    return found


def _runs(text: str) -> set[tuple[str, ...]]:
    words = plain_words(text)
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _facts(
    writer: Writer, stories: Mapping[str, Sequence[Mapping[str, Any]]], encoder: Encodes, parse: Parse
) -> Iterator[dict[str, Any]]:
    waiting: dict[str, list[Mapping[str, Any]]] = {}
    for number, (story, own) in enumerate(stories.items(), 1):
        waiting[story] = list(own[:ARTICLES_MOST])
        if sum(map(len, waiting.values())) < _AT_ONCE and number < len(stories):
            continue
        texts = {article["article_id"]: article["text"] for o in waiting.values() for article in o}
        passages = passages_of(writer, texts)
        for one, articles in waiting.items():
            docs = {article["article_id"]: parse(article["text"]) for article in articles}
            told_by_all = [passage for article in articles for passage in passages[article["article_id"]]]
            compared = comparable(told_by_all)
            vectors = encoder.encode([plain_text(passage) for passage in compared])
            told = align(compared, vectors, partial(_phrase, docs))
            yield from (_row(one, fact) for fact in told)
        waiting.clear()


def plain_text(passage: Passage) -> str:
    """A passage on one line: what its vector is of."""
    return " ".join(passage.text.split())


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


def _row(story: str, told: Told) -> dict[str, Any]:
    passage, phrase = told.passage, told.phrase
    return {
        "story_id": story,
        "fact": told.fact,
        "article_id": passage.article,
        "start": passage.start,
        "end": passage.end,
        "sentence": passage.sentence,
        "voice": passage.voice,
        "speaker": passage.speaker,
        "kind": told.kind,
        "shared": "; ".join(told.shared),
        "told": "part" if told.cut else "full",
        "likeness": told.likeness,
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
    columns = ("article_id", "sentence", "start", "end", "voice", "speaker")
    for row in writer.coming("passages", columns, among=texts.keys()).to_pylist():
        if row["voice"] == "quote":
            words = texts[row["article_id"]][row["start"] : row["end"]]
            quoted[row["article_id"], row["sentence"]].append((words, row["speaker"] or ""))
    found: dict[str, list[Passage]] = {article_id: [] for article_id in texts}
    columns = ("article_id", "sentence", "start", "end", "voice")
    for row in writer.coming("sentences", columns, among=texts.keys()).to_pylist():
        if row["voice"] == "furniture":
            continue
        key, text = (row["article_id"], row["sentence"]), texts[row["article_id"]]
        said = quoted.get(key, [])
        found[row["article_id"]].append(
            Passage(
                article=row["article_id"],
                sentence=row["sentence"],
                start=row["start"],
                end=row["end"],
                voice=row["voice"],
                text=text[row["start"] : row["end"]],
                names=names.get(key, {}),
                written=written.get(key, {}),
                quoted=" ".join(words for words, _ in said),
                speaker=next((speaker for _, speaker in said if speaker), ""),
            )
        )
    return found

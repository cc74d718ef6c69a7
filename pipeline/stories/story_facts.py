"""What is written of new stories: which of their articles are copies, the facts they share, and their names."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pipeline.stories.addressed import tells
from pipeline.stories.denials import Deeds, deeds
from pipeline.stories.extracts import extract, within_marks
from pipeline.stories.facts import ARTICLES_MOST, PASSAGES_MOST, FactPassage, align, comparable
from pipeline.stories.passage_pairs import Passage, plain_words, stem
from pipeline.stories.titles import opening, title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Span

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


def copies_within(writer: Writer, stories: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
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


def facts_and_titles(
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
            outlets = {article["article_id"]: article["source"] for article in articles}
            compared = comparable(tells(story_passages, partial(_parsed, docs), outlets))
            meanings = partial(_meanings, encoder, compared)
            aligned = align(compared, meanings, partial(_phrase, docs), partial(_deeds, docs))
            facts += [_row(story, fact) for fact in aligned]
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
    sentence = _parsed(docs, passage)
    if sentence is None:
        return None
    in_marks = within_marks(terms, passage.quoted) if passage.voice == "quote" else terms
    found = extract(sentence, in_marks, whole, term_of)
    return found.within(passage.start, passage.end) if found else None


def _deeds(docs: Mapping[str, Doc | None], passage: Passage) -> Deeds:
    sentence = _parsed(docs, passage)
    return deeds(sentence) if sentence is not None else Deeds()


def _parsed(docs: Mapping[str, Doc | None], passage: Passage) -> Span | None:
    doc = docs[passage.article]
    return doc.char_span(passage.start, passage.end, alignment_mode="expand") if doc is not None else None


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

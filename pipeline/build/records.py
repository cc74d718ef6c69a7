"""From an annotated ``Doc`` to rows of the tables, and to the JSON object of ``annotate``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipeline.core.annotations import Annotations, Entity, Mention, Passage, Quote, found_in
from pipeline.core.doc_cache import text_of
from pipeline.core.word_counts import count_words
from pipeline.entities.administrations import in_office
from pipeline.places.gazetteer import ancestors
from pipeline.places.local_bodies import place_words
from store.schema import COUNTED_VOICES, SAID, UNSURE
from store.snapshot.delta_tables import ALL as SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Doc

    from pipeline.readers.article import Article

Row = dict[str, Any]
Rows = dict[str, list[Row]]

# Tables with rows of one article each; the others are derived when a snapshot is made.
PER_ARTICLE: Final = (
    "articles",
    "sentences",
    "passages",
    "mentions",
    "article_entities",
    "quotes",
    "portrayals",
    "labels",
    "phrases",
)

_OPENING_WORDS: Final = 12


class _Places:
    """Finds the sentence and passage that hold a character."""

    def __init__(self, annotations: Annotations) -> None:
        self._sentences = [sentence.start for sentence in annotations.sentences]
        self._passages = [passage.start for passage in annotations.passages]
        self._annotations = annotations

    def sentence(self, position: int) -> int:
        """Number of the sentence at ``position``; the last before it where it falls between two."""
        return max(0, bisect_right(self._sentences, position) - 1)

    def words_within(self, start: int, end: int, voice: str) -> int:
        """Words from ``start`` to ``end`` in one voice: what a sum over passages gives, and nothing else."""
        first = bisect_left(self._passages, start)
        last = bisect_left(self._passages, end)
        return sum(passage.words for passage in self._annotations.passages[first:last] if passage.voice == voice)

    def passage(self, position: int) -> Passage | None:
        """The passage at ``position``, or the last before it."""
        number = bisect_right(self._passages, position) - 1
        return self._annotations.passages[number] if number >= 0 else None


def _opening(text: str, annotations: Annotations) -> str:
    """First words of the article itself, to name it by when it has no headline."""
    for block in annotations.blocks:
        if block.kind == "body":
            words = text[block.start : block.end].split()
            return " ".join(words[:_OPENING_WORDS]) + ("…" if len(words) > _OPENING_WORDS else "")
    return ""


def _headline(text: str, annotations: Annotations) -> str:
    return next((text[block.start : block.end] for block in annotations.blocks if block.kind == "headline"), "")


def _article_row(article: Article, annotations: Annotations, duplicate_of: str) -> Row:
    by_voice = dict.fromkeys((*COUNTED_VOICES, "furniture"), 0)
    for passage in annotations.passages:
        by_voice[passage.voice] += passage.words
    office = in_office(*article.government_days)
    return {
        "article_id": article.article_id,
        "source": article.source,
        "title": article.title or _headline(article.text, annotations),
        "opening": _opening(article.text, annotations),
        "authors": article.authors,
        "published": article.published,
        "published_from": article.published_from,
        "published_to": article.published_to,
        "date_precision": article.date_precision,
        "date_evidence": article.date_evidence,
        "url": article.url,
        "administration": office.entity_id if office else "",
        "words": sum(by_voice[voice] for voice in COUNTED_VOICES),
        **{f"words_{voice}": words for voice, words in by_voice.items()},
        "story_id": "",
        "duplicate_of": duplicate_of,
        "origin": article.origin,
        "origin_row": article.origin_row,
        "language": article.language,
        "text_changes": list(article.text_changes),
        "own": [f"{name.replace(':', ' ')}:{value}" for name, value in article.own],
        "text": article.text,
    }


def _mention_row(number: int, mention: Mention, text: str, annotations: Annotations, places: _Places) -> Row:
    passage = places.passage(mention.start)
    return {
        "mention": number,
        "start": mention.start,
        "end": mention.end,
        "surface": text[mention.start : mention.end],
        "label": mention.label,
        "entity_id": mention.entity_id,
        "name": annotations.entities[mention.entity_id].name,
        "sentence": places.sentence(mention.start),
        "voice": passage.voice if passage else "narration",
        "speaker_id": passage.speaker_id if passage else "",
        "resolution": mention.resolution,
        "metonym": mention.metonym,
        "cited": mention.cited,
        "confidence": mention.confidence,
    }


def _entities_used(article: Article, annotations: Annotations) -> Iterable[Entity]:
    """Entities of the article, and those that need a name though it says none: what its places lie in, who governed.

    A body of a place, such as its police, lies in it.
    """
    named = {mention.entity_id for mention in annotations.mentions} | {quote.speaker_id for quote in _kept(annotations)}
    used = {key: entity for key, entity in annotations.entities.items() if key in named}
    for entity in list(used.values()):
        used.update((above.entity_id, above) for above in ancestors(entity.parent_id) if above.entity_id not in used)
    if office := in_office(*article.government_days):
        used[office.entity_id] = office
    return (used[key] for key in sorted(used))


def _kept(annotations: Annotations) -> list[Quote]:
    """The quotes that tables have: none that is too unsure."""
    return [quote for quote in annotations.quotes if quote.status != UNSURE]


def rows_of(article: Article, doc: Doc, duplicate_of: str = "") -> Rows:
    """Rows of one article for every table in :data:`PER_ARTICLE`; ``doc`` is its annotated text."""
    annotations = found_in(doc)
    places = _Places(annotations)
    text = article.text
    rows: Rows = {
        "articles": [_article_row(article, annotations, duplicate_of)],
        "sentences": [
            {"sentence": number, **asdict(sentence)} for number, sentence in enumerate(annotations.sentences)
        ],
        "passages": [{"passage": number, **asdict(passage)} for number, passage in enumerate(annotations.passages)],
        "mentions": [
            _mention_row(number, mention, text, annotations, places)
            for number, mention in enumerate(annotations.mentions)
        ],
        "article_entities": [_entity_row(entity) for entity in _entities_used(article, annotations)],
        "quotes": [],
        "portrayals": [],
        "labels": [{"label": number, **asdict(label)} for number, label in enumerate(annotations.labels)],
        "phrases": [{"phrase": number, **asdict(phrase)} for number, phrase in enumerate(annotations.phrases)],
    }
    for number, quote in enumerate(_kept(annotations)):
        row = asdict(quote)
        row.pop("quoted")
        speakers = row.pop("speakers") or [(quote.speaker_id, quote.speaker)]
        rows["quotes"].append(
            row
            | {
                "quote": number,
                "speaker_ids": [entity_id for entity_id, _ in speakers if entity_id],
                "words": count_words(text[quote.start : quote.end]),
                "quoted_words": places.words_within(quote.start, quote.end, "quote"),
                "reported_words": places.words_within(quote.start, quote.end, "reported"),
                "sentence": places.sentence(quote.start),
                "speaker_text": text[quote.speaker_start : quote.speaker_end]
                if quote.speaker_start is not None
                else "",
                "addressee_text": text[quote.addressee_start : quote.addressee_end]
                if quote.addressee_start is not None
                else "",
                "text": text[quote.start : quote.end],
            }
        )
    for portrayal in annotations.portrayals:
        mention = rows["mentions"][portrayal.mention]
        sentence = annotations.sentences[mention["sentence"]]
        rows["portrayals"].append(
            asdict(portrayal)
            | {name: mention[name] for name in ("entity_id", "label", "sentence", "voice", "speaker_id")}
            | {"start": sentence.start, "end": sentence.end, "sentiment": portrayal.sentiment}
        )
    for table in rows.values():
        for row in table:
            row["article_id"] = article.article_id
    return rows


def unanalysed_rows(article: Article, duplicate_of: str = "") -> Rows:
    """Rows of an article in a language that is not analysed: its lines are shown and searched, and counted nowhere."""
    rows: Rows = {name: [] for name in PER_ARTICLE}
    rows["articles"] = [_article_row(article, Annotations(), duplicate_of)]
    first = next((line for line in article.text.split("\n") if line.strip() and line.strip() != article.title), "")
    words = first.split()
    rows["articles"][0]["opening"] = " ".join(words[:_OPENING_WORDS]) + ("…" if len(words) > _OPENING_WORDS else "")
    start = 0
    for line in article.text.split("\n"):
        if line.strip():
            number = len(rows["sentences"])
            span = {"start": start, "end": start + len(line), "paragraph": number, "sentence": number, "words": 0}
            common = {"article_id": article.article_id, "voice": "furniture", "tone": 0.0}
            rows["sentences"].append(span | common)
            rows["passages"].append(
                span | common | {"passage": number, "furniture_kind": "other_language", "speaker_id": "", "speaker": ""}
            )
        start += len(line) + 1
    rows["articles"][0]["article_id"] = article.article_id
    return rows


def _entity_row(entity: Entity) -> Row:
    row = asdict(entity)
    row.pop("gender")  # helps to find the speaker behind a pronoun; nothing to show anybody
    return row


def to_tables(rows: Sequence[Rows], keys: Mapping[str, str]) -> dict[str, pa.Table]:
    """Many articles' rows as Arrow tables; ``keys`` holds, by article id, what each article's rows were made from."""
    gathered = {name: [row for article in rows for row in article[name]] for name in PER_ARTICLE}
    gathered["article_keys"] = [
        {"article_id": row["article_id"], "analysis_key": keys[row["article_id"]]} for row in gathered["articles"]
    ]
    return {name: pa.Table.from_pylist(table_rows, schema=SCHEMAS[name]) for name, table_rows in gathered.items()}


def annotation_of(doc: Doc) -> Row:
    """What ``annotate`` prints of a text, all offsets in it; see ``docs/data.md`` for the fields."""
    annotations = found_in(doc)
    places = _Places(annotations)
    text = text_of(doc)

    def span(start: int, end: int) -> Row:
        return {"start": start, "end": end, "text": text[start:end]}

    def named(mention: Mention) -> Row:
        entity = annotations.entities[mention.entity_id]
        return span(mention.start, mention.end) | {"entity_id": entity.entity_id, "name": entity.name}

    def place(mention: Mention) -> Row:
        entity = annotations.entities[mention.entity_id]
        start, end = mention.start, mention.end
        if entity.label == "ORG":
            first, last = place_words(text[start:end], entity.parent_id)
            entity, start, end = ancestors(entity.parent_id)[0], start + first, start + last
        return span(start, end) | {
            "entity_id": entity.entity_id,
            "name": entity.name,
            "kind": entity.kind,
            "state": entity.state,
            "fips": entity.fips,
            "metonym": mention.metonym,
            "confidence": mention.confidence,
        }

    def of(label: str) -> list[Mention]:
        return [mention for mention in annotations.mentions if mention.label == label]

    portrayals = []
    for portrayal in annotations.portrayals:
        mention = annotations.mentions[portrayal.mention]
        passage = places.passage(mention.start)
        portrayals.append(
            named(mention)
            | {
                "voice": passage.voice if passage else "narration",
                "label": portrayal.sentiment,
                "p": [portrayal.p_negative, portrayal.p_neutral, portrayal.p_positive],
            }
        )

    def quoted(quote: Quote) -> Row:
        return span(quote.start, quote.end) | {
            # Scripts know four kinds. No marks say that a turn is verbatim; its resolution is "transcript".
            "kind": "indirect" if quote.kind == "transcript" else quote.kind,
            "status": quote.status or None,
            "speaker_text": text[quote.speaker_start : quote.speaker_end] if quote.speaker_start is not None else None,
            "speaker_start": quote.speaker_start,
            "speaker_end": quote.speaker_end,
            "speaker_entity": quote.speaker or None,
            "speaker_id": quote.speaker_id or None,
            "speaker_entities": [name for _, name in quote.speakers] or ([quote.speaker] if quote.speaker else []),
            "cue_text": text[quote.cue_start : quote.cue_end] if quote.cue_start is not None else None,
            "cue_class": quote.cue_class or None,
            "addressee_text": text[quote.addressee_start : quote.addressee_end]
            if quote.addressee_start is not None
            else None,
            "addressee_start": quote.addressee_start,
            "addressee_end": quote.addressee_end,
            "addressee_entity": annotations.entities[quote.addressee_id].name if quote.addressee_id else None,
            "addressee_id": quote.addressee_id or None,
            "attribution_id": quote.attribution,
            "resolution": quote.resolution,
            "confidence": quote.confidence,
        }

    quotes = [quote for quote in annotations.quotes if quote.status in {"", SAID}]
    return {
        "quotes": [quoted(quote) for quote in quotes],
        # What is put beside somebody who, as far as the text tells, did not say it.
        "unsaid": [quoted(quote) for quote in annotations.quotes if quote.status not in {"", SAID}],
        "mentions": [
            named(mention)
            | {"label": mention.label, "resolution": mention.resolution, "confidence": mention.confidence}
            | {"kind": annotations.entities[mention.entity_id].kind, "cited": mention.cited}
            for mention in annotations.mentions
        ],
        # Police and jails count for their place as well: "Boston" in "Boston Police Department".
        "jurisdictions": [
            place(mention)
            for mention in annotations.mentions
            if mention.label == "JURISDICTION"
            or (mention.label == "ORG" and annotations.entities[mention.entity_id].parent_id)
        ],
        "administrations": [named(mention) for mention in of("ADMINISTRATION")],
        "portrayals": portrayals,
        "furniture": [
            {"start": block.start, "end": block.end, "kind": block.reason}
            for block in annotations.blocks
            if block.kind in {"furniture", "caption"}
        ],
    }

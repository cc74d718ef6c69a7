"""The card beside an article: what a name or a passage is, how we know, and how sure we are.

Pure: rows in, escaped HTML out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.markup.html import Html, join, raw, tag
from dashboard.markup.phrasing import count
from dashboard.markup.reader import spelt
from dashboard.reading.article_text import SPEAKER_SURE_ENOUGH, SURE_ENOUGH, Row, span_of, speaker_key
from store.schema import SPOKEN_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RATED_FROM: Final = 5
LABEL: Final = {"PERSON": "Person", "ORG": "Organisation", "JURISDICTION": "Place", "ADMINISTRATION": "Administration"}
FILTER_KEY: Final = {
    "PERSON": "person",
    "ORG": "organisation",
    "JURISDICTION": "jurisdiction",
    "ADMINISTRATION": "named",
}
VOICE: Final = {
    "narration": "the outlet’s own words",
    "reported": "what somebody is reported to say, in the outlet’s words",
    "quote": "somebody’s words",
    "headline": "a headline",
    "caption": "a caption",
    "furniture": "not counted",
}
CLOSE: Final = tag("span", "Close", class_="fl-link", role="button", tabindex="0", data_choose="-")
# Choosing it asks to correct what the card tells.
CORRECT: Final = tag("span", "Correct this", class_="fl-link", role="button", tabindex="0", data_choose="!")
TONE: Final = {1: "positive", 0: "neutral", -1: "negative"}
SIGN: Final = {1: "+", 0: "○", -1: "−"}
_KIND: Final = {
    "direct": "Direct quote",
    "mixed": "Part of a sentence in quotation marks",
    "transcript": "Turn in a transcript",
    "indirect": "Reported",
}
_LONGEST_EVIDENCE: Final = 120


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """All that was found in one article, as rows in order of its text."""

    text: str
    mentions: Sequence[Row]
    quotes: Sequence[Row]
    portrayals: Sequence[Row]
    sentences: Sequence[Row]


def how_sure(confidence: float | None, resolution: str, enough: float = SURE_ENOUGH) -> str:
    """Confidence from 0 to 1 as words, with what it rests on; below ``enough`` it should be checked by reading."""
    sure = float(confidence or 0)
    level = "high" if sure >= 0.85 else "fair" if sure >= enough else "low, check by reading"
    return f"{level}: {resolution.replace('_', ' ').replace('-', ' ')}" if resolution else level


def _card(
    name: str, what: str, facts: Sequence[tuple[str, object]] = (), links: Sequence[Html] = (), *, correct: bool = True
) -> Html:
    definitions = [join(tag("dt", term), tag("dd", meaning)) for term, meaning in facts if meaning]
    return tag(
        "section",
        tag("h2", name),
        tag("p", what),
        tag("dl", *definitions) if definitions else None,
        tag("p", *links, CORRECT if correct else None, CLOSE, class_="fl-links"),
        class_="fl-card",
    )


def words_around(article: ArticleRows, quote: Row) -> str:
    """The words that say who speaks: from the cue to the name, as they stand in the text; empty when neither does."""
    spans = sorted(span for name in ("cue", "speaker") if (span := span_of(quote, name)))
    if not spans:
        return ""
    start, end = spans[0][0], max(e for _, e in spans)
    if end - start > _LONGEST_EVIDENCE:
        return " … ".join(article.text[s:e] for s, e in spans)
    return " ".join(article.text[start:end].split())


def _size(words: int, parts: int) -> str:
    return f"{count(words, 'word')} in {count(parts, 'part')}" if parts > 1 else count(words, "word")


def _spoken(article: ArticleRows, key: str) -> str:
    fragments = [q for q in article.quotes if speaker_key(q) == key and q["kind"] in SPOKEN_KINDS]
    words = sum(int(q["quoted_words"] or 0) for q in fragments)
    return _size(words, len(fragments)) if words else "not quoted"


def tone_toward(article: ArticleRows, entity_id: str) -> Html | str:
    """Tone of the sentences of the article about somebody, what he says himself left out: counts, or too few.

    A sentence counts by what its mentions add up to, as where articles are compared.
    """
    signs: defaultdict[int, int] = defaultdict(int)
    for row in article.portrayals:
        if row["entity_id"] == entity_id and row.get("speaker_id") != entity_id:
            signs[int(row["sentence"])] += int(row["sentiment"])
    if not signs:
        return "none rated"
    if len(signs) < RATED_FROM:
        return tag("span", f"too few: {len(signs)} of {RATED_FROM} needed", class_="fl-few")
    positive, negative = sum(s > 0 for s in signs.values()), sum(s < 0 for s in signs.values())
    return f"{count(len(signs), 'sentence')}: {positive} positive, {negative} negative"


def _links(entity_id: str, label: str, address: Callable[..., Html]) -> list[Html]:
    key = FILTER_KEY.get(label, "")
    links = []
    if label in {"PERSON", "ORG"}:
        links.append(address("quotes", "All quotes", **{key: entity_id}))
    if label != "ADMINISTRATION":
        links.append(address("compare", "Compare", entity=entity_id, section="portrayal"))
    if key:
        links.append(address("articles", "Articles", **{key: entity_id}))
    return links


def _mention_card(article: ArticleRows, mention: Row, address: Callable[..., Html]) -> Html:
    entity_id, label = str(mention["entity_id"]), str(mention["label"])
    same = [m for m in article.mentions if m["entity_id"] == entity_id and m["voice"] != "furniture"]
    named = [m for m in same if not str(m.get("resolution")).startswith("pronoun")]
    kind, state = str(mention.get("entity_kind") or ""), str(mention.get("entity_state") or "")
    what = spelt(LABEL.get(label, "Name"))
    if kind:
        what = f"{kind.capitalize()}, {state}" if state and kind != "state" else kind.capitalize()
    times = f"named {count(len(named), 'time')} in this article" if named else "not named in full in this article"
    if more := len(same) - len(named):
        again = f"“the {kind}”" if kind else "“he”, “she”"
        times += f", {more} more by {again} or the like"
    sign = next((int(p["sentiment"]) for p in article.portrayals if p["mention"] == mention["mention"]), None)
    speaks = label in {"PERSON", "ORG"}
    surface = " ".join(article.text[int(mention["start"]) : int(mention["end"])].split())
    facts = (
        ("Speaks", _spoken(article, entity_id) if speaks else ""),
        ("How we know", f"“{surface}”"),
        ("How sure", how_sure(mention.get("confidence"), str(mention.get("resolution") or ""))),
        ("Stands for", "its government" if mention.get("metonym") else ""),
        ("Here", "cited as a source" if mention.get("cited") else ""),
        ("Tone here", "" if sign is None else f"{SIGN[sign]} {TONE[sign]}"),
        ("Tone", tone_toward(article, entity_id) if label != "ADMINISTRATION" else ""),
    )
    name = str(mention.get("entity_name") or mention.get("name") or surface)
    return _card(name, f"{what}, {times}", facts, _links(entity_id, label, address))


def _quote_card(article: ArticleRows, quote: Row, address: Callable[..., Html]) -> Html:
    if quote["kind"] == "term":
        words = article.text[int(quote["start"]) : int(quote["end"])]
        return _card(
            words,
            "Set in quotation marks but attributed to nobody: a term, a title, or a word held at arm’s length.",
            correct=False,
        )
    together = [q for q in article.quotes if q["attribution"] == quote["attribution"] and q["kind"] != "term"]
    quoted = sum(int(q["quoted_words"] or 0) for q in together)
    reported = sum(int(q.get("reported_words") or 0) for q in together)
    size = _size(quoted, len(together)) if quoted else f"{count(reported, 'word')}, in the outlet’s words"
    cue = span_of(quote, "cue")
    manner = str(quote.get("cue_class") or "")
    evidence = words_around(article, quote)
    addressee = span_of(quote, "addressee")
    facts = (
        ("How we know", f"“{evidence}”" if evidence else "no words beside it name a speaker"),
        ("Said how", f"“{article.text[slice(*cue)]}”{f', {manner}' if manner else ''}" if cue else "no verb of saying"),
        ("Said to", " ".join(article.text[slice(*addressee)].split()) if addressee else ""),
        (
            "How sure",
            how_sure(quote.get("confidence"), str(quote.get("resolution") or ""), SPEAKER_SURE_ENOUGH),
        ),
    )
    entity_id = str(quote.get("speaker_id") or "")
    label = {"person": "PERSON", "org": "ORG", "place": "JURISDICTION"}.get(entity_id.partition(":")[0], "")
    name = str(quote.get("speaker") or "") or "Speaker not found"
    links = _links(entity_id, label, address) if label else []
    return _card(name, f"{_KIND.get(str(quote['kind']), 'Quote')}, {size}", facts, links)


def _sentence_card(article: ArticleRows, sentence: Row) -> Html:
    names = {m["mention"]: str(m.get("name") or "") for m in article.mentions}
    tones = {
        names.get(p["mention"], ""): TONE[int(p["sentiment"])]
        for p in article.portrayals
        if p["sentence"] == sentence["sentence"]
    }
    facts = [(f"Tone toward {name}", tone) for name, tone in tones.items() if name]
    return _card("The passage you came to see", f"Voice: {VOICE.get(str(sentence['voice']), '')}", facts, correct=False)


def row_at(article: ArticleRows, at: tuple[int, int]) -> tuple[str, Row] | None:
    """What :func:`card` shows: ``"mention"``, ``"quote"`` or ``"sentence"`` with its row; None for nothing."""
    start, end = at
    kinds = (("mention", article.mentions), ("quote", article.quotes))
    for kind, exact in kinds:
        for row in exact:
            if (int(row["start"]), int(row["end"])) == at:
                return kind, row
    sentences = [s for s in article.sentences if int(s["start"]) < end and int(s["end"]) > start]
    if sentences and end - start >= 0.8 * (int(sentences[0]["end"]) - int(sentences[0]["start"])):
        return "sentence", sentences[0]
    for kind, around in kinds:
        for row in around:
            if int(row["start"]) < end and int(row["end"]) > start:
                return kind, row
    return ("sentence", sentences[0]) if sentences else None


def card(article: ArticleRows, at: tuple[int, int], address: Callable[..., Html]) -> Html:
    """The card of what stands at ``at``: a name, else quoted words, else a sentence; empty when nothing does.

    ``address(page, label, **keys)`` gives a link to a page under the filter in use.
    """
    row_there = row_at(article, at)
    if row_there is None:
        return raw("")
    kind, row = row_there
    if kind == "sentence":
        return _sentence_card(article, row)
    return (_mention_card if kind == "mention" else _quote_card)(article, row, address)

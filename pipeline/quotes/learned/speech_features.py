"""The features by which a learned model tells words that somebody said from terms, titles and names in marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.token_table import tokens_of
from pipeline.quotes.learned.context import LOOKED_AT

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.learned.context import QuotationContext

_PERSONS: Final = frozenset({"i", "we", "you", "my", "our", "your", "me", "us", "he", "she", "they", "it"})
_FINITE: Final = frozenset({"VBD", "VBP", "VBZ", "MD"})
_SMALL: Final = 4


def speech_features(layout: Layout, context: QuotationContext) -> list[str]:
    """The features of one quotation: how its rule took it, its own words, and those around it."""
    doc = layout.doc
    attribution = context.said
    rule = attribution.resolution if attribution is not None else "term"
    cue = attribution.cue if attribution is not None else None
    listed = cue_of(cue) if cue is not None else None
    lemma = listed.lemma if listed is not None else "none" if cue is None else "unlisted"
    inner = [
        t
        for t in tokens_of(doc)[context.first : min(context.last, context.first + LOOKED_AT)]
        if not t.is_punct and not t.is_space
    ]
    long = [t for t in inner if len(t) >= _SMALL] or inner
    capitals = sum(t.text[0].isupper() for t in long) / max(1, len(long))
    title = "all" if capitals == 1 else "most" if capitals > 0.6 else "some" if capitals > 0.2 else "few"
    finite = any(t.tag_ in _FINITE for t in inner)
    person = next((t.lower_ for t in inner if t.lower_ in _PERSONS), "none")
    before = context.gap_before[-1] if context.gap_before else None
    after = context.gap_after[0] if context.gap_after else None
    word = before.lower_ if before is not None else "none"
    tag = before.tag_ if before is not None else "none"
    following = after.tag_ if after is not None else "none"
    two = context.gap_before[-2].lower_ if len(context.gap_before) > 1 else "none"
    head, dep = _head(layout, context)
    reports = cue_of(head) is not None if head is not None else False
    nearest = next((near.lemma for t in reversed(context.gap_before[-6:]) if (near := cue_of(t))), "none")
    length = min(context.length, 6)
    first = inner[0] if inner else None
    place = "first" if context.paragraph == 0 else "later"
    return [
        "bias",
        f"rule={rule}",
        f"rule={rule} length={length}",
        f"rule={rule} title={title}",
        f"rule={rule} title={title} length={length}",
        f"rule={rule} lemma={lemma}",
        f"rule={rule} tag={tag}",
        f"rule={rule} word={word}",
        f"rule={rule} dep={dep}",
        f"rule={rule} after={following}",
        f"rule={rule} single={context.single} place={place}",
        f"rule={rule} ends={context.ends} before={context.before}",
        f"rule={rule} alone={context.alone} whole={context.whole}",
        f"length={length} finite={finite}",
        f"length={length} title={title}",
        f"finite={finite} title={title} length={length}",
        f"person={person}",
        f"person={person != 'none'} finite={finite} rule={rule}",
        f"word={word}",
        f"words={two} {word}",
        f"word={word} length={length}",
        f"tag={tag} after={following}",
        f"tag={tag} title={title}",
        f"after={following} then={context.after}",
        f"after={after.lower_ if after is not None else 'none'}",
        f"lemma={lemma}",
        f"lemma={lemma} length={length}",
        f"nearest={nearest}",
        f"nearest={nearest} length={length}",
        f"dep={dep} head={head.lower_ if head is not None else 'none'}",
        f"dep={dep} reports={reports}",
        f"dep={dep} length={length}",
        f"head={head.pos_ if head is not None else 'none'} dep={dep}",
        f"first={first.tag_ if first is not None else 'none'} tag={tag}",
        f"first={first.tag_ if first is not None else 'none'} length={length}",
        f"single={context.single} place={place} whole={context.whole}",
        f"single={context.single} title={title} place={place}",
        f"ends={context.ends} title={title}",
        f"ends={context.ends} length={length}",
        f"before={context.before} ends={context.ends} after={context.after}",
        f"block={context.kind}",
        f"whole={context.whole} opened={context.marks} paragraph={place}",
        f"marks={context.marks}",
        f"marks={context.marks} rule={rule}",
    ]


def _head(layout: Layout, context: QuotationContext) -> tuple[Token | None, str]:
    """The word outside the quotation that its words depend on, and as what."""
    for i in range(context.first, min(context.last, context.first + LOOKED_AT)):
        token = layout.doc[i]
        if not context.first <= token.head.i < context.last and not token.is_punct:
            return token.head, token.dep_
        if token.head.i == token.i and not token.is_punct:
            return None, "ROOT"
    return None, "none"

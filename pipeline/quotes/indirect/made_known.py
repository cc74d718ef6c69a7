"""What somebody makes clear: `The mayor made it clear on Monday that the ferry would stay`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import FINITE, SUBJECTS, children, lefts
from pipeline.core.resource_tables import toml
from pipeline.core.token_table import grammar_of, tokens_of
from pipeline.quotes.attribution import said_by
from pipeline.quotes.cue_subject import can_speak
from pipeline.quotes.indirect.candidates import trimmed
from pipeline.quotes.issuing_bodies import body_nouns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution
    from pipeline.quotes.indirect.contents import Content

# Words between the verb and "clear": `made it very clear`.
_NEAR: Final = 4
# Words between "clear" and what is: a day, who is told, where.
_LONGEST_ASIDE: Final = 8
# What the parse takes what is clear for.
_CLAUSES: Final = frozenset({"ccomp", "advcl"})
_FEWEST_WORDS: Final = 3
_HAVE: Final = frozenset({"has", "have", "had", "'ve", "’ve", "'s", "’s"})


@lru_cache(maxsize=8)
def listed(name: str) -> frozenset[str]:
    """The words of one list of ``resources/quotes/bodies.toml``."""
    return frozenset(word for line in toml("quotes/bodies.toml")[name] for word in line.split())


def with_made_known(
    layout: Layout, contents: Sequence[Content], told: Callable[[Attribution, int, int], Content]
) -> list[Content]:
    """``contents`` with what somebody makes clear, in order of the text, and without what is told in that.

    ``told`` makes a content of an attribution and the offsets of its words.
    """
    result = list(contents)
    for i, word in enumerate(grammar_of(layout.doc).words):
        if word not in listed("made_known") or layout.inside[i] >= 0 or not layout.searched[i]:
            continue
        verb = _verb(layout, i)
        stretch = _clause(layout, verb, i) if verb is not None else None
        attribution = said_by(layout, verb) if verb is not None and stretch is not None else None
        if attribution is None or attribution.head is None or stretch is None or not _speaks(attribution.head):
            continue
        content = told(attribution, *trimmed(layout, *stretch))
        over = [other for other in result if other.start < content.end and content.start < other.end]
        long = len(layout.text[content.start : content.end].split()) >= _FEWEST_WORDS
        if long and all(stands_within(other, content) for other in over):
            result = [*(other for other in result if other not in over), content]
    return sorted(result, key=lambda content: content.start)


def stands_within(content: Content, other: Content) -> bool:
    """Whether a content and its cue stand within another content."""
    cue = content.said.cue
    return cue is not None and other.start <= content.start and content.end <= other.end and cue.idx >= other.start


def _speaks(head: Token) -> bool:
    return can_speak(head) or head.pos_ == "PROPN" or head.lower_ in body_nouns()


def _verb(layout: Layout, adjective: int) -> Token | None:
    """The verb that makes something clear, in a form that tells that somebody did."""
    for token in reversed(layout.tokens[max(0, adjective - _NEAR) : adjective]):
        if token.lower_ in listed("makes"):
            had = any(child.lower_ in _HAVE for child in lefts(token))
            told = token.tag_ in FINITE or had or _is_present(token)
            return token if layout.inside[token.i] < 0 and told else None
        if token.is_punct:
            return None
    return None


def _is_present(verb: Token) -> bool:
    """Whether the parse takes the present of several for an infinitive: `The mayors, in their letter, make clear`."""
    before = lefts(verb)
    subject = any(child.dep_ in SUBJECTS and child.tag_ in {"NNS", "NNPS"} for child in before)
    return verb.tag_ == "VB" and subject and not any(child.dep_ == "aux" for child in before)


def _clause(layout: Layout, verb: Token, adjective: int) -> tuple[int, int] | None:
    """The tokens of the clause after "clear", or after when, where or to whom it was made so."""
    doc = layout.doc
    stop = min(doc[adjective].sent.end, adjective + 1 + _LONGEST_ASIDE)
    that = next((t for t in tokens_of(doc)[adjective + 1 : stop] if t.lower_ == "that" and t.dep_ == "mark"), None)
    if that is not None and not any(t.is_punct or t.dep_ in SUBJECTS for t in tokens_of(doc)[adjective + 1 : that.i]):
        return that.i, int(that.head.right_edge.i) + 1
    clauses = [child for word in (doc[adjective], verb) for child in children(word)]
    clause = next((c for c in clauses if c.dep_ in _CLAUSES and adjective < c.i), None)
    subject = next((c for c in lefts(clause) if c.dep_ in SUBJECTS), None) if clause is not None else None
    if clause is None or subject is None or not adjective < subject.left_edge.i < stop:
        return None
    if any(t.is_punct or t.dep_ == "mark" for t in tokens_of(doc)[adjective + 1 : subject.left_edge.i]):
        return None
    return subject.left_edge.i, int(clause.right_edge.i) + 1

"""The words of a sentence that tell a fact: a clause of it, cut where grammar lets it end.

An extract is one run of words, as in sentence compression by cutting the dependency tree (Filippova & Strube 2008), but
nothing inside it is dropped: it can be marked as the outlet's own words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pipeline.stories.denials import stands_alone
from pipeline.stories.passage_pairs import plain_words, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from spacy.tokens import Span, Token

SHORTEST: Final = 3
LONGEST: Final = 14
# Dependents that may be left out after the last word of an extract, without leaving a word that waits for more.
_OPTIONAL: Final = frozenset(
    {"prep", "agent", "advmod", "npadvmod", "advcl", "relcl", "acl", "conj", "cc", "punct", "appos", "parataxis"}
    | {"dep", "meta", "intj", "preconj"}
)
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_BEFORE: Final = frozenset({"aux", "auxpass", "neg", "advmod"})
# No extract ends with these parts of speech: more is awaited.
_OPEN: Final = frozenset({"ADP", "CCONJ", "SCONJ", "DET", "PUNCT", "SPACE", "PART", "AUX"})
_POINTERS: Final = frozenset({"WDT", "WP", "WP$", "WRB"})
# What a word more costs, in shares of what is told; a clause that points back, or hangs on another, says less alone.
_WORD: Final = 0.025
_PRONOUN: Final = 0.35
_SUBJECTLESS: Final = 0.4
_HANGING: Final = 0.3
_CUT: Final = 0.1
_MANY: Final = 6


@dataclass(frozen=True, slots=True)
class Extract:
    """Where the words stand in the text, and how well they tell by themselves what they are to tell: at most 1."""

    start: int
    end: int
    clarity: float

    def within(self, start: int, end: int) -> Extract:
        """As much of it as stands from ``start`` to ``end``: a passage is without the dateline of its sentence."""
        return replace(self, start=min(max(self.start, start), end), end=max(min(self.end, end), start))


def extract(
    sentence: Span, weights: Mapping[str, float], whole: float, term_of: Callable[[str], str]
) -> Extract | None:
    """The clearest words of ``sentence`` that tell what has the terms ``weights``; None where no clause tells it.

    Args:
        sentence: parsed.
        weights: how much each term counts.
        whole: how much all terms of what is to be told count, those the sentence lacks among them.
        term_of: the term of a word.
    """
    worth = [weights.get(term_of(token.text), 0.0) for token in sentence]
    best: Extract | None = None
    for start, end, cost in _clauses(sentence):
        worths = {term_of(token.text): worth[token.i - sentence.start] for token in sentence.doc[start:end]}
        share = sum(worths.values()) / whole
        words = sum(not token.is_punct and not token.is_space for token in sentence.doc[start:end])
        if not SHORTEST <= words <= LONGEST or not share:
            continue
        clarity = share - cost - _WORD * max(0, words - _MANY)
        if best is None or clarity > best.clarity:
            span = sentence.doc[start:end]
            best = Extract(span.start_char, span.end_char, clarity)
    return best


def within_marks(weights: Mapping[str, float], quoted: str) -> Mapping[str, float]:
    """Of the terms that tell what somebody says those he says himself, if any: "she said in a statement" heads nothing.

    Args:
        weights: how much each term counts.
        quoted: the words in marks.
    """
    said = {stem(word) for word in plain_words(quoted)}
    return {term: weight for term, weight in weights.items() if term in said} or weights


def _clauses(sentence: Span) -> Iterator[tuple[int, int, float]]:
    """Runs of tokens that could stand alone: first, one past the last, and what they lack."""
    for verb in sentence:
        if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"aux", "auxpass", "amod", "compound"}:
            continue
        if not stands_alone(verb):
            continue
        first, cost = _beginning(verb)
        last = min(verb.right_edge.i, sentence.end - 1)
        for end in _endings(verb, first, last):
            yield first, end + 1, cost + (_CUT if _cuts_a_list(verb, end) else 0.0)


def _beginning(verb: Token) -> tuple[int, float]:
    subject = next((child for child in verb.lefts if child.dep_ in _SUBJECTS), None)
    cost = _HANGING if verb.dep_ in {"advcl", "relcl", "acl", "pcomp", "csubj"} else 0.0
    if subject is None:
        before = [child.i for child in verb.lefts if child.dep_ in _BEFORE]
        return min([verb.i, *before]), cost + _SUBJECTLESS
    if subject.tag_ in _POINTERS:
        cost += _SUBJECTLESS
    elif subject.pos_ == "PRON" or subject.lower_ in {"this", "that", "these", "those"}:
        cost += _PRONOUN
    return subject.left_edge.i, cost


def _endings(verb: Token, first: int, last: int) -> Iterator[int]:
    """Last tokens such that nothing before them waits for a word that comes after."""
    doc = verb.doc
    for end in range(verb.i, last + 1):
        if doc[end].pos_ in _OPEN and end != verb.i:
            continue
        inside = doc[first : end + 1]
        if any(token.i != verb.i and not first <= token.head.i <= end for token in inside):
            continue
        waiting = (doc[later] for later in range(end + 1, last + 1))
        if any(first <= token.head.i <= end and token.dep_ not in _OPTIONAL for token in waiting):
            continue
        if _odd_marks(inside.text):
            continue
        yield end


def _cuts_a_list(verb: Token, end: int) -> bool:
    return any(
        later.dep_ == "conj" and later.head.i <= end and later.head.i != verb.i
        for later in verb.doc[end + 1 : verb.right_edge.i + 1]
    )


def _odd_marks(text: str) -> bool:
    """Whether a quotation or parenthesis is opened and not closed, or the other way round."""
    return bool(text.count('"') % 2) or any(text.count(a) != text.count(b) for a, b in ("“”", "()", "[]"))

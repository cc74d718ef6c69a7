"""The features by which a learned model weighs who said a quotation."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.core.cues import cue_of, is_verb
from pipeline.core.dependencies import lefts, rights
from pipeline.quotes.cue_subject import can_speak
from pipeline.quotes.learned.context import CLIMB, LOOKED_AT, rough

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution
    from pipeline.quotes.learned.context import QuotationContext
    from pipeline.quotes.learned.speaker_candidates import SpeakerCandidate

_REACH: Final = 120
_TELLS: Final = frozenset({"subject", "according to"})
_HELD: Final = frozenset({"subject", "doer"})
_APART: Final = 4
_TWINS: Final = 3


@dataclass(slots=True)
class Neighbours:
    """Whom the rules make speak in the quotations before and after one, how many paragraphs away; ``carried`` over."""

    previous: Attribution | None = None
    apart: int = 9
    following: Attribution | None = None
    carried: bool = False


class _Seen(NamedTuple):
    """How a candidate looks from a fragment: its place, its side, how far, whose choice, what is between."""

    where: str
    side: str
    far: int
    choice: str
    beside: str
    between: int


class Features:
    """Makes the features of the candidates of an article."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._starts = [block.start for block in layout.paragraphs]
        self._entity_at: dict[int, str] = {}
        self._times = Counter(mention.entity_id for mention in layout.doc._.mentions)
        self._cues: dict[int, tuple[str, str, bool]] = {}
        self._words, self._quoted, self._ends, self._narrated = _counts(layout)
        for mention in layout.doc._.mentions:
            for i in range(layout.token_at(mention.start), layout.token_at(mention.end)):
                self._entity_at[i] = mention.entity_id

    def is_named(self, token: Token) -> bool:
        """Whether a token is part of a mention."""
        return token.i in self._entity_at

    def same(self, first: Attribution | None, second: Attribution | None) -> bool:
        """Whether two attributions are to one speaker, as far as is known."""
        if first is None or second is None or first.head is None or second.head is None:
            return False
        if first.head.i == second.head.i:
            return True
        entity = self._entity_at.get(first.head.i)
        return entity is not None and entity == self._entity_at.get(second.head.i)

    def nobody(self, context: QuotationContext, neighbours: Neighbours) -> list[str]:
        """The features of the answer that the text names nobody."""
        return [
            "nobody",
            f"nobody rule={_rule(context)}",
            f"nobody before={context.before} ends={context.ends}",
            f"nobody length={context.length} alone={context.alone}",
            f"nobody kind={context.kind}",
            f"nobody whole={context.whole} apart={min(neighbours.apart, _APART)}",
        ]

    def where(self, context: QuotationContext, candidate: SpeakerCandidate) -> tuple[str, int]:
        """Where a candidate stands from the fragment, and how many words of narration lie between, in its paragraph."""
        layout, place = self._layout, candidate.place
        # A subject that furniture cuts off from its verb stands in what is a paragraph of its own.
        cue = candidate.said.cue if candidate.kind in _HELD else None
        paragraph = bisect_right(self._starts, cue.idx if cue is not None else candidate.head.idx) - 1
        if paragraph < context.paragraph:
            return f"{context.paragraph - paragraph} paragraphs before", 0
        if paragraph > context.paragraph:
            return "paragraph after", 0
        if context.first <= place < context.last:
            return "within", 0
        after = place >= context.first
        low, high = (context.last, place) if after else (place, context.first)
        stop = min(high, low + _REACH)
        words = self._words[stop] - self._words[low]
        begin = self._narrated[low] + 1
        ends = (self._ends[stop] - self._ends[begin] if begin < stop else 0) + (after and layout.ends_sentence(place))
        return f"{min(ends, 2)} sentences {'after' if after else 'before'}", words

    def of(
        self,
        context: QuotationContext,
        candidate: SpeakerCandidate,
        candidates: Sequence[SpeakerCandidate],
        neighbours: Neighbours,
    ) -> list[str]:
        """The features of one of the ``candidates`` for the speaker of a fragment."""
        where, words = self.where(context, candidate)
        seen = _Seen(
            where,
            where.rsplit(maxsplit=1)[-1],
            min(rough(words), 8),
            self._choice(context, candidate),
            self._beside(context, candidate),
            _between(context, candidate, candidates),
        )
        return [
            *self._by_place(context, candidate, seen),
            *self._by_twins(context, candidate, candidates),
            *_by_rule(context, candidate, seen),
            *self._by_neighbours(context, candidate, seen, neighbours),
            *self._by_cue(context, candidate, seen),
        ]

    def _choice(self, context: QuotationContext, candidate: SpeakerCandidate) -> str:
        rule = context.said
        if rule is not None and rule.head is not None and rule.head.i == candidate.head.i:
            return "rule"
        return "alike" if self.same(rule, candidate.said) else "other"

    def _by_place(self, context: QuotationContext, candidate: SpeakerCandidate, seen: _Seen) -> list[str]:
        head, kind = candidate.head, candidate.kind
        where, side, far, _, beside, between = seen
        entity = self._entity_at.get(head.i, "")
        speaks = can_speak(head)
        return [
            f"kind={kind}",
            f"where={where}",
            f"kind={kind} where={where}",
            f"where={where} far={far}",
            f"kind={kind} side={side} far={far}",
            f"kind={kind} where={where} before={context.before}",
            f"kind={kind} where={where} ends={context.ends} after={context.after}",
            f"kind={kind} where={where} alone={context.alone}",
            f"kind={kind} where={where} whole={context.whole}",
            f"kind={kind} where={where} opening={context.opening}",
            f"kind={kind} where={where} beside={beside}",
            f"kind={kind} beside={beside} before={context.before} ends={context.ends}",
            f"kind={kind} side={side} between={between}",
            f"where={where} between={between}",
            f"kind={kind} word={_word(head)}",
            f"kind={kind} label={entity.partition(':')[0]}",
            f"kind={kind} speaks={speaks} pos={head.pos_}",
            f"kind={kind} dep={head.dep_}",
            f"kind={kind} times={min(rough(self._times[entity]), 5) if entity else 0}",
            f"kind={kind} block={context.kind}",
        ]

    def _by_twins(
        self, context: QuotationContext, candidate: SpeakerCandidate, candidates: Sequence[SpeakerCandidate]
    ) -> list[str]:
        """How often else the candidate is named around: with a cue, and nearer to the fragment."""
        head, entity = candidate.head.i, self._entity_at.get(candidate.head.i, "")
        twins = [c for c in candidates if entity and c.head.i != head and self._entity_at.get(c.head.i) == entity]
        far = abs(candidate.place - context.first)
        near = min(sum(abs(twin.place - context.first) < far for twin in twins), _TWINS - 1)
        cues = min(sum(twin.kind in _TELLS for twin in twins), _TWINS - 1)
        kind = candidate.kind
        return [
            f"kind={kind} twins={min(len(twins), _TWINS)} near={near}",
            f"kind={kind} cues={cues}",
            f"word={_word(candidate.head)} cues={cues} near={near}",
        ]

    def _by_neighbours(
        self, context: QuotationContext, candidate: SpeakerCandidate, seen: _Seen, neighbours: Neighbours
    ) -> list[str]:
        previous = self.same(neighbours.previous, candidate.said)
        following = self.same(neighbours.following, candidate.said)
        apart = min(neighbours.apart, _APART - 1)
        return [
            f"previous={previous} apart={apart} whole={context.whole}",
            f"previous={previous} apart={apart} alone={context.alone} where={seen.where}",
            f"previous={previous} carried={neighbours.carried}",
            f"previous={previous} following={following} {seen.choice}",
            f"following={following} where={seen.where}",
        ]

    def _by_cue(self, context: QuotationContext, candidate: SpeakerCandidate, seen: _Seen) -> list[str]:
        cue, kind = candidate.said.cue, candidate.kind
        where, side, _, choice, beside, _ = seen
        if cue is None:
            return [f"{choice} no cue", f"no cue where={where}"]
        if cue.i not in self._cues:
            self._cues[cue.i] = _about(cue)
        lemma, nested, passive = self._cues[cue.i]
        governs = context.governing.index(cue.i) if cue.i in context.governing else -1
        rank = str(min(governs, 3)) if governs >= 0 else "none"
        clause = _own_clause(context, cue)
        return [
            f"form={cue.lower_}",
            f"lemma={lemma} side={side}",
            f"lemma={lemma} governs={rank}",
            f"tag={cue.tag_} side={side} beside={beside}",
            f"kind={kind} governs={rank} side={side}",
            f"kind={kind} governs={rank} before={context.before}",
            f"kind={kind} nested={nested}",
            f"{choice} nested={nested}",
            f"nested={nested} governs={rank} side={side}",
            f"clause={clause} where={where}",
            f"{choice} clause={clause}",
            f"kind={kind} cue={cue.dep_} side={side}",
            f"{choice} cue={cue.dep_}",
            f"cue={cue.dep_} governs={rank}",
            f"kind={kind} side={side} inverted={cue.i < candidate.head.i}",
            f"{choice} passive={passive}",
        ]

    def _beside(self, context: QuotationContext, candidate: SpeakerCandidate) -> str:
        """How many words stand between the fragment and a candidate with its cue, and whether a quotation does."""
        cue = candidate.said.cue
        first, last = candidate.said.speaker or (candidate.head.i, candidate.head.i + 1)
        if cue is not None:
            first, last = min(first, cue.i), max(last, cue.i + 1)
        low, high = (last, context.first) if last <= context.first else (context.last, first)
        if high < low:
            return "around"
        stop = min(high, low + LOOKED_AT)
        words = self._words[stop] - self._words[low]
        quoted = self._quoted[stop] > self._quoted[low]
        return f"{min(rough(words), 5)}{' quoted' if quoted else ''}"


def _counts(layout: Layout) -> tuple[list[int], list[int], list[int], list[int]]:
    """For each token: how many words of narration, quoted tokens and sentence ends come before; the next narrated."""
    size = len(layout.doc)
    words, quoted, ends, narrated = [0], [0], [0], [size] * (size + 1)
    alphabetic = layout.doc.alpha
    for i, quotation in enumerate(layout.inside):
        inside = quotation >= 0
        words.append(words[-1] + (not inside and alphabetic[i]))
        quoted.append(quoted[-1] + inside)
        ends.append(ends[-1] + (not inside and layout.ends_sentence(i)))
    for i in range(size - 1, -1, -1):
        narrated[i] = i if layout.inside[i] < 0 else narrated[i + 1]
    return words, quoted, ends, narrated


def _by_rule(context: QuotationContext, candidate: SpeakerCandidate, seen: _Seen) -> list[str]:
    rule, kind, choice = _rule(context), candidate.kind, seen.choice
    cue = context.said.cue if context.said is not None else None
    same_cue = cue is not None and candidate.said.cue is not None and cue.i == candidate.said.cue.i
    # People seldom speak of themselves by name.
    inside = candidate.head.pos_ == "PROPN" and candidate.head.lower_ in context.inner
    return [
        choice,
        f"{choice} rule={rule}",
        f"{choice} rule={rule} where={seen.where}",
        f"{choice} rule={rule} kind={kind}",
        f"{choice} rule={rule} cue={same_cue}",
        f"{choice} rule={rule} length={context.length}",
        f"{choice} kind={kind} word={_word(candidate.head)}",
        f"{choice} inside={inside}",
        f"kind={kind} inside={inside}",
    ]


def _about(cue: Token) -> tuple[str, str, bool]:
    """A cue's dictionary form, as what it hangs on another cue, and whether it is passive."""
    listed = cue_of(cue)
    lemma = listed.lemma if listed is not None else "unlisted"
    return lemma, _nested(cue), any(child.dep_ == "auxpass" for child in lefts(cue))


def _rule(context: QuotationContext) -> str:
    return context.said.resolution if context.said is not None else "term"


def _word(head: Token) -> str:
    return head.lower_ if head.pos_ == "PRON" else head.ent_type_ or head.pos_


def _between(context: QuotationContext, candidate: SpeakerCandidate, candidates: Sequence[SpeakerCandidate]) -> int:
    """How many candidates with a cue stand nearer to the fragment on the same side."""
    place = candidate.place
    low, high = (place + 1, context.first) if place < context.first else (context.last, place)
    return min(sum(low <= other.place < high and other.kind in _TELLS for other in candidates), 3)


def _nested(cue: Token) -> str:
    """As what a cue hangs on another one, if it does."""
    word = cue
    for _ in range(CLIMB):
        if word.head.i == word.i:
            break
        relation, word = word.dep_, word.head
        if is_verb(word) and cue_of(word):
            return f"in {relation}"
    return "top"


def _own_clause(context: QuotationContext, cue: Token) -> str:
    """Whether a cue has a clause after it that the fragment is in, or another."""
    clause = next((child for child in rights(cue) if child.dep_ in {"ccomp", "xcomp"}), None)
    if clause is None:
        return "none"
    return "holds" if clause.left_edge.i <= context.first <= clause.right_edge.i else "another"

"""Indirect contents: the words outside quotation marks that a cue attributes to somebody.

A log-linear model weighs each stretch on one side of a cue that could be its content against there being none. Trees
then rank the likeliest of all cues beside one another, and those are taken that together are most likely right, none
over another. ``training/contents.py`` made both.
"""

from __future__ import annotations

import csv
import gzip
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import repeat
from typing import TYPE_CHECKING, Final

from pipeline.core.boosted_trees import Trees
from pipeline.core.cues import cue_forms, cue_of
from pipeline.core.dependencies import FINITE, SUBJECTS, lefts
from pipeline.core.doc_cache import once_for_blocks
from pipeline.core.quote_layout import layout_of
from pipeline.core.resource_tables import RESOURCES
from pipeline.core.token_table import Grammar, grammar_of
from pipeline.quotes.acts import supposes
from pipeline.quotes.cue_search import retold
from pipeline.quotes.indirect.asides import set_apart
from pipeline.quotes.indirect.bounds import after_aside, from_subject, to_whole_subject, without_speakers
from pipeline.quotes.indirect.candidates import sides, trimmed
from pipeline.quotes.indirect.cited_speakers import attribution_of, disagrees, speaks
from pipeline.quotes.indirect.claims import with_claims
from pipeline.quotes.indirect.convictions import with_convictions
from pipeline.quotes.indirect.features import (
    CueInContext,
    cue_features,
    end_features,
    features_with_cue,
    pair_features,
    pair_of,
    start_features,
)
from pipeline.quotes.indirect.made_known import with_made_known
from pipeline.quotes.indirect.no_contents import (
    STATEMENTS,
    aside_of,
    by_a_measure,
    is_done_besides,
    is_object,
    is_speaker,
    is_told_of,
    is_who_is_told,
    points_out,
    says_next,
    shows,
    tells_of_noun,
)
from pipeline.quotes.indirect.questions import asked_by_nobody
from pipeline.quotes.indirect.ranking import Proposal, Weighed, numbers, proposals
from pipeline.quotes.indirect.remarks import before_contrast, before_remark
from pipeline.quotes.indirect.retelling import (
    before_next_cue,
    explains_source,
    goes_on,
    on_one_side,
    passed_on,
    quotes_another,
    retelling,
    said_before,
    with_next_speakers,
    without_retold,
)
from pipeline.quotes.indirect.whole_phrases import (
    edge_of_word,
    to_whole_phrase,
    with_but_also,
    with_clause,
    with_phrase,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token, Tokens
    from pipeline.quotes.attribution import Attribution
    from pipeline.quotes.indirect.features import Pair


# The least probability at which a content is taken. On training articles held out F1 falls by 0.5 from 0.35 to
# 0.45; what is shown wrongly costs a reader more than what is left out. Marks are a proof that somebody speaks.
THRESHOLD: Final = 0.42
MARKED_THRESHOLD: Final = 0.32
# What nobody is named for is shown where it is more likely right than not.
NOBODY_THRESHOLD: Final = 0.5
# Where it is at least so likely that a cue tells something at all, its clause is shown with its likeliest bounds,
# if these are at least so likely.
CERTAIN: Final = 0.8
CERTAIN_THRESHOLD: Final = 0.28
# What is less likely is not looked at.
_FAINT: Final = 0.15
# Sums that are kept, some 300 bytes each.
_MOST_PAIRS: Final = 1 << 16
_CUE_POS: Final = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
_FEWEST_WORDS: Final = 3
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_RELATIVE: Final = frozenset({"WP", "WP$", "WDT"})


@dataclass(slots=True)
class Content:
    """A stretch of text that a cue attributes, as offsets, and how sure that is.

    ``clause``: a whole statement; ``worth``: how much surer it is than what is just taken.
    """

    said: Attribution
    start: int
    end: int
    probability: float
    clause: bool
    worth: float = 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the log-linear model by feature, and the trees; ``pairs`` are sums of weights that were worked out."""

    weights: Mapping[str, float]
    trees: Trees
    pairs: dict[Pair, float] = field(default_factory=dict, repr=False)

    def of_pair(self, pair: Pair, lemma: str) -> float:
        """The weight of what is known of a stretch's two ends; most of it was met before with another cue."""
        weight = self.pairs.get(pair)
        if weight is None:
            if len(self.pairs) >= _MOST_PAIRS:
                self.pairs.clear()
            weight = self.pairs[pair] = _total(self.weights, pair_features(pair))
        return weight + _total(self.weights, features_with_cue(pair, lemma))


@lru_cache(maxsize=1)
def model() -> Model:
    """The model that ``training/contents.py`` made."""
    with gzip.open(RESOURCES / "quotes/contents.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(line for line in file if not line.startswith("#"))
        weights = {feature: float(weight) for feature, weight in rows}
    return Model(weights, Trees.read(RESOURCES / "quotes/content_trees.npz"))


def cues_in(grammar: Grammar, layout: Layout) -> Iterator[CueInContext]:
    """Words of the narration that the list knows to report words or thoughts, in order."""
    forms = cue_forms()
    listed = [
        i
        for i, (word, pos) in enumerate(zip(grammar.words, grammar.pos, strict=True))
        if word in forms and forms[word].reports and (pos in _CUE_POS or word == "according")
    ]
    verbs = [i for i in listed if grammar.pos[i] == "VERB"]
    ends = [sentence.end for sentence in layout.doc.sents]
    for i in listed:
        if layout.inside[i] < 0 and layout.searched[i]:
            number = bisect_right(ends, i)
            yield CueInContext.of(grammar, i, (ends[number - 1] if number else 0, ends[number]), verbs)


def _total(weights: Mapping[str, float], features: list[str]) -> float:
    return sum(map(weights.get, features, repeat(0.0)))


def weigh(grammar: Grammar, layout: Layout, cue: CueInContext, learned: Model) -> list[Weighed]:
    """The log-linear model's answer for each side of ``cue``."""
    weights = learned.weights
    cue_weight, bias = _total(weights, cue_features(grammar, cue)), weights.get("bias", 0.0)
    weighed = []
    for side in sides(grammar, layout, cue.token, cue.sentence):
        pairs = side.pairs()
        if not pairs:
            continue
        starts = [_total(weights, start_features(grammar, layout, cue, side, edge)) for edge in side.starts]
        ends = [_total(weights, end_features(grammar, layout, cue, side, edge)) for edge in side.ends]
        known = (pair_of(grammar, layout, cue, side, side.starts[s], side.ends[e]) for s, e in pairs)
        both = [learned.of_pair(pair, cue.lemma) for pair in known]
        weighed.append(Weighed.of(cue, side, pairs, cue_weight, bias, (starts, ends, both)))
    return weighed


def indirect_contents(layout: Layout) -> list[Content]:
    """What the cues of the narration attribute, in order of the text. No content overlaps another."""
    chosen = with_claims(
        layout, _chosen(layout), lambda said, start, end: Content(said, start, end, THRESHOLD, clause=True)
    )
    known = with_made_known(
        layout, chosen, lambda said, start, end: tidy(layout, Content(said, start, end, THRESHOLD, clause=True))
    )
    known = with_convictions(
        layout, known, lambda said, start, end: tidy(layout, Content(said, start, end, THRESHOLD, clause=True))
    )
    remaining, beside = set_apart(layout, known, lambda cue: a if speaks(a := attribution_of(layout, cue)) else None)
    more = (Content(said, start, end, THRESHOLD, clause=True) for said, start, end in beside)
    return sorted([*remaining, *more], key=lambda content: content.start)


@once_for_blocks
def likely(doc: Tokens) -> list[tuple[Proposal, float]]:
    """The stretches that the models hold likely in ``doc``, not to be changed, and how likely people mark each."""
    grammar, layout, learned = grammar_of(doc), layout_of(doc), model()
    weighed = [side for cue in cues_in(grammar, layout) for side in weigh(grammar, layout, cue, learned)]
    if not (proposed := proposals(weighed)):
        return []
    return list(
        zip(proposed, learned.trees.probabilities(numbers(grammar, layout, weighed, proposed)).tolist(), strict=True)
    )


def _chosen(layout: Layout) -> list[Content]:
    """What the models find of that, with its bounds put right."""
    attributions: dict[int, Attribution] = {}
    possible: list[tuple[int, Content]] = []
    for proposal, probability in likely(layout.doc):
        if probability < _FAINT:
            continue
        if proposal.cue not in attributions:
            attributions[proposal.cue] = attribution_of(layout, layout.doc[proposal.cue])
        content = _content(layout, proposal, attributions[proposal.cue], probability)
        if content is not None:
            possible.append((id(proposal.weighed), content))
    contents = on_one_side(layout, best_together(without_retold(_best_of_sides(layout, possible))))
    told = retelling(layout, [tidy(layout, content) for content in contents])
    return with_next_speakers(layout, told, lambda cue: attribution_of(layout, cue), partial(tidy, layout))


def _best_of_sides(layout: Layout, possible: Sequence[tuple[int, Content]]) -> list[Content]:
    """The surest content of each side of a cue, where that is sure enough; those that shorten to one count together."""
    sure = [content for _, content in possible if content.worth >= 0]
    merged: dict[tuple[int, int, int], Content] = {}
    for side, content in possible:
        shorter = _before_next(layout, content, sure)
        same = merged.get((side, shorter.start, shorter.end))
        if same is not None:
            more = shorter.probability
            shorter = replace(same, probability=same.probability + more, worth=same.worth + more)
        merged[side, shorter.start, shorter.end] = shorter
    best: dict[int, Content] = {}
    for (side, _, _), content in merged.items():
        if content.worth >= 0 and (side not in best or content.probability > best[side].probability):
            best[side] = content
    return list(best.values())


def best_together(contents: Sequence[Content]) -> list[Content]:
    """Those of ``contents`` that promise most together, none over another: weighted interval scheduling."""
    inorder = sorted(contents, key=lambda content: (content.end, content.start))
    ends = [content.end for content in inorder]
    worth = [0.0]
    before: list[int | None] = []
    for n, content in enumerate(inorder):
        free = bisect_right(ends, content.start, 0, n)
        taken = worth[free] + content.worth
        before.append(free if taken > worth[n] else None)
        worth.append(max(taken, worth[n]))
    chosen = []
    n = len(inorder)
    while n:
        free_before = before[n - 1]
        if free_before is None:
            n -= 1
        else:
            chosen.append(inorder[n - 1])
            n = free_before
    return chosen[::-1]


def _content(layout: Layout, proposal: Proposal, attribution: Attribution, probability: float) -> Content | None:
    """The content that is proposed, unless it is too short, its cue is nobody's, or it is the cue of another."""
    start, end = trimmed(layout, proposal.start.token, proposal.end.token)
    if len(layout.text[start:end].split()) < _FEWEST_WORDS:
        return None
    opening = layout.doc[layout.token_at(start)]
    cue, kind = layout.doc[proposal.cue], proposal.start.kind
    who = aside_of(cue)
    says_on = opening.tag_ in {"VBG", "VBD"} and opening.i != cue.i and cue_of(opening) and opening.dep_ != "csubj"
    if says_on and not is_object(cue, opening):
        # "…, adding that …" is the content of neither cue.
        return None
    silent = not speaks(attribution) or is_done_besides(layout, cue, opening)
    if silent or shows(cue, kind) or disagrees(attribution) or is_told_of(cue, opening):
        return None
    # "The bridge is old and the mayor told us …", "One thing is new: the mayor told us …": that before is the outlet's.
    closing = layout.doc[layout.token_at(end) - 1]
    # "A story that the mayor denies".
    joined = end <= cue.idx and (closing.pos_ == "CCONJ" or (closing.lower_ == "that" and closing.tag_ != "DT"))
    joined = joined or (end <= cue.idx and layout.text[end : end + 1] == ":")
    # "Posted a short statement:", and then its words.
    joined = joined or (layout.text[end : end + 2] == ":\n" and opening.tag_ == "DT" and kind not in STATEMENTS)
    if (
        joined
        or supposes(cue)
        or points_out(cue, opening)
        # "… to sell it. According to the Star, …": what is before is of another sentence.
        or (cue.text == "According" and end <= cue.idx)
        or by_a_measure(attribution)
        or (opening.dep_ == "cc" and opening.i == cue.i + 1)
        or says_next(cue, opening, proposal.end.token)
        or _tells_of_speaker(attribution, opening, range(start, end))
        or is_speaker(layout, cue, opening, proposal.end.token)
        or tells_of_noun(cue, opening, proposal.end.token)
        or (who is not None and opening.i > cue.i and opening.nbor(-1).text == ",")
        or is_who_is_told(layout, cue, opening, range(start, end))
        or (opening.lower_ == "that" and goes_on(layout, proposal.end.token))
        or (cue.lower_ == "according" and end <= cue.idx and layout.inside[opening.i - 1] >= 0)
        or explains_source(layout, attribution, opening.i, layout.token_at(end))
        or (cue.pos_ in _NOUNS and opening.tag_ in _RELATIVE and opening.dep_ in SUBJECTS)
    ):
        return None
    if who is not None and opening.i < who.i < proposal.end.token <= cue.i:
        start = layout.starts[who.i + 1]
    saying = quotes_another(cue) if opening.i > cue.i else passed_on(cue)
    if saying is not None and (told := attribution_of(layout, saying)).head is not None:
        attribution, start = told, trimmed(layout, saying.i + 1, proposal.end.token)[0]
    asked = asked_by_nobody(layout, opening, end)
    if asked is not None and asked.cue is not None:
        attribution, start = asked, trimmed(layout, asked.cue.i + 1, proposal.end.token)[0]
    marked = max(layout.inside[proposal.start.token : proposal.end.token]) >= 0
    if marked and attribution.resolution == "according to" and _is_retold(layout, proposal):
        return None
    certain = kind == "ccomp" and proposal.weighed.total >= CERTAIN
    least = CERTAIN_THRESHOLD if certain else THRESHOLD
    threshold = NOBODY_THRESHOLD if attribution.head is None else MARKED_THRESHOLD if marked else least
    long = saying is None or len(layout.text[start:end].split()) >= _FEWEST_WORDS
    content = Content(attribution, start, end, probability, kind in STATEMENTS, probability - threshold)
    return content if long else None


def _tells_of_speaker(attribution: Attribution, opening: Token, content: range) -> bool:
    """Whether words before a cue tell of who speaks: `Lee, who had come by boat, said …`."""
    if attribution.cue is None or content.start >= attribution.cue.idx:
        return False
    within = (
        attribution.head is not None and attribution.head.idx in content and attribution.head.idx < attribution.cue.idx
    )
    return opening.tag_ in _RELATIVE or within


def _is_retold(layout: Layout, proposal: Proposal) -> bool:
    """Whether the words in marks of what is told "according to" somebody are another's."""
    last = layout.inside[proposal.start.token : proposal.end.token]
    return retold(layout, max(last)) is not None


def tidy(layout: Layout, content: Content) -> Content:
    """``content`` without a speaker it begins with or a cue it ends with, and with the whole of its written words.

    "…, says Ann Lee, and are unable to leave"; "… that the bridge is safe, and she said that …"; "un-American".
    """
    first, last = layout.token_at(content.start), layout.token_at(content.end)
    cue = content.said.cue
    inner = said_before(layout, cue, first, last) if cue is not None and content.clause else None
    told = attribution_of(layout, inner) if inner is not None else None
    if told is not None and told.head is not None:
        content = replace(content, said=told)
    first, last = without_speakers(layout, content.said, first, last)
    last = before_next_cue(layout, first, last) if content.said.cue is not None and content.said.cue.i < first else last
    first = after_aside(layout, content.said.cue, first, last)
    first = from_subject(layout, content.said.cue, first, last)
    first = to_whole_subject(layout, content.said.cue, first, last)
    last = with_clause(layout, first, before_remark(layout, content.said.cue, first, last))
    last = last if content.clause else before_contrast(layout, content.said.cue, first, last)
    last = with_phrase(layout, content.said.cue, first, last) if content.clause else last
    last = with_but_also(layout, first, to_whole_phrase(layout, content.said.cue, first, last))
    start, end = trimmed(layout, first, last)
    # "Which drivers said was old".
    fewest = _FEWEST_WORDS - (cue is not None and cue.dep_ == "relcl" and layout.doc[first].tag_ in FINITE)
    if len(layout.text[start:end].split()) < fewest:
        start, end = content.start, content.end
    return replace(content, start=edge_of_word(layout.text, start, -1), end=edge_of_word(layout.text, end, 1))


def _before_next(layout: Layout, content: Content, every: Sequence[Content]) -> Content:
    """``content``, shortened to end before a cue that goes on with what was said: `…, adding that …`."""
    for other in every:
        cue = other.said.cue
        if cue is None or other is content or not content.start < cue.idx < content.end <= other.end:
            continue
        until = _next_begins(cue)
        if until is not None:
            start, end = trimmed(layout, layout.token_at(content.start), until)
            if len(layout.text[start:end].split()) >= _FEWEST_WORDS:
                return replace(content, end=end)
    return content


def _next_begins(cue: Token) -> int | None:
    """Where the clause of a cue begins that goes on: `…, adding that …`, or for others: `… while 9 percent said …`."""
    if cue.tag_ == "VBG":
        return int(cue.i) if cue.i and cue.nbor(-1).text == "," else None
    mark = next((child for child in lefts(cue) if child.lower_ in {"while", "whereas"}), None)
    return int(mark.i) if mark is not None and cue.tag_ in FINITE and mark.i == cue.left_edge.i else None

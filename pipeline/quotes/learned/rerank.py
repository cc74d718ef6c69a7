"""Learned second thoughts on quotations: what was said and what is a term, and who said it.

Two log-linear models take what the rules found as one feature among many; ``training/speech.py`` made their weights.
"""

from __future__ import annotations

import csv
import gzip
import math
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, lefts
from pipeline.core.doc_cache import sentence_of
from pipeline.core.person_nouns import AUTHOR
from pipeline.core.resource_tables import RESOURCES
from pipeline.quotes.acts import listed
from pipeline.quotes.attribution import Attribution
from pipeline.quotes.cue_search import leads_alone, retold
from pipeline.quotes.cue_subject import PAPERS, are_people, can_speak, quoted_by
from pipeline.quotes.issuing_bodies import body_nouns, claims, utterances, words
from pipeline.quotes.learned.context import context_of, is_sentence
from pipeline.quotes.learned.speaker_candidates import Candidates, SpeakerCandidate
from pipeline.quotes.learned.speaker_features import Features, Neighbours
from pipeline.quotes.learned.speech_features import speech_features
from pipeline.quotes.signed_lines import IN_WORDS, INSCRIBED, SHOUTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.fragments import Fragment
    from pipeline.quotes.learned.context import QuotationContext

_WEIGHTS: Final = RESOURCES / "quotes/speech.csv.gz"
NOBODY: Final = "no speaker named"
# The least probability at which a quotation is taken for speech. A word or two in marks need more, unless the rules
# take them for speech already: nine in ten of these are right.
SPEECH: Final = 0.45
SPEECH_OF_FEW: Final = 0.6
FEW: Final = 3
# Whoever tells the story is quoted only in a sentence of his own: `"…," I said`.
_BESIDE: Final = frozenset({"0 sentences before", "0 sentences after", "within"})
# A word or two that the rules take for a term are speech only where a cue says so: of those given to whoever is named
# nearby, or with less than even odds, one in four has the right speaker.
_CUED: Final = frozenset({"subject", "according to"})
CUED: Final = 0.5
# Words of a term.
_MOST_OF_TERM: Final = 6
SURE: Final = 0.96
_SHARE: Final = "PERCENT"
# Ways of naming a speaker that leave no room for doubt, and are too rare to learn.
_SIGNED: Final = frozenset({"dash line", "transcript", INSCRIBED, SHOUTED, IN_WORDS})


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of features, by which a quotation is speech and by which somebody is its speaker."""

    speech: dict[str, float]
    speaker: dict[str, float]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The learned weights."""
    learned = Weights({}, {})
    with gzip.open(_WEIGHTS, "rt", encoding="utf-8", newline="") as file:
        for model, feature, weight in csv.reader(line for line in file if not line.startswith("#")):
            (learned.speech if model == "speech" else learned.speaker)[feature] = float(weight)
    return learned


def total(weight_of: dict[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of ``features``."""
    return sum(map(weight_of.get, features, repeat(0.0)))


class Quoted:
    """The fragments of an article that stand in quotation marks, with their contexts, and what may be asked of them."""

    def __init__(self, layout: Layout, fragments: Sequence[Fragment]) -> None:
        self._layout = layout
        self._features = Features(layout)
        self._candidates = Candidates(layout)
        starts = [quotation.start for quotation in layout.quotations]
        self.pairs: list[tuple[Fragment, QuotationContext]] = []
        for fragment in fragments:
            numbers = range(bisect_left(starts, fragment.start), bisect_left(starts, fragment.end))
            if numbers and not fragment.transcript:
                context = context_of(layout, fragment.start, fragment.end, numbers, fragment.said)
                self.pairs.append((fragment, context))

    def loose(self) -> list[tuple[Fragment, QuotationContext]]:
        """The fragments that are one quotation and nothing else: what the first model is asked about."""
        return [
            (fragment, context)
            for fragment, context in self.pairs
            if not fragment.set_phrase and (fragment.said is None or fragment.content is None)
        ]

    def features(self, context: QuotationContext) -> list[str]:
        """The features by which a quotation is speech."""
        return speech_features(self._layout, context)

    def spoken(self) -> list[tuple[Fragment, QuotationContext]]:
        """The fragments that are somebody's words."""
        return [(fragment, context) for fragment, context in self.pairs if fragment.said is not None]

    def candidates(self, context: QuotationContext) -> list[SpeakerCandidate]:
        """Who may have said a fragment; the one its rule chose is among them, if it chose any."""
        attribution = context.said
        cue = attribution.cue if attribution is not None else None
        if attribution is not None and attribution.head is not None and cue is not None:
            listed = cue_of(cue)
            relative = (
                attribution.name is not None
                and listed is not None
                and listed.reports
                and attribution.head.i == cue.head.i
            )
            # "Ann Lee, who called it “a gift”", whatever the parse makes of what she calls it.
            between = self._layout.tokens[cue.i + 1 : context.first]
            next_to = cue.i < context.first and not any(token.pos_ in {"VERB", "AUX"} for token in between)
            relative = relative and (cue.i in context.governing[:2] or next_to)
            led = self._led_in(context, cue, attribution.head) or quoted_by(cue, self._layout.outside) is not None
            led = led or (next_to and _what_they_call(cue, attribution.head))
            if leads_alone(cue, context.gap_before) or relative or led or self._only_passed_on(context, attribution):
                return [SpeakerCandidate(attribution, "subject")]
        near = self._candidates.near(context.paragraph, context.start, context.end)
        possible = [
            candidate for candidate in near if not _only_beside(candidate.head) or self._beside(context, candidate)
        ]
        if attribution is None or attribution.head is None or attribution.speaker is None:
            return possible
        for candidate in possible:
            cue = candidate.said.cue
            if candidate.head.i == attribution.head.i and (
                attribution.cue is None or cue is None or cue.i == attribution.cue.i
            ):
                return possible
        return [*possible, SpeakerCandidate(attribution, "rule")]

    def _led_in(self, context: QuotationContext, cue: Token, head: Token) -> bool:
        """Whether a fragment begins without marks right after a cue with a subject: `Lee claimed | it is "bad"`.

        Also one that goes along: `They left, with Lee saying | it is "bad"`.
        """
        along = cue.tag_ == "VBG" and cue.dep_ == "pcomp"
        if cue.i != context.first - 1 or self._layout.inside[context.first] >= 0:
            return False
        if cue.tag_ not in FINITE and not along:
            return False
        # "While only 32 percent said": of those asked, and not of who asked them.
        somebody = can_speak(head) or head.ent_type_ == _SHARE
        return head.dep_ == "nsubj" and head.head.i == cue.i and head.i < cue.i and somebody

    def _only_passed_on(self, context: QuotationContext, attribution: Attribution) -> bool:
        """Whether those named after a fragment only pass on what the rules take for the words of another."""
        number = max(self._layout.inside[context.first : context.last], default=-1)
        original = retold(self._layout, number) if number >= 0 else None
        return (
            original is not None
            and original.head is not None
            and attribution.head is not None
            and original.head.i == attribution.head.i
        )

    def may_speak(self, candidate: SpeakerCandidate) -> bool:
        """Whether a candidate is named or a noun for people, bodies or papers, or a cue makes it speak."""
        cue = candidate.said.cue
        word = cue_of(cue) if cue is not None else None
        looks = word is not None and word.lemma in listed("looks")
        cued = cue is not None and (cue.pos_ == "ADP" or (word is not None and not looks))
        named = cued or candidate.head.pos_ != "NOUN" or self._features.is_named(candidate.head)
        noun = candidate.head.lower_
        papers = PAPERS | body_nouns() | utterances() | listed("works") | claims()
        return named or are_people(candidate.head) or noun in papers

    def is_term(self, fragment: Fragment, context: QuotationContext) -> bool:
        """Whether a fragment is a few words in marks, and no sentence, that somebody would have to be named for."""
        few = len(self._layout.text[context.start : context.end].split()) <= _MOST_OF_TERM
        return few and fragment.content is None and not is_sentence(self._layout, context)

    def _beside(self, context: QuotationContext, candidate: SpeakerCandidate) -> bool:
        """Whether a candidate stands in the sentence of a fragment."""
        where = self.where(context, candidate)
        return where in _BESIDE and not (context.alone and where.endswith("before"))

    def speaker_features(
        self, context: QuotationContext, candidates: Sequence[SpeakerCandidate], neighbours: Neighbours
    ) -> list[list[str]]:
        """The features of each candidate, and last those of nobody."""
        return [
            *(self._features.of(context, candidate, candidates, neighbours) for candidate in candidates),
            self._features.nobody(context, neighbours),
        ]

    def neighbours(self, spoken: Sequence[tuple[Fragment, QuotationContext]], number: int) -> Neighbours:
        """What the rules say of the fragments before and after number ``number`` of ``spoken``."""
        context = spoken[number][1]
        around = Neighbours(carried=context.marks.endswith("True"))
        if number:
            before = spoken[number - 1][1]
            around.previous, around.apart = before.said, context.paragraph - before.paragraph
        if number + 1 < len(spoken):
            around.following = spoken[number + 1][1].said
        return around

    def where(self, context: QuotationContext, candidate: SpeakerCandidate) -> str:
        """Where a candidate stands from a fragment."""
        return self._features.where(context, candidate)[0]


def _what_they_call(cue: Token, head: Token) -> bool:
    """Whether a clause with "what" says what its subject calls something: `through what drivers call a “dead hour”`."""
    what = any(child.lower_ == "what" and child.i < head.i for child in lefts(cue))
    word = cue_of(cue)
    subject = head.dep_ == "nsubj" and head.head.i == cue.i and head.pos_ != "PRON"
    return what and subject and word is not None and word.lemma in listed("names")


def probability(score: float) -> float:
    """The probability that belongs to a log-odds score."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, score))))


def reconsider(layout: Layout, fragments: Sequence[Fragment]) -> None:
    """Settle which of ``fragments`` were said, and by whom; each that was is given how sure its speaker is."""
    quoted = Quoted(layout, fragments)
    doubted = _settle_speech(layout, quoted)
    _settle_speakers(quoted, doubted)


def _settle_speech(layout: Layout, quoted: Quoted) -> set[int]:
    """Settle what was said and what is a term; the identities of a word or two that the rules take for a term."""
    learned = weights()
    doubted: set[int] = set()
    for fragment, context in quoted.loose():
        few = len(layout.text[context.start : context.end].split()) < FEW
        if fragment.said is not None and (few or fragment.said.resolution in _SIGNED):
            continue
        if not few and is_sentence(layout, context):
            fragment.said = context.said = fragment.said or Attribution(NOBODY)
        elif probability(total(learned.speech, quoted.features(context))) < (SPEECH_OF_FEW if few else SPEECH):
            fragment.said = context.said = None
        elif fragment.said is None:
            fragment.said = context.said = Attribution(NOBODY)
            if few:
                doubted.add(id(fragment))
    return doubted


def _settle_speakers(quoted: Quoted, doubted: set[int]) -> None:
    """Settle who said each fragment; what is ``doubted`` and has no cue after all is a term."""
    learned = weights()
    spoken = [pair for pair in quoted.spoken() if not _is_question(pair[0])]
    previous: Attribution | None = None
    for number, (fragment, context) in enumerate(spoken):
        rule = context.said
        if rule is not None and rule.resolution in _SIGNED:
            previous = rule
            continue
        candidates = quoted.candidates(context)
        features = quoted.speaker_features(context, candidates, quoted.neighbours(spoken, number))
        candidate, sure = _best(candidates, [total(learned.speaker, row) for row in features])
        candidate = _who_said(context, candidate, candidates)
        if id(fragment) in doubted and (not _cued(candidate, sure) or _only_handles(context, candidate)):
            fragment.said = None
            continue
        fragment.sure = sure
        if candidate is not None and not quoted.may_speak(candidate):
            candidate = None
            if quoted.is_term(fragment, context):
                fragment.said = None
                continue
        if candidate is None:
            fragment.said = rule if rule is not None and rule.head is None else Attribution(NOBODY)
        elif rule is None or rule.head is None or rule.head.i != candidate.head.i:
            fragment.said = _attribution_to(quoted, context, candidate, previous)
        previous = fragment.said


def _who_said(
    context: QuotationContext, chosen: SpeakerCandidate | None, candidates: Sequence[SpeakerCandidate]
) -> SpeakerCandidate | None:
    """Who says it where a paper tells so: `it is "safe," Lee said, according to papers` are words of Lee's."""
    if chosen is None or chosen.kind != "according to":
        return chosen
    papers = chosen.said.cue
    for candidate in candidates:
        cue = candidate.said.cue
        if (
            candidate.kind != "subject"
            or cue is None
            or papers is None
            or sentence_of(cue).start != sentence_of(papers).start
        ):
            continue
        beside = cue.i in context.governing or (context.last <= cue.i and context.last <= candidate.place)
        # "Lee said, according to the Herald. “It rained.”"
        earlier = cue.i < papers.i < context.first
        speaks = can_speak(candidate.head) or candidate.head.pos_ == "PROPN"
        if speaks and chosen.head.lower_ in words().copies:
            # A translation says nothing of its own.
            return candidate
        # "Lee will say, according to excerpts".
        tensed = cue.tag_ in FINITE or any(child.tag_ == "MD" for child in lefts(cue))
        if cue.i < papers.i and tensed and speaks and (beside or earlier):
            return candidate
    return chosen


def _best(candidates: Sequence[SpeakerCandidate], scores: Sequence[float]) -> tuple[SpeakerCandidate | None, float]:
    """Who most likely spoke, and how sure that is; candidates of one word count together, nobody stands last."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    heads = [*(candidate.head.i for candidate in candidates), -1]
    sums: dict[int, float] = {}
    for head, power in zip(heads, powers, strict=True):
        sums[head] = sums.get(head, 0.0) + power
    best = max(sums, key=lambda head: sums[head])
    chosen = max((n for n, head in enumerate(heads) if head == best), key=lambda n: powers[n])
    return (candidates[chosen] if best >= 0 else None), sums[best] / sum(powers)


def _is_question(fragment: Fragment) -> bool:
    """Whether a fragment is a question that nobody is named for, and so not of anybody around."""
    attribution = fragment.said
    return fragment.content is not None and attribution is not None and attribution.head is None


def _only_beside(head: Token) -> bool:
    """Whether a word is one for whoever tells the story, or for nobody: they speak in sentences of theirs alone."""
    return head.lower_ in AUTHOR or head.lower_ in listed("not_before")


def _cued(candidate: SpeakerCandidate | None, sure: float) -> bool:
    """Whether a cue, and no mere nearness, makes ``candidate`` the speaker of a word or two, or there is no doubt."""
    return candidate is not None and (sure >= SURE or (candidate.kind in _CUED and sure >= CUED))


def _only_handles(context: QuotationContext, candidate: SpeakerCandidate | None) -> bool:
    """Whether a word or two are what somebody only handles, and nobody's: `offered them “voluntary departure”`."""
    cue = candidate.said.cue if candidate is not None else None
    word = cue_of(cue) if cue is not None else None
    return cue is not None and word is not None and word.lemma in listed("handles") and cue.i in context.governing


def _attribution_to(
    quoted: Quoted, context: QuotationContext, candidate: SpeakerCandidate, previous: Attribution | None
) -> Attribution:
    """The attribution to a candidate: with its cue if that stands in the sentence of the fragment."""
    attribution = candidate.said
    where = quoted.where(context, candidate)
    goes_on = previous is not None and previous.head is not None and previous.head.i == candidate.head.i
    if "paragraph" in where:
        return Attribution(
            "carried on" if goes_on else "paragraph before",
            attribution.head,
            attribution.speaker,
            name=attribution.name,
        )
    if previous is not None and goes_on:
        return previous
    if where.startswith("0") or where == "within":
        return attribution
    return Attribution(
        "sentence before" if where.endswith("before") else "nearby",
        attribution.head,
        attribution.speaker,
        name=attribution.name,
    )

"""Turns: each quotation of an article with the attribution it belongs to, read from top to bottom."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import lefts, rights
from pipeline.core.person_nouns import AUTHOR
from pipeline.entities.person_words import callings
from pipeline.quotes.acts import auxiliaries, listed
from pipeline.quotes.attribution import Attribution, named
from pipeline.quotes.cue_search import (
    cue_after,
    cue_before,
    cue_in,
    cue_right_after,
    is_content,
    possessor,
    put_so,
    retold,
    subject_of_sentence,
)
from pipeline.quotes.cue_subject import can_speak
from pipeline.quotes.paragraphs.interviews import answered
from pipeline.quotes.scare_quotes import is_set_phrase, is_title, words
from pipeline.quotes.signed_lines import (
    bracketed,
    captioned,
    dash_after,
    dash_line,
    in_words_of,
    inscribed,
    named_alone,
    shouted,
    signed,
    signed_below,
    speaker_before_colon,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.core.quotation_marks import Quotation
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

# Fewer words inside marks are a term unless a cue or a subject claims them.
_FEW: Final = 3
# Words of a title that opens its sentence.
_LONGEST_TITLE: Final = 6
# More words than a term has.
_MANY: Final = 8
# A speaker is carried on over this many paragraphs without a quote.
_MEMORY: Final = 3
_LEAD: Final = 60
# Words of a cue and who speaks, set into a sentence, and what would end it there.
_LONGEST_INSERTED: Final = 8
_STOPS: Final = re.compile(r"[;:!?]|[a-z]{2}[.]")


@dataclass(slots=True)
class Turn:
    """A quotation and who said it; ``said`` is None for a term, and one object for all quotations of an attribution.

    ``set_phrase``: the text itself says that a thing is called so, or that the words are of no speaker.
    """

    quotation: Quotation
    said: Attribution | None
    set_phrase: bool = False


class _QuotationFinder:
    """Reads the quotations in order and remembers who spoke last, and where in the text."""

    def __init__(self, layout: Layout, indirect: Iterable[Attribution]) -> None:
        self.layout = layout
        self.turns: list[Turn] = []
        self.last: Attribution | None = None
        self.last_paragraph = -_MEMORY - 1
        self.last_end = -1
        self.left_open = False
        self.answered = answered(layout)
        cued = [
            (attribution.cue.idx, attribution)
            for attribution in indirect
            if attribution.cue is not None and attribution.head is not None
        ]
        self.indirect = sorted(cued, key=lambda pair: pair[0])
        self.indirect_at = [position for position, _ in self.indirect]

    def read(self) -> list[Turn]:
        for number, quotation in enumerate(self.layout.quotations):
            inner = self.layout.text[quotation.inner_start : quotation.inner_end]
            long = len(words(inner)) >= _FEW
            before = self.layout.before(number)
            alone = not any(t.is_alpha for t in before)
            written = (
                self.answered.get(number)
                or self._goes_on(number)
                or inscribed(self.layout, number)
                or shouted(self.layout, number)
                or in_words_of(self.layout, number)
                or bracketed(self.layout, number)
            )
            if written is not None or is_set_phrase(self.layout, number):
                self.turns.append(Turn(quotation, written, set_phrase=written is None))
                continue
            if self._names_a_work(quotation, before):
                attribution = None
            elif quotation.carried and self.left_open and self._previous(quotation) is not None:
                # Paragraphs that run together.
                attribution = self.last or Attribution("no speaker named")
            elif alone:
                attribution = self._of_a_sentence(number, long=long)
                if attribution is None and long:
                    attribution = Attribution("no speaker named")
            else:
                attribution = self._within_a_sentence(number, long=long)
                if (
                    attribution is not None
                    and len(words(inner)) <= _FEW
                    and (_goes_by(attribution) or not is_content(self.layout, number, attribution))
                ):
                    attribution = None
                if attribution is None and len(words(inner)) >= _MANY:
                    attribution = self._carried_on(quotation) or Attribution("no speaker named")
            self.turns.append(Turn(quotation, attribution))
            told = long or (attribution is not None and _is_told(attribution))
            if attribution is not None and attribution.head is not None and told:
                self.last, self.last_paragraph = attribution, quotation.paragraph
                self.last_end = max(quotation.end, attribution.cue.idx if attribution.cue is not None else 0)
            self.left_open = not quotation.closed
        return self.turns

    def _goes_on(self, number: int) -> Attribution | None:
        """Who says the rest of a sentence that a cue parts in two: `“What we saw,” Lee began, “was smoke.”`."""
        layout, before = self.layout, self.turns[-1] if self.turns else None
        if before is None or before.said is None or before.said.cue is None or before.said.head is None:
            return None
        first, quotation, cue = before.quotation, layout.quotations[number], before.said.cue
        between = layout.text[first.end : quotation.start]
        parted = layout.text[first.inner_end - 1] == "," and between.rstrip().endswith(",") and "\n" not in between
        inserted = first.end <= cue.idx < quotation.start and not _STOPS.search(between)
        lower = layout.text[quotation.inner_start].islower()
        return before.said if parted and inserted and lower and len(words(between)) <= _LONGEST_INSERTED else None

    def _names_a_work(self, quotation: Quotation, before: Sequence[Token]) -> bool:
        """Whether a quotation is the name of a work: by its capitals, unless a cue or a colon leads to it."""
        layout = self.layout
        inner = layout.text[quotation.inner_start : quotation.inner_end]
        if not is_title(inner):
            return False
        block = layout.paragraphs[quotation.paragraph]
        if is_title(layout.text[block.start : quotation.start]):
            # A headline set in capitals has them in quotations too.
            return False
        if not any(t.is_alpha for t in before):
            ends = inner[-1] in ".?!" and quotation.end >= block.end - 1
            return len(words(inner)) <= _LONGEST_TITLE and not (ends and self._previous(quotation) is not None)
        near = [t for t in before[-5:] if t.is_alpha]
        return before[-1].text != ":" and not (
            before[-1].text == "," and any(cue_of(t) and t.pos_ == "VERB" for t in near)
        )

    def _previous(self, quotation: Quotation) -> Turn | None:
        """The turn before, if it has a speaker or cue and stands in the same paragraph."""
        for turn in self.turns[:-4:-1]:
            if turn.quotation.paragraph != quotation.paragraph:
                return None
            if turn.said is not None:
                return turn
        return None

    def _of_a_sentence(self, number: int, *, long: bool) -> Attribution | None:
        layout = self.layout
        quotation = layout.quotations[number]
        complete = layout.text[quotation.inner_end - 1] in ".?!…"
        attribution = (
            put_so(layout, number)
            or (dash_after(layout, quotation) if complete else None)
            or signed(layout, number)
            or captioned(layout, number)
        )
        attribution = attribution or cue_after(layout, number) or dash_after(layout, quotation)
        if attribution is not None or not long:
            before = self._previous(quotation) if complete and attribution is None else None
            # `“It burned,” Lee said. She paused. “All of it.”`
            return before.said if before is not None and before.said is not None and before.said.head else attribution
        line = speaker_before_colon(layout, quotation.paragraph)
        if line and line[1] <= quotation.start:
            return line[0]
        previous = self._previous(quotation)
        since = layout.paragraphs[quotation.paragraph].start
        if previous is not None and previous.said is not None:
            since = previous.quotation.end
        attribution = self._just_before(quotation.start, since, has_previous=previous is not None)
        if attribution is not None:
            return attribution
        return previous.said if previous is not None else self._from_around(quotation)

    def _within_a_sentence(self, number: int, *, long: bool) -> Attribution | None:
        layout = self.layout
        quotation = layout.quotations[number]
        attribution = (
            put_so(layout, number)
            or retold(layout, number)
            or cue_right_after(layout, number)
            or cue_before(layout, number)
            or cue_after(layout, number)
            or dash_after(layout, quotation)
        )
        if attribution is None or attribution.head is None or attribution.head.pos_ != "PROPN":
            attribution = signed_below(layout, number) or attribution
        if attribution is not None:
            return attribution
        line = speaker_before_colon(layout, quotation.paragraph)
        if line and not layout.text[line[1] : quotation.start].strip():
            return line[0]
        previous = self._previous(quotation)
        if long and previous is not None and previous.said is not None and previous.said.cue is not None:
            between = words(layout.text[previous.quotation.end : quotation.start])
            if len(between) <= 4:
                return previous.said
        return possessor(layout, number) or (subject_of_sentence(layout, number) if long else None)

    def _indirect_before(self, position: int, since: int) -> Attribution | None:
        """The last indirect attribution between two places of the text."""
        place = bisect_left(self.indirect_at, position) - 1
        return self.indirect[place][1] if place >= 0 and self.indirect_at[place] >= since else None

    def _just_before(self, position: int, since: int, *, has_previous: bool) -> Attribution | None:
        """Who speaks in the narration of the same paragraph before a quotation that has no cue."""
        sentence = self._sentence_before(position, since)
        if has_previous and (not sentence or sentence[0].idx < since + 3):
            # Only the clause with the cue of the quotation before stands between the two.
            return None
        if self._answers(sentence):
            return self.last and Attribution("carried on", self.last.head, self.last.speaker, name=self.last.name)
        attribution = self._indirect_before(position, since) or (self._speaks(sentence) if sentence else None)
        if attribution is None or attribution.head is None or attribution.head.lower_ in AUTHOR | listed("not_before"):
            return None
        return Attribution("sentence before", attribution.head, attribution.speaker)

    def _answers(self, sentence: Sequence[Token]) -> bool:
        """Whether a quotation answers a question that the narration asks without a cue, as in an interview."""
        return self.last is not None and bool(sentence) and sentence[-1].text == "?" and not any(map(cue_of, sentence))

    def _speaks(self, sentence: Sequence[Token]) -> Attribution | None:
        """The speaker of a sentence: by a cue in it, else its subject if that is a person.

        Whom the sentence tells of comes before the subject of a clause in it: `Ann Lee sat by as her son spoke`.
        """
        subject = _told_of(sentence)
        cued = cue_in(self.layout, sentence) if any(cue_of(t) for t in sentence) else None
        if cued is not None and cued.head is not None:
            of_clause = cued.cue is not None and cued.cue.dep_ == "advcl" and not any(rights(cued.cue))
            if subject is None or not (of_clause or not can_speak(cued.head)):
                return cued
        if subject is not None:
            return named(self.layout, "", subject, sentence[0].i, sentence[-1].i + 1)
        for token in sentence:
            if token.dep_ == "nsubj" and (token.ent_type_ == "PERSON" or token.lower_ in {"he", "she"}):
                return Attribution("", token, (token.i, token.i + 1))
        return cued

    def _sentence_before(self, position: int, since: int) -> list[Token]:
        layout = self.layout
        last = layout.token_at(position)
        sentence: list[Token] = []
        for i in range(last - 1, max(last - 1 - _LEAD, -1), -1):
            token = layout.doc[i]
            if token.idx < since or layout.inside[i] >= 0:
                break
            sentence.append(token)
            if token.is_sent_start and any(t.is_alpha for t in sentence):
                break
        sentence.reverse()
        return sentence if any(t.is_alpha for t in sentence) else []

    def _from_around(self, quotation: Quotation) -> Attribution | None:
        """The speaker of a quotation that no words of its own paragraph introduce."""
        layout = self.layout
        if quotation.carried and self.left_open and self.last is not None:
            return self.last
        paragraph = quotation.paragraph
        block = layout.paragraphs[paragraph]
        if quotation.start == block.start and quotation.end >= block.end - 1:
            attribution = dash_line(layout, paragraph + 1)
            if attribution is not None:
                return attribution
        before = layout.paragraphs[paragraph - 1] if paragraph else None
        if before is not None:
            lead = self._sentence_before(before.end, before.start)
            if lead and layout.text[before.end - 1] == ":":
                attribution = named_alone(layout, before.start, before.end)
                if attribution is not None:
                    return attribution
                attribution = cue_in(layout, lead)
                if attribution is not None:
                    return attribution
            attribution = self._indirect_before(block.start, max(before.start, self.last_end))
            if attribution is None and lead and self.last_paragraph < paragraph - 1 and any(cue_of(t) for t in lead):
                attribution = self._speaks(lead)
            head = attribution.head if attribution is not None else None
            if attribution is not None and head is not None and head.lower_ not in listed("not_before"):
                return Attribution("paragraph before", attribution.head, attribution.speaker)
        return self._carried_on(quotation)

    def _carried_on(self, quotation: Quotation) -> Attribution | None:
        if self.last is not None and quotation.paragraph - self.last_paragraph <= _MEMORY:
            return Attribution("carried on", self.last.head, self.last.speaker, name=self.last.name)
        return None


def _is_told(attribution: Attribution) -> bool:
    """Whether a sentence tells who says a word or two, and may go on with more of it: `Lee called it “shameful.”`."""
    cue, head = attribution.cue, attribution.head
    if cue is None or head is None or attribution.resolution != "subject of the cue":
        return False
    return cue.dep_ == "ROOT" and head.head.i == cue.i and can_speak(head) and head.pos_ != "PRON"


def _told_of(sentence: Sequence[Token]) -> Token | None:
    """Somebody named, or "he" or "she", who is the subject of the main verb of a sentence."""
    for token in sentence:
        if token.dep_ == "nsubj" and token.head.dep_ == "ROOT":
            somebody = token.ent_type_ == "PERSON" or token.lower_ in {"he", "she"}
            before = [child for child in lefts(token) if child.dep_ == "compound"]
            unknown = token.pos_ == "PROPN" and any(child.lower_ in callings() for child in before)
            unknown = unknown or (token.pos_ == "PROPN" and bool(before) and not token.ent_type_)
            return token if somebody or unknown else None
    return None


def _goes_by(attribution: Attribution) -> bool:
    """Whether it is the author, or nobody in particular, who calls something so: `what we call “steerage”`.

    "What most would call “steerage”", "what some might call “steerage”".
    """
    cue, head = attribution.cue, attribution.head
    word = cue_of(cue) if cue is not None else None
    if cue is None or word is None or head is None or word.lemma not in listed("names"):
        return False
    if head.lower_ in listed("anyone") and not any(rights(head)):
        return bool(auxiliaries(cue) & listed("might"))
    return head.lower_ in AUTHOR and cue.tag_ == "VBP"


def read_turns(layout: Layout, indirect: Iterable[Attribution]) -> list[Turn]:
    """A turn for each quotation of ``layout``, in order. ``indirect`` are the attributions of clauses without marks."""
    return _QuotationFinder(layout, indirect).read()

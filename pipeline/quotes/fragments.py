"""Fragments: the stretches of an article that are somebody's words, none over another."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import ASKED, cue_of, is_verb
from pipeline.core.dependencies import FINITE, SUBJECTS, rights
from pipeline.quotes.acts import listed
from pipeline.quotes.indirect.before_marks import stands_apart
from pipeline.quotes.indirect.no_contents import shows_words
from pipeline.quotes.indirect.whole_phrases import after_marks
from pipeline.quotes.status import ACT, quotes_little, status_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution
    from pipeline.quotes.direct import Turn
    from pipeline.quotes.indirect.contents import Content
    from pipeline.quotes.paragraphs.transcripts import SpokenParagraph
    from store.schema import QuoteKind


_FEWEST_WORDS: Final = 3
_LEAD_ON: Final = frozenset({"to", "that"})
# Words of a term.
_MOST_OF_TERM: Final = 4
# Between marks of one quotation stand no more tokens of the narration than this: `a “liar” who is “amoral”`.
_LONGEST_GAP: Final = 12
# Words between a cue and the marks that its clause ends with, and what parts them from it.
_LONGEST_LEAD: Final = 24
_PARTS: Final = frozenset({",", ":", ";", "(", ")", "—", "–", "--"})
_RELATIVE: Final = frozenset({"WP", "WDT"})
_NAMED: Final = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ"})
# After these, words in marks begin anew.
_NEW_WORDS: Final = frozenset({".", "?", "!", ":", "…", "..."})


@dataclass(slots=True)
class Fragment:
    """A stretch of text and its attribution; ``said`` is None for a term.

    ``quoted`` are the parts inside marks, or all of a turn in a ``transcript``; ``content`` is what of an indirect
    quote it holds; ``set_phrase``: the text says that its words are nobody's; ``sure``: how sure its speaker is,
    where a model has weighed that.
    """

    start: int
    end: int
    said: Attribution | None
    quoted: list[tuple[int, int]] = field(default_factory=list)
    transcript: bool = False
    content: Content | None = None
    set_phrase: bool = False
    sure: float | None = None


def kind_of(layout: Layout, fragment: Fragment) -> QuoteKind:
    """The fragment's kind, of ``store.schema.QUOTE_KINDS``."""
    if fragment.said is None:
        return "term"
    if fragment.transcript:
        return "transcript"
    if not fragment.quoted:
        return "indirect"
    position = fragment.start
    for start, end in [*fragment.quoted, (fragment.end, fragment.end)]:
        if any(map(str.isalnum, layout.text[position:start])):
            return "mixed"
        position = end
    return "direct"


class _Taken:
    """The stretches already given away."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> bool:
        """Take ``start:end`` if it is free, and say whether it was."""
        at = bisect_left(self._spans, (start, start))
        if at < len(self._spans) and self._spans[at][0] < end:
            return False
        if at and self._spans[at - 1][1] > start:
            return False
        insort(self._spans, (start, end))
        return True


def _told_within(attribution: Attribution | None, start: int, end: int) -> bool:
    """Whether the cue and the speaker of a quotation both stand within ``start:end``, so that this is nobody else's."""
    if attribution is None or attribution.cue is None or attribution.head is None:
        return False
    return start < attribution.cue.idx < end and start <= attribution.head.idx < end


def lay_out(
    layout: Layout, turns: Sequence[Turn], contents: Sequence[Content], spoken: Sequence[SpokenParagraph] = ()
) -> list[Fragment]:
    """Fragments in order of the text: transcripts, the surest contents with the quotations in them, and the rest."""
    quotations = layout.quotations
    starts = [quotation.start for quotation in quotations]
    taken = _Taken()
    covered: set[int] = set()
    fragments: list[Fragment] = []
    for paragraph in spoken:
        start, end = paragraph.start, paragraph.end
        if taken.take(start, end):
            covered.update(_quotations_in(layout, starts, start, end))
            fragments.append(Fragment(start, end, paragraph.said, [(start, end)], transcript=True))
    for content in sorted(contents, key=lambda content: -content.probability):
        numbers = _quotations_in(layout, starts, content.start, content.end)
        fragment = _of_content(layout, turns, content, numbers)
        if fragment is not None and numbers and quotes_little(layout, fragment) and status_of(layout, fragment) == ACT:
            # A term in what somebody does is the outlet's: "mocked the so-called “superblocks”".
            _are_terms(turns, numbers if fragment.quoted else range(0))
            continue
        if fragment is not None and taken.take(fragment.start, fragment.end):
            covered.update(_quotations_in(layout, starts, fragment.start, fragment.end))
            fragments.append(fragment)
    for number, turn in enumerate(turns):
        if number not in covered:
            quotation = turn.quotation
            inner = (quotation.inner_start, quotation.inner_end)
            fragments.append(Fragment(quotation.start, quotation.end, turn.said, [inner], set_phrase=turn.set_phrase))
    return sorted(fragments, key=lambda fragment: fragment.start)


def _quotations_in(layout: Layout, starts: Sequence[int], start: int, end: int) -> range:
    """Numbers of the quotations that have a part in ``start:end``; ``starts`` are where they begin."""
    first = bisect_left(starts, start)
    if first and layout.quotations[first - 1].end > start:
        first -= 1
    return range(first, bisect_left(starts, end))


def _question(layout: Layout, turns: Sequence[Turn], content: Content, numbers: range) -> Fragment | None:
    """A question that nobody is named for, told with its cue.

    A word or two in marks are no words of the one asked: where it has no others, they are a term in the outlet's words.
    """
    cue = content.said.cue
    if cue is None or cue.lower_ not in ASKED:
        return None
    inner = [(layout.quotations[n].inner_start, layout.quotations[n].inner_end) for n in numbers]
    quoted = [(start, end) for start, end in inner if len(layout.text[start:end].split()) >= _FEWEST_WORDS]
    if not quoted:
        _are_terms(turns, numbers)
        return None
    start = min(content.start, layout.quotations[numbers[0]].start)
    return Fragment(start, max(content.end, layout.quotations[numbers[-1]].end), content.said, quoted, content=content)


def _are_terms(turns: Sequence[Turn], numbers: range) -> None:
    for number in numbers:
        turns[number].said, turns[number].set_phrase = None, True


def _after_term(layout: Layout, turns: Sequence[Turn], content: Content, numbers: range) -> Fragment | None:
    """What is left of a content after a term that it begins with."""
    after = layout.token_at(layout.quotations[numbers[0]].end)
    start = layout.starts[after] if after < len(layout.starts) else content.end
    if len(layout.text[start : content.end].split()) < _FEWEST_WORDS:
        return None
    return _of_content(layout, turns, replace(content, start=start), numbers[1:])


def _of_content(layout: Layout, turns: Sequence[Turn], content: Content, numbers: range) -> Fragment | None:
    """A content with the quotations it holds, widened to the whole of them, unless these are better told apart."""
    quotations = layout.quotations
    start, end = content.start, content.end
    if numbers and content.said.head is None:
        return _question(layout, turns, content, numbers)
    if numbers:
        start, end = min(start, quotations[numbers[0]].start), max(end, quotations[numbers[-1]].end)
        marks = quotations[numbers[0]].start
        if stands_apart(layout, content.said.cue, turns[numbers[0]].said, start, marks):
            return None
    loose = not content.clause or content.said.resolution == "according to"
    if loose and numbers and start == quotations[numbers[0]].start and turns[numbers[0]].said is None:
        # "called on “smart” towns to …": the marks are about a word, not about what was said.
        return _after_term(layout, turns, content, numbers)
    tokens = range(layout.token_at(start), layout.token_at(end))
    if numbers and not content.clause and shows_words(layout, content.said, numbers):
        _are_terms(turns, numbers)
        return None
    if (loose and any(_told_within(turns[n].said, start, end) for n in numbers)) or not any(
        layout.inside[i] < 0 and layout.doc[i].is_alpha for i in tokens
    ):
        return None
    attribution = content.said
    if attribution.head is None or not content.clause:
        attribution = next((s for n in numbers if (s := turns[n].said) is not None and s.head is not None), attribution)
    quoted = [(quotations[n].inner_start, quotations[n].inner_end) for n in numbers if not turns[n].set_phrase]
    return Fragment(start, end, attribution, quoted, content=content)


def joined(layout: Layout, fragments: Sequence[Fragment]) -> list[Fragment]:
    """``fragments`` with those made one that only words of the speaker part: `called him a “liar” who is “amoral”`.

    People split what is said where the cue or its speaker stands within, and nowhere else.
    """
    result: list[Fragment] = []
    for fragment in fragments:
        if result and _runs_on(layout, result[-1], fragment):
            last = result.pop()
            fragment = replace(last, end=fragment.end, quoted=[*last.quoted, *fragment.quoted])  # noqa: PLW2901
        result.append(fragment)
    return result


def widened(layout: Layout, fragments: Sequence[Fragment]) -> None:
    """Widen a few words in marks to the statement that they are a part of: `said it takes “backbone” to win`."""
    for number, fragment in enumerate(fragments):
        attribution = fragment.said
        if attribution is None or attribution.cue is None or not cue_of(attribution.cue) or fragment.transcript:
            continue
        if fragment.content is None:
            clause = _statement_around(layout, fragment)
        elif fragment.quoted and layout.inside[layout.token_at(fragment.start)] >= 0:
            clause = _statement_led_in(layout, fragment, layout.token_at(fragment.start))
        else:
            continue
        clause = clause or _with_subject(layout, fragment)
        if clause is None:
            continue
        start, end = clause
        before = fragments[number - 1].end if number else 0
        after = fragments[number + 1].start if number + 1 < len(fragments) else len(layout.text)
        if before <= start and end <= after:
            fragment.start, fragment.end = start, end


def with_rest(layout: Layout, fragments: Sequence[Fragment]) -> None:
    """Widen statements that end in marks to what goes with their last words: `said the plan would “stick” with us`."""
    for number, fragment in enumerate(fragments):
        attribution = fragment.said
        if (
            attribution is None
            or attribution.cue is None
            or attribution.cue.idx > fragment.start
            or kind_of(layout, fragment) != "mixed"
        ):
            continue
        last = after_marks(layout, layout.token_at(fragment.start), layout.token_at(fragment.end))
        end = layout.doc[last - 1].idx + len(layout.doc[last - 1])
        after = fragments[number + 1].start if number + 1 < len(fragments) else len(layout.text)
        if fragment.end < end <= after:
            fragment.end = end


def _statement_around(layout: Layout, fragment: Fragment) -> tuple[int, int] | None:
    """The offsets of the clause that is told by the cue before it and holds the marks of ``fragment`` within."""
    cue = fragment.said.cue if fragment.said is not None else None
    first, last = layout.token_at(fragment.start), layout.token_at(fragment.end)
    if cue is None or cue.i >= first or cue.tag_ not in FINITE or last - first > _MOST_OF_TERM + 2:
        return _statement_led_in(layout, fragment, first) if cue is not None and cue.i < first else None
    clause = next(
        (c for c in rights(cue) if c.dep_ == "ccomp" and c.left_edge.i < first and c.right_edge.i >= last - 2), None
    )
    if clause is None or clause.left_edge.i != cue.i + 1 or not layout.outside(clause):
        return _statement_led_in(layout, fragment, first)
    end = last
    stops = {"PUNCT", "CCONJ"}
    while end <= clause.right_edge.i and layout.doc[end].pos_ not in stops and layout.doc[end].lower_ != "according":
        end += 1
    if any(layout.inside[i] >= 0 and not first <= i < last for i in range(clause.left_edge.i, end)):
        return None
    start = layout.starts[clause.left_edge.i]
    return start, fragment.end if end == last else layout.starts[end - 1] + len(layout.doc[end - 1])


def _statement_led_in(layout: Layout, fragment: Fragment, first: int) -> tuple[int, int] | None:
    """The offsets of words in marks with the beginning of their clause before them: `said the plan “is a fraud”`.

    Also with what a cue of naming calls so: `called the plan a “fraud”`.
    """
    doc, cue = layout.doc, fragment.said.cue if fragment.said is not None else None
    if cue is None or cue.tag_ not in {*FINITE, "VBG"} or not 1 < first - cue.i <= _LONGEST_LEAD:
        return None
    lead = layout.tokens[cue.i + 1 : first]
    if any(layout.inside[t.i] >= 0 or layout.blank[t.i] or t.text in _PARTS for t in lead):
        return None
    word = cue_of(cue)
    if word is not None and word.lemma in listed("names"):
        after = layout.token_at(fragment.end)
        whose = lead[-1].tag_ in {"POS", "PRP$"}
        named = (
            lead[0].pos_ in _NAMED and not whose and not any(t.pos_ in {"VERB", "AUX", "ADP", "SCONJ"} for t in lead)
        )
        # "Under what he called his “trust first” bill": the bill goes by that name.
        modifies = after < len(doc) and doc[after].pos_ in {"NOUN", "PROPN"}
        named = named and not (modifies and layout.text[fragment.end - 2].isalnum())
        return (layout.starts[lead[0].i], fragment.end) if named else None
    subject = next((t for t in lead if t.dep_ in SUBJECTS and t.head.i > t.i), None)
    if subject is None or not _told_by(cue, subject.head, first):
        return None
    start = next((t.i for t in lead if t.lower_ == "that" and t.tag_ == "IN" and t.i < subject.i), subject.left_edge.i)
    begins = start == cue.i + 1 or doc[start].lower_ == "that"
    return (layout.starts[start], fragment.end) if begins else None


def _with_subject(layout: Layout, fragment: Fragment) -> tuple[int, int] | None:
    """The offsets of words in marks with their subject right before these: `The ferry “is a fraud,” she said`."""
    doc, first, attribution = layout.doc, layout.token_at(fragment.start), fragment.said
    verb = next((t for t in layout.tokens[first + 1 : first + 3] if t.tag_ in {*FINITE, "MD"}), None)
    if verb is None or attribution is None or doc[first - 1].text in _PARTS:
        return None
    near = layout.tokens[max(doc[first - 1].sent.start, first - _MOST_OF_TERM) : first]
    subject = next((t for t in reversed(near) if t.dep_ in SUBJECTS and t.head.i > first), None)
    if subject is None or subject.i + 1 < first - 1 or subject.tag_ in _RELATIVE or layout.inside[subject.i] >= 0:
        return None
    start = subject.left_edge.i
    words = range(start, first)
    speaks = attribution.head is not None and attribution.head.i in words
    if (
        speaks
        or (attribution.cue is not None and attribution.cue.i in words)
        or any(layout.inside[i] >= 0 for i in words)
    ):
        return None
    start -= doc[start - 1].lower_ == "that" and doc[start - 1].tag_ == "IN"
    return layout.starts[start], fragment.end


def _told_by(cue: Token, verb: Token, first: int) -> bool:
    """Whether a verb stands within the marks from token ``first`` on, or is that of the clause that a cue tells."""
    return verb.i >= first or (verb.dep_ == "ccomp" and verb.head.i == cue.i)


def set_apart_terms(layout: Layout, fragments: Sequence[Fragment]) -> None:
    """Make terms of a few words in marks that no verb of saying claims: `the list was signed by “Clerk(s)”`."""
    for fragment in fragments:
        attribution = fragment.said
        if attribution is None or fragment.content is not None or fragment.transcript or len(fragment.quoted) != 1:
            continue
        start, end = fragment.quoted[0]
        if len(layout.text[start:end].split()) > _MOST_OF_TERM:
            continue
        if attribution.cue is not None and cue_of(attribution.cue):
            if _names_a_thing(layout, fragment, attribution.cue) or _names_the_speaker(layout, fragment, attribution):
                fragment.said = None
            continue
        before = layout.doc[max(0, layout.token_at(fragment.start) - 1)]
        # "They hoped to “go easy”, as he is “fooling us”": a clause is what somebody says or wants, whoever it is.
        clause = any(token.pos_ == "VERB" for token in layout.tokens[layout.token_at(start) : layout.token_at(end)])
        if before.is_alpha and before.idx < fragment.start and before.lower_ not in _LEAD_ON and not clause:
            fragment.said = None


def _names_a_thing(layout: Layout, fragment: Fragment, cue: Token) -> bool:
    """Whether words in marks are the name of a thing that something is done with: `introduced a “final rule”`."""
    first, word = layout.token_at(fragment.start), cue_of(cue)
    before = layout.doc[max(0, first - 1)]
    led = before.lower_ in {"a", "an"} or before.tag_ in {"PRP$", "POS", "JJ"}
    if word is None or word.lemma not in listed("handles") or not led or cue.i > first:
        return False
    return not any(
        token.tag_ in {*FINITE, "MD", "VB"} for token in layout.tokens[first : layout.token_at(fragment.end)]
    )


def _names_the_speaker(layout: Layout, fragment: Fragment, attribution: Attribution) -> bool:
    """Whether words in marks belong to those for the speaker before the cue: `Lee, of the “Gang of Ten,” said`."""
    first, head, cue = layout.token_at(fragment.start), attribution.head, attribution.cue
    if head is None or cue is None or not head.i < first < cue.i or layout.inside[head.i] >= 0:
        return False
    word = next((token for token in layout.tokens[first : layout.token_at(fragment.end)] if token.is_alpha), head)
    for _ in range(_LONGEST_GAP):
        if word.head.i == word.i or word.pos_ in {"VERB", "AUX"}:
            return False
        word = word.head
        if word.i == head.i:
            return True
    return False


def _runs_on(layout: Layout, before: Fragment, after: Fragment) -> bool:
    """Whether two fragments of one cue are parts of one sentence with no cue, and not who is quoted, between them."""
    if before.said is None or after.said is None or before.transcript or after.transcript:
        return False
    cue, head = before.said.cue, before.said.head
    if cue is None or after.said.cue is None or cue.i != after.said.cue.i:
        return False
    between = range(layout.token_at(before.end), layout.token_at(after.start))
    if len(between) > _LONGEST_GAP or cue.i in between or (head is not None and head.i in between):
        return False
    tokens = [layout.doc[i] for i in between]
    return (
        any(token.is_alpha for token in tokens)
        and tokens[-1].text not in _NEW_WORDS
        and not any(layout.blank[i] or layout.ends_sentence(i) for i in between)
        and not any(is_verb(token) and cue_of(token) for token in tokens)
    )

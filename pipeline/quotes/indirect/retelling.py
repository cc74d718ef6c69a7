"""Contents beside each other: what somebody says that others say is told once, and a cue tells what is on one side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of, is_verb
from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.quotes.cue_subject import can_speak, quoting
from pipeline.quotes.indirect.candidates import trimmed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution
    from pipeline.quotes.indirect.contents import Content

_LONGEST_GAP: Final = 12
_FEWEST_WORDS: Final = 3


def without_retold(contents: Sequence[Content]) -> list[Content]:
    """``contents`` without those of "according to" that hold who says it: `Lee said so, according to papers`."""
    speech = [c for c in contents if c.clause and (cue := c.said.cue) is not None and cue.tag_ in FINITE]

    def holds(content: Content, other: Content) -> bool:
        cue, head = other.said.cue, other.said.head
        return cue is not None and head is not None and content.start <= cue.idx < content.end and speaks(head)

    def speaks(head: Token) -> bool:
        return can_speak(head) or head.pos_ == "PROPN"

    return [
        content
        for content in contents
        if content.said.resolution != "according to" or not any(holds(content, other) for other in speech)
    ]


def quotes_another(cue: Token) -> Token | None:
    """The verb by which a cue has another say something: `quoted an official as saying`."""
    if cue.lower_ not in quoting():
        return None
    verbs = (verb for prep in rights(cue) if prep.lower_ == "as" for verb in rights(prep))
    return next((verb for verb in verbs if verb.dep_ == "pcomp" and verb.tag_ == "VBG" and cue_of(verb)), None)


def passed_on(cue: Token) -> Token | None:
    """The verb of whoever says what others pass on: `Lee told the crew that it sank, according to aides`."""
    verb = cue.head
    word = cue_of(verb) if cue.lower_ == "according" and verb.i < cue.i else None
    if word is None or not word.reports or word.silent or verb.tag_ not in FINITE:
        return None
    subject = next((child for child in lefts(verb) if child.dep_ == "nsubj"), None)
    somebody = subject is not None and (can_speak(subject) or subject.pos_ == "PROPN")
    states = any(child.dep_ == "ccomp" and verb.i < child.i < cue.i for child in rights(verb))
    return verb if somebody and states else None


def goes_on(layout: Layout, end: int) -> bool:
    """Whether another clause with "that" goes on with what was said: `…, but that the bridge …`."""
    doc = layout.doc
    while end < len(doc) and (doc[end].text == "," or doc[end].pos_ == "CCONJ"):
        end += 1
    return end < len(doc) and doc[end].lower_ == "that" and doc[end].dep_ == "mark" and doc[end - 1].pos_ == "CCONJ"


def explains_source(layout: Layout, attribution: Attribution, first: int, last: int) -> bool:
    """Whether words after "according to" only tell who that is: `according to Ann Lee, | a lawyer in Dover`."""
    cue, speaker = attribution.cue, attribution.speaker
    if attribution.resolution != "according to" or cue is None or speaker is None or first <= cue.i:
        return False
    leads = cue.i <= sentence_of(cue).start + 1
    tells = any(t.tag_ in {*FINITE, "MD"} or layout.inside[t.i] >= 0 for t in layout.tokens[first:last])
    return not leads and not tells and layout.doc[first].pos_ not in {"ADP", "SCONJ", "PART", "VERB"}


def said_before(layout: Layout, cue: Token, first: int, last: int) -> Token | None:
    """The cue right before what another cue tells at the end: `Lee said | the ferry was old, | the Times said`."""
    if cue.i < last or not first:
        return None
    before = layout.doc[first - 1]
    word = cue_of(before) if is_verb(before) and layout.inside[before.i] < 0 else None
    told = word is not None and word.reports and not word.silent and before.tag_ in FINITE
    return before if told and sentence_of(before).start == sentence_of(cue).start else None


def before_next_cue(layout: Layout, first: int, last: int) -> int:
    """Where what is said ends before who else tells it at the end: `the ferry was old |, the Times noted`."""
    verb = layout.doc[last - 1]
    word = cue_of(verb)
    if verb.tag_ not in FINITE or word is None or not word.reports or word.silent or layout.inside[verb.i] >= 0:
        return last
    subject = next((child for child in lefts(verb) if child.dep_ in SUBJECTS), None)
    if subject is None or subject.right_edge.i != verb.i - 1 or subject.left_edge.i <= first + 1:
        return last
    comma = subject.left_edge.i - 1
    if layout.inside[comma] >= 0 > layout.inside[comma + 1] and layout.doc[comma - 1].text == ",":
        # "That “it is old,” | she added".
        return comma + 1
    return comma if layout.doc[comma].text == "," else last


def on_one_side(layout: Layout, contents: Sequence[Content]) -> list[Content]:
    """``contents`` without what stands before a cue that goes on without a break: `…, the chief slammed the plan`."""
    after = {c.said.cue.i: c for c in contents if c.said.cue is not None and c.start > c.said.cue.idx}

    def stays(content: Content) -> bool:
        cue = content.said.cue
        other = after.get(cue.i) if cue is not None else None
        if cue is None or other is None or other is content:
            return True
        return layout.token_at(other.start) != cue.i + 1 or other.probability < content.probability

    return [content for content in contents if stays(content)]


def retelling(layout: Layout, contents: Sequence[Content]) -> list[Content]:
    """``contents``, in order, with those made one of which the second is told in the first.

    "Drivers said the town, which owns it, told them | that the bridge is safe": drivers say all of that.
    """
    merged: list[Content] = []
    for content in contents:
        if merged and _is_told_in(layout, merged[-1], content):
            merged[-1] = replace(merged[-1], end=content.end)
        else:
            merged.append(content)
    return merged


def _is_told_in(layout: Layout, outer: Content, inner: Content) -> bool:
    """Whether the cue of ``inner`` is a verb of the clause that the cue of ``outer`` has for its content."""
    cue, verb = outer.said.cue, inner.said.cue
    if cue is None or verb is None or not outer.clause or cue.idx >= outer.start or cue.tag_ not in FINITE:
        return False
    first, last = layout.token_at(outer.end), layout.token_at(inner.start)
    if not outer.start <= verb.idx < inner.start or last - first > _LONGEST_GAP:
        return False
    return verb.dep_ == "ccomp" and verb.head.i == cue.i and all(layout.inside[i] < 0 for i in range(first, last))


def with_next_speakers(
    layout: Layout,
    contents: Sequence[Content],
    attributed: Callable[[Token], Attribution],
    tidy: Callable[[Content], Content],
) -> list[Content]:
    """``contents``, in order, with what the next of a list of speakers says: `Ann Lee said it was old, Kim said …`.

    ``attributed`` gives the attribution that a cue makes, ``tidy`` a content with its bounds put right.
    """
    told = {content.said.cue.i for content in contents if content.said.cue is not None}
    result: list[Content] = []
    for number, content in enumerate(contents):
        result.append(content)
        cue = content.said.cue
        if cue is None or not content.clause or cue.idx > content.start or cue.tag_ not in FINITE:
            continue
        following = contents[number + 1].start if number + 1 < len(contents) else len(layout.text)
        for other in layout.tokens[cue.i + _FEWEST_WORDS : sentence_of(cue).stop]:
            joint = None if other.i in told or other.idx > following else _next_speaker(layout, cue, other)
            said = attributed(other) if joint is not None else None
            if joint is None or said is None or said.head is None:
                continue
            last = layout.token_at(
                min(content.end if other.idx < content.end else following, cue.doc[cue.sent.end - 1].idx)
            )
            later = (_next_speaker(layout, other, t) for t in layout.tokens[other.i + _FEWEST_WORDS : last])
            stop = next((joint for joint in later if joint is not None), last)
            if other.idx < content.end:
                result[-1] = replace(content, end=trimmed(layout, layout.token_at(content.start), joint)[1])
            start, end = trimmed(layout, other.i + 1, stop)
            result.append(tidy(replace(content, said=said, start=start, end=end)))
            break
    return result


def _next_speaker(layout: Layout, cue: Token, other: Token) -> int | None:
    """What stands before the next of a list of speakers, if ``other`` is his cue: a comma, or "and" after one."""
    word = cue_of(other)
    if word is None or not word.reports or word.silent or other.tag_ != cue.tag_ or layout.inside[other.i] >= 0:
        return None
    subject = next((child for child in lefts(other) if child.dep_ in SUBJECTS), None)
    states = any(child.dep_ == "ccomp" for child in rights(other))
    if subject is None or not states or other.dep_ not in {"ccomp", "conj"} or other.i - subject.right_edge.i != 1:
        return None
    joint = subject.left_edge.i - 1
    before = layout.tokens[cue.i + 1 : joint]
    clause = any(t.tag_ in {*FINITE, "MD"} for t in before) and before[0].dep_ not in {"mark", "advmod"}
    joined = layout.doc[joint].pos_ == "CCONJ" and other.dep_ == "conj" and cue_of(other.head) is not None
    somebody = can_speak(subject) or subject.pos_ == "PROPN"
    return joint if clause and somebody and (layout.doc[joint].text in {",", ";"} or joined) else None

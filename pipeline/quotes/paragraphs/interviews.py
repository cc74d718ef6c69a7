"""Interviews: answers below questions, where no label says who speaks, or only the one who asks has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, lefts
from pipeline.core.person_nouns import AUTHOR
from pipeline.quotes.paragraphs.own_words import has, listed
from pipeline.quotes.paragraphs.transcripts import ASKS, REMARK, People, SpokenParagraph, label_of
from pipeline.quotes.signed_lines import OPENING_MARKS

if TYPE_CHECKING:
    from pipeline.core.annotations import Block
    from pipeline.core.quote_layout import Layout
    from pipeline.quotes.attribution import Attribution

# Questions, each in a paragraph of its own, that an interview has, or one whose answers have marks, or questions bold,
# or which the article says is one: then all are put to somebody, who tells of oneself.
_FEWEST_QUESTIONS: Final = 3
_FEWEST_MARKED: Final = 2
_LONGEST_MARKED: Final = 40
_LONGEST_QUESTION: Final = 80
# Paragraphs of one answer.
_LONGEST_ANSWER: Final = 12
# The least share of questions put to somebody, and of answers told of oneself, by which an explainer is no interview.
_SHARE: Final = 0.5
_BOLD: Final = "*_"
# Words between a cue and the marks beside it.
_NEAR: Final = 3


def unlabelled_answers(layout: Layout) -> list[SpokenParagraph]:
    """The answers, without marks, of an interview whose questions are paragraphs of their own."""
    topics = [n for n, block in enumerate(layout.paragraphs) if n and _is_topic(layout, block)]
    about = len(topics) >= _FEWEST_MARKED and _is_announced(layout, topics[0])
    questions = topics if about else [n for n, block in enumerate(layout.paragraphs) if n and _asks(layout, n, block)]
    ends = [*questions[1:], None] if questions else []
    pairs = [(q, answer) for q, end in zip(questions, ends, strict=True) if (answer := _answer(layout, q, end))]
    bold = all(layout.text[layout.paragraphs[q].start] in _BOLD for q, _ in pairs)
    announced = bool(questions) and _is_announced(layout, questions[0])
    if len(pairs) < (_FEWEST_MARKED if bold or about or announced else _FEWEST_QUESTIONS):
        return []
    paragraphs = layout.paragraphs
    put = len(pairs) if about else sum(has(layout, paragraphs[q].start, paragraphs[q].end, "of_you") for q, _ in pairs)
    told_as = ("of_oneself", "of_us") if announced else ("of_oneself",)
    own = sum(has(layout, answer[0].start, answer[-1].end, *told_as) for _, answer in pairs)
    told = sum(_tells_of_another(layout, answer[0].start, answer[-1].end) for _, answer in pairs)
    labels = {label_of(layout, paragraphs[q]) for q, _ in pairs}
    # One label before every question, and none before an answer: `Gazette: Why do you sail?`.
    labelled = len(labels) == 1 and not labels & {"", *ASKS}
    few = len(pairs) < _FEWEST_QUESTIONS and not (bold or about)
    if min(put, own - told) < (1 if labelled else len(pairs) if few else _SHARE * len(pairs)):
        return []
    said = People(layout).guest(paragraphs[questions[0]].start)
    if said is None or said.head is None:
        return []
    last = pairs[-1][1]
    named = (n for n, block in enumerate(last) if n and _names(layout, block, said.head.text))
    del last[next(named, len(last)) :]
    return [SpokenParagraph(block.start, block.end, said) for _, answer in pairs for block in answer]


def _is_announced(layout: Layout, question: int) -> bool:
    """Whether one of the paragraphs before the first question says that the article is an interview."""
    before = layout.paragraphs[max(0, question - _LONGEST_ANSWER) : question]
    return any(has(layout, block.start, block.end, "interviews") for block in before)


def _names(layout: Layout, block: Block, name: str) -> bool:
    return any(layout.doc[i].text == name for i in range(layout.token_at(block.start), layout.token_at(block.end)))


def _asks(layout: Layout, number: int, block: Block) -> bool:
    """Whether a paragraph outside of marks ends with a question mark, or stands in bold between answers."""
    text = layout.text[block.start : block.end]
    words = text.strip(_BOLD)
    bold = words != text and text.startswith("**") and text.endswith("**")
    if not (words.endswith("?") or bold) or len(words.split()) > _LONGEST_QUESTION or words[0] in OPENING_MARKS:
        return False
    return not any(q.paragraph == number and q.end >= block.end - 1 for q in layout.quotations)


def _is_topic(layout: Layout, block: Block) -> bool:
    """Whether a paragraph is a heading of what is spoken of below it: `On why she left the harbor`."""
    words = layout.text[block.start : block.end].split()
    short = 1 < len(words) <= _LONGEST_MARKED
    return short and words[0].lower() in listed("on") and layout.text[block.end - 1].isalnum()


def _answer(layout: Layout, question: int, following: int | None) -> list[Block]:
    """The paragraphs below a question up to the next; below the last only while they are told of oneself."""
    answer: list[Block] = []
    last = following if following is not None else len(layout.paragraphs)
    for block in layout.paragraphs[question + 1 : last]:
        if block.kind != "body" or layout.text[block.start] in REMARK + OPENING_MARKS:
            if answer:
                break
            return []
        if answer and following is None and not has(layout, block.start, block.end, "of_oneself"):
            break
        answer.append(block)
    return answer if len(answer) <= _LONGEST_ANSWER else []


def _tells_of_another(layout: Layout, start: int, end: int) -> bool:
    """Whether a stretch gives words in marks with who says them: then it is the outlet's, `“Yes,” she said`."""
    for i in range(layout.token_at(start), layout.token_at(end)):
        token = layout.doc[i]
        if layout.inside[i] < 0 and token.tag_ in FINITE and cue_of(token) is not None:
            near = layout.inside[max(0, i - _NEAR) : i + _NEAR + 1]
            subject = next((child for child in lefts(token) if child.dep_ == "nsubj"), None)
            if max(near) >= 0 and (subject is None or subject.lower_ not in AUTHOR):
                return True
    return False


def answered(layout: Layout) -> dict[int, Attribution]:
    """Who answers in each quotation that is all of a paragraph below a question, where there are two such or more.

    By the number of the quotation: whoever the article tells of most before the first question.
    """
    questions = {n for n, block in enumerate(layout.paragraphs) if _is_question(layout, n, block)}
    below = [
        (number, quotation)
        for number, quotation in enumerate(layout.quotations)
        if quotation.paragraph - 1 in questions and quotation.start == layout.paragraphs[quotation.paragraph].start
    ]
    whole = [n for n, quotation in below if quotation.end >= layout.paragraphs[quotation.paragraph].end - 1]
    if len(whole) < _FEWEST_MARKED:
        return {}
    first = layout.quotations[whole[0]].paragraph - 1
    said = People(layout).guest(layout.paragraphs[first].start)
    if said is None:
        return {}
    answers = dict.fromkeys(whole, said)
    for number, quotation in enumerate(layout.quotations):
        if quotation.carried and number - 1 in answers:
            answers[number] = said
    return answers


def _is_question(layout: Layout, number: int, block: Block) -> bool:
    text = layout.text[block.start : block.end]
    marked = any(quotation.paragraph == number for quotation in layout.quotations)
    return text.endswith("?") and len(text.split()) <= _LONGEST_MARKED and not marked

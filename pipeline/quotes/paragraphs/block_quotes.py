"""Letters, statements and posts that are given without marks, in paragraphs of their own below who wrote them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of, is_verb
from pipeline.core.dependencies import FINITE
from pipeline.quotes.attribution import Attribution, named
from pipeline.quotes.cue_search import cue_in, whose_words
from pipeline.quotes.cue_subject import PAPERS, can_speak, subject_of
from pipeline.quotes.issuing_bodies import body_nouns, utterances, words
from pipeline.quotes.paragraphs.own_words import has, listed
from pipeline.quotes.paragraphs.transcripts import SpokenParagraph
from pipeline.quotes.scare_quotes import verbs
from pipeline.quotes.signed_lines import OPENING_MARKS, name_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.core.annotations import Block
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_WORDS: Final = re.compile(r"\w+")
# A speaker's label at the head of what a line leads to: `LEE: words`.
_LABEL: Final = re.compile(r"(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,4}):\s+(?=\S)")
# `Dear friends,` on a line of its own.
_SALUTATION: Final = re.compile(r"[A-Z][^.?!:;]{1,60},")
_INDENT: Final = re.compile(r"(?:^|\n)(?:[ \u00a0]{2,}|\t+|[ \t]*>[ \t]*)\Z")
_FEWEST_WORDS: Final = 6
_LONGEST: Final = 12
_BULLETS: Final = "•*-–—·»▪◦0123456789([{"
_ENDS: Final = (".", "?", "!", "…", "”", '"', "’", "'")
_OWN: Final = ("of_oneself", "of_us")
# `Translation: …`: the outlet explains.
_EXPLAINS: Final = re.compile(r"\w+:\s")
# Words between what is given, `this letter to the town`, and the colon.
_NEAR: Final = 12


def block_quotes(layout: Layout) -> Iterator[SpokenParagraph]:
    """The paragraphs without marks that a line with a cue and a colon leads to: `The mayor wrote to the council:`.

    The first is whoever's the line says; those below it are too while they are told of oneself, or set in as it is.
    """
    paragraphs, taken = layout.paragraphs, 0
    for number, (block, following) in enumerate(pairwise(paragraphs)):
        if number < taken or not layout.text[: block.end].endswith(":") or block.kind != "body":
            continue
        first = number + 1 + bool(_SALUTATION.fullmatch(layout.text, following.start, following.end))
        given = first < len(paragraphs) and _may_be_given(layout, paragraphs[first])
        attribution = _leads(layout, block, inset=_sets_in(layout, block, paragraphs[first])) if given else None
        if attribution is None:
            continue
        label = _LABEL.match(layout.text, paragraphs[first].start, paragraphs[first].end)
        named = name_in(layout, *label.span("name"), "transcript") if label else None
        said = named or attribution
        last = first + 1 if named is not None else _end(layout, block, first, attribution)
        for spoken in paragraphs[number + 1 : last]:
            start = label.end() if label is not None and named is not None else spoken.start
            yield SpokenParagraph(start, spoken.end, said)
        taken = last


def _may_be_given(layout: Layout, block: Block) -> bool:
    """Whether a paragraph may be somebody's words without marks: sentences, no list, and nobody who says them."""
    text = layout.text[block.start : block.end]
    if block.kind != "body" or text[0] in OPENING_MARKS or text[0] in _BULLETS or not text.endswith(_ENDS):
        return False
    return len(_WORDS.findall(text)) >= _FEWEST_WORDS and not _tells(layout, block)


def _end(layout: Layout, lead: Block, first: int, said: Attribution) -> int:
    """Number of the first paragraph that is the outlet's again after the one that a line leads to."""
    paragraphs = layout.paragraphs
    inset = _sets_in(layout, lead, paragraphs[first])
    # An author who tells of himself may go on so below.
    told = not has(layout, 0, lead.end, *_OWN) and has(layout, paragraphs[first].start, paragraphs[first].end, *_OWN)
    name = said.head.text if said.head is not None else ""
    last = first + 1
    while last < len(paragraphs) and last - first < _LONGEST:
        block = paragraphs[last]
        own = told and has(layout, block.start, block.end, *_OWN)
        if not (_is_inset(layout, block) if inset else own) or _is_narration(layout, block, name):
            break
        last += 1
    return last


def _is_narration(layout: Layout, block: Block, name: str) -> bool:
    """Whether a paragraph is the outlet's: by how it opens or ends, or by whom it names or tells of."""
    text = layout.text[block.start : block.end]
    if block.kind != "body" or text[0] in OPENING_MARKS or text.endswith(":") or _EXPLAINS.match(text):
        return True
    return _names(layout, block, name) or _tells(layout, block)


def _sets_in(layout: Layout, lead: Block, following: Block) -> bool:
    """Whether a paragraph is set in below one that is not."""
    return _is_inset(layout, following) and not _is_inset(layout, lead)


def _is_inset(layout: Layout, block: Block) -> bool:
    return _INDENT.search(layout.text, max(0, block.start - _NEAR), block.start) is not None


def _names(layout: Layout, block: Block, name: str) -> bool:
    return any(layout.doc[i].text == name for i in range(layout.token_at(block.start), layout.token_at(block.end)))


def _leads(layout: Layout, block: Block, *, inset: bool) -> Attribution | None:
    """Who speaks after a line that ends with a colon, if its last sentence says that words follow."""
    last = layout.token_at(block.end)
    first = last - 1
    while first > layout.token_at(block.start) and not layout.ends_sentence(first):
        first -= 1
    gap = [layout.doc[i] for i in range(first, last) if layout.inside[i] < 0 and not layout.blank[i]]
    if not gap or gap[-1].text != ":":
        return None
    attribution = _reads(layout, gap) or cue_in(layout, gap)
    cue = cue_of(attribution.cue) if attribution is not None and attribution.cue is not None else None
    follows = cue is not None and cue.lemma in verbs("words_follow")
    if not follows and (owner := whose_words(gap)) is not None:
        return named(layout, "before a colon", owner, gap[0].i, owner.i + 1, gap[-1])
    if attribution is None or attribution.cue is None or attribution.head is None:
        return None
    head = attribution.head
    if not can_speak(head) and head.pos_ not in {"PROPN", "PRON"} and head.lower_ not in body_nouns():
        return None
    return attribution if follows or _gives_words(gap, anything=inset) else None


def _reads(layout: Layout, gap: Sequence[Token]) -> Attribution | None:
    """The paper that a line says "reads" so, whatever the parse makes of it: `The statement from the town read:`."""
    at = next((n for n in range(len(gap) - 2, 0, -1) if gap[n].lower_ in verbs("reads")), 0)
    rest = [token for token in gap[at + 1 : -1] if token.pos_ not in {"ADP", "NOUN", "ADJ"}]
    paper = next((token for token in gap[:at] if token.lower_ in words().papers | utterances()), None)
    if paper is None or rest:
        return None
    return named(layout, "subject of the cue", paper, gap[0].i, gap[at].i, gap[at])


def _gives_words(gap: Sequence[Token], *, anything: bool) -> bool:
    """Whether a line ends with the paper, or with ``anything``, that it gives: `sent them this letter:`."""
    nouns = PAPERS | utterances()
    for n, token in enumerate(gap):
        if (token.lower_ in nouns or (anything and token.pos_ == "NOUN")) and n + _NEAR >= len(gap):
            before = gap[n - 1] if n else token
            this = any(t.lower_ in listed("these") for t in gap[max(0, n - 3) : n])
            within = n > 1 and gap[n - 2].lower_ in listed("in")  # "did not mince words in her letter:"
            issued = before.tag_ in {"PRP$", "POS"} and (within or any(t.lower_ in words().issues for t in gap[:n]))
            if this or issued or gap[0].lower_ in listed("from"):
                return True
    return False


def _tells(layout: Layout, block: Block) -> bool:
    """Whether a paragraph itself says who says something."""
    for i in range(layout.token_at(block.start), layout.token_at(block.end)):
        token = layout.doc[i]
        if layout.inside[i] < 0 and token.tag_ in FINITE and is_verb(token) and (cue := cue_of(token)) is not None:
            subject = subject_of(token, layout.outside) if cue.lemma in verbs("words_follow") else None
            if subject is not None and can_speak(subject) and subject.lower_ not in {"i", "we", "you"}:
                return True
    return False

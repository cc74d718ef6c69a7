"""Other ways to find quotes and their speakers, to be measured beside Framelens: on the same texts, with the same model.

``textacy`` is ``direct_quotations`` of textacy 0.13 (after Krestel, Bergler and Witte, LREC 2008), paragraph by
paragraph, because it leaves out a whole text in which the marks are odd. ``plain`` is the plainest rule that works, and
our own: what stands inside a pair of marks in a paragraph, said by the subject of the nearest verb of saying in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import spacy

from pipeline import DEFAULT_MODEL
from pipeline.core.annotations import Quote, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc, Token

    Finder = Callable[[str], list[Quote]]

_IN_MARKS: Final = re.compile(r"“[^”]*”?|\"[^\"]*\"?|(?<!\w)''(?:(?!'').)*(?:'')?")
_MARKS: Final = "“”\"'"
_SAYING: Final = frozenset(
    ["add", "announce", "ask", "claim", "comment", "continue", "declare", "explain", "insist", "note", "recall", "reply", "report", "say", "state", "tell", "tweet", "write"]
)  # fmt: skip
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


@lru_cache(maxsize=1)
def _with_lemmas() -> Language:
    return spacy.load(DEFAULT_MODEL)


def _quote(start: int, end: int, text: str, speaker: tuple[int, int] | None, number: int) -> Quote:
    """What stands between ``start`` and ``end``, marks included, said by whom the offsets ``speaker`` name."""
    first, last = start, end
    while first < last and text[first] in _MARKS:
        first += 1
    while last > first and text[last - 1] in _MARKS:
        last -= 1
    return Quote(
        start=start,
        end=end,
        kind="direct",
        attribution=number,
        quoted=((first, last),),
        speaker_start=speaker[0] if speaker else None,
        speaker_end=speaker[1] if speaker else None,
    )


def _paragraphs(text: str) -> Iterator[tuple[int, Doc]]:
    spans = lines(text)
    parsed = _with_lemmas().pipe(text[start:end] for start, end in spans)
    for (start, _), doc in zip(spans, parsed, strict=True):
        yield start, doc


def plain(text: str) -> list[Quote]:
    """Quotes of ``text`` by the plainest rule."""
    quotes = []
    for offset, doc in _paragraphs(text):
        spans = [match.span() for match in _IN_MARKS.finditer(doc.text)]
        cues = [
            token
            for token in doc
            if token.pos_ == "VERB" and token.lemma_ in _SAYING and not any(s <= token.idx < e for s, e in spans)
        ]
        for start, end in spans:
            near = min(cues, key=lambda cue: max(start - cue.idx, cue.idx - end), default=None)
            speaker = _subject(near) if near is not None else None
            moved = (offset + speaker[0], offset + speaker[1]) if speaker else None
            quotes.append(_quote(offset + start, offset + end, text, moved, len(quotes)))
    return quotes


def _subject(verb: Token) -> tuple[int, int] | None:
    subject = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if subject is None:
        return None
    return subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge)


def textacy(text: str) -> list[Quote]:
    """Quotes of ``text`` by textacy. It refuses a paragraph whose marks are odd in number: that one has none."""
    from textacy.extract.triples import direct_quotations

    quotes = []
    for offset, doc in _paragraphs(text):
        try:
            triples = list(direct_quotations(doc))
        except ValueError:
            continue
        for triple in triples:
            last = triple.speaker[-1]
            speaker = (offset + triple.speaker[0].idx, offset + last.idx + len(last))
            content = triple.content
            quotes.append(_quote(offset + content.start_char, offset + content.end_char, text, speaker, len(quotes)))
    return quotes


def rivals() -> dict[str, Finder]:
    """Those that can be run here, by name."""
    return {"textacy": textacy, "plain rule": plain} if find_spec("textacy") else {"plain rule": plain}

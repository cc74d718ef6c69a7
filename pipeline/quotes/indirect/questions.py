"""What somebody is asked, which nobody is named to ask: `asked if the bridge was safe, she said`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import ASKED
from pipeline.core.dependencies import children
from pipeline.quotes.attribution import Attribution

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_WHEN: Final = frozenset({"when", "while", "after", "if", "as"})


def is_asked(cue: Token) -> bool:
    """Whether it is somebody beside a cue who is asked: `Lee, asked how it went, said …`, `asked if it fell, Lee …`."""
    if cue.lower_ not in ASKED:
        return False
    if cue.i and cue.nbor(-1).text == ",":
        return True
    if cue.dep_ == "conj" and cue.tag_ == "VBN" and cue.head.tag_ == "VBN":
        # "Passengers would be searched and asked whether …".
        own = any(child.dep_ in {"nsubj", "aux"} for child in children(cue))
        return not own and any(child.dep_ == "auxpass" for child in children(cue.head))
    first = bool(cue.is_sent_start) or (cue.i > 0 and cue.nbor(-1).lower_ in _WHEN)
    has_subject = any(child.dep_ in {"nsubj", "nsubjpass", "agent", "auxpass"} for child in children(cue))
    return first and not has_subject and cue.tag_ in {"VBN", "VBD"}


def asked_by_nobody(layout: Layout, opening: Token, end: int) -> Attribution | None:
    """The attribution of a question of nobody, where a content is nothing else: `asked if …, she said`."""
    doc = layout.doc
    first = opening.i + (opening.lower_ in _WHEN)
    cue = doc[first] if first < len(doc) else opening
    if cue.lower_ not in ASKED or cue.tag_ not in {"VBN", "VBD"}:
        return None
    if any(child.dep_ in {"nsubj", "nsubjpass", "agent", "auxpass"} for child in children(cue)):
        return None
    last = doc[min(cue.right_edge.i, len(doc) - 1)]
    return Attribution("no speaker named", cue=cue) if end <= last.idx + len(last) else None

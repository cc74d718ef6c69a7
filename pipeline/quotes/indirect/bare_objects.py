"""What somebody judges or does not do, in no words that are told: `slammed his rivals, saying …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import lefts, rights
from pipeline.quotes.acts import listed

if TYPE_CHECKING:
    from pipeline.core.token_table import Token
    from pipeline.quotes.acts import Told

_NOUNS: Final = frozenset({"NOUN", "PROPN", "PRON"})
_CLAUSES: Final = frozenset({"ccomp", "xcomp", "oprd"})
_JUDGING: Final = frozenset({"attacking", "praising"})


def judges(report: Told) -> bool:
    """Whether somebody only judges a thing, and is told to say why right after: `defended the plan, saying …`."""
    cue, word = report.cue, cue_of(report.cue)
    thing = _object(report)
    if word is None or thing is None:
        return False
    if word.lemma in listed("judges"):
        return True
    last = report.layout.token_at(report.fragment.end)
    tokens = report.layout.tokens
    goes_on = last + 1 < len(tokens) and tokens[last].text == "," and _says(tokens[last + 1])
    return goes_on and (word.cue_class in _JUDGING or word.lemma in listed("acts")) and cue.i < thing.i


def _says(verb: Token) -> bool:
    word = cue_of(verb)
    return verb.tag_ == "VBG" and word is not None and word.reports


def _object(report: Told) -> Token | None:
    """The thing that is all a cue has for its words: `slammed his rivals`, not `slammed them for lying`."""
    cue, fragment = report.cue, report.fragment
    if fragment.content is None or fragment.start < cue.idx or any(c.dep_ in _CLAUSES for c in rights(cue)):
        return None
    first, last = report.layout.token_at(fragment.start), report.layout.token_at(fragment.end)
    thing = next((c for c in rights(cue) if c.dep_ == "dobj" and c.left_edge.i <= first <= c.i), None)
    if (
        thing is None
        or thing.pos_ not in _NOUNS
        or any(c.dep_ in {"prep", "dative"} and c.i < last for c in rights(cue))
    ):
        return None
    told = any(child.lower_ in listed("with_reason") for child in rights(thing))
    return None if told or thing.lower_.removesuffix("s") in listed("words") else thing


def inferred(report: Told) -> bool:
    """Whether the author sees something in what somebody does not do: `Lee did not come, suggesting that …`."""
    cue, word, verb = report.cue, cue_of(report.cue), report.cue.head
    if word is None or word.lemma not in listed("implies") or cue.tag_ != "VBG" or cue.dep_ != "advcl":
        return False
    after_comma = verb.i < cue.i and cue.nbor(-1).text == ","
    above = cue_of(verb)
    return (
        after_comma
        and (above is None or not above.reports or above.silent)
        and any(child.dep_ == "neg" for child in lefts(verb))
    )


def unbelieved(report: Told) -> bool:
    """Whether somebody does not believe a thing, which is no view of theirs: `doesn't believe polls showing …`."""
    cue, word = report.cue, cue_of(report.cue)
    negated = word is not None and any(child.dep_ == "neg" for child in lefts(cue))
    return negated and word is not None and word.lemma in listed("believes") and _object(report) is not None


def whenever(report: Told) -> bool:
    """Whether somebody thinks something only at a time that may come: `will vote when they feel they can win`."""
    cue, word = report.cue, cue_of(report.cue)
    if word is None or not word.silent or cue.tag_ not in {"VBP", "VBZ"} or cue.dep_ != "advcl":
        return False
    return any(child.lower_ in listed("whenever") and child.dep_ == "advmod" for child in lefts(cue))


def unwritten(report: Told) -> bool:
    """Whether it stands in what somebody does not make: `have not sent a letter demanding more`."""
    noun = report.cue.head
    if report.cue.dep_ != "acl" or noun.dep_ != "dobj" or report.fragment.start < report.cue.idx:
        return False
    return any(child.dep_ == "neg" for child in lefts(noun.head)) and report.layout.outside(noun.head)

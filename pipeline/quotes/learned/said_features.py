"""The features by which a learned model tells what somebody says, thinks or wants from what is done, known or shown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.person_nouns import AUTHOR
from pipeline.quotes.acts import papers_and_figures
from pipeline.quotes.cue_subject import can_speak
from pipeline.quotes.issuing_bodies import body_nouns

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution

_ASKS: Final = frozenset({"how", "why", "what", "whether", "who", "where", "when", "if", "which"})
_BE: Final = frozenset({"is", "are", "was", "were", "be", "'s", "’s"})
_HAVE: Final = frozenset({"has", "have", "had"})
_PRONOUNS: Final = frozenset({"you", "it", "they", "he", "she", "who"})
_ONES_OWN: Final = frozenset({"my", "our"})
_SELVES: Final = frozenset({"himself", "herself", "themselves", "itself", "myself"})
_NAMED: Final = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_AS: Final = frozenset({"prep", "mark"})
_OBJECTS: Final = frozenset({"dobj", "ccomp"})
_PLURAL: Final = frozenset({"NNS", "NNPS"})
_PRESENT: Final = frozenset({"VBP", "VBZ", "VB"})
_HELPS: Final = frozenset({"aux", "auxpass"})
_OPENS_CLAUSE: Final = frozenset({"mark", "advmod"})
_UNDER: Final = frozenset({"xcomp", "ccomp", "pcomp", "advcl", "acl", "csubj"})
_NESTED: Final = frozenset({"xcomp", "ccomp", "pcomp"})
_NARROWS: Final = frozenset({"det", "poss", "nummod", "amod", "compound"})
_WITH_TENSE: Final = frozenset({"VBN", "VBD", "VBZ", "VBP", "MD"})
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_WITH_NOUN: Final = frozenset({"acl", "relcl", "prep", "appos"})
_BEFORE_NOUN: Final = frozenset({"det", "poss", "amod"})
_FEW: Final = 5
_ODDS: Final = "log odds"
_UNLISTED: Final = "unlisted"
_LEAST: Final = 0.02


def speaker_kind(layout: Layout, head: Token | None) -> str:  # noqa: PLR0911  one list of cases
    """What kind of word stands for a speaker: a name by its label, a pronoun, somebody, a paper, a body, a thing."""
    if head is None:
        return "none"
    word = head.lower_
    if word in AUTHOR:
        return "author"
    if head.pos_ == "PRON":
        return word if word in _PRONOUNS else "pronoun"
    for mention in layout.doc._.mentions:
        if mention.start <= head.idx < mention.end:
            return str(mention.label)
        if mention.start > head.idx:
            break
    if head.ent_type_ in _NAMED:
        return f"like {head.ent_type_}"
    if {word, word.removesuffix("s")} & papers_and_figures():
        return "paper"
    if can_speak(head):
        return "people" if head.tag_ in _PLURAL else "person"
    return "body" if word in body_nouns() else "name" if head.pos_ == "PROPN" else "thing"


def opening_kind(layout: Layout, cue: Token, first: int, last: int) -> str:  # noqa: PLR0911  one list of cases
    """How the words in the tokens ``first:last`` open: before their cue, by "that", "to", a clause, a noun."""
    if first < cue.i:
        return "before"
    doc, opening = layout.doc, layout.doc[first]
    while opening.is_punct and opening.i + 1 < last:
        opening = doc[opening.i + 1]
    word = opening.lower_
    if word == "that" and opening.tag_ in {"IN", "WDT"}:
        return "that"
    if opening.tag_ == "TO" or (word == "not" and opening.i + 1 < len(doc) and opening.nbor().tag_ == "TO"):
        return "to"
    if word in _ASKS:
        return "question"
    if opening.tag_ == "VBG":
        return "participle"
    if opening.pos_ == "ADP":
        return f"preposition {word}"
    return _other_opening(layout, cue, opening, last)


def _other_opening(layout: Layout, cue: Token, opening: Token, last: int) -> str:
    subject = next((t for t in layout.tokens[opening.i : last] if t.dep_ in SUBJECTS and _is_told(t, last)), None)
    if subject is not None and (
        subject.head.dep_ in {"ccomp", "ROOT"} or subject.head.head.i == cue.i or subject.left_edge.i == opening.i
    ):
        return "clause"
    if any(child.dep_ == "xcomp" for child in rights(cue)):
        return "noun to"
    return "verb" if opening.tag_ in _WITH_TENSE else "noun"


def _is_told(subject: Token, last: int) -> bool:
    """Whether a subject has a verb with a tense before token ``last``."""
    verb = subject.head
    return verb.i < last and (verb.tag_ in FINITE or any(child.tag_ in {*FINITE, "MD"} for child in lefts(verb)))


def said_features(layout: Layout, said: Attribution, start: int, end: int, probability: float) -> dict[str, float]:
    """The features of words without marks at the offsets ``start:end``, 1 each but for how likely people mark them."""
    first, last = layout.token_at(start), layout.token_at(end)
    speaker = speaker_kind(layout, said.head)
    likely = min(max(probability, _LEAST), 1 - _LEAST)
    odds = {_ODDS: math.log(likely / (1 - likely)) / 2}
    if said.cue is None:
        return odds
    opening = opening_kind(layout, said.cue, first, last)
    names = [
        f"speaker={speaker}",
        f"opening={opening}",
        *_of_cue(said.cue, speaker, opening),
        *_of_clause(said.cue, opening),
        *_of_words(layout, said.cue, opening, first, layout.text[start:end].split()),
        *_of_root(layout, said.cue, opening, first, last),
    ]
    head = said.head
    if head is not None and head.tag_ in _PLURAL and not any(child.dep_ in _NARROWS for child in lefts(head)):
        names.append("people at large")
    return {**odds, **dict.fromkeys(names, 1.0)}


def _of_cue(cue: Token, speaker: str, opening: str) -> list[str]:
    word = cue_of(cue)
    lemma, kind = (word.lemma, str(word.cue_class)) if word is not None else (cue.lower_, _UNLISTED)
    pos = "according" if cue.lower_ == "according" else cue.pos_
    names = [
        f"lemma={lemma}",
        f"lemma={lemma} opening={opening.split(maxsplit=1)[0]}",
        f"class={kind}",
        f"class={kind} opening={opening}",
        f"pos={pos} opening={opening}",
        f"tag={cue.tag_}",
        f"dep={cue.dep_}",
    ]
    if word is not None and word.silent:
        names.append("thought")
        names.append(f"thought speaker={speaker}")
    if cue.tag_ in _PRESENT:
        names.append(f"present speaker={speaker}")
    if any(child.lower_ == "as" and child.dep_ in _AS for child in _of_its_things(cue)):
        names += ["as something", f"lemma={lemma} as something"]
    return names


def _of_its_things(cue: Token) -> list[Token]:
    """What hangs on a cue and on its objects: `see it as a gift`, where the parse may give "as" to either."""
    after = rights(cue)
    return [*after, *(child for thing in after if thing.dep_ in _OBJECTS for child in rights(thing))]


def _of_clause(cue: Token, opening: str) -> list[str]:
    """How the clause of a cue stands in its sentence."""
    before = lefts(cue)
    helpers = {child.lower_ for child in before if child.dep_ in _HELPS}
    names = []
    if any(child.tag_ == "MD" for child in before):
        names.append("modal")
    if "to" in helpers:
        names.append("infinitive")
        names.append(f"infinitive opening={opening}")
    if helpers & _BE:
        names.append("with be")
    if helpers & _HAVE:
        names.append("with have")
    if any(child.dep_ == "neg" for child in before):
        names.append("negated")
    opens = next((c.lower_ for c in before if c.dep_ in _OPENS_CLAUSE and c.tag_ in {"IN", "WRB"}), None)
    if opens is not None:
        names.append(f"clause after {opens}")
    if cue.dep_ in _UNDER and cue.head.i < cue.i:
        names.append(f"under {cue.head.lower_}")
    if cue.dep_ in _NESTED:
        names.append("nested")
    if str(cue.sent.text).rstrip().endswith("?"):
        names.append("question")
    return names


def _of_root(layout: Layout, cue: Token, opening: str, first: int, last: int) -> list[str]:
    """What the words in the tokens ``first:last`` hang on: a verb with a tense, a noun, and what goes with that."""
    tokens = layout.tokens[first:last]
    root = next((t for t in tokens if not first <= t.head.i < last and not t.is_punct), None)
    if root is None:
        return []
    tensed = any(t.tag_ in _WITH_TENSE and t.tag_ != "VBN" for t in tokens)
    kind = opening.split(maxsplit=1)[0]
    names = [f"root={root.dep_} opening={kind}", f"root pos={root.pos_} opening={kind}"]
    if not tensed:
        names.append(f"no verb opening={kind}")
        word = cue_of(cue)
        if word is not None:
            names.append(f"no verb class={word.cue_class}")
    if root.pos_ in _NOUNS:
        names.append(f"noun={root.lower_}")
        names += [f"noun with {child.dep_}" for child in rights(root) if child.dep_ in _WITH_NOUN and child.i < last]
        names += [f"noun has {child.dep_}" for child in lefts(root) if child.dep_ in _BEFORE_NOUN]
    return names


def _of_words(layout: Layout, cue: Token, opening: str, first: int, words: list[str]) -> list[str]:
    """What the words are, and who else the sentence tells of."""
    names = ["few words", f"few words opening={opening}"] if len(words) < _FEW else []
    if any(word.lower().strip(",.") in _SELVES for word in words[:2]):
        names.append("selves")
    around = {t.lower_ for t in layout.tokens[sentence_of(cue).start : sentence_of(cue).stop] if layout.inside[t.i] < 0}
    if around & (AUTHOR | _ONES_OWN):
        names.append("author in sentence")
    if "you" in around:
        names.append("reader in sentence")
    if opening == "before":
        return names
    if first > cue.i + 1:
        names.append("apart")
    elif layout.doc[first].pos_ == "PROPN":
        names.append(f"name next opening={'clause' if opening == 'clause' else 'noun'}")
    if cue.i and layout.inside[cue.i - 1] >= 0:
        names.append("after marks")
    return names

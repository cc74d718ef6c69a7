"""What stands beside a cue and is no content of it: who speaks, who is told, a thing that is shown, the next deed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import FINITE, SUBJECTS, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.token_table import tokens_of
from pipeline.quotes.acts import listed, papers_and_figures
from pipeline.quotes.cue_subject import PAPERS, can_speak
from pipeline.quotes.indirect.remarks import BEFORE
from pipeline.quotes.issuing_bodies import body_nouns, utterances
from pipeline.quotes.scare_quotes import verbs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token
    from pipeline.quotes.attribution import Attribution

# Cues that report words only by a clause.
_SHOWN: Final = frozenset({"indicate", "signal"})
STATEMENTS: Final = frozenset({"ccomp", "sentence", "break"})
_FEWEST_WORDS: Final = 3
# Words of a term.
_MOST_OF_TERM: Final = 4
_NOUNS: Final = frozenset({"NOUN", "PROPN"})
_NAMED: Final = frozenset({"PERSON", "ORG"})
_OBJECTS: Final = frozenset({"dobj", "dative", "npadvmod", "oprd"})
_CLAUSES: Final = frozenset({"ccomp", "xcomp"})
_WHEN: Final = frozenset({"mark", "advmod", "prep"})


def points_out(cue: Token, opening: Token) -> bool:
    """Whether a cue only leads the reader to a thing, or tells to whom one turns: `see: Dover`, `appealed to Lee`."""
    if opening.i <= cue.i:
        return False
    word, after = cue_of(cue), cue.nbor()
    turns = word is not None and word.lemma in listed("turns_to") and opening.nbor(-1).lower_ == "to"
    return (after.text == ":" and word is not None and word.silent) or (turns and can_speak(opening))


def by_a_measure(attribution: Attribution) -> bool:
    """Whether "according to" names no source but what a thing goes by: `views differ according to party identity`."""
    head, cue = attribution.head, attribution.cue
    if attribution.resolution != "according to" or head is None or head.pos_ != "NOUN":
        return False
    nouns = {head.lower_, head.lower_.removesuffix("s")}
    known = can_speak(head) or head.ent_type_ or nouns & papers_and_figures() or nouns & body_nouns()
    if cue is not None and cue.i and cue.nbor(-1).tag_ == "VBN" and cue.nbor(-1).dep_ != "amod":
        # "Drivers are paid according to the hours they work".
        return not known and cue_of(head) is None
    if head.tag_ != "NN":
        return False
    told = any(child.dep_ in {"det", "poss", "amod"} for child in lefts(head)) or any(rights(head))
    return not known and not told and cue_of(head) is None


def says_next(cue: Token, opening: Token, last: int) -> bool:
    """Whether words after a cue hold little but what its subject says next: `denied it | but admitted using a ruse`."""
    joint = opening.i + 1
    if opening.i != cue.i + 1 or joint + 1 >= last or opening.doc[joint].pos_ != "CCONJ":
        return False
    verbs = (t for t in tokens_of(opening.doc)[joint + 1 : min(joint + 1 + _FEWEST_WORDS, last)] if t.pos_ == "VERB")
    return any(verb.dep_ == "conj" and verb.head.i == cue.i and cue_of(verb) is not None for verb in verbs)


def is_speaker(layout: Layout, cue: Token, opening: Token, last: int) -> bool:
    """Whether the words after a cue, which follows marks, only name who speaks: `“Is it safe?” demanded one driver`."""
    if opening.i != cue.i + 1 or not cue.i or cue.tag_ not in FINITE:
        return False
    if layout.inside[cue.i - 1] < 0:
        # "The plan will fail, explained Ann Lee, the director".
        inverted = cue.nbor(-1).text == "," and cue.dep_ != "conj" and opening.pos_ in {"PROPN", "DET"}
        named = any(child.left_edge.i == opening.i and child.pos_ in _NOUNS for child in rights(cue))
        bare = not any(child.dep_ in SUBJECTS for child in lefts(cue))
        return inverted and named and bare and not any(child.dep_ in _CLAUSES for child in rights(cue))
    # "…,” said the site set up to sell it, which has closed".
    subject = next((child for child in rights(cue) if child.dep_ in SUBJECTS), None)
    if subject is not None and subject.left_edge.i == opening.i:
        return True
    if not any(child.dep_ in SUBJECTS for child in lefts(cue)) and any(
        child.left_edge.i == opening.i and child.pos_ in _NOUNS for child in rights(cue)
    ):
        # "…,” said Ann Lee, whose boat had sunk": the parse takes her for what is said.
        return True
    return not any(t.pos_ in {"VERB", "AUX", "SCONJ", "PART"} for t in layout.tokens[opening.i : last])


def shows(cue: Token, start: str) -> bool:
    """Whether a cue shows a thing and reports no words: "points to the law", "the figures indicate a shift"."""
    listed = cue_of(cue)
    lemma = listed.lemma if listed else ""
    if lemma == "point":
        return not any(child.lower_ == "out" for child in rights(cue))
    return lemma in _SHOWN and start not in STATEMENTS


def is_told_of(cue: Token, opening: Token) -> bool:
    """Whether the text itself tells something of a statement from ``opening`` on: `the mayor's tweet drew anger`."""
    verb = cue.head
    if cue.pos_ not in _NOUNS or cue.dep_ not in SUBJECTS or not cue.i < opening.i <= verb.i:
        return False
    return not any(token.lower_ == "that" for token in tokens_of(cue.doc)[verb.i + 1 : verb.i + _FEWEST_WORDS])


def is_object(cue: Token, opening: Token) -> bool:
    """Whether a participle is what its cue tells, and no next deed: `suggested | opening it`, `accused | of lying`."""
    if opening.tag_ != "VBG" or opening.i <= cue.i or opening.nbor(-1).is_punct:
        return False
    if opening.dep_ == "pcomp":
        return bool(opening.head.head.i == cue.i)
    return opening.dep_ in _CLAUSES and bool(opening.head.i == cue.i)


def is_who_is_told(layout: Layout, cue: Token, opening: Token, content: range) -> bool:
    """Whether the words after a cue of telling are no more than who is told: `tells | Dover Island News`."""
    word = cue_of(cue)
    if word is None or word.lemma not in listed("told_to") or opening.i <= cue.i:
        return False
    for mention in layout.doc._.mentions:
        if mention.start <= content.start and content.stop <= mention.end and mention.label in _NAMED:
            return True
    words = layout.text[content.start : content.stop].split()
    if opening.i == cue.i + 1 and opening.pos_ == "PROPN" and all(each[:1].isupper() for each in words):
        return True
    noun = next((child for child in rights(cue) if child.dep_ in _OBJECTS and child.left_edge.i == opening.i), None)
    whole = noun is not None and noun.right_edge.idx + len(noun.right_edge) <= content.stop
    return whole and noun is not None and can_speak(noun) and content.stop <= noun.idx + len(noun)


def shows_words(layout: Layout, said: Attribution, numbers: Iterable[int]) -> bool:
    """Whether a thing shows or recalls another and calls it nothing: `footage shows a “tent city” on the pier`.

    The quotations ``numbers`` in it have no more words than a term.
    """
    inner = (layout.text[layout.quotations[n].inner_start : layout.quotations[n].inner_end] for n in numbers)
    head, cue = said.head, said.cue
    if any(len(words.split()) > _MOST_OF_TERM for words in inner):
        return False
    word = cue_of(cue) if cue is not None else None
    if head is None or word is None or word.lemma in listed("names") | verbs("shouts"):
        return False
    somebody = cue is not None and any(token.ent_type_ in _NAMED for token in tokens_of(head.doc)[head.i : cue.i])
    if head.pos_ != "NOUN" or somebody or not head.is_lower:
        return False
    nouns = {head.lower_, head.lower_.removesuffix("s")}
    return not (can_speak(head) or nouns & (PAPERS | body_nouns() | utterances()))


def is_done_besides(layout: Layout, cue: Token, opening: Token) -> bool:
    """Whether words after a cue, which follows marks, only tell what else goes on: `“No,” Lee said, | tapping a cup`.

    Or when it does, `before she left`, or what the speaker does next, `and walked away`.
    """
    if cue.tag_ == "VBG" and cue.dep_ == "advcl":
        cue = cue.head  # "she said, laughing, before she left"
    subject = next((child for child in lefts(cue) if child.dep_ in SUBJECTS), cue)
    first = subject.left_edge.i
    marked = any(layout.inside[i] >= 0 for i in range(max(0, first - 2), first))
    if (
        marked
        and opening.i == cue.i + 1
        and (
            (opening.lower_ in BEFORE and opening.dep_ in _WHEN)
            or (opening.dep_ == "mark" and opening.lower_ in listed("meanwhile") and opening.head.dep_ == "advcl")
        )
    ):
        return first > sentence_of(cue).start  # "“No,” Lee said before she left", "as she left"
    if not marked or opening.i <= cue.i + 1 or opening.nbor(-1).text != ",":
        return False
    if opening.tag_ == "VBG":
        return opening.dep_ == "advcl" and cue_of(opening) is None
    if opening.pos_ == "CCONJ":
        verb = next(
            (t for t in tokens_of(opening.doc)[opening.i + 1 : opening.i + 1 + _FEWEST_WORDS] if t.pos_ == "VERB"), None
        )
        bare = verb is not None and not any(child.dep_ in SUBJECTS for child in lefts(verb))
        return verb is not None and bare and verb.dep_ == "conj" and verb.head.i == cue.i and cue_of(verb) is None
    return opening.dep_ == "mark" and opening.tag_ == "IN" and opening.head.dep_ == "advcl" and opening.lower_ != "that"


def tells_of_noun(cue: Token, opening: Token, last: int) -> bool:
    """Whether a cue tells more of a noun in the words before it: `that was the riddle | she discovered`."""
    ending = cue.doc[last - 1]
    noun = ending if ending.dep_ == "attr" and ending.head.dep_ == "ccomp" and ending.head.head.i == cue.i else cue.head
    tells = any(child.dep_ in SUBJECTS for child in lefts(cue)) and (cue.dep_ == "relcl" or noun.i == ending.i)
    if not tells or not opening.i <= noun.i < last <= cue.i:
        return False
    return all(not token.is_punct for token in tokens_of(cue.doc)[noun.i : cue.i])


def aside_of(cue: Token) -> Token | None:
    """The pronoun of an aside that "according to" goes with: `Lee, who dives, according to Roe, left`."""
    verb = cue.head
    if cue.lower_ != "according" or verb.dep_ != "relcl" or verb.i > cue.i or not verb.left_edge.i:
        return None
    who = verb.left_edge
    return who if who.nbor(-1).text == "," and who.tag_ in {"WP", "WDT"} else None

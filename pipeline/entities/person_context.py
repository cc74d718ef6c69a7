"""What stands around two capitalised words that tells whether they are the name of somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import children
from pipeline.core.doc_cache import sentence_of
from pipeline.core.person_nouns import person_nouns
from pipeline.core.resource_tables import any_of, lists, words
from pipeline.core.token_table import tokens_of
from pipeline.core.word_lists import is_initial, known_first_name, known_surname, never_names
from pipeline.entities.organisations.shape import tells_no_person
from pipeline.entities.person_names import PARTICLES
from pipeline.entities.person_words import WORDS, callings, doubtful
from pipeline.places.gazetteer import forms, is_known_place, surely_a_place

if TYPE_CHECKING:
    from pipeline.core.text_index import TextIndex
    from pipeline.core.token_table import Token

_PAIR: Final = ("NNP", "NNP")
_TITLED: Final = re.compile(r"\bM(?:r|s|rs)\.? ([A-Z][\w'-]*[^\W_])(?! [A-Z])")
_SAYS: Final = any_of(WORDS, "says")
_SAYING: Final = frozenset(lists(WORDS)["says"])
_SPEAKS: Final = re.compile(rf"(?<![\w-] )(?<![\w-])([A-Z][a-z]+) {_SAYS}\b|[,?!][”\"] {_SAYS} ([A-Z][a-z]+)(?=[,.])")
_CHOSEN: Final = frozenset(lists(WORDS)["chosen"])
_SPOKESPEOPLE: Final = frozenset(lists(WORDS)["spokespeople"])
_BULLETS: Final = " \t•*-–—·.,;"
_LISTED: Final = re.compile(r",? and |, ")


@dataclass(slots=True)
class Piece:
    """A word of a run of capitals: where it stands, in characters, and how it is set."""

    start: int
    end: int
    word: str


def titled_words(reading: TextIndex) -> frozenset[str]:
    """What the article calls "Mr." or "Ms." by one word."""
    return reading.cached(titled_words, lambda: frozenset(_TITLED.findall(reading.text)))


def titled_elsewhere(reading: TextIndex, segment: list[Piece]) -> bool:
    """Whether two words are a first name and what the article calls "Mr." or "Ms." elsewhere: "Chelsea Manning".

    Or, where it is a surname as well as a word, and the first name no place, what says something: "Manning said".
    """
    if len(segment) != len(_PAIR):
        return False
    last = segment[1].word
    titled, speaks = last in titled_words(reading), last in reading.cached(_speakers, lambda: _speakers(reading))
    if not known_first_name(segment[0].word):
        # "Denzel Washbrook", whom no list knows, where neither word is anything else and "Washbrook said" follows.
        return (titled or speaks) and _nothing_else(segment) and not reading.heading(segment[0].start)
    if titled:
        return True
    return speaks and known_surname(last) and segment[0].word not in forms() and not doubtful(segment[0].word)


def _nothing_else(segment: list[Piece]) -> bool:
    """Whether none of some words is a word besides, a place or part of a body's name.

    The last may be a surname that a town has as well: Prosser, Washington.
    """
    last = segment[-1].word
    return not any(
        doubtful(word) or not word.istitle() or tells_no_person(word) or (word in forms() and word != last)
        for word in (piece.word for piece in segment)
    ) and (last not in forms() or known_surname(last))


def _speakers(reading: TextIndex) -> frozenset[str]:
    """Words with a capital that stand alone before or after a cue of saying, as a surname does."""
    found = (next(filter(None, match.groups())) for match in _SPEAKS.finditer(reading.text))
    return frozenset(found)


def called_somebody(reading: TextIndex, segment: list[Piece]) -> bool:
    """Whether two words, a first name and one that is a word as well, are somebody the sentence says more of.

    A calling stands before them, or what they are beside: `teacher Helen Brook`, `Helen Brook, a teacher`.
    """
    first, last = reading.token(segment[0].start), reading.token(segment[-1].start)
    if (
        len(segment) != len(_PAIR)
        or first is None
        or last is None
        or not all(word.tag_.startswith("NNP") for word in (first, last))
    ):
        return False
    before = first.nbor(-1).lower_ if first.i > sentence_of(first).start else ""
    explained = [child for child in children(last) if child.dep_ == "appos" and child.i > last.i]
    calling = before in person_nouns() or before in callings()
    # "Alun Rees, a skipper"; but "Quell Co., the parent of the Courier".
    calling = (calling or any(noun.lower_ in callings() for noun in explained)) and not tells_no_person(last.text)
    if last.dep_ == "appos" and before == ",":
        explained.append(last.head)  # "the director, Helen Brook"
    unheard = last.head.lower_ in person_nouns() and last.dep_ == "appos" and before == ","
    unheard = unheard or _is_chosen(last)
    named = known_first_name(first.text) and not doubtful(first.text)
    named = named or (is_initial(first.text) and known_surname(last.text))
    # "Skipper Alun Rees", where nobody on the lists bears the name, and neither word is anything else.
    named = named or ((calling or unheard) and _nothing_else(segment))
    named = named and last.text.istitle() and first.head == last
    if not named or reading.heading(segment[0].start):
        return False
    # "A shop run by Agnes Tilling".
    acts = last.dep_ == "pobj" and last.head.dep_ == "agent"
    # "Oxfam's Lena Strand said", but not "the Kennedy Center said".
    acts = acts or (last.dep_ == "nsubj" and last.head.lower_ in _SAYING and not is_known_place(first.text))
    acts = acts and not tells_no_person(last.text)
    return calling or unheard or acts or _human(last) or any(noun.lower_ in person_nouns() for noun in explained)


def _is_chosen(last: Token) -> bool:
    """Whether a name is that of whom a body gives a post: "The board named Piers Langton to replace her"."""
    verb, after = last.head, last.i + 1
    chosen = last.dep_ in {"dobj", "nsubj", "oprd"} and verb.i < last.i and verb.lower_ in _CHOSEN
    # The parse may make the name the subject of what follows: "named [Piers Langton to replace her]".
    chosen = chosen or (last.dep_ == "nsubj" and verb.dep_ in {"ccomp", "xcomp"} and verb.head.lower_ in _CHOSEN)
    return chosen and after < len(last.doc) and last.doc[after].lower_ in {"to", "as"}


def speaks_by_name(reading: TextIndex, segment: list[Piece]) -> bool:
    """Whether two words that are nothing else are whoever says something: "Arjun Mehrotra said"."""
    last = reading.token(segment[-1].start)
    if len(segment) != len(_PAIR) or last is None or last.dep_ != "nsubj" or reading.heading(segment[0].start):
        return False
    if not _nothing_else(segment):
        return False
    seen = reading.labels(segment[0].start, segment[-1].end)
    return seen <= {"PERSON"} and last.head.lower_ in _SAYING and reading.tag(segment[0].start) == "NNP"


def are_several(token: Token | None) -> bool:
    """Whether a word that opens a sentence stands for many: "Banks have closed", not "Banks has sold"."""
    if token is None or token.dep_ != "nsubj" or not token.tag_.endswith("S") or not doubtful(token.text):
        return False
    helps = [child.tag_ for child in children(token.head) if child.dep_ == "aux" and child.i > token.i]
    return "VBP" in {token.head.tag_, *helps}


def told_as_somebody(reading: TextIndex, segment: list[Piece]) -> bool:
    """Whether two words that can each be a name or something else are somebody's: "Hope Banks, who chairs"."""
    if len(segment) != len(_PAIR) or not (known_first_name(segment[0].word) and known_surname(segment[1].word)):
        return False
    first, last = reading.token(segment[0].start), reading.token(segment[1].start)
    named = first is not None and last is not None and first.head == last and (first.tag_, last.tag_) == _PAIR
    return named and last is not None and _human(last) and not reading.heading(segment[0].start)


def parsed_as_name(reading: TextIndex, segment: list[Piece]) -> bool:
    """Whether two words are one name to the parser, with "Le" in it or not, of whoever does or is done something."""
    first, last = reading.token(segment[0].start), reading.token(segment[-1].start)
    return (
        len([piece for piece in segment if piece.word.lower() not in PARTICLES]) == len(_PAIR)
        and first is not None
        and last is not None
        and (first.head == last or (first.head == last.head and last.text == "May"))
        and ((first.tag_, last.tag_) == _PAIR or _ends_like_many(first.text, last))
        and (last.dep_ in {"nsubj", "poss"} or last.head.text == "by" or known_first_name(first.text) or _human(last))
        and (last.dep_ != "compound" or last.text == "May")
        and not reading.text.endswith(("the ", "The "), 0, segment[0].start)
        and (_human(last) or not _something_else(reading, segment))
    )


def _something_else(reading: TextIndex, segment: list[Piece]) -> bool:
    """Whether the model sees anything but a person in the first of two words.

    Of a first name that is no word and a surname it may think an organisation's: small models often do.
    """
    first, last = segment[0].word, segment[-1].word
    borne = known_first_name(first) and not doubtful(first) and first not in forms() and known_surname(last)
    token = reading.token(segment[-1].start)
    # "Agnes Porter founded it" is nobody but her.
    acts = token is not None and token.dep_ == "nsubj" and token.head.tag_ in {"VBD", "VBZ"}
    if borne and acts and not is_known_place(f"{first} {last}") and not tells_no_person(last):
        return False
    return not reading.labels(segment[0].start, segment[0].end) <= ({"PERSON", "ORG"} if borne else {"PERSON"})


def _ends_like_many(first: str, last: Token) -> bool:
    """Whether a surname looks to the parser like several things of a name: "Curtis Flowers"."""
    named = known_first_name(first) and not (doubtful(first) or surely_a_place(first))
    return named and last.tag_ == "NNPS" and known_surname(last.text)


@lru_cache(maxsize=1)
def _human_nouns() -> frozenset[str]:
    """Nouns that a person alone has before "of": father, killing, arrest."""
    return words("entities/human_nouns.txt")


def _human(last: Token) -> bool:
    """Whether what a name stands in tells somebody, whatever the model sees: whose kin, or how old, he is."""
    doc, after = last.doc, last.i + 1
    if last.dep_ == "pobj" and last.head.lower_ == "of" and last.head.head.lower_.removesuffix("s") in _human_nouns():
        return True
    if after + 1 >= len(doc) or doc[after].text != ",":
        return False
    explained = doc[after + 1]
    aged = explained.is_digit and len(explained) == len("34") and (after + 2 == len(doc) or _ends(doc[after + 2]))
    speaks = explained.tag_ == "DT" and any(
        word.lower_ in _SPOKESPEOPLE for word in tokens_of(doc)[after + 2 : after + 5]
    )
    return aged or explained.lower_ == "who" or speaks


def _ends(token: Token) -> bool:
    """Whether somebody's age ends before ``token``: "Ann Lee, 34, said", and "Ann Lee, 34" by itself on a line."""
    return token.text in {",", ";"} or "\n" in token.text


def listed_by_line(reading: TextIndex, segment: list[Piece]) -> bool:
    """Whether a first name and another word are a line by themselves, beside one that is somebody to the model."""
    first, last = segment[0], segment[-1]
    if len(segment) != len(_PAIR) or not (known_first_name(first.word) and last.word.istitle()):
        return False
    if last.word in never_names():
        return False
    text = reading.text
    begin, end = reading.line_span(first.start)
    if text[begin : first.start].strip(_BULLETS) or text[last.end : end].strip(_BULLETS):
        return False
    lines = (text[:begin].rstrip(), text[end:].lstrip())
    above = len(lines[0]) - 1
    below = len(text) - len(lines[1])
    return any(
        label == "PERSON" and " " in text[s:e] and not "".join(_around(text, s, e)).strip(_BULLETS)
        for at in (above, below)
        for s, e, label in (reading.model_entities(max(0, at), at + 1) if 0 <= at < len(text) else ())
    )


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What else stands in the line of what begins and ends there."""
    after = text.find("\n", end)
    return text[text.rfind("\n", 0, start) + 1 : start], text[end : after if after >= 0 else len(text)]


def listed(reading: TextIndex, start: int, end: int) -> bool:
    """Whether a person the model sees stands beside, joined by "and" alone."""
    text = reading.text
    after = reading.model_entities(end + 5, end + 6) if text.startswith(" and ", end) else []
    return (text.endswith(" and ", 0, start) and start - 5 in _people_ends(reading, start)) or any(
        s == end + 5 and label == "PERSON" and " " in text[s:e] for s, e, label in after
    )


def amid_people(reading: TextIndex, segment: list[Piece]) -> bool:
    """Whether a first name and a surname stand in a list between two people the model sees."""
    if len(segment) != len(_PAIR) or not (known_first_name(segment[0].word) and known_surname(segment[1].word)):
        return False
    start, end = segment[0].start, segment[1].end
    after = _LISTED.match(reading.text, end)
    return (
        after is not None
        and reading.text.endswith(", ", 0, start)
        and start - 2 in _people_ends(reading, start)
        and any(
            s == after.end() and label == "PERSON"
            for s, _, label in reading.model_entities(after.end(), after.end() + 1)
        )
    )


def _people_ends(reading: TextIndex, start: int) -> list[int]:
    """Where the model's full names of people end that stand just before ``start``."""
    near = reading.model_entities(max(0, start - 6), start)
    return [e for s, e, label in near if label == "PERSON" and " " in reading.text[s:e]]

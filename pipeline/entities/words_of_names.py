"""Which words of a run of capitals belong to somebody's name: first names, surnames, and words that are neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.core.word_lists import function_words, is_initial, known_first_name, known_surname, never_names
from pipeline.entities.organisations.shape import tells_no_person
from pipeline.entities.organisations.support import no_organisations
from pipeline.entities.organisations.table import table
from pipeline.entities.person_context import listed_by_line, told_as_somebody
from pipeline.entities.person_names import GIVEN_NAME, PARTICLES
from pipeline.entities.person_words import SUFFIXES, callings, doubtful, is_ordinary, title_of, titles
from pipeline.places.gazetteer import forms, is_known_place, surely_a_place

if TYPE_CHECKING:
    from pipeline.core.spans import Cover
    from pipeline.core.text_index import TextIndex
    from pipeline.entities.person_context import Piece


def are_initials(word: str) -> bool:
    """Whether two capitals without full stops are initials: "JK Rowling", and no state, body or programme."""
    two = len(word) == len("JK") and word.isalpha() and word.isupper()
    return two and not any(word in other for other in (forms(), table(), no_organisations()))


def opens_with_calling(reading: TextIndex, pieces: list[Piece]) -> bool:
    """Whether a word has its capital from the sentence that it opens, and a name follows: "Farmer Ann Lee"."""
    word, *names = (piece.word for piece in pieces[:3])
    token = reading.token(pieces[0].start)
    if len(names) < 2 or not word.istitle() or word.lower() not in callings() or known_first_name(word):
        return False
    opens = token is not None and (token.is_sent_start or token.nbor(-1).is_quote)
    ordinary = is_ordinary(names[0]) and not known_first_name(names[0])
    named = not title_of(names[1]) or (len(pieces) == 3 and has_title_for_surname(reading, pieces[1:]))
    return opens and not ordinary and not title_of(names[0]) and named


def surname_here(reading: TextIndex, segment: list[Piece], word: str) -> bool:
    """Whether an ordinary word is a surname where the model sees a person: known, or after a first name in text.

    The first name may be nobody's on the lists, if it is nothing else: "Elon Musk".
    """
    if known_surname(word):
        return True
    if word in function_words() or word in never_names() or not word.isalpha() or reading.heading(segment[0].start):
        return False
    spelled = [piece for piece in segment if piece.word not in PARTICLES]
    if len(spelled) == 1 and segment[-1].word in PARTICLES and word.istitle():
        return True  # Osama bin Laden
    first, *others = segment
    if others and all(piece.word.lower() in PARTICLES for piece in others):
        return word.istitle()  # "Jean-Marie Le Pen"
    named = known_first_name(first.word) or (not tells_no_person(word) and _nothing_but_a_name(reading, first))
    return len(spelled) == 1 and named and word.istitle()


def _nothing_but_a_name(reading: TextIndex, piece: Piece) -> bool:
    """Whether a word on no list of names is no word, place, body or surname either: "Elon"."""
    word = piece.word
    other = doubtful(word) or surely_a_place(word) or word in table() or known_surname(word)
    return not other and word.istitle() and reading.tag(piece.start) == "NNP"


def surname_behind_particle(reading: TextIndex, segment: list[Piece], piece: Piece) -> bool:
    """Whether an ordinary word is the surname that "Le" and the like begin, to the parser: "Marine Le Pen"."""
    first, last = reading.token(segment[0].start), reading.token(piece.start)
    particles = segment[1:]
    return (
        bool(particles)
        and all(part.word.istitle() and part.word.lower() in PARTICLES for part in particles)
        and first is not None
        and last is not None
        and first.head == last
        and first.tag_ == last.tag_ == "NNP"
        and piece.word.istitle()
        and not reading.heading(piece.start)
    )


def joins(word: str) -> bool:
    """Whether a word is part of a name without being one itself: a particle, an initial, "Jr."."""
    return word.lower() in PARTICLES or (is_initial(word) and word != "A") or word.rstrip(".") in SUFFIXES


def is_first_name(  # noqa: PLR0911  one return a kind of evidence
    reading: TextIndex, pieces: list[Piece], people: list[tuple[int, int]], ranks: list[str]
) -> bool:
    """Whether an ordinary word is a first name here: "Bill" after a title, or what begins the model's person."""
    word = pieces[0].word
    if are_initials(word) and not (tells_no_person(pieces[1].word) or title_of(pieces[1].word)):
        first, last = reading.token(pieces[0].start), reading.token(pieces[1].start)
        seen = known_surname(pieces[1].word) or (pieces[0].start, pieces[1].end) in people
        return seen and first is not None and last is not None and first.head == last
    if word in function_words() or (word.isupper() and not is_initial(word)):
        return False
    if GIVEN_NAME.fullmatch(pieces[1].word) and known_surname(word):
        return True  # "Park Geun-hye"
    if (word in never_names() and not known_first_name(word)) or title_of(pieces[1].word):
        return False
    if listed_by_line(reading, pieces) or told_as_somebody(reading, pieces):
        return True
    if is_ordinary(pieces[1].word):
        return _is_one_name(reading, pieces, people, ranks)
    named = titles()[ranks[-1]].names or reading.tag(pieces[0].start) == "NNP" if ranks else False
    ranked = named and word.istitle() and known_surname(pieces[1].word)
    if ranked or (ranks and known_first_name(word)):
        return True
    if any(pieces[0].start == start and pieces[1].end <= end for start, end in people):
        return True
    # "April Jaynes opened", where the model sees nobody: one name to the parser, with a surname that is no word.
    first, last = reading.token(pieces[0].start), reading.token(pieces[1].start)
    joined = first is not None and last is not None and first.head == last and last.tag_ == "NNP"
    sure = known_first_name(word) and known_surname(pieces[1].word) and not doubtful(pieces[1].word)
    return joined and sure and last is not None and last.dep_ == "nsubj"


def has_title_for_surname(reading: TextIndex, segment: list[Piece]) -> bool:
    """Whether a first name and a title are somebody's name: "Marcus Judge", not "Mary Queen of Scots"."""
    first, last = segment[0].word, segment[-1].word
    named = len(segment) == 2 and known_first_name(first) and known_surname(last)
    named = named and not (doubtful(first) or is_known_place(first))  # "Virginia Governor", "Austin Mayor"
    return named and bool(title_of(last)) and not reading.text.startswith(" of ", segment[-1].end)


def is_first_name_of(word: str, following: Piece | None) -> bool:
    """Whether a title is a first name before a surname that nobody has for one: "Earl Simms", not "Earl Spencer"."""
    title = title_of(word)
    return (
        bool(title)
        and not titles()[title].names
        and following is not None
        and known_first_name(word)
        and known_surname(following.word)
        and not known_first_name(following.word)
        and not doubtful(following.word)
    )


def _is_one_name(reading: TextIndex, pieces: list[Piece], people: list[tuple[int, int]], ranks: list[str]) -> bool:
    """Whether two ordinary words are one name: the model sees it, and a title or capitals within a sentence say so."""
    start, end = pieces[0].start, pieces[1].end
    if not known_first_name(pieces[0].word) or reading.heading(start) or (start, end) not in people:
        return False
    token = reading.token(start)
    within = token is not None and not token.is_sent_start and token.tag_ == reading.tag(pieces[1].start) == "NNP"
    return within or (bool(ranks) and titles()[ranks[-1]].names)


def one_person(people: list[tuple[int, int]], segment: list[Piece], piece: Piece) -> bool:
    """Whether the model sees one of ``people``, as (start, end), from where ``segment`` begins to where a word ends."""
    return any(start <= segment[0].start and piece.end <= end for start, end in people)


def starts_name(
    reading: TextIndex, taken: Cover, piece: Piece, following: Piece | None, people: list[tuple[int, int]]
) -> bool:
    """Whether a word that is a place too begins a person's name all the same ("Paris Hilton").

    The model need not see a person, but must see one thing that begins here with a first name and a surname.
    """
    if following is not None and taken.within_one(piece.start, following.start + 1):
        return False  # "Al Qaeda-trained": both words are another name
    if not known_first_name(piece.word):
        # "London Breed" is a person to the model, and a surname follows, or what is no word.
        if following is None or (piece.start, following.end) not in people:
            return False
        return known_surname(following.word) or not (doubtful(following.word) or is_ordinary(following.word))
    return any(s <= piece.start and piece.end < e for s, e in people) or (
        following is not None and _seen_as_one(reading, piece, following)
    )


def _seen_as_one(reading: TextIndex, piece: Piece, following: Piece) -> bool:
    """Whether a first name that is a place too and a surname are one thing to the model, be it a town."""
    if doubtful(following.word) or f"{piece.word} {following.word}" in forms():
        return False
    seen = reading.model_entities(piece.start, piece.end)
    if known_surname(following.word):
        return any(s <= piece.start and e == following.end for s, e, _ in seen)
    # A town to the model, of two words that no town has, and it does something: "Austin Mbeki scored".
    token = reading.token(following.start)
    acts = token is not None and token.dep_ == "nsubj" and token.tag_ == "NNP" and token.head.pos_ == "VERB"
    return acts and not is_ordinary(following.word) and (piece.start, following.end, "GPE") in seen

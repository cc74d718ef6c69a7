"""How sure it is that words that may name a person do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_of
from pipeline.core.dependencies import children
from pipeline.core.resource_tables import any_of, lists
from pipeline.core.word_lists import common_words, is_initial, known_first_name, known_surname, never_names, plain_case
from pipeline.entities.offices import well_known
from pipeline.entities.organisations.shape import tells_no_person
from pipeline.entities.organisations.support import no_organisations
from pipeline.entities.person_candidates import LONGEST_NAME, stands_beside_state
from pipeline.entities.person_names import PARTICLES
from pipeline.entities.person_words import SUFFIXES, WORDS, doubtful, is_ordinary, title_of, titles
from pipeline.entities.words_of_names import are_initials
from pipeline.places.gazetteer import FAMOUS_CITY, forms, surely_a_place

if TYPE_CHECKING:
    from pipeline.core.text_index import TextIndex
    from pipeline.core.token_table import Token
    from pipeline.entities.person_candidates import PersonCandidate

_TOWARD: Final = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ff]rom|[Tt]o|[Ff]or|[Ll]eft) $")
MONTHS: Final = frozenset(lists(WORDS)["months"])
_BEFORE_MONTH: Final = re.compile(rf"\b(?i:{any_of(WORDS, 'before_month')})[ -]$")
_WHERE: Final = any_of(WORDS, "where")
_PAIR: Final = 2
_TWO_WORDS: Final = r"([A-Z][\w'-]* [A-Z][\w'-]*)"
_WAYS_OF_LAND: Final = (
    re.compile(rf"\b[Tt]he {_TWO_WORDS} {any_of(WORDS, 'land')}\b"),
    re.compile(rf"\b{any_of(WORDS, 'land')} of {_TWO_WORDS}"),
)
_STREETS: Final = frozenset(lists("entities/organisation_names.toml")["street_after"])
_LANDS: Final = frozenset(" ".join(lists("entities/organisation_support.toml")["lands"]).split())
# A foreign city this large is thought of first, even where a surname is the same.
_FAMOUS_ABROAD: Final = 3 * FAMOUS_CITY


def is_town_there(text: str, start: int, word: str) -> bool:
    """Whether a name that is a town's too stands where somebody is or goes: "Paris Jackson sang in Paris"."""
    return word in forms() and _TOWARD.search(text, max(0, start - 10), start) is not None


def is_first_name_there(reading: TextIndex, candidate: PersonCandidate, word: str) -> bool:
    """Whether a first name is one where it stands: "Jack said", not "Will he go?" and not "sang in Paris"."""
    token = reading.token(candidate.start)
    acts = token is not None and token.dep_ == "nsubj"
    named = (candidate.model or acts) and not candidate.heading and reading.tag(candidate.start) == "NNP"
    return (
        (candidate.model or bool(candidate.gender) or not candidate.heading)
        and not surely_a_place(word)
        and (named or word.lower() not in common_words())
        and not is_town_there(reading.text, candidate.start, word)
        and not stands_beside_state(reading.text, word)
    )


def acts_as_somebody(reading: TextIndex, start: int) -> bool:
    """Whether a surname that is a place's name too has a title before it or says something: "Rep. Israel"."""
    word = reading.text[max(0, start - 20) : start].rstrip(" ").rsplit(" ", 1)[-1]
    token = reading.token(start)
    says = token is not None and token.dep_ == "nsubj" and cue_of(token.head) is not None
    # No helping verb stands before one in the past: "May said".
    if token is not None and token.tag_ == "MD" and token.i + 1 < len(token.doc):
        says = token.nbor().tag_ == "VBD" and cue_of(token.nbor()) is not None
    return says or (bool(title := title_of(word)) and titles()[title].names)


def acts_by_surname(reading: TextIndex, token: Token | None) -> bool:
    """Whether a surname that is a word too does something: "Young left", not "Young people", "Banks in two towns"."""
    if token is None or token.dep_ != "nsubj" or reading.heading(token.idx):
        return False
    # "Banks keeps the books": of several banks it would be "keep".
    one = token.tag_ == "NNS" and token.head.tag_ == "VBZ" and not any(True for _ in children(token))
    if token.tag_ != "NNP" and not one:
        return False
    # A text may end with whoever acts: "…, said Young".
    return token.i + 1 == len(token.doc) or token.nbor().tag_ != "IN"


def is_month_there(text: str, start: int, word: str) -> bool:
    """Whether a month that is a name as well is the month where it stands: "in May", "May 5"."""
    before = _BEFORE_MONTH.search(text, max(0, start - 10), start)
    return word in MONTHS and (before is not None or re.match(r",? \d", text[start + len(word) :][:3]) is not None)


def is_never_where(text: str, surname: str) -> bool:
    """Whether nothing is or goes where a surname that is a town's name stands, anywhere in the article."""
    return re.search(rf"\b{_WHERE} {re.escape(surname)}\b", text) is None


def is_land(reading: TextIndex, words: tuple[str, ...]) -> bool:
    """Whether two words are land's name somewhere: "the Tora Bora caves", or, unless somebody's, "the town of X Y"."""
    if len(words) != _PAIR:
        return False
    name = " ".join(words)
    land, of_land = reading.cached(is_land, lambda: tuple(set(way.findall(reading.text)) for way in _WAYS_OF_LAND))
    return name in land or (name in of_land and not (known_first_name(words[0]) and known_surname(words[1])))


def plausible(candidate: PersonCandidate) -> float:  # noqa: C901, PLR0911  one return a kind of evidence
    """How sure a full name is one, from 0 to 1; 0 is no name."""
    words = [
        word
        for word in candidate.words
        if not is_initial(word) and word.lower() not in PARTICLES and word.rstrip(".") not in SUFFIXES
    ]
    if not words or surely_a_place(" ".join(candidate.words)) or len(words) > LONGEST_NAME:
        return 0.0
    if " ".join(map(plain_case, candidate.words)) in well_known():
        return 0.95
    first, last = known_first_name(candidate.words[0]), words[-1].rstrip(".")
    # "At 40 Ann Lee Street", "K Street", "Muskrat Falls".
    street = last in _STREETS and (len(words) > 2 or is_initial(candidate.words[0]))
    if street or (last in _LANDS and not first and not candidate.title):
        return 0.0
    if not candidate.title and candidate.beside_state and not (first and candidate.model and known_surname(last)):
        return 0.0
    # "Harold Finch Sr." is nothing but a name.
    suffixed = first and len(words) > 1 and candidate.words[-1].rstrip(".") in SUFFIXES
    if candidate.told or (suffixed and not candidate.heading):
        return 0.8
    if candidate.heading and not (first and (known_surname(last) or candidate.model)):
        return 0.0
    joined = len(candidate.words) > 2 and candidate.words[-2].lower() in PARTICLES  # Osama bin Laden
    if (
        doubtful(last)
        and not (joined and (candidate.model or candidate.parsed))
        and not (candidate.model and (first or candidate.strong))
        and not (first and candidate.title)
    ):
        return _of_doubtful_surname(candidate, last)
    if first and candidate.model:
        return 0.95
    if first and (candidate.title or known_surname(last)):
        return 0.9 if candidate.title else 0.75
    if candidate.model:
        return 0.85 if candidate.title or candidate.strong else 0.7
    if candidate.strong:
        return 0.8
    begins = candidate.title or are_initials(candidate.words[0]) or not is_ordinary(candidate.words[0])
    if (candidate.parsed or are_initials(candidate.words[0])) and (known_surname(last) or joined) and begins:
        return 0.6
    unknown = not any(map(doubtful, words)) and not candidate.heading
    return 0.6 if (first and not doubtful(candidate.words[0])) or (candidate.says and unknown) else 0.0


def _of_doubtful_surname(candidate: PersonCandidate, last: str) -> float:
    """The same where the surname is a word as well: Trayvon Martin, Theresa May, Elon Musk."""
    pair = len(candidate.words) == 2 and last not in never_names()
    seen = candidate.model and candidate.parsed and not candidate.heading
    if pair and seen and not any(map(tells_no_person, candidate.words)):
        return 0.0 if doubtful(candidate.words[0]) else 0.6
    if not known_surname(last) or is_ordinary(candidate.words[0]) or (last in never_names() and last != "May"):
        return 0.0
    if doubtful(candidate.words[0]):
        return 0.0
    return 0.7 if candidate.model else 0.6 if candidate.parsed else 0.0


def plausible_alone(candidate: PersonCandidate, *, often: bool) -> float:
    """The same for a single word that no full name in the article explains; ``often`` if the model sees it again."""
    word = plain_case(candidate.words[-1])
    places = [form.place for form in forms().get(word, ()) if form.sense == "named"]
    famous = any(place.population >= (FAMOUS_CITY if place.state else _FAMOUS_ABROAD) for place in places)
    if places and not candidate.strong and (famous or not known_surname(word)):
        return 0.0
    if candidate.heading or surely_a_place(word) or len(word) < 2 or is_initial(word) or word in no_organisations():
        return 0.0
    if candidate.strong and (candidate.model or known_surname(word) or not doubtful(word)):
        return 0.6
    if candidate.model and doubtful(word) and often and known_first_name(word) and word not in never_names():
        return 0.45
    if candidate.model and not doubtful(word):
        known = known_surname(word) or known_first_name(word)
        return 0.5 if often else 0.4 if known or (candidate.acts and len(word) > len("Nah")) else 0.0
    return 0.0

"""Names of people: their grammar, and the id that the same person has in every article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from pipeline.core.resource_tables import lists, parts, rows, words
from pipeline.core.word_lists import _nicknames, first_names, is_initial, known_surname, plain_case, slug

_WORDS: Final = lists("entities/person_words.toml")
PARTICLES: Final = frozenset(_WORDS["particles"])
# How the article is joined to an Arabic surname by a hyphen.
ARABIC_ARTICLES: Final = "|".join(_WORDS["arabic_articles"])
_SUFFIX: Final = re.compile(r",? +(Jr|Sr|Junior|II|III|IV)\.?$")
# "al-Sadr", "el-Sisi", "ash-Shami": an article that many outlets leave out.
_ARABIC: Final = re.compile(rf"(?i:{ARABIC_ARTICLES})-(?=[A-Z])")
_AL: Final = re.compile(r"^(?:al|el)-(?=.)")
# A given name of two syllables, which follows the surname in Korea and often in China: "Joon-seo".
GIVEN_NAME: Final = re.compile(r"[A-Z][a-z]+-[a-z]+")
_FATHERS_AND_MOTHERS: Final = 2
# Shorter names differ by a letter too often: Lee and Lew.
FEWEST_LETTERS: Final = 5
# Of women, by first name: beyond these shares the name tells.
_SURELY: Final = 0.95


@lru_cache(maxsize=1)
def spanish_surnames() -> frozenset[str]:
    """Surnames of Spanish-speaking families, in plain letters: of two in a row both are the surname."""
    return words("entities/spanish_surnames.txt")


def one_letter_apart(word: str, another: str) -> bool:
    """Whether two words differ by one letter put in, left out or changed, or by two that have changed places."""
    short, long = sorted((word, another), key=len)
    if len(long) - len(short) > 1 or word == another:
        return False
    same = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    swapped = long[same : same + 2] == short[same : same + 2][::-1] and long[same + 2 :] == short[same + 2 :]
    return swapped or long[same + 1 :] in {short[same:], short[same + 1 :]}


@lru_cache(maxsize=1)
def unisex_names() -> frozenset[str]:
    """First names that tell nothing of who bears them."""
    return words("entities/unisex_names.txt")


class _Unaccented(dict[int, str]):
    """For `str.translate`: a character for a character, without its accents."""

    def __missing__(self, code: int) -> str:
        self[code] = normalize("NFD", chr(code))[0]
        return self[code]


_UNACCENTED: Final = _Unaccented()


def without_accents(text: str) -> str:
    """``text`` of the same length without accents: "Perez" for "Pérez", which many outlets write."""
    return text if text.isascii() else text.translate(_UNACCENTED)


def gender_of(first: str) -> str:
    """``m`` or ``f`` where a first name is borne almost by one sex alone, else empty."""
    first = plain_case(first)
    if first in unisex_names():
        return ""
    share = first_names().get(first)
    if share is None:
        share = first_names().get(_nicknames().get(first.lower(), slug(first)).capitalize(), 0.5)
    return "f" if share >= _SURELY else "m" if share <= 1 - _SURELY else ""


def _plain(word: str) -> str:
    return slug(word).capitalize()


@dataclass(frozen=True, slots=True)
class Name:
    """A full name in its parts; ``surname`` keeps its particles ("de Blasio")."""

    first: str
    middle: tuple[str, ...]
    surname: str
    suffix: str = ""

    @property
    def entity_id(self) -> str:
        """The same for all forms of one name: nicknames, initials, middle names and "Jr." make no difference.

        "Jr." is left out as often as not, and few are named beside a father of the same name; "Sr." and "III" are not.
        Two Spanish surnames stand in either order: agencies write "Lopez-Garcia" where others have García López.
        """
        first = slug(self.first)
        surname = _AL.sub("", slug(self.surname))
        both = [word.capitalize() for word in surname.split("-")]
        if len(both) == _FATHERS_AND_MOTHERS and spanish_surnames().issuperset(both):
            surname = slug(" ".join(sorted(both)))
        tail = f"-{self.suffix.lower()}" if self.suffix not in {"", "Jr"} else ""
        return f"person:{_nicknames().get(first, first)}-{surname}{tail}"

    @property
    def tails(self) -> list[str]:
        """What the name is shortened to: the surname, and with a second surname the two together."""
        tails = [self.surname]
        # At the start of a sentence, and in some outlets everywhere, particles are set with capitals.
        if self.surname[:1].islower():
            tails.append(self.surname[0].upper() + self.surname[1:])
        capitals = " ".join(word[0].upper() + word[1:] for word in self.surname.split(" "))
        if capitals not in tails:
            tails.append(capitals)
        bare = self.surname.split(" ")[-1]
        if article := _ARABIC.match(bare):
            tails.append(bare[article.end() :])
        if bare != self.surname:
            tails.append(bare)
            first = self.surname.split(" ")[0]
            if first.lower() not in PARTICLES:
                tails.append(first)
            else:
                spelled = [word for word in self.surname.split(" ") if word.lower() not in PARTICLES]
                tails.append(" ".join(spelled))
        if self.middle and not is_initial(self.middle[-1]):
            tails.append(f"{self.middle[-1]} {self.surname}")
        return tails


@lru_cache(maxsize=1)
def _told_genders() -> dict[str, str]:
    """By entity id, the gender of people whose first name does not tell it."""
    table = [*rows("entities/members.csv"), *rows("entities/genders.csv")]
    names = (
        (parse_name(name), row["gender"]) for row in table for name in [row["name"], *parts(row.get("aliases", ""))]
    )
    return {name.entity_id: gender for name, gender in names if name is not None}


def gender_of_person(name: Name) -> str:
    """``m`` or ``f`` of somebody well known, or as the first name tells; else empty."""
    return _told_genders().get(name.entity_id) or gender_of(name.first)


def parse_name(text: str) -> Name | None:
    """The parts of a full name, or ``None`` if it has fewer than two words.

    The last word is the surname, with the particles before it; what stands between is middle names. The surname comes
    first in "Park Joon-seo".
    """
    suffix = _SUFFIX.search(text)
    if suffix:
        text = text[: suffix.start()]
    name_words = [plain_case(word) for word in text.split()]
    if len(name_words) < 2:
        return None
    if len(name_words) == 2 and GIVEN_NAME.fullmatch(name_words[1]) and known_surname(name_words[0]):
        return Name(name_words[1], (), name_words[0])
    last = len(name_words) - 1
    while last > 1 and name_words[last - 1].lower() in PARTICLES:
        last -= 1
    # "Enrique Peña Nieto", "Juan Ramirez Garcia": the father's surname and the mother's.
    if last == len(name_words) - 1 > 1 and all(_plain(word) in spanish_surnames() for word in name_words[last - 1 :]):
        last -= 1
        while last > 1 and name_words[last - 1].lower() in PARTICLES:
            last -= 1
    # "J. D. Vance" goes by its initials, "J. Edgar Hoover" by the name after the first.
    first, middle = name_words[0], name_words[1:last]
    if is_initial(first):
        spelled = [word for word in middle if not is_initial(word)]
        first = (
            spelled[0] if spelled else "".join(word for word in [first, *middle] if is_initial(word)).replace(".", "")
        )
        middle = [] if not spelled else middle
    return Name(first, tuple(middle), " ".join(name_words[last:]), suffix[1].replace("Junior", "Jr") if suffix else "")

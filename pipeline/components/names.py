"""Names of people: their grammar, and the id that the same person has in every article."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.tables import columns, rows, words

PARTICLES: Final = frozenset(
    {
        "al",
        "bin",
        "ben",
        "da",
        "de",
        "del",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "las",
        "le",
        "los",
        "van",
        "von",
        "y",
    }
)
_SUFFIX: Final = re.compile(r",? +(Jr|Sr|II|III|IV)\.?$")
_FATHERS_AND_MOTHERS: Final = 2
_INITIAL: Final = re.compile(r"(?:\w\.)+|\w")
# Of women, by first name: beyond these shares the name tells.
_SURELY: Final = 0.95


def slug(name: str) -> str:
    """``name`` in lower-case ASCII, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


@lru_cache(maxsize=1)
def first_names() -> dict[str, float]:
    """First names, with the share of their bearers that are women."""
    return {name: float(female) for name, female in columns("first_names.csv.gz")}


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Frequent surnames, in title case."""
    return frozenset(name for (name,) in columns("surnames.csv.gz"))


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Ordinary English words in lower case."""
    return words("common_words.txt.gz")


@lru_cache(maxsize=1)
def never_names() -> frozenset[str]:
    """Capitalised words that are no part of a name."""
    return words("not_names.txt")


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, str]:
    return {row["nickname"]: row["name"] for row in rows("nicknames.csv")}


@lru_cache(maxsize=1)
def spanish_surnames() -> frozenset[str]:
    """Surnames of Spanish-speaking families, in plain letters: of two in a row both are the surname."""
    return words("spanish_surnames.txt")


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Words of grammar as a sentence starts with them: they begin no name."""
    return words("function_words.txt")


def is_initial(word: str) -> bool:
    """Whether ``word`` is "J." or "J.B." or "J"."""
    return _INITIAL.fullmatch(word) is not None


def plain_case(word: str) -> str:
    """A word set in capitals as it is set in running text; others unchanged."""
    if len(word) < 2 or not word.isupper() or is_initial(word):
        return word
    return re.sub(r"(^|[-'])(MC)?(\w+)", lambda m: m[1] + (m[2] or "").capitalize() + m[3].capitalize(), word)


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two words differ by one letter put in, left out or changed."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or one == other:
        return False
    same = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return long[same + 1 :] in {short[same:], short[same + 1 :]}


def known_first_name(word: str) -> bool:
    """Whether ``word`` is a first name, or a short form of one."""
    word = plain_case(word)
    if word in first_names() or word.lower() in _nicknames():
        return True
    if not word.isascii():
        return slug(word).capitalize() in first_names()
    return "-" in word and word.split("-")[0] in first_names()


def known_surname(word: str) -> bool:
    """Whether ``word`` is a frequent surname."""
    word = plain_case(word)
    return word.replace("'", "").capitalize() in surnames() or (
        not word.isascii() and slug(word).capitalize() in surnames()
    )


def gender_of(first: str) -> str:
    """``m`` or ``f`` where a first name is borne almost by one sex alone, else empty."""
    first = plain_case(first)
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
        surname = slug(self.surname)
        both = [word.capitalize() for word in surname.split("-")]
        if len(both) == _FATHERS_AND_MOTHERS and spanish_surnames().issuperset(both):
            surname = slug(" ".join(sorted(both)))
        tail = f"-{self.suffix.lower()}" if self.suffix not in {"", "Jr"} else ""
        return f"person:{_nicknames().get(first, first)}-{surname}{tail}"

    @property
    def tails(self) -> list[str]:
        """What the name is shortened to: the surname, and with a second surname the two together."""
        found = [self.surname]
        bare = self.surname.split(" ")[-1]
        if bare != self.surname:
            found.append(bare)
            first = self.surname.split(" ")[0]
            if first.lower() not in PARTICLES:
                found.append(first)
        if self.middle and not is_initial(self.middle[-1]):
            found.append(f"{self.middle[-1]} {self.surname}")
        return found


@lru_cache(maxsize=1)
def _told_genders() -> dict[str, str]:
    """By entity id, the gender of people whose first name does not tell it."""
    names = ((parse_name(row["name"]), row["gender"]) for row in rows("genders.csv"))
    return {name.entity_id: gender for name, gender in names if name is not None}


def gender_of_person(name: Name) -> str:
    """``m`` or ``f`` of somebody well known, or as the first name tells; else empty."""
    return _told_genders().get(name.entity_id) or gender_of(name.first)


def parse_name(text: str) -> Name | None:
    """The parts of a full name, or ``None`` if it has fewer than two words.

    The last word is the surname, with the particles before it; what stands between is middle names.
    """
    suffix = _SUFFIX.search(text)
    if suffix:
        text = text[: suffix.start()]
    found = [plain_case(word) for word in text.split()]
    if len(found) < 2:
        return None
    last = len(found) - 1
    while last > 1 and found[last - 1].lower() in PARTICLES:
        last -= 1
    # "Enrique Peña Nieto", "Juan Ramirez Garcia": the father's surname and the mother's.
    if last == len(found) - 1 > 1 and all(_plain(word) in spanish_surnames() for word in found[last - 1 :]):
        last -= 1
    # "J. D. Vance" goes by its initials, "J. Edgar Hoover" by the name after the first.
    first, middle = found[0], found[1:last]
    if is_initial(first):
        spelled = [word for word in middle if not is_initial(word)]
        first = (
            spelled[0] if spelled else "".join(word for word in [first, *middle] if is_initial(word)).replace(".", "")
        )
        middle = [] if not spelled else middle
    return Name(first, tuple(middle), " ".join(found[last:]), suffix[1] if suffix else "")

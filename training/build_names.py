"""Build ``first_names.csv.gz`` and ``surnames.csv.gz`` of the pipeline: the US Census of 1990, and other lands' names.

    python -m venv .names && .names/bin/pip install names==0.3.0 faker==40.63.0
    PYTHONPATH=.venv/lib/python3.11/site-packages .names/bin/python -m training.build_names

``female`` is the share of bearers of a first name that are women, from the frequencies of either sex. The Census, which
is in the public domain, has few names of those who came later or live elsewhere; lists for 50 countries of the package
Faker (MIT) have them, by sex and without frequencies. Of these only names are taken that are no word, no place and no
name of the Census. Russian, Ukrainian, Bulgarian and Greek names are written in Latin letters as news in English does.
"""

from __future__ import annotations

import gzip
import unicodedata
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from pipeline.core.word_lists import common_words, function_words, never_names, slug
from pipeline.places.gazetteer import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OUT = Path(__file__).parents[1] / "pipeline/resources"
# Frequency in percent; rarer surnames are as often words or errors.
RAREST_SURNAME = 0.001
SHORTEST = 3
TRANSCRIBED = ("ru_RU", "uk_UA", "bg_BG", "el_GR")
# The accents that Greek sets and Latin letters leave out; that of the Russian short "i" stays.
ACCENTS = {"\u0301", "\u0308"}


# Letters of Russian, Bulgarian and Ukrainian, and of Greek without its accents.
LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "з": "z", "и": "i", "й": "i", "к": "k", "л":
    "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ь": "", "ы": "y", "ъ": "", "ё": "yo", "ж": "zh", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu",
    "я": "ya", "э": "e", "є": "ie", "і": "i", "ї": "i", "ґ": "g",
}  # fmt: skip
GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ":
    "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o", "ς": "s",
}  # fmt: skip
DOUBLE = {"ου": "ou", "γγ": "ng", "γκ": "gk", "μπ": "b", "ντ": "d", "αυ": "av", "ευ": "ef"}
# The endings of Slavic names, in which outlets differ: Dmitry, Dmitri, Dmitriy; Sergei, Sergey.
ENDINGS = {"ий": ("y", "i", "iy"), "ей": ("ei", "ey"), "ай": ("ai", "ay"), "ія": ("ia", "iya"), "ия": ("ia", "iya")}


def in_latin(name: str, land: str) -> Iterator[str]:
    """How English writes a Cyrillic or a Greek name of ``land``, a locale; nothing for other letters."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", name.lower()) if letter not in ACCENTS)
    plain = unicodedata.normalize("NFC", plain)
    letters = LETTERS | ({"и": "y", "г": "h", "й": "i"} if land == "uk_UA" else {})
    if land == "el_GR":
        letters = GREEK
        for pair, sound in DOUBLE.items():
            plain = plain.replace(pair, sound)
    ends = ENDINGS.get(plain[-2:], ("",))
    stem = plain[:-2] if ends != ("",) else plain
    if name.isalpha() and not name.isascii() and all(letter in letters or letter.isascii() for letter in stem):
        latin = "".join(letters.get(letter, letter) for letter in stem)
        yield from ((latin + end).capitalize() for end in ends)


def frequencies(name: str) -> dict[str, float]:
    """Percent of people with each name, by the name."""
    lines = (files("names") / name).read_text().splitlines()
    return {line.split()[0].capitalize(): float(line.split()[1]) for line in lines if line.strip()}


def names_elsewhere() -> tuple[set[str], set[str], set[str], set[str]]:
    """First names of women, of men and of either, and surnames, of all lists in Latin letters, without accents."""
    women, men, either, last = set[str](), set[str](), set[str](), set[str]()
    package = import_module("faker.providers.person")
    for found in iter_modules(package.__path__):
        if found.name in {"en", "en_US"}:
            continue  # the Census has these with their frequencies
        provider = import_module(f"faker.providers.person.{found.name}").Provider
        for list_name in dir(provider):
            kind = last if list_name.startswith("last_") else either
            if list_name.startswith("first_") and "nonbinary" not in list_name:
                kind = women if "female" in list_name else men if "male" in list_name else either
            if list_name.startswith(("first_name", "last_name", "first_romanized", "last_romanized")):
                names = list(_words(getattr(provider, list_name)))
                if found.name in TRANSCRIBED:
                    names = [latin for name in names for latin in in_latin(name, found.name)]
                kind.update(_plain(names))
    return women, men, either, last


def _words(value: object) -> Iterator[str]:
    """Names of a list, a weighted list, or a list of spellings of each."""
    for item in value if isinstance(value, (list, tuple, dict)) else ():
        yield from [item] if isinstance(item, str) else (part for part in item if isinstance(part, str))


def _plain(names: Iterable[str]) -> Iterator[str]:
    """Names of one word in Latin letters that is nothing else in English, without accents."""
    known_places = forms()
    for name in names:
        latin = all("LATIN" in unicodedata.name(letter, "") or letter == "'" for letter in name)
        plain = slug(name).capitalize()
        word = plain.lower() in common_words() or plain in never_names() or plain in function_words()
        # A letter that has no plain one ("ð") is lost.
        whole = len(plain) == len(name.replace("'", "")) >= SHORTEST
        if latin and whole and name[:1].isupper() and not word and plain not in known_places:
            yield plain


def write(name: str, lines: list[str]) -> None:
    """Write ``lines`` as a compressed table."""
    data = gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0)
    (OUT / name).write_bytes(data)
    print(f"{len(lines) - 1} rows, {len(data):,} bytes: {name}")


def main() -> None:
    """Build both tables."""
    women, men = frequencies("dist.female.first"), frequencies("dist.male.first")
    shares = {}
    for name in women.keys() | men.keys():
        female, male = women.get(name, 0.0), men.get(name, 0.0)
        # The source rounds the rarest down to nothing; they say nothing of gender then.
        shares[name] = female / (female + male) if female + male else 0.5
    her, his, either, last = names_elsewhere()
    for name in her | his | either:
        shares.setdefault(name, 0.5 if (name in her) == (name in his) else float(name in her))
    write("core/first_names.csv.gz", ["name,female", *(f"{name},{shares[name]:.2f}" for name in sorted(shares))])
    surnames = frequencies("dist.all.last")
    frequent = {name for name, share in surnames.items() if share >= RAREST_SURNAME}
    write("core/surnames.csv.gz", ["name", *sorted(frequent | last)])


if __name__ == "__main__":
    main()

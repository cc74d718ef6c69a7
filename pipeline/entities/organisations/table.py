"""The table of organisations, and where a text has one of its names and means it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.gazetteer import Gazetteer
from pipeline.core.resource_tables import any_of, columns, lists, parts, rows
from pipeline.core.word_lists import common_words, known_first_name, known_surname, slug
from pipeline.entities.organisations.support import is_of_staff
from pipeline.entities.person_words import title_of
from pipeline.places.gazetteer import forms
from store.schema import organisation_kind

if TYPE_CHECKING:
    from pipeline.core.text_index import TextIndex
    from store.schema import EntityKind, MentionResolution

_WORDS: Final = "entities/organisation_names.toml"
_ACRONYM: Final = re.compile(r"[A-Z][A-Za-z&-]*[A-Z]s?$")
# Picture credits join the agency to a name: "Ann Lee/Getty Images", "AFP via Getty Images".
_CREDITED: Final = re.compile(
    rf"(?:/(?:[Tt]he )?|\bvia (?:The )?|\| ?|{any_of(_WORDS, 'credit_before')}[ \d,-]*(?:[Tt]he )?)$"
)
_CREDITING: Final = re.compile(rf" ?/|(?:'s)? {any_of(_WORDS, 'credit_after')}\b| {any_of(_WORDS, 'credit_kept')}\b|\]")
# "An ABC News/Washington Post poll", "polls by Reuters/Ipsos", "CNN/ORC (9 percent)".
_PARTNER: Final = r"[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3}"
_ASKED: Final = any_of(_WORDS, "asked_together")
_POLL_AFTER: Final = re.compile(rf"(?:/{_PARTNER}){{0,2}}(?:(?: [\w-]+){{0,2}} {_ASKED}\b| \(\d+(?:%| per))")
_POLL_BEFORE: Final = re.compile(rf"\b{_ASKED} (?:by|from|of) (?:[Tt]he )?(?:{_PARTNER}/){{0,2}}$")
# "Ruiz of Brown", "a professor at Princeton", "a degree in nursing from Georgetown".
_AT: Final = re.compile(
    rf"(?:\b[A-Z][\w'-]+,? (?:of|at)|\b{any_of(_WORDS, 'scholars')}"
    rf"(?: \w+)? (?:at|of|from)|\b{any_of(_WORDS, 'degrees')}(?: \w+){{0,2}} (?:from|at)) $"
)
_CAMPUS_OF: Final = re.compile(r"\b(?:of [A-Z]\w+, |[A-Z]+[a-z]+[A-Z]\w+ |U[A-Z]\w+ )$")
# "The Purdue economist": of whom two words tell where they teach.
_NEAR: Final = re.compile(rf"\b{any_of(_WORDS, 'near')} $")
_SCHOLAR_AFTER: Final = re.compile(rf" (?:[\w-]+ ){{0,2}}{any_of(_WORDS, 'scholars')}\b")
# "Senate Bill 54", "House Resolution 3": a paper, not the chamber.
_CHAMBERS: Final = frozenset(lists(_WORDS)["chambers"])
_PAPER: Final = re.compile(rf" (?:{any_of(_WORDS, 'paper_kinds')} )?{any_of(_WORDS, 'chamber_papers')} (?:No\. ?)?\d")
# "Air Force One" is a plane, "12 Congress Street" an address.
_CRAFT_AFTER: Final = re.compile(rf" (?:{any_of(_WORDS, 'craft_after')}|{any_of(_WORDS, 'street_after')})\b")
# After a chamber's name: what cannot be a noun that it goes with, as in "Lee's House Republicans".
_NO_NOUN: Final = re.compile(r" [a-z]|[,.;:]")
# Initials of this many letters that are set like a word are too short to be sure of.
_SHORT: Final = 3
_MARKS: Final = frozenset(".,;:)")
_NOTHINGS: Final = frozenset({"CC", "VBD", "VBZ", "VBP", "MD", "IN"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_ACTING: Final = frozenset({"party", "group"})


@dataclass(frozen=True, slots=True)
class Organisation:
    """A row of the table. ``kind`` is agency, party, outlet, court, legislature, office, group, facility or company."""

    entity_id: str
    name: str
    kind: EntityKind


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[Organisation, MentionResolution, bool]]:
    """Organisation, resolution and weakness by each of its names."""
    names: dict[str, tuple[Organisation, MentionResolution, bool]] = {}
    for row in rows("entities/organisations.csv"):
        name = row["name"]
        organisation = Organisation(f"org:{slug(name)}", name, organisation_kind(row["kind"]))
        # A name that is an ordinary word is an alias of itself: "Apple?".
        names.setdefault(name, (organisation, "named", f"{name}?" in parts(row["aliases"])))
        if organisation.kind == "party" and name.endswith(" Party"):
            # As papers of Britain write it: "the Republican party".
            names.setdefault(f"{name.removesuffix('Party')}party", (organisation, "named", False))
        if name.isupper() and name.isalpha() and len(name) > _SHORT and name.lower() not in common_words():
            names.setdefault(name.capitalize(), (organisation, "acronym", False))
        for alias in parts(row["aliases"]):
            word = alias.removesuffix("?")
            resolution: MentionResolution = (
                "acronym" if _ACRONYM.match(word.replace(".", "")) and " " not in word else "named"
            )
            names.setdefault(word, (organisation, resolution, alias.endswith("?")))
            # Some outlets set "Cbp" and "Uscis" in headlines.
            if resolution == "acronym" and word.isalpha() and len(word) > 2 and word.lower() not in common_words():
                names.setdefault(word.capitalize(), (organisation, resolution, False))
    for name, aliases in columns("entities/companies.csv.gz"):
        organisation = Organisation(f"org:{slug(name)}", name, "company")
        for word in [name, *parts(aliases)]:
            names.setdefault(word, (organisation, "named", _says_else(word)))
    joined = [(name.replace(" and ", " & "), row) for name, row in names.items() if " and " in name]
    joined += [(name.replace(" & ", " and "), row) for name, row in names.items() if " & " in name]
    return dict(joined) | names


def _says_else(name: str) -> bool:
    """Whether the name of a firm is an ordinary word, a person's name or a place's, or letters that can mean much."""
    if " " in name or "-" in name:
        return all(word.lower() in common_words() for word in re.split("[ -]", name)) or name in forms()
    word = name.lower()
    return (
        word in common_words()
        or word.removesuffix("'s") in common_words()
        or known_first_name(name.removesuffix("'s"))
        or known_surname(name.removesuffix("'s"))
        or name in forms()
        or name.isupper()
    )


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Finds every name of the table."""
    return Gazetteer(table())


def table_spans(reading: TextIndex) -> list[tuple[int, int, str]]:
    """Names of the table in the text, as (start, end, name), those that are ordinary words there left out."""
    found = list(gazetteer().find(reading))
    matches = [match for match in found if _meant(reading, *match)]
    # Letters that can be a state's are the body's wherever they stand, once the article has called it "the VA".
    letters = {name for _, _, name in matches if name.isupper() and table()[name][2]}
    matches += [match for match in found if match[2] in letters and match not in matches and _again(reading, *match)]
    in_full = {table()[name][0].entity_id for _, _, name in matches if " " in name}
    matches += _set_like_words(reading, in_full) if in_full else []
    firms = {name for _, _, name in matches if known_surname(name) and table()[name][0].kind in {"outlet", "company"}}
    people = {name for name in firms if is_somebodys(reading, name)}
    return [match for match in matches if match[2] not in people]


@lru_cache(maxsize=1)
def _letters_like_words() -> dict[str, str]:
    """Letters of a body by how they are set like a word that is one: "Ice"."""
    return {
        name.capitalize(): name
        for name, (_, resolution, _) in table().items()
        if resolution == "acronym" and name.isupper() and name.isalpha() and name.capitalize() not in table()
    }


def _set_like_words(reading: TextIndex, in_full: set[str]) -> list[tuple[int, int, str]]:
    """Letters set like a word within a sentence, of bodies that the article names ``in_full``: "critics of Ice"."""
    letters = _letters_like_words()
    return [
        (start, start + len(word), letters[word])
        for start, word in reading.words
        if word in letters
        and table()[letters[word]][0].entity_id in in_full
        and _again(reading, start, start + len(word), letters[word])
        and reading.tag(start) == "NNP"
        and reading.text[max(0, start - 2)].islower()
    ]


def _again(reading: TextIndex, start: int, end: int, name: str) -> bool:
    """Whether letters are a name of their own where they stand: "VA clinics", not "Ashland, VA"."""
    return (
        name in table()
        and not reading.text.endswith(", ", 0, start)
        and reading.tag(start).startswith("NN")
        and reading.text[end : end + 1] not in {"-", "."}
        and not reading.heading(start)
    )


def is_somebodys(reading: TextIndex, surname: str) -> bool:
    """Whether the article names somebody in full, or with a title, whose surname a firm's or an outlet's name is."""
    full = re.finditer(
        rf"\b([A-Z][a-z]+)\.? (?:(?:[A-Z]\.|[A-Z][a-z]+) )?{re.escape(surname)}\b(?! [A-Z])", reading.text
    )
    return any(_names_somebody(match[1]) and not reading.credit(match.start()) for match in full)


def _names_somebody(word: str) -> bool:
    """Whether a capitalised word before a surname is a first name, or a title: "Michael Bloomberg", "Ms. Ford"."""
    return known_first_name(word) or bool(title_of(word) or title_of(f"{word}."))


def _meant(reading: TextIndex, start: int, end: int, name: str) -> bool:  # noqa: PLR0911  one return a kind of name
    text = reading.text
    organisation, resolution, weak = table()[name]
    # "A piece on Politico.com", but not of its address in full.
    site = text[end : end + 4].lower().startswith((".com", ".org", ".gov"))
    if text[start - 1 : start] in {"@", "#"} or (
        site and (weak or organisation.kind != "outlet" or text[start - 1 : start] != " ")
    ):
        return False
    if (
        credited(reading, start, end, organisation)
        or _somebodys_house(text, start, end, name)
        or is_paper(text, end, name)
        or _CRAFT_AFTER.match(text, end)
        or (text[start - 1 : start] == "-" and name.endswith(" party"))  # "a neo-Nazi party"
        or (organisation.kind == "company" and _is_elsewhere(reading, start, name))
    ):
        return False
    token = reading.token(start)
    if weak:
        named = reading.tag(start).startswith("NNP") or (token is not None and token.dep_ in _SUBJECTS)
        if not named and not (organisation.kind == "party" and is_of_staff(text, end)):
            return False  # "Fed up with the delay"
        if organisation.kind == "company":
            seen = (start, end, "ORG") in reading.model_entities(start, end)
            # "Kohl's and Lowe's said": nothing is theirs.
            seen = seen or (name.endswith("'s") and reading.tag(start) == "NNP" and _owns_nothing(reading, end))
            # "A BP refinery", whatever the model makes of the letters.
            # "General Motors", of two ordinary words with capitals within a sentence.
            several = " " in name and all(reading.tag(at).startswith("NNP") for at in (start, end - 1))
            before = text[max(0, start - 2)]
            seen = seen or (several and (before.islower() or before == ","))
            seen = seen or (name.isupper() and is_of_staff(text, end) and reading.tag(start) == "NNP")
            return not reading.heading(start) and seen
        if organisation.kind == "university":
            # "Brown" is most often a name or a colour: somebody is of it, or the model sees it alone.
            at = _AT.search(text, max(0, start - 40), start) is not None and text[end : end + 2] != ", "
            at = at or _SCHOLAR_AFTER.match(text, end) is not None
            if _CAMPUS_OF.search(text, max(0, start - 40), start):
                return False  # "the University of Massachusetts, Dartmouth", "UMass Dartmouth"
            if name in forms() and _NEAR.search(text, max(0, start - 10), start):
                return False  # "growers near Syracuse"
            alone = {(start, end, "ORG"), (start, end + 2 * text.startswith("'s", end), "ORG")}
            return at or not alone.isdisjoint(reading.model_entities(start, end))
        before = text[max(0, start - 5) : start].lower()
        # "Labour held the seat", "Unite said": one that does something, by a word that is a name there.
        acts = token is not None and token.dep_ == "nsubj" and token.head.pos_ == "VERB"
        acts = acts and (reading.tag(start) == "NNP" or f" {name.lower()}" not in text)
        acts = acts or is_of_staff(text, end)
        return not reading.heading(start) and (
            "ORG" in reading.labels(start, end)
            or before.endswith((" the ", "\nthe "))
            or (acts and organisation.kind in _ACTING)
        )
    # "Ice" at the start of a sentence is none; "Nato" is how many outlets set NATO.
    if resolution == "acronym" and name[1:].islower() and not reading.heading(start):
        return len(name) > _SHORT and reading.tag(start) == "NNP" and not _says_else(name)
    return resolution == "acronym" or " " in name or not reading.heading(start) or reading.style(start) != "text"


def _owns_nothing(reading: TextIndex, end: int) -> bool:
    """Whether nothing follows a possessive that could be whose it says: a mark, a verb, "and"."""
    after = reading.text[end : end + 1]
    return after in _MARKS or (after == " " and reading.tag(end + 1) in _NOTHINGS)


def _is_elsewhere(reading: TextIndex, start: int, name: str) -> bool:
    """Whether a firm's name of one word is that of something with an article: "the Amazon", not "the Amazon depot"."""
    token = reading.token(start)
    alone = token is not None and token.dep_ != "compound" and " " not in name
    owned = name.endswith("'s")  # "the Hardee's chain"
    return alone and not owned and reading.text[max(0, start - 4) : start].lower() == "the "


def is_paper(text: str, end: int, name: str) -> bool:
    """Whether the name of a chamber, which ends at ``end``, is part of a bill's: "Senate Bill 54"."""
    return name in _CHAMBERS and _PAPER.match(text, end) is not None


def _somebodys_house(text: str, start: int, end: int, name: str) -> bool:
    """Whether the name of a chamber is somebody's house: "at Lee's House in Ohio", unlike "Lee's House Republicans"."""
    return name in _CHAMBERS and text.endswith("'s ", 0, start) and _NO_NOUN.match(text, end) is not None


def credited(reading: TextIndex, start: int, end: int, organisation: Organisation) -> bool:
    """Whether an outlet is named for a picture of its own, not as one that says or does something."""
    if organisation.kind != "outlet":
        return False
    text = reading.text
    if _POLL_AFTER.match(text, end) or _POLL_BEFORE.search(text, max(0, start - 60), start):
        return False
    return (
        _CREDITED.search(text, max(0, start - 24), start) is not None
        or _CREDITING.match(text, end) is not None
        or (organisation.name == "Getty Images" and text[end : end + 1] in {"", "\n", ")", " "})
    )

"""Organisations whose names do not say what they are: found where the model sees them and the article bears it out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.acronyms import stand_for_words
from pipeline.core.cues import cue_of
from pipeline.core.resource_tables import any_of, toml
from pipeline.core.text_index import opening_words
from pipeline.core.word_lists import common_words, function_words, known_first_name, known_surname, never_names
from pipeline.entities.person_words import title_of
from pipeline.places.gazetteer import FAMOUS_CITY, forms

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from pipeline.core.spans import Span
    from pipeline.core.text_index import TextIndex

_WORDS: Final = "entities/organisation_names.toml"
# What must speak for a name, see `_evidence`.
ENOUGH: Final = 2.0
# Places of a name that are looked at.
_MOST: Final = 12
_WINDOW: Final = 60
_JOINED: Final = re.compile(r"([A-Z][\w'-]*) & ([A-Z][\w'-]*)")
_MIXED: Final = re.compile(r"[A-Z][a-z0-9]+[A-Z]|[a-z][A-Z]|[A-Z]{2,}[a-z]")
_INITIALS: Final = re.compile(r"[A-Z](?:[A-Z&]|\.(?=[A-Z])){1,7}\.?")
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
# After "newspaper", after "graduate" and after "agency".
_OUTLET: Final = re.compile(r" (?P<outlet>(?!\w-)[A-Z][\w&'-]*\w(?: [A-Z][\w&-]*\w){0,2})(?=[,.;:]| [a-z]|'s)")
_SCHOOL: Final = re.compile(r" (?:of|at|from) (?P<what_school>[A-Z]{3,6})\b")
# After who works there: a name of two or three words.
_EMPLOYER: Final = re.compile(
    r" (?:at|with) (?P<name>(?!The )[A-Z][\w&'-]*\w(?: (?:& )?[A-Z][\w&-]*\w){1,2})"
    r"(?=[,.;:)]| (?!of\b|in\b)[a-z]|'s\b|$)",
    re.MULTILINE,
)
# Letters under which stations of the United States are licensed.
_CALL_LETTERS: Final = re.compile(r"(?<![\w@#/.-])[KW][A-Z]{3}\b(?![\w@/])")
# A name of two to four words.
_SEVERAL: Final = r"[A-Z][\w&'-]*\w(?: [A-Z][\w&-]*\w){1,3}"
# Before a word for what one is, that its name follows between commas: "A rival group, Quell Now, left".
_ARTICLE: Final = re.compile(rf"\b(?i:{any_of(_WORDS, 'before_kind')}) (?:[a-z-]+ ){{0,2}}$")
# Three words or more in front of what they name: "the Mayors Against Illegal Guns group".
_IN_FRONT: Final = re.compile(
    r"(?<=[a-z,] )(?P<what_before>(?:[A-Z]\w*\w (?:(?:for|of|and|to) )?){2,5}[A-Z]\w*\w"
    r"|[A-Z]\w*\w (?:for|of) [A-Z]\w*\w) $"
)
_LONGEST_NAME: Final = 80


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    return {name: " ".join(lines).split() for name, lines in toml("entities/organisation_support.toml").items()}


@lru_cache(maxsize=1)
def no_organisations() -> frozenset[str]:
    """Programmes, treaties, diseases and the like that models take for organisations."""
    return frozenset(_words()["never"])


def _any(name: str) -> str:
    return "(?:" + "|".join(word.replace("_", " ") for word in _words()[name]) + ")"


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    """What stands before an organisation: "the chief executive of", "the charity", "according to"."""
    return re.compile(
        rf"(?P<role>\b(?:{_any('people')}s? (?:of|at|for|with|from)|(?i:{_any('holdings')}) (?:of|at|in)) (?:the )?$)"
        rf"|(?P<kind>\b{_any('kinds')}s?,? (?:{_any('introduced')} )?(?:the )?$)"
        rf"|(?P<publishes>\b{_any('told')} $)"
        rf"|(?P<told>\b{_any('sources')} (?:the )?$)"
    )


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    """What stands after it: "'s chief executive", "shares", ", a charity that"."""
    return re.compile(
        rf"(?P<role>(?:'s?)? (?:\w+ )?(?:{_any('people')}|{_any('things')})s?\b)"
        rf"|(?P<kind>,? (?:\([^)]*\),? )?(?:which is |is |was )?"
        rf"(?:an?|the|one of the) (?:[\w'-]+ ){{0,5}}{_any('kinds')}s?\b(?! {_any('people')}\b))"
        rf"|(?P<not>(?:'s?)? (?:\w+ )?{_any('not_things')}s?\b)"
    )


@lru_cache(maxsize=1)
def _behind() -> re.Pattern[str]:
    """What stands right behind the name of one, of three words or more: "the Mayors Against Illegal Guns group"."""
    return re.compile(rf" {_any('behind')}s?\b")


@lru_cache(maxsize=1)
def _legal_form() -> re.Pattern[str]:
    """The end of a firm's name: "Ltd.", "SA"."""
    return re.compile(rf"\w,? (?:{'|'.join(map(re.escape, _words()['legal_forms']))})\.?$")


@lru_cache(maxsize=1)
def _said_outright() -> dict[re.Pattern[str], frozenset[str]]:
    """Names that the words beside them tell without doubt, and what may open each; sooner one by one than as one."""
    name = r"(?P<{}>(?!\w-)[A-Z][\w&'-]*\w(?: [A-Z][\w&-]*\w){{0,4}})"
    # "A charity called Feed the Street": a name of several words, small ones in it.
    word = r"[A-Z](?:[\w-]|'(?!s\b))*\w"
    several = rf"(?P<what_so>{word}(?: (?:{_any('within')} ){{0,2}}{word}){{1,5}})"
    after = rf", (?:which is )?(?:an?|the) (?:[\w'-]+ ){{0,4}}{_any('kinds')}(?=[,.;:]| {_any('told_of_it')}\b)"
    end, words = r"(?=[,.;:]| [a-z]|'s)", _words()
    patterns = {
        rf"\b{_any('kinds')} (?:{_any('introduced')} )?{several}{end}": words["kinds"],
        rf"\b{_any('called')} (?:{_any('introduced')} )?{name.format('so')}{end}": words["called"],
        rf"\b(?i:{_any('heads')})s? (?:of|for|at) (?:the )?{name.format('of')}{end}": words["heads"],
        rf"\b{_any('told')} (?P<to>{_SEVERAL}){end}": words["told"],
        # "Warm the Block, a charity": the first word is a verb.
        rf"(?<![\w-])(?P<what_verb>[A-Z][a-z]+ (?i:{_any('within')}) {word}(?: {word}){{0,2}}){after}": [],
        rf"(?<![\w-])(?<!\w'){name.format('what_is')}{after}": [],
    }
    return {re.compile(pattern): opening_words(opening) for pattern, opening in patterns.items()}


def names_explained_outright(reading: TextIndex) -> Iterator[tuple[Span, str, bool]]:
    """Names that the words beside them tell for an organisation's: "a spokesman for Quell", "Quell, a drug maker".

    As (span, name, whether it is said what it is, so that the name may end with any word).
    """
    yield from _named_with_verbs(reading)
    said = (match for pattern, opening in _said_outright().items() for match in reading.matches(pattern, opening))
    for match in (*said, *_after_a_word(reading)):
        start, end = match.span(group := match.lastgroup or "")
        # "The charity, My Own Two Hands,", "Feed the Street, a charity", "the group Our Harbor".
        noun = reading.tag(start).startswith("NN") or group in {"what_after", "what_verb", "what_so"}
        dated = reading.dated(end - 1, end)  # "the utility EDF on Monday said"
        if noun and not dated and not reading.heading(start) and not reading.credit(start):
            alone = not reading.text.endswith(" and ", 0, start)  # else it may be half of "Trade and Industry"
            yield (start, end), match[group], alone and group.startswith("what_")


@lru_cache(maxsize=1)
def _with_verb() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words with capitals around a small one, and "the charity"."""
    return (
        re.compile(r"(?<![\w-])[A-Z][a-z]+ (?i:the|our|my) [A-Z][\w-]*\w(?: [A-Z][\w-]*\w)?(?![\w-])"),
        re.compile(rf"\b[Tt]he {_any('does_good')}\b"),
    )


def _named_with_verbs(reading: TextIndex) -> Iterator[tuple[Span, str, bool]]:
    """Names like "Feed the Harbor" of what the article calls "the charity": named twice, once within a sentence."""
    name, kind = _with_verb()
    if not kind.search(reading.text):
        return
    seen: dict[str, list[Span]] = {}
    for match in name.finditer(reading.text):
        if not reading.heading(match.start()) and not reading.credit(match.start()):
            seen.setdefault(match[0], []).append(match.span())
    for words, places in seen.items():
        within = [start for start, _ in places if reading.text[start - 2 : start - 1].islower()]
        verb = reading.tag(places[0][0]) in {"VB", "VBP"}
        quoted = any(reading.text[start - 1] in '"“‘«„' for start, _ in places if start)  # a song, a film
        if verb and not quoted and len(places) > 1 and within:
            yield places[0], words, True


@lru_cache(maxsize=1)
def _whose() -> re.Pattern[str]:
    return re.compile(rf" of (?:the )?({_SEVERAL})(?=,? {_any('saying')}\b)")


def bodies_of_speakers(reading: TextIndex, people: Iterable[Span]) -> Iterator[tuple[int, int, str]]:
    """Of which body somebody is who says something, by the spans of names of people: "Ann Lee of Quell Bay said"."""
    for _, end in people:
        match = _whose().match(reading.text, end)
        if match is not None and _may_be(match[1], explained=False) and not _ends_with_place(match[1]):
            yield *match.span(1), match[1]


@lru_cache(maxsize=1)
def _in_brackets_or_commas() -> re.Pattern[str]:
    """Letters in brackets, or a name between commas that may hold small words: "Friends of the Elms"."""
    small = rf"[A-Z][a-z]+ (?:(?!and\b){_any('within')} ){{1,2}}[A-Z][\w-]*\w(?: [A-Z][\w-]*\w)?"
    return re.compile(rf",? \((?P<what_letters>[A-Z]{{2,6}})\)|, (?P<what_after>{_SEVERAL}|{small}),")


@lru_cache(maxsize=1)
def _patterns_after() -> dict[str, re.Pattern[str]]:
    """What follows a word where a name is told by it: a look at each word is cheaper than a search for any of them."""
    return {
        **dict.fromkeys(_words()["kinds"], _in_brackets_or_commas()),
        **dict.fromkeys(_one_and_several("schooled"), _SCHOOL),
        **dict.fromkeys(_words()["outlet_before"], _OUTLET),
    }


def _after_a_word(reading: TextIndex) -> Iterator[re.Match[str]]:
    """Names after a word for what they are, or for who is of them: "a graduate of UCLA", "the agency (BND)"."""
    patterns, behind = _patterns_after(), _words_behind()
    for start, word in reading.words:
        after = patterns[word].match(reading.text, start + len(word)) if word in patterns else None
        if after is not None and not (
            after.lastgroup == "what_after" and not _ARTICLE.search(reading.text, max(0, start - _WINDOW), start)
        ):
            yield after
        if word in behind and _behind().match(reading.text, start - 1):
            before = _IN_FRONT.search(reading.text, max(0, start - _LONGEST_NAME), start)
            if before is not None:
                yield before


@lru_cache(maxsize=1)
def _words_behind() -> frozenset[str]:
    """The first words of what stands behind a name, one and several."""
    first = {phrase.split("_")[0] for phrase in _words()["behind"]}
    return frozenset(first | {f"{word}s" for word in first})


def _one_and_several(name: str) -> frozenset[str]:
    """The words of a list, one and several: "lawyer", "lawyers"."""
    return frozenset(form for word in _words()[name] for form in (word, f"{word}s"))


@lru_cache(maxsize=1)
def words_for_bodies() -> frozenset[str]:
    """What an organisation is, in one word: "firm", "charity"."""
    return frozenset(word for word in _words()["kinds"] if "_" not in word)


@lru_cache(maxsize=1)
def _employed() -> frozenset[str]:
    return _one_and_several("employed")


def employers(reading: TextIndex) -> list[tuple[int, int, str]]:
    """Everywhere that a firm is named, like people, for which somebody works as a lawyer or the like."""
    return reading.cached("employers", lambda: list(_employers(reading)))


def _employers(reading: TextIndex) -> Iterator[tuple[int, int, str]]:
    said = (_EMPLOYER.match(reading.text, start + len(word)) for start, word in reading.words if word in _employed())
    names = {
        match["name"]: None
        for match in said
        if match is not None and not any(map(title_of, match["name"].split(" "))) and match["name"] not in forms()
    }
    for name in names:
        for match in re.finditer(rf"(?<![\w@#/.-]){re.escape(name)}(?![\w@/-])", reading.text):
            if not reading.credit(match.start()):
                yield *match.span(), name


@lru_cache(maxsize=1)
def _beside_station() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before and after the call letters of a station."""
    return (
        re.compile(rf"\b{_any('before_station')} (?:the )?$"),
        re.compile(rf"[- ](?:TV|FM|AM|DT)\b|(?:'s)? {_any('after_station')}\b"),
    )


def stations(reading: TextIndex) -> Iterator[tuple[int, int, str]]:
    """American stations by their call letters, wherever they stand once the article says that one reports."""
    at = [match for match in _CALL_LETTERS.finditer(reading.text) if not reading.credit(match.start())]
    before, after = _beside_station()
    named = {
        match[0]
        for match in at
        if match[0].lower() not in common_words()
        and (
            after.match(reading.text, match.end())
            or before.search(reading.text, max(0, match.start() - 20), match.start())
        )
    }
    for match in at:
        if match[0] in named and not reading.heading(match.start()):
            yield *match.span(), match[0]


def is_of_staff(text: str, end: int) -> bool:
    """Whether somebody or something of an organisation's stands after its name, which ends at ``end``."""
    after = _after().match(text, end, end + _WINDOW)
    return after is not None and after["role"] is not None


def _opens_sentence(reading: TextIndex, start: int) -> bool:
    token = reading.token(start)
    return token is None or bool(token.is_sent_start)


def _evidence(reading: TextIndex, name: str, at: list[Span], seen: int) -> float:
    """How much of the article speaks for ``name``, which stands ``at`` some places, being an organisation's.

    The model sees one in ``seen`` of them.
    """
    text = reading.text
    score = 0.0
    if _MIXED.search(name) and " " not in name and not known_surname(name):
        score += 1.0
    if seen > 1 and seen >= 0.7 * len(at):
        score += 0.5 if _INITIALS.fullmatch(name) else 1.0
    if _of_a_place(name) or _is_joined(name) or _legal_form().search(name):
        score += ENOUGH
    if name.count(" ") > 1 and not _ends_with_place(name) and any(_behind().match(text, end) for _, end in at):
        score += ENOUGH
    for start, end in at[:_MOST]:
        before = _before().search(text, max(0, start - _WINDOW), start)
        after = _after().match(text, end, end + _WINDOW)
        if after is not None and after["not"]:
            score -= ENOUGH
            continue
        if before is not None:
            several = before["publishes"] and " " in name
            score += ENOUGH if before["role"] or before["kind"] or several else 1.0
        if after is not None:
            score += ENOUGH if after["role"] or after["kind"] else 0.0
        token = reading.token(end - 1)
        if token is not None and token.dep_ in _SUBJECTS and token.head.pos_ == "VERB":
            score += ENOUGH if cue_of(token.head) else 0.5
    return score


def _is_joined(name: str) -> bool:
    """Whether a firm has two names joined by "&": "Tallow & Finch", not "LAW & ORDER"."""
    joined = _JOINED.search(name)
    return joined is not None and not joined[0].isupper()


def _of_a_place(name: str) -> bool:
    """Whether a name begins with a place's: Phoenix Controls, Utah Symphony."""
    words = name.split(" ")
    return any(
        form.sense == "named"
        and form.place.kind in {"city", "state", "country"}
        and form.place.population >= FAMOUS_CITY
        for number in range(1, len(words))
        for form in forms().get(" ".join(words[:number]), ())
    )


def _ends_with_place(name: str) -> bool:
    """Whether the last word, or the last two, are a place's name: "South Los Angeles"."""
    return name.rsplit(" ", 1)[-1] in forms() or " ".join(name.split(" ")[-2:]) in forms()


def _may_be(name: str, *, explained: bool) -> bool:
    """Whether a name can be an organisation's; one that is ``explained`` may end with any word."""
    words, joined = name.split(" "), " & " in name or _legal_form().search(name) is not None
    if any(map(title_of, words)):
        return False
    # "Fusion GPS, a research firm".
    last = "" if explained and len(words) > 1 else words[-1]
    if name in no_organisations() or last in no_organisations() or len(name) < 2:
        return False
    if name in forms() or name in _words()["regions"] or words[0].islower():  # "northern Quell & Red Valley"
        return False
    if len(words) == 1:
        return name not in never_names() and name not in function_words() and name[:1].isupper()
    return joined or (
        not (known_first_name(words[0]) and words[0] not in function_words() and not _of_a_place(name))
        and not any(
            words[-1] in ordinary for ordinary in (never_names(), function_words(), _words()["lands"]) if not explained
        )
        and words[-1][:1].isupper()
        and not name.isupper()
    )


def supported(
    reading: TextIndex, spans: Iterable[tuple[Span, str]], people: Container[str], explained: Container[str] = ()
) -> Iterator[tuple[int, int, str]]:
    """Places of the names among ``spans`` that the article bears out, as (start, end, name).

    ``spans`` are what the model takes for organisations, trimmed, and their words; ``people`` are words of names of
    people: one of these alone is no organisation. Letters that are ``explained`` outright need nothing else.
    """
    seen: dict[str, list[Span]] = {}
    for span, name in spans:
        if (
            name not in people
            and _may_be(name, explained=name in explained)
            and not stand_for_words(reading.text, name)
        ):
            seen.setdefault(name, []).append(span)
    for name, places in seen.items():
        at = [
            match.span()
            for match in re.finditer(rf"(?<![\w@#/.-]){re.escape(name)}(?![\w@/-])", reading.text)
            if not reading.heading(match.start()) and not reading.credit(match.start())
        ]
        ordinary = name.lower() in common_words()
        if ordinary and not name.isupper():
            at = [(start, end) for start, end in at if (start, end) in places or reading.text.startswith("'s ", end)]
            # A capital that opens a sentence tells nothing: "Groups that vote said so".
            at = at if any(not _opens_sentence(reading, start) for start, _ in at) else []
        told = name in explained and (name.isupper() or _with_verb()[0].fullmatch(name))
        if at and (told or _evidence(reading, name, at, len(places)) >= ENOUGH):
            yield from ((start, end, name) for start, end in at)

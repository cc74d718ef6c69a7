"""Transcripts and interviews: a speaker's label, and then nothing but that speaker's words.

A turn is a paragraph, or goes on to the next label within it, as where an outlet sets a whole talk in one. Labels are
names in capitals or not, with an office, a party or a time beside them, initials, and `Q:` and `A:`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.core.person_nouns import role_words
from pipeline.core.word_lists import common_words
from pipeline.quotes.attribution import Attribution
from pipeline.quotes.signed_lines import OPENING_MARKS, name_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span

    from pipeline.core.annotations import Block, Mention
    from pipeline.core.quote_layout import Layout

# Fewer turns, or turns of one name alone, may be a list; so may labels of which none comes twice.
_FEWEST_TURNS: Final = 3
_FEWEST_NAMES: Final = 2
# Paragraphs that a speaker's words go on for.
_APART: Final = 6
# What opens an editor's remark.
REMARK: Final = "([{"
_ENDS: Final = (".", "?", "!", "…", "”", '"', ")", "—", "-")
_LONGEST_LABEL: Final = 120
_FEWEST_INITIALS: Final = 2
_QUOTES: Final = "”’\"' "
_BOLD: Final = "*_"

_TIME: Final = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?[\])]?\s*)?"
_WORD: Final = r"[A-Z][\w.'’-]*"
_SENTENCE_END: Final = r"(?<=[a-z]{3})[.?!]\s"
_LABEL: Final = re.compile(
    rf"[*_]{{0,2}}{_TIME}[*_]{{0,2}}"
    rf"(?:(?P<letter>[QA])[.:]|(?P<name>{_WORD}(?:\s+(?:{_WORD}|de|del|la|van|von|den|der|bin|al)){{0,7}})"
    rf"(?P<role>(?:\s*\([^()\n]{{1,40}}\)|,\s+(?:(?!{_SENTENCE_END})[^:\n]){{1,60}}?){{0,3}})\s*:)[*_]{{0,2}}(?=\s|[*_])[\s*_]*"
)
# Within a paragraph: a label after the end of what was said before.
_WITHIN: Final = re.compile(
    rf"(?<=[.?!:…”\")\]’–—] )(?:(?P<letter>[QA])|(?P<name>{_WORD}(?: {_WORD}){{0,7}})(?: \([^()\n]{{1,40}}\))?):"
    r"\s+(?=\S)"
)
# Words that a turn within a paragraph has at least.
_FEWEST_WORDS: Final = 2
ASKS, _ANSWERS = ({"Q", "QUESTION"}, {"A", "ANSWER"})


class SpokenParagraph(NamedTuple):
    """The words of a turn, as offsets, and who says them."""

    start: int
    end: int
    said: Attribution


class _Opening(NamedTuple):
    """What opens a turn: the number of its paragraph, the label as it stands there, where the words begin.

    ``key`` is what tells its speaker from the others: the last word of the name. ``within``: it opens no paragraph.
    """

    paragraph: int
    label: tuple[int, int]
    key: str
    start: int
    marked: bool
    within: bool = False


def spoken_paragraphs(layout: Layout) -> list[SpokenParagraph]:
    """The turns of every run of at least three turns `LABEL: words` by two speakers or more, in order."""
    paragraphs: list[SpokenParagraph] = []
    run: list[_Opening] = []
    people = People(layout)
    for turn in [*_openings(layout, people), None]:
        if run and (turn is None or turn.paragraph - run[-1].paragraph > _APART):
            if _is_talk(layout, run, people):
                paragraphs += _spoken(layout, run, people)
            elif len({turn.key for turn in run}) == 1 and len(run) >= _FEWEST_NAMES:
                paragraphs += _of_guest(layout, run, people)
            run = []
        if turn is not None:
            run.append(turn)
    return paragraphs


def _openings(layout: Layout, people: People) -> Iterator[_Opening]:
    for number, block in enumerate(layout.paragraphs):
        start = block.start
        while start < block.end and layout.text[start] in OPENING_MARKS:
            start += 1
        match = _LABEL.match(layout.text, start, min(block.end, start + _LONGEST_LABEL))
        opening = None
        if match is not None and match.end() < block.end and layout.text[match.end()] not in OPENING_MARKS:
            group = "letter" if match["letter"] else "name"
            opening = _Opening(number, match.span(group), _key(match[group]), match.end(), marked=start > block.start)
            yield opening
        yield from _openings_within(layout, number, people, opening)


def _key(label: str) -> str:
    return label.rsplit(maxsplit=1)[-1].strip(".").upper()


def _openings_within(layout: Layout, number: int, people: People, opening: _Opening | None) -> Iterator[_Opening]:
    """The turns that a paragraph holds after its first, if all of them look like turns of a talk."""
    block = layout.paragraphs[number]
    start = opening.start if opening is not None else block.start
    found, doubted = list[_Opening](), list[_Opening]()
    for match in _WITHIN.finditer(layout.text, start, block.end):
        group = "letter" if match["letter"] else "name"
        label, key = match[group], _key(match[group])
        sure = group == "letter" or people.of(key) is not None or key.lower() not in common_words()
        if sure and not label.isupper() and people.of(key) is None:
            continue
        marked = opening is not None and opening.marked
        turn = _Opening(number, match.span(group), key, match.end(), marked=marked, within=True)
        (found if sure else doubted).append(turn)
    if len(found) >= _FEWEST_NAMES:
        # Among surer ones even "REPORTER:" is a label.
        found = sorted([*found, *(turn for turn in doubted if layout.text[slice(*turn.label)].isupper())])
    if not found:
        return
    turns = [*([opening] if opening is not None else []), *found]
    ends = [*(turn.label[0] for turn in turns[1:]), block.end]
    short = any(
        len(layout.text[turn.start : end].split()) < _FEWEST_WORDS for turn, end in zip(turns, ends, strict=True)
    )
    keys = {turn.key for turn in turns}
    somebody = bool(keys & (ASKS | _ANSWERS)) or any(people.of(key) is not None for key in keys)
    again = len(keys) < len(turns) and all(layout.text[slice(*turn.label)].isupper() for turn in turns)
    enough = len(turns) >= _FEWEST_TURNS or (opening is not None and len(turns) >= _FEWEST_NAMES)
    if len(keys) >= _FEWEST_NAMES and enough and (somebody or again) and not short:
        yield from found


class People:
    """The people an article names, by surname and by initials, and who is interviewed."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._by_key: dict[str, dict[str, Mention]] = {}
        self._by_first: dict[str, dict[str, Mention]] = {}
        self._named = [m for m in layout.doc._.mentions if m.label == "PERSON" and m.resolution != "pronoun"]
        for mention in self._named:
            entity = layout.doc._.entities.get(mention.entity_id)
            words = entity.name.split() if entity is not None else []
            if words:
                initials = words[0][0] + words[-1][0]
                for key in {words[-1].upper(), initials if len(words) >= _FEWEST_INITIALS else words[-1].upper()}:
                    self._by_key.setdefault(key, {}).setdefault(mention.entity_id, mention)
                self._by_first.setdefault(words[0].upper(), {}).setdefault(mention.entity_id, mention)

    def of(self, key: str) -> Mention | None:
        """The one person whom a label stands for: by the surname or initials, or else by the first name."""
        mentions = list((self._by_key.get(key) or self._by_first.get(key, {})).values())
        return mentions[0] if len(mentions) == 1 else None

    def interviewed(self, before: int) -> Mention | None:
        """Who is told of most before the talk begins at offset ``before``; of several, the first."""
        earlier = self._named[: bisect_left(self._named, before, key=lambda mention: mention.start)]
        if not earlier:
            return None
        most = Counter(mention.entity_id for mention in earlier).most_common(1)[0][0]
        return next(mention for mention in earlier if mention.entity_id == most)

    def guest(self, before: int, label: tuple[int, int] | None = None) -> Attribution | None:
        """The attribution of what is answered in a talk from offset ``before`` on to whoever is interviewed.

        ``label``: where "A:" stands for them. Somebody whose name no list knows is whom the parse takes for a person.
        """
        layout = self._layout
        mention = self.interviewed(before)
        if mention is not None:
            tokens = layout.tokens_of(mention.start, mention.end)
            name = tokens[0], tokens[-1] + 1
        else:
            people = _names_before(layout.doc.source[: layout.token_at(before)])
            if not people:
                return None
            most = Counter(person[-1].text for person in people).most_common(1)[0][0]
            name = next((person.start, person.end) for person in people if person[-1].text == most)
        first, last = name if label is None else (layout.token_at(label[0]), layout.token_at(label[1]))
        return Attribution("transcript", layout.doc[name[1] - 1], (first, max(last, first + 1)), name=name)


def _names_before(text: Span) -> list[Span]:
    """What the parse takes for people named in full, or else for names of whoever does something."""
    people = [entity for entity in text.ents if entity.label_ == "PERSON" and len(entity) > 1]
    if people:
        return people
    last = (t for t in text if t.dep_ == "nsubj" and t.pos_ == "PROPN" and t.i > 1 and t.nbor(-1).pos_ == "PROPN")
    # "Ferry writer Ann Lee", whatever else the parse takes her for.
    return [
        t.doc[t.i - 1 : t.i + 1] for t in last if t.ent_type_ in {"", "PERSON"} or t.nbor(-2).lower_ in role_words()
    ]


def label_of(layout: Layout, block: Block) -> str:
    """What opens a paragraph as the label of a speaker, in capitals, or an empty string."""
    match = _LABEL.match(layout.text, block.start, min(block.end, block.start + _LONGEST_LABEL))
    return _key(match["letter"] or match["name"]) if match is not None else ""


def _is_talk(layout: Layout, run: Sequence[_Opening], people: People) -> bool:
    """Whether a run of labelled paragraphs is a talk: several speakers, one of them again, and labels of people."""
    keys = {turn.key for turn in run}
    if any(turn.within for turn in run) or _answer_one_question(layout, run, people):
        return True
    if len(run) < _FEWEST_TURNS or not _FEWEST_NAMES <= len(keys) < len(run):
        return False
    return (
        bool(keys & (ASKS | _ANSWERS))
        or any(people.of(key) is not None for key in keys)
        or (
            # What comes before links ends in no full stop: "PHOTOS: Fog over the bay".
            all(layout.text[slice(*turn.label)].isupper() for turn in run)
            and 2 * sum(layout.text[layout.paragraphs[turn.paragraph].end - 1] in _ENDS for turn in run) >= len(run)
        )
    )


def _answer_one_question(layout: Layout, run: Sequence[_Opening], people: People) -> bool:
    """Whether people named in full answer, a line each, the question that the paragraph before asks."""
    first = run[0].paragraph
    if len(run) < _FEWEST_TURNS or not first or len({turn.key for turn in run}) < len(run):
        return False
    asked = layout.paragraphs[first - 1]
    lines = [layout.paragraphs[turn.paragraph] for turn in run]
    together = run[-1].paragraph - first == len(run) - 1
    named = all(people.of(turn.key) is not None and " " in layout.text[slice(*turn.label)] for turn in run)
    ends = all(layout.text[block.end - 1] in _ENDS for block in lines)
    return together and named and ends and layout.text[asked.start : asked.end].rstrip(_QUOTES).endswith(("?", "?:"))


def _of_guest(layout: Layout, run: Sequence[_Opening], people: People) -> list[SpokenParagraph]:
    """The turns of a talk in which only who answers has a label, below questions without one."""
    paragraphs = layout.paragraphs
    if people.of(run[0].key) is None and run[0].key not in _ANSWERS:
        return []
    asked = [turn.paragraph - 1 for turn in run]
    if asked[0] < 1 or any(after - before < 2 for before, after in pairwise(asked)):
        return []
    if any(not layout.text[: paragraphs[n].end].rstrip(_QUOTES + _BOLD).endswith("?") for n in asked):
        return []
    spoken = []
    for turn, stop in zip(run, [*asked[1:], run[-1].paragraph + 1], strict=True):
        said = _speaker(layout, turn, people, paragraphs[asked[0]].start)
        spoken.append(SpokenParagraph(turn.start, paragraphs[turn.paragraph].end, said))
        spoken += (
            SpokenParagraph(block.start, block.end, said)
            for block in paragraphs[turn.paragraph + 1 : stop]
            if block.kind == "body" and layout.text[block.start] not in REMARK + OPENING_MARKS
        )
    return spoken


def _spoken(layout: Layout, run: list[_Opening], people: People) -> Iterator[SpokenParagraph]:
    """The words of a run, with paragraphs between two turns that go on with the first, unless that stands within one.

    Where turns stand in quotation marks, only those that open with one do.
    """
    whole = {turn.paragraph for turn in run if turn.within}
    before = run[0].label[0]
    for turn, following in zip(run, [*run[1:], None], strict=True):
        attribution = _speaker(layout, turn, people, before)
        end = layout.paragraphs[turn.paragraph].end
        if following is not None and following.paragraph == turn.paragraph:
            end = turn.start + len(layout.text[turn.start : following.label[0]].rstrip())
        yield SpokenParagraph(turn.start, end, attribution)
        if following is None or turn.paragraph in whole:
            continue
        for block in layout.paragraphs[turn.paragraph + 1 : following.paragraph]:
            start = block.start
            while start < block.end and layout.text[start] in OPENING_MARKS:
                start += 1
            goes_on = start > block.start if turn.marked else block.kind == "body"
            if goes_on and start < block.end and layout.text[start] not in REMARK:
                yield SpokenParagraph(start, block.end, attribution)


def _speaker(layout: Layout, turn: _Opening, people: People, before: int) -> Attribution:
    """Who a label stands for, in a talk that begins at offset ``before``; nobody is known to ask."""
    if turn.key in ASKS:
        return Attribution("transcript")
    start, end = turn.label
    if turn.key in _ANSWERS:
        return people.guest(before, turn.label) or Attribution("transcript")
    first, last = layout.token_at(start), layout.token_at(end)
    mention = people.of(turn.key)
    if mention is None:
        return name_in(layout, start, end, "transcript", marked=turn.marked) or Attribution("transcript")
    mention_tokens = layout.tokens_of(mention.start, mention.end)
    return Attribution(
        "transcript",
        layout.doc[mention_tokens[-1]],
        (first, max(last, first + 1)),
        name=(mention_tokens[0], mention_tokens[-1] + 1),
    )

"""Speakers told from no cue of saying: on a dash line, before a colon in a transcript, by what bears or shouts it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import FINITE, lefts
from pipeline.core.doc_cache import once_for_blocks
from pipeline.core.quote_layout import layout_of
from pipeline.quotes.attribution import Attribution, named
from pipeline.quotes.cue_subject import PAPERS, RELATIVE, can_speak
from pipeline.quotes.scare_quotes import verbs
from pipeline.quotes.subjects.hung_wrong import from_whom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.core.quotation_marks import Quotation
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token, Tokens

# "– Ann Lee" and "– tweet on Sunday by Ann Lee".
_DASH: Final = re.compile(r"[\s,]*(?:--?|–|—|~|―)\s*(?:[a-z]+(?: \w+){0,3} (?:by|from) (?:[a-z]+ )?)?(?=[A-Z@])")
_SPEAKER: Final = re.compile(r"\s*((?:[A-Z][\w.'’-]*\s+){0,7}[A-Z][\w.'’)(,-]*)\s*:")
_SIGNATURE: Final = re.compile(r"\s*((?:[A-Z][\w.’'-]*\s+){0,4}[A-Z][\w.’'-]*),\s+((?:[A-Z][\w.’'&-]*\s*){1,6})")
_NAMED_AFTER: Final = re.compile(r":\s+")
# Ways in which words stand on a thing, or are shouted, with no doubt about whose they are.
INSCRIBED: Final = "inscription"
SHOUTED: Final = "shouts"
IN_WORDS: Final = "in the words of"
_FEWEST_SHOUTED: Final = 3
_FEWEST_SIGNED: Final = 2
_LONGEST_THING: Final = 6
_OF_THINGS: Final = frozenset({"DET", "ADJ", "NOUN", "PRON", "NUM", "PROPN"})
_ON_ITSELF: Final = frozenset({"nsubj", "ROOT"})
_MAY_SAY: Final = frozenset({"PERSON", "ORG"})
_BRACKETS: Final = frozenset({"(", ")"})
# Tokens of a name, and of who that is, before a colon in brackets.
_LONGEST_LEAD: Final = 16
_DASHES: Final = ("-", "–", "—", "―")
_LONGEST_LINE: Final = 200
# Paragraphs that a quotation goes on over, above the line that signs it.
_LONGEST_RUN: Final = 6
OPENING_MARKS: Final = "\"“„«‘'`"


def signed(layout: Layout, number: int) -> Attribution | None:
    """Who signs a quotation: in its line or the next, `Ann Lee, Springfield Herald`, or below those it goes on in."""
    for following in range(number, min(number + _LONGEST_RUN, len(layout.quotations))):
        quotation = layout.quotations[following]
        block = layout.paragraphs[quotation.paragraph]
        earlier = layout.quotations[following - 1].end if following else block.start
        if layout.text[max(block.start, earlier) : quotation.start].strip():
            return None
        behind = layout.quotations[following + 1] if following + 1 < len(layout.quotations) else None
        if behind is not None and behind.start < block.end and not layout.text[quotation.end : behind.start].strip():
            # Two parts of one article, each in marks, before the line that signs both.
            continue
        if layout.text[quotation.end : block.end].strip():
            return _signature(layout, quotation.end, block.end)
        below = quotation.paragraph + 1
        if below >= len(layout.paragraphs):
            return None
        signature = _signature(layout, layout.paragraphs[below].start, layout.paragraphs[below].end)
        goes_on = following + 1 < len(layout.quotations) and layout.quotations[following + 1].carried
        if signature is not None or not goes_on or layout.quotations[following + 1].paragraph != below:
            return signature
    return None


def inscribed(layout: Layout, number: int) -> Attribution | None:
    """The thing that a quotation stands on, which "reads" so: `A sign on the gate read: "Keep out."`."""
    gap = [token for token in layout.before(number) if token.is_alpha or token.is_punct]
    while gap and gap[-1].text in {":", ","}:
        gap.pop()
    if len(gap) < 2 or gap[-1].lower_ not in verbs("reads") or gap[-2].lower_ in RELATIVE:
        return None if any(token.is_alpha for token in gap) else _read_after(layout, number)
    if gap[-1].lower_ == "reading":
        things = [token for token in gap[:-1] if token.pos_ == "NOUN" and token.dep_ != "compound"][-1:]
    else:
        ends = next((n for n, token in enumerate(gap) if token.pos_ in {"ADP", "VERB", "CCONJ", "SCONJ"}), len(gap) - 1)
        ends = max(ends, next((n + 1 for n, t in enumerate(gap[:-1]) if t.pos_ == "NOUN" and t.dep_ in _ON_ITSELF), 0))
        things = [token for token in gap[:ends] if token.pos_ == "NOUN" and token.dep_ != "npadvmod"][-1:]
    if not things or (can_speak(things[0]) and things[0].lower_ not in PAPERS):
        return None
    attribution = named(layout, INSCRIBED, things[0], gap[0].i, gap[-1].i, gap[-1])
    if attribution is not None and things[0].dep_ == "compound" and gap[0].i <= things[0].head.left_edge.i:
        # "A Gazette headline read": the parse takes the verb for a noun.
        attribution.speaker = things[0].head.left_edge.i, things[0].i + 1
    return attribution


def in_words_of(layout: Layout, number: int) -> Attribution | None:
    """Whose words an aside says they are: `in the words of Ann Lee, "…"`, `"…," to quote Lee`, `"…" in Lee's words`.

    Or whom a paper is from, before a colon: `sent out a letter from Ann Lee: "…"`.
    """
    before = layout.before(number)
    sender = from_whom(before) if before and before[-1].text == ":" else None
    if sender is not None:
        return named(layout, IN_WORDS, sender, before[0].i, before[-1].i, before[-1])
    for gap in (before, layout.after(number)):
        said = _whose_words(layout, [token for token in gap if not token.is_space and token.text != ","])
        if said is not None:
            return said
    return None


def _whose_words(layout: Layout, gap: Sequence[Token]) -> Attribution | None:
    words = next((t for t in gap if t.lower_ in verbs("in_words") | verbs("to_quote")), None)
    if words is None or words.i < 1 or words.i + 1 >= len(words.doc):
        return None
    quotes = words.lower_ in verbs("to_quote")
    owner = None if quotes else next((child for child in lefts(words) if child.dep_ == "poss"), None)
    if owner is not None and owner.left_edge.i and owner.left_edge.nbor(-1).lower_ in verbs("with_words"):
        nobody = not can_speak(owner) and owner.pos_ not in {"PROPN", "PRON"}
        return None if nobody else named(layout, IN_WORDS, owner, owner.left_edge.i, words.i, words)
    if quotes and (words.tag_ != "VB" or words.nbor(-1).tag_ != "TO"):
        return None
    if not quotes and words.nbor().lower_ not in verbs("of_words"):
        return None
    rest = [token for token in gap if token.i > words.i + (not quotes)]
    head = next((t for t in rest if t.pos_ in {"PROPN", "NOUN"} and t.nbor().pos_ not in {"PROPN", "NOUN"}), None)
    if head is None or not (can_speak(head) or head.pos_ == "PROPN"):
        return None
    return named(layout, IN_WORDS, head, rest[0].i, rest[-1].i + 1, words)


def _read_after(layout: Layout, number: int) -> Attribution | None:
    """The thing that words stand on, named after them: `"Keep out," the sign read`."""
    gap = [token for token in layout.after(number) if not token.is_punct and not token.is_space][:_LONGEST_THING]
    at = next((n for n, token in enumerate(gap) if token.lower_ in verbs("reads")), 0)
    if not at or gap[at - 1].pos_ != "NOUN" or any(token.pos_ not in _OF_THINGS for token in gap[:at]):
        return None
    following = gap[at].nbor() if gap[at].i + 1 < len(layout.doc) else gap[at]
    if not following.is_punct or (can_speak(gap[at - 1]) and gap[at - 1].lower_ not in PAPERS):
        return None
    return named(layout, INSCRIBED, gap[at - 1], gap[0].i, gap[at].i, gap[at])


def shouted(layout: Layout, number: int) -> Attribution | None:
    """Words that nobody alone shouts: `Chants of "Bring it back!" rang out`; or those whose chants they are."""
    quotation = layout.quotations[number]
    before = [token for token in layout.before(number) if not token.is_space and not token.is_punct]
    while before and before[-1].lower_ == "and":
        before.pop()  # `Shouts of "Liar!" and "Resign!"`
    inner = layout.text[quotation.inner_start : quotation.inner_end]
    if len(before) < 2 or before[-1].lower_ != "of" or before[-2].lower_ not in verbs("shouts"):
        return None
    if inner[-1] not in "!?" and len(inner.split()) < _FEWEST_SHOUTED:
        return None
    owner = next((child for child in lefts(before[-2]) if child.dep_ == "poss"), None)
    whose = named(layout, SHOUTED, owner, owner.left_edge.i, owner.i + 1, before[-2]) if owner is not None else None
    return whose or Attribution(SHOUTED, cue=before[-2])


def bracketed(layout: Layout, number: int) -> Attribution | None:
    """Whose words stand in brackets, after a name and a colon: `(Ann Lee, a skipper: “It leaks”)`."""
    quotation, doc = layout.quotations[number], layout.doc
    first = layout.token_at(quotation.start)
    opens = next((i for i in range(first - 1, max(first - _LONGEST_LEAD, -1), -1) if doc[i].text in _BRACKETS), first)
    if opens == first or doc[opens].text != "(" or doc[first - 1].text != ":" or layout.blank[opens]:
        return None
    lead = range(opens + 1, first - 1)
    if any(layout.inside[i] >= 0 or doc[i].tag_ in {*FINITE, "MD"} or layout.ends_sentence(i) for i in lead):
        return None
    mentions = doc._.mentions
    place = bisect_left(mentions, doc[opens].idx, key=lambda mention: mention.start)
    if place >= len(mentions) or mentions[place].label not in _MAY_SAY or mentions[place].end > doc[first - 1].idx:
        return None
    before = range(opens + 1, layout.token_at(mentions[place].start))
    if any(doc[i].pos_ not in _OF_THINGS for i in before):
        # "(In a letter to Ann Lee: …)".
        return None
    return name_in(layout, doc[opens + 1].idx, mentions[place].end, "dash line")


def captioned(layout: Layout, number: int) -> Attribution | None:
    """Whose words a line begins with that names them after a colon: `‘It rained’: Ann Lee on her summer`."""
    quotation = layout.quotations[number]
    block = layout.paragraphs[quotation.paragraph]
    match = _NAMED_AFTER.match(layout.text, quotation.end, block.end)
    if match is None or block.end - block.start > _LONGEST_LINE:
        return None
    mentions = layout.doc._.mentions
    place = bisect_left(mentions, match.end(), key=lambda mention: mention.start)
    if place >= len(mentions) or mentions[place].label != "PERSON" or mentions[place].start != match.end():
        return None
    return name_in(layout, match.end(), mentions[place].end, "dash line")


def signed_below(layout: Layout, number: int) -> Attribution | None:
    """Who signs a quotation that ends its sentence, behind it or in a line below: `It is worth noting that “…”`."""
    quotation = layout.quotations[number]
    behind = _signature(layout, quotation.end, layout.paragraphs[quotation.paragraph].end)
    if behind is not None:
        return behind
    below = quotation.paragraph + 1
    ends = not layout.text[quotation.end : layout.paragraphs[quotation.paragraph].end].strip()
    if not ends or below >= len(layout.paragraphs):
        return None
    return _signature(layout, layout.paragraphs[below].start, layout.paragraphs[below].end)


def _signature(layout: Layout, start: int, end: int) -> Attribution | None:
    """A name and the body that published the words, which are all of a stretch of text."""
    match = _SIGNATURE.fullmatch(layout.text, start, end)
    if not match:
        return None
    mentions = layout.doc._.mentions
    place = bisect_left(mentions, match.start(2), key=lambda mention: mention.end)
    published = place < len(mentions) and mentions[place].label == "ORG" and mentions[place].start < match.end(2)
    named_in_full = len(match[1].split()) > 1 and match.end(1) < match.start(2)
    signs = published or (named_in_full and _signs_lines(layout.doc))
    return name_in(layout, match.start(1), match.end(1), "dash line") if signs else None


@once_for_blocks
def _signs_lines(doc: Tokens) -> bool:
    """Whether lines of an article are nothing but who wrote what stands above, and for which body: two or more."""
    layout = layout_of(doc)
    bodies = [mention for mention in doc._.mentions if mention.label == "ORG"]
    ends = {mention.end for mention in bodies}
    signed_so = (
        block.end in ends and _SIGNATURE.fullmatch(layout.text, block.start, block.end) for block in layout.paragraphs
    )
    return sum(map(bool, signed_so)) >= _FEWEST_SIGNED


def named_alone(layout: Layout, start: int, end: int) -> Attribution | None:
    """Whom a line names first that only says whose words follow, and where they stand: `Ann Lee in the Herald:`."""
    if any(token.pos_ in {"VERB", "AUX"} for token in layout.tokens[layout.token_at(start) : layout.token_at(end)]):
        return None
    mentions = layout.doc._.mentions
    place = bisect_left(mentions, start, key=lambda mention: mention.start)
    if place >= len(mentions) or mentions[place].label != "PERSON" or mentions[place].start != start:
        return None
    return name_in(layout, start, mentions[place].end, "dash line")


def dash_line(layout: Layout, paragraph: int) -> Attribution | None:
    """The name on a line of its own that begins with a dash: `– Ann Lee, mayor of Springfield`."""
    if paragraph >= len(layout.paragraphs):
        return None
    block = layout.paragraphs[paragraph]
    return _after_dash(layout, block.start, block.end)


def dash_after(layout: Layout, quotation: Quotation) -> Attribution | None:
    """The name after a dash that ends the line of a quotation: `"…" — Ann Lee`."""
    return _after_dash(layout, quotation.end, layout.paragraphs[quotation.paragraph].end)


def _after_dash(layout: Layout, start: int, end: int) -> Attribution | None:
    match = _DASH.match(layout.text, start, end)
    if not match or end - start > _LONGEST_LINE or layout.text[match.end() : end].rstrip(" .").endswith(_DASHES):
        # "– Springfield –" is a heading.
        return None
    return name_in(layout, match.end(), end, "dash line")


def speaker_before_colon(layout: Layout, paragraph: int, *, marked: bool = False) -> tuple[Attribution, int] | None:
    """The name before a colon that opens a line, `LEE: words`, and where the words begin.

    ``marked``: the line may open with a quotation mark, as where a transcript is quoted whole.
    """
    block = layout.paragraphs[paragraph]
    start = block.start
    while marked and start < block.end and layout.text[start] in OPENING_MARKS:
        start += 1
    match = _SPEAKER.match(layout.text, start, min(block.end, start + _LONGEST_LINE))
    if not match:
        return None
    attribution = name_in(layout, match.start(1), match.end(1), "transcript", marked=start > block.start)
    return (attribution, match.end()) if attribution else None


def name_in(layout: Layout, start: int, end: int, resolution: str, *, marked: bool = False) -> Attribution | None:
    """The first name in a stretch of text, and the words to its end; inside quotation marks only if ``marked``."""
    first, last = layout.token_at(start), layout.token_at(end)
    head = None
    for i in range(first, last):
        token = layout.doc[i]
        if token.pos_ == "VERB" and not token.is_title:
            return None
        if (token.is_punct and token.text not in {".", "-"}) or (layout.inside[i] >= 0 and not marked):
            break
        if token.pos_ in {"PROPN", "NOUN"} or token.is_title:
            head = token
        elif head is not None:
            break
    if head is None:
        return None
    while last > head.i + 1 and (layout.doc[last - 1].is_punct or layout.doc[last - 1].is_space):
        last -= 1
    return Attribution(resolution, head, (first, last))

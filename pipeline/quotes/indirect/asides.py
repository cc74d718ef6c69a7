"""Cues set apart from what they attribute: `The lanes, Lee charged, endanger …`, `As Lee told us, the river is …`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.core.cues import cue_forms, cue_of, is_verb
from pipeline.core.dependencies import FINITE, SUBJECTS, children, lefts, rights
from pipeline.core.doc_cache import sentence_of
from pipeline.core.person_nouns import AUTHOR
from pipeline.core.token_table import grammar_of, tokens_of
from pipeline.quotes.acts import listed, papers_and_figures
from pipeline.quotes.attribution import Attribution, named
from pipeline.quotes.cue_subject import can_speak
from pipeline.quotes.indirect.candidates import trimmed
from pipeline.quotes.issuing_bodies import body_nouns
from pipeline.quotes.scare_quotes import verbs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token, Tokens
    from pipeline.quotes.indirect.contents import Content

Stretch = tuple[int, int]
Said = tuple["Attribution", int, int]
_MAY_BE_CUES: Final = frozenset({*FINITE, "VBN"})
_COMMAS: Final = frozenset({",", "—", "–", "--"})
_DASHES: Final = frozenset({"—", "–", "--"})
_CONTENTS: Final = frozenset({"ccomp", "xcomp", "oprd", "attr", "acomp"})
_LED: Final = frozenset({"mark"})
_SUBJECTS: Final = frozenset({*SUBJECTS, "expl"})
_LONGEST_SUBJECT: Final = 8
# Words after the comma of what ends a sentence: `the Port Authority's own records show`.
_LONGEST_AT_END: Final = 7
_LONGEST_BETWEEN: Final = 4
_RELATIVE: Final = frozenset({"who", "whom", "which", "that"})
_ENDS: Final = frozenset({",", ";", ":", "—", "–", "--", ")", ".", "?", "!"})
_OF_NOUNS: Final = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART", "NUM", "PRON"})
_FEWEST_WORDS: Final = 3
_JOINTS: Final = frozenset({"ADV", "CCONJ", "SCONJ", "PUNCT", "SPACE"})
_HAVE: Final = frozenset({"has", "have", "had", "'ve", "’ve", "'s", "’s"})
_OTHERS: Final = frozenset({"you", "one", "it", "this", "that", *AUTHOR})


def set_apart(
    layout: Layout, chosen: Sequence[Content], attributed: Callable[[Token], Attribution | None]
) -> tuple[list[Content], list[Said]]:
    """What cues set between commas and after "as" attribute beside ``chosen``, and before that those that stay.

    ``attributed`` gives the attribution that a cue makes. Where one side of an inserted cue is chosen, the other is
    told by it too, however short, with all that others are told to say in it: `The idea, Lee said, was …`.
    """
    remaining, set_off = list(chosen), list[Said]()
    for cue, stretches in told_aside(layout):
        cue_contents = [
            content for content in remaining if content.said.cue is not None and content.said.cue.i == cue.i
        ]
        attribution = cue_contents[0].said if cue_contents else attributed(cue)
        if attribution is None or attribution.head is None:
            continue
        sides = [(*trimmed(layout, first, last), first) for first, last in stretches]
        whole = len(sides) > 1 and (bool(cue_contents) or any(_is_long(layout, start, end) for start, end, _ in sides))
        if cue_contents and not (len(sides) > 1 and any(_opens(content, sides) for content in cue_contents)):
            continue
        for content in cue_contents:
            content.start = next((start for start, end, _ in sides if start < content.start < end), content.start)
        for start, end, _ in sides:
            over = [content for content in remaining if content.start < end and start < content.end]
            within = (cue_contents or len(sides) == 1) and not any(content in cue_contents for content in over)
            within = within and all(_within(c, start, end) for c in over)
            if start < end and (not over or within) and (whole or _is_long(layout, start, end)):
                remaining = [content for content in remaining if content not in over]
                set_off.append((attribution, start, end))
    for attribution, first, last in (*told_at_end(layout), *told_of_whom(layout)):
        start, end = trimmed(layout, first, last)
        over_others = any(content.start < end and start < content.end for content in remaining)
        over_others = over_others or any(other < end and start < until for _, other, until in set_off)
        if not over_others and _is_long(layout, start, end):
            set_off.append((attribution, start, end))
    return remaining, set_off


def _is_long(layout: Layout, start: int, end: int) -> bool:
    return len(layout.text[start:end].split()) >= _FEWEST_WORDS


def _opens(content: Content, sides: Sequence[tuple[int, int, int]]) -> bool:
    """Whether a content begins, or ends, where one of the sides of its cue does."""
    return any(start < end and (content.start == start or content.end == end) for start, end, _ in sides)


def _within(content: Content, start: int, end: int) -> bool:
    """Whether a content and its cue both stand within ``start:end``."""
    cue = content.said.cue
    return cue is not None and start <= cue.idx < end and start <= content.start and content.end <= end


def told_aside(layout: Layout) -> Iterator[tuple[Token, list[Stretch]]]:
    """Each cue of saying that stands between commas or in a clause with "as", with the tokens that it attributes."""
    for i, tag in enumerate(grammar_of(layout.doc).tags):
        if tag not in _MAY_BE_CUES or layout.inside[i] >= 0 or not layout.searched[i]:
            continue
        token = layout.doc[i]
        cue = cue_of(token)
        if cue is None or not cue.reports or cue.silent or not is_verb(token):
            continue
        subject = next((child for child in children(token) if child.dep_ == "nsubj"), None)
        if subject is None or subject.lower_ in _OTHERS or not (_somebody(subject) or subject.lower_ in body_nouns()):
            continue
        stretches = _around_inserted(layout, token, subject) if _somebody(subject) else []
        helped = [child.lower_ in _HAVE for child in lefts(token) if child.dep_ in {"aux", "auxpass"}]
        # "As Lee admitted": the parse takes that for a passive.
        if not stretches and (token.tag_ in FINITE or any(helped) or (not helped and token.dep_ == "advcl")):
            stretches = _beside_as(token, subject)
            stretches = stretches or (_before_end(layout, token, subject) if _somebody(subject) else [])
        if stretches:
            yield token, stretches


def _somebody(noun: Token) -> bool:
    return can_speak(noun) or noun.pos_ == "PROPN"


def _inserted(cue: Token, subject: Token) -> Stretch | None:
    """The tokens of a subject, its cue and who is told: `Lee charged`, `Lee has often said`, `Lee told reporters`."""
    first, last = subject.left_edge.i, subject.right_edge.i
    if last < cue.i:
        between = tokens_of(cue.doc)[last + 1 : cue.i]
        had = cue.tag_ in FINITE or any(token.lower_ in _HAVE for token in between)
        end = _end_of_told(cue)
        return (first, end) if had and all(t.pos_ == "ADV" or t.lower_ in _HAVE for t in between) else None
    return (cue.i, last) if first == cue.i + 1 and cue.tag_ in FINITE else None


def _end_of_told(cue: Token) -> int:
    """Place of the last token of who is told right after a cue, or of the cue."""
    word = cue_of(cue)
    if word is None or word.lemma not in listed("told_to"):
        return cue.i
    told = (c for c in rights(cue) if c.dep_ in {"dobj", "dative"} and c.left_edge.i == cue.i + 1 and _somebody(c))
    return next((child.right_edge.i for child in told), cue.i)


def _around_inserted(layout: Layout, cue: Token, subject: Token) -> list[Stretch]:
    """The words on both sides of `, Lee charged,`: no list of verbs, and something to go on with."""
    doc, sentence, inserted = layout.doc, cue.sent, _inserted(cue, subject)
    if inserted is None:
        return []
    first, last = inserted
    if not sentence.start < first - 1 or last + 2 >= sentence.end or last - first > _LONGEST_SUBJECT:
        return []
    if doc[first - 1].text not in _COMMAS or doc[last + 1].text not in _COMMAS:
        return []
    after = doc[last + 2]
    if (
        after.pos_ == "CCONJ"
        or after.tag_ in {"VBG", "VBN", "WP", "WDT"}
        or all(t.pos_ in _JOINTS for t in tokens_of(doc)[_after_dash(doc, sentence.start, first - 1) : first - 1])
        or any(layout.inside[i] >= 0 for i in (first - 2, last + 2))
        or not _goes_on(cue, subject, last + 2)
    ):
        return []
    return [(sentence.start, first - 1), (last + 2, sentence.end)]


def _after_dash(doc: Tokens, first: int, last: int) -> int:
    """First token after the last dash in ``first:last``: `made no attempt -- even, Lee said, when she was asked to`."""
    return next((i + 1 for i in range(last - 1, first, -1) if doc[i].text in _DASHES), first)


def _goes_on(cue: Token, subject: Token, after: int) -> bool:
    """Whether a sentence goes on after an inserted cue; what follows a subject may only explain who that is."""
    doc = cue.doc
    if subject.i > cue.i:
        verb = next((t for t in tokens_of(doc)[after : sentence_of(cue).stop] if t.pos_ != "ADV"), doc[after])
        return verb.tag_ in {*FINITE, "MD"}
    return any(t.tag_ in {*FINITE, "MD"} or t.dep_ == "conj" for t in tokens_of(doc)[after : sentence_of(cue).stop])


def _before_end(layout: Layout, cue: Token, subject: Token) -> list[Stretch]:
    """The words before a cue that ends their sentence after a comma: `The ferry is old, a captain has told us`."""
    doc, sentence, word = cue.doc, cue.sent, cue_of(cue)
    first, last = min(subject.left_edge.i, cue.i), max(subject.right_edge.i, cue.i)
    if word is None or word.lemma not in verbs("words_follow") or not sentence.start < first - 1:
        return []
    marked = any(layout.inside[i] >= 0 for i in range(sentence.start, sentence.end))
    if doc[first - 1].text != "," or marked or not _only_says(cue) or not _ends_there(doc, last + 1, sentence.end):
        return []
    return [(sentence.start, first - 1)] if _states(doc, sentence.start, first - 1) else []


def told_at_end(layout: Layout) -> Iterator[Said]:
    """What a cue and who says it tell that end a sentence after a comma, whatever the parse makes of these two words.

    With the tokens that it attributes: `The mill paid nothing, records show`, `The ferry is old, argued Kim`.
    """
    doc, words = layout.doc, grammar_of(layout.doc).words
    for sentence in doc.sents:
        first, last = sentence.start, sentence.end
        while last > first and (layout.blank[last - 1] or words[last - 1] == "."):
            last -= 1
        reach = range(last - _FEWEST_WORDS, max(first, last - _LONGEST_AT_END - 2), -1)
        comma = next((i for i in reach if words[i] in _COMMAS), first)
        ends = comma > first and last < len(words) and words[last] == "." and layout.searched[comma]
        if not ends or max(layout.inside[first:last]) >= 0 or not _states(doc, first, comma):
            continue
        attribution = _cue_last(layout, comma + 1, last) or _cue_first(layout, comma + 1, last)
        if attribution is not None:
            yield attribution, first, comma


def told_of_whom(layout: Layout) -> Iterator[Said]:
    """What is said of somebody in a relative clause: `the man who police say | stole the ferry`, with its tokens."""
    doc, words = layout.doc, grammar_of(layout.doc).words
    for i, word in enumerate(words[:-_FEWEST_WORDS]):
        if word not in _RELATIVE or doc[i].tag_ not in {"WP", "WDT"} or layout.inside[i] >= 0 or not layout.searched[i]:
            continue
        at = next(
            (k for k in range(i + 2, i + 2 + _LONGEST_BETWEEN) if k < len(words) and words[k] in cue_forms()), None
        )
        if at is None or at + 1 >= len(words) or doc[at + 1].tag_ not in {*FINITE, "MD", "VBN"}:
            continue
        cue, head = cue_of(doc[at]), doc[at - 1]
        nouns = all(token.pos_ in _OF_NOUNS for token in tokens_of(doc)[i + 1 : at])
        said = cue is not None and cue.lemma in verbs("words_follow") | listed("held")
        if not nouns or not said or doc[at].tag_ not in FINITE or not (can_speak(head) or head.pos_ == "PROPN"):
            continue
        last = next((k for k in range(at + 1, doc[at].sent.end) if words[k] in _ENDS), doc[at].sent.end)
        attribution = named(layout, "subject of the cue", head, i + 1, at, doc[at])
        if attribution is not None and max(layout.inside[at:last]) < 0:
            yield attribution, at + 1, last


def _cue_last(layout: Layout, first: int, last: int) -> Attribution | None:
    """The attribution of `records show`: papers that show, or a body that estimates, what stands before."""
    doc = layout.doc
    cue, head = doc[last - 1], doc[last - 2]
    word = cue_of(cue)
    nouns = all(token.pos_ in _OF_NOUNS for token in tokens_of(doc)[first : last - 1])
    if word is None or not nouns or cue.tag_ not in {*FINITE, "NN", "NNS"}:
        return None
    shows = word.lemma in listed("shown_by") and {head.lower_, head.lower_.removesuffix("s")} & papers_and_figures()
    says = word.lemma in verbs("words_follow") | listed("estimates") and cue.tag_ in FINITE
    if not shows and not (says and (can_speak(head) or head.pos_ == "PROPN")):
        return None
    return named(layout, "subject of the cue", head, first, last - 1, cue)


def _cue_first(layout: Layout, first: int, last: int) -> Attribution | None:
    """The attribution of `argued Kim`, where the parse takes the name for no subject."""
    doc = layout.doc
    cue, head = doc[first], doc[last - 1]
    word = cue_of(cue)
    if word is None or word.lemma not in verbs("words_follow") or cue.tag_ not in FINITE:
        return None
    if any(t.pos_ not in _OF_NOUNS for t in tokens_of(doc)[first + 1 : last]) or not (
        can_speak(head) or head.pos_ == "PROPN"
    ):
        return None
    return named(layout, "subject of the cue", head, first + 1, last, cue)


def _only_says(cue: Token) -> bool:
    """Whether nothing is told after a cue but to whom, and no word makes its clause a part of another."""
    if any(child.dep_ in _LED for child in lefts(cue)):
        return False
    addressees = [child for child in rights(cue) if child.dep_ in {"dobj", "dative"}]
    somebody = all(
        addressee.pos_ == "PROPN" or addressee.tag_ == "PRP" or can_speak(addressee) for addressee in addressees
    )
    return somebody and not any(child.dep_ in _CONTENTS for child in rights(cue))


def _ends_there(doc: Tokens, first: int, last: int) -> bool:
    """Whether ``first:last`` hold a few words without a verb up to the end, or to a comma and a conjunction."""
    rest = [token for token in tokens_of(doc)[first:last] if not token.is_space]
    ends = next((n for n, token in enumerate(rest) if token.is_punct), len(rest))
    if ends > _LONGEST_SUBJECT or any(token.tag_ in {*FINITE, "MD"} for token in rest[:ends]):
        return False
    return ends + 1 >= len(rest) or (rest[ends].text == "," and rest[ends + 1].pos_ == "CCONJ")


def _states(doc: Tokens, first: int, last: int) -> bool:
    """Whether ``first:last`` hold a clause of their own, that nothing makes a part of another."""
    for verb in tokens_of(doc)[first:last]:
        if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"relcl", "acl", "advcl", "pcomp"}:
            continue
        before = lefts(verb)
        finite = verb.tag_ in FINITE or any(child.tag_ in {*FINITE, "MD"} for child in before)
        has_subject = any(child.dep_ in _SUBJECTS and first <= child.i for child in before)
        if finite and has_subject and not any(child.dep_ in _LED for child in before):
            return True
    return False


def _beside_as(cue: Token, subject: Token) -> list[Stretch]:
    """The main clause beside `as Lee told us`, which says no more than that somebody says it."""
    mark = next((child for child in lefts(cue) if child.lower_ == "as"), None)
    parted = _as_of_name(cue, subject) if mark is None else None
    mark = mark or parted
    if mark is None or not mark.i < subject.i < cue.i or not (parted or cue.dep_ == "advcl") or not _says_so(cue):
        return []
    low, high, sentence = (parted or cue.left_edge).i, cue.right_edge.i + 1, cue.sent
    if mark.i != low or any(child.dep_ in _CONTENTS for child in rights(cue)):
        return []
    if low == sentence.start:
        comma = high < sentence.end and cue.doc[high].text in _COMMAS
        return [(high + 1, sentence.end)] if comma else []
    if cue.tag_ == "VBN" and any(child.dep_ == "neg" for child in lefts(cue.head)):
        return []  # "it is no bridge, as he had promised"
    before = cue.doc[low - 1].text in _COMMAS
    return [(sentence.start, low - 1)] if before and high >= sentence.end - 1 else []


def _as_of_name(cue: Token, subject: Token) -> Token | None:
    """The "as" that opens a sentence and the parse gave to what somebody is: `As coach Ann Lee explained, …`."""
    of = cue.head
    if cue.dep_ != "relcl" or of.dep_ != "pobj" or of.head.lower_ != "as" or of.head.i != sentence_of(cue).start:
        return None
    return of.head if of.i + 1 == subject.left_edge.i else None


def _says_so(cue: Token) -> bool:
    """Whether a cue of saying has nobody but who is told for its object."""
    word = cue_of(cue)
    if word is None or word.lemma not in verbs("words_follow") | verbs("as_told"):
        return False
    things = [child for child in rights(cue) if child.dep_ in {"dobj", "dative"}]
    if word.lemma == "put":  # "as Lee put it", not "as Lee put him to bed"
        return [thing.lower_ for thing in things] == ["it"]
    told = word.lemma in listed("told_to")  # "as Lee told the panel", but no tale
    return all(
        thing.pos_ == "PRON" or can_speak(thing) or (told and thing.lower_ not in verbs("tales")) for thing in things
    )

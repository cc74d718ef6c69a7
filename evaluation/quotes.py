"""Quotes on the development articles of PolNeAR 1.0 (Newell et al., LREC 2018), where people marked every attribution.

Figures, in percent. ``direct`` is the F1 of stretches of three words or more inside quotation marks that somebody said;
a stretch is found when the words it shares with a predicted one are at least four fifths of the words in either, each
stretch with one other, the largest overlap first. ``direct_with_speaker`` counts a found stretch only where the words for
the speaker overlap or share a word that tells people apart. ``all`` is the F1 of whole fragments, direct or not, with
what is told of as an act, not said or unsure; ``all_shown`` that of what pages show as said. ``pronouns`` is the share of pronoun speakers that are named as another parser's coreference names them, where it does;
where it differs from us, ``pronouns.json`` has the name found by reading the article, for the cases that were read.
``other_paragraph`` is the share of found stretches with the right speaker, of those whose speaker or cue is in another
paragraph, by the words for them; ``other_paragraph_named`` counts also a speaker who is named as the label names him,
where the words that are given stand for him elsewhere (she, for Warren). ``calibration`` is 100 less the expected
calibration error of the speaker's confidence (10 bins), over found stretches; pronouns that stand for somebody count
only where their name is known, and as right only under that name. ``sure`` is the share of fragments called sure that are
right in words (as in ``all``) and speaker, ``sure_indirect`` that of those without marks, and ``sure_of_indirect`` the
share of fragments without marks that are called sure.
"""

from __future__ import annotations

import gzip
import json
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from evaluation.sets import folder, parsed
from pipeline.build.annotator import ANALYSES
from pipeline.core.parse import load_model
from store.schema import SAID
from store.sureness import WORDS, how_sure

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from spacy.tokens import Doc

    from pipeline.core.annotations import Quote

NAME: Final = "quotes"
NEEDED: Final = ANALYSES[: ANALYSES.index("quotes") + 1]

_FILE: Final = "quotes/polnear_dev.jsonl.gz"
_OVERLAP: Final = 0.8
_FEWEST_WORDS: Final = 3
_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")
_EDGE: Final = "“‟«„”»\"'‘’`,.;:—–- \t\n"
_TELLS_NOBODY: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "dr",
        "for",
        "gov",
        "her",
        "his",
        "in",
        "mr",
        "mrs",
        "ms",
        "of",
        "on",
        "or",
        "president",
        "rep",
        "said",
        "sen",
        "senator",
        "that",
        "the",
        "their",
        "this",
        "to",
        "who",
    ]
)


def available() -> bool:
    """Whether the labelled set is there."""
    return (folder() / _FILE).is_file()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of words, by their numbers, with its speaker's words and where they stand."""

    first: int
    last: int
    speaker: str
    speaker_span: tuple[int, int] | None
    note: Any = None


class Article:
    """A text as numbered words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [match.start() for match in _WORD.finditer(text)]

    def stretch(self, start: int, end: int, speaker: tuple[int | None, int | None], note: Any) -> Stretch | None:
        """The stretch of the words from ``start`` to ``end``, or None where they are too few."""
        while start < end and self.text[start] in _EDGE:
            start += 1
        while end > start and self.text[end - 1] in _EDGE:
            end -= 1
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if len(_WORD.findall(self.text[start:end])) < _FEWEST_WORDS:
            return None
        span = (speaker[0], speaker[1]) if speaker[0] is not None and speaker[1] is not None else None
        return Stretch(first, last, self.text[span[0] : span[1]] if span else "", span, note)


def pair(gold: list[Stretch], predicted: list[Stretch]) -> list[tuple[Stretch, Stretch]]:
    """Pairs of one labelled and one predicted stretch that overlap enough, those that overlap most first."""
    overlaps = []
    for i, labelled_stretch in enumerate(gold):
        for j, predicted_stretch in enumerate(predicted):
            shared = min(labelled_stretch.last, predicted_stretch.last) - max(
                labelled_stretch.first, predicted_stretch.first
            )
            if shared > 0:
                share = shared / (
                    max(labelled_stretch.last, predicted_stretch.last)
                    - min(labelled_stretch.first, predicted_stretch.first)
                )
                if share >= _OVERLAP:
                    overlaps.append((-share, i, j))
    pairs, used, taken = [], set(), set()
    for _, i, j in sorted(overlaps):
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append((gold[i], predicted[j]))
    return pairs


def _telling(words: str) -> set[str]:
    lowered = (re.sub(r"['’]s?$", "", word.lower()) for word in _WORD.findall(words))
    return set(lowered) - _TELLS_NOBODY


def same_speaker(first: Stretch, second: Stretch) -> bool:
    """Whether two stretches have, by the words for their speakers, the same one."""
    if first.speaker_span is None or second.speaker_span is None:
        return False
    apart = first.speaker_span[1] <= second.speaker_span[0] or second.speaker_span[1] <= first.speaker_span[0]
    return not apart or bool(_telling(first.speaker) & _telling(second.speaker))


def f1(right: int, gold: int, predicted: int) -> float:
    """F1 in percent of ``right`` among ``gold`` labelled and ``predicted`` predicted."""
    return 200 * right / max(1, gold + predicted)


def _distinct(stretches: Iterator[Stretch | None]) -> list[Stretch]:
    return list({(s.first, s.last): s for s in reversed(list(stretches)) if s is not None}.values())[::-1]


def labelled_in(article: Article, row: dict[str, Any]) -> tuple[list[Stretch], list[Stretch]]:
    direct = _distinct(
        article.stretch(start, end, (quote["speaker_start"], quote["speaker_end"]), quote)
        for quote in row["quotes"]
        if quote["kind"] != "indirect"
        for start, end in quote["direct_segments"]
    )
    whole = _distinct(
        article.stretch(quote["start"], quote["end"], (quote["speaker_start"], quote["speaker_end"]), quote)
        for quote in row["quotes"]
    )
    return direct, whole


def _predicted(article: Article, quotes: list[Quote]) -> tuple[list[Stretch], list[Stretch]]:
    spoken = [quote for quote in quotes if quote.kind != "term"]
    direct = _distinct(
        article.stretch(start, end, (quote.speaker_start, quote.speaker_end), quote)
        for quote in spoken
        if quote.kind != "transcript"
        for start, end in quote.quoted
    )
    whole = _distinct(
        article.stretch(quote.start, quote.end, (quote.speaker_start, quote.speaker_end), quote) for quote in spoken
    )
    return direct, whole


@lru_cache(maxsize=1)
def read_pronouns() -> dict[tuple[str, int], str]:
    """The names of pronoun speakers found by reading, by article and offset of the pronoun."""
    table = json.loads((Path(__file__).parent / "pronouns.json").read_text(encoding="utf-8"))
    return {(case["article"], case["start"]): case["name"] for case in table["pronouns"]}


def names_of(row: dict[str, Any], gold: Stretch) -> set[str]:
    """The words that name whom a pronoun speaker stands for: by reading, else by another parser; none where unknown."""
    name = read_pronouns().get((row["id"], gold.speaker_span[0])) if gold.speaker_span else None
    if name is not None:
        return _telling(name)
    return {name.lower() for name in gold.note.get("speaker_coref_names_silver") or ()}


def direct_answers(row: dict[str, Any], quotes: list[Quote]) -> Iterator[tuple[Stretch, bool]]:
    """Every labelled direct stretch, and whether it is found and has the right speaker."""
    article = Article(row["text"])
    gold = labelled_in(article, row)[0]
    right = {
        id(labelled_stretch)
        for labelled_stretch, predicted in pair(gold, _predicted(article, quotes)[0])
        if same_speaker(labelled_stretch, predicted)
    }
    for labelled_stretch in gold:
        yield labelled_stretch, id(labelled_stretch) in right


def compared(row: dict[str, Any], quotes: list[Quote]) -> Iterator[tuple[Stretch, Quote, bool, bool | None]]:
    """Found direct stretches: the label, the quote, whether its speaker is right, and a pronoun's name (None: unknown)."""
    article = Article(row["text"])
    for gold, predicted in pair(labelled_in(article, row)[0], _predicted(article, quotes)[0]):
        right = same_speaker(gold, predicted)
        name = None
        if gold.note.get("speaker_type") == "pronoun" and right and predicted.note.speaker_id:
            names = names_of(row, gold)
            name = bool(_telling(predicted.note.speaker) & names) if names else None
        yield gold, predicted.note, right, name


def calibration_error(judged: list[tuple[float, bool]]) -> float:
    """The expected calibration error, from 0 to 1, of confidences with whether each is right: 10 bins of equal width."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        bins.setdefault(min(int(confidence * 10), 9), []).append((confidence, right))
    return sum(abs(sum(sure - right for sure, right in in_bin)) for in_bin in bins.values()) / max(1, len(judged))


def elsewhere(text: str, gold: Stretch) -> bool:
    """Whether the speaker or the cue of a labelled stretch stands in another paragraph than its words."""
    start, end = gold.note["start"], gold.note["end"]
    for key in ("speaker_start", "cue_start"):
        at = gold.note[key]
        if at is not None and "\n" in text[min(at, start) : max(at, end)] and "\n" not in text[start:end]:
            return True
    return False


def score(rows: Sequence[dict[str, Any]], quotes_found: Sequence[list[Quote]]) -> dict[str, float]:
    """The figures, for labelled articles and the quotes found in each."""
    count: Counter[str] = Counter()
    judged: list[tuple[float, bool]] = []
    for row, quotes in zip(rows, quotes_found, strict=True):
        article = Article(row["text"])
        gold_direct, gold_all = labelled_in(article, row)
        said_direct, said_all = _predicted(article, quotes)
        pairs = pair(gold_direct, said_direct)
        count["direct_gold"] += len(gold_direct)
        count["direct_said"] += len(said_direct)
        count["direct"] += len(pairs)
        count["direct_with_speaker"] += sum(same_speaker(*both) for both in pairs)
        count["all_gold"] += len(gold_all)
        count["all_said"] += len(said_all)
        all_pairs = pair(gold_all, said_all)
        count["all"] += len(all_pairs)
        # What pages show as said: neither acts nor what is not said, nor what is unsure.
        shown = [stretch for stretch in said_all if stretch.note.status == SAID]
        count["shown_said"] += len(shown)
        count["shown"] += len(pair(gold_all, shown))
        count += _sure(said_all, {id(predicted) for gold, predicted in all_pairs if same_speaker(gold, predicted)})
        for gold, quote, right, name in compared(row, quotes):
            if name is not None:
                count["pronouns_named"] += 1
                count["pronouns"] += name
            if elsewhere(row["text"], gold):
                count["elsewhere"] += 1
                count["elsewhere_right"] += right
                count["elsewhere_named"] += right or bool(_telling(quote.speaker) & _telling(gold.speaker))
            if quote.resolution != "pronoun" or not right or name is not None:
                judged.append((quote.speaker_confidence, right and name is not False))
    return {
        "direct": f1(count["direct"], count["direct_gold"], count["direct_said"]),
        "direct_with_speaker": f1(count["direct_with_speaker"], count["direct_gold"], count["direct_said"]),
        "all": f1(count["all"], count["all_gold"], count["all_said"]),
        "all_shown": f1(count["shown"], count["all_gold"], count["shown_said"]),
        "pronouns": 100 * count["pronouns"] / max(1, count["pronouns_named"]),
        "other_paragraph": 100 * count["elsewhere_right"] / max(1, count["elsewhere"]),
        "other_paragraph_named": 100 * count["elsewhere_named"] / max(1, count["elsewhere"]),
        "calibration": 100 * (1 - calibration_error(judged)),
        "sure": 100 * count["sure_right"] / max(1, count["sure"]),
        "sure_indirect": 100 * count["sure_indirect_right"] / max(1, count["sure_indirect"]),
        "sure_of_indirect": 100 * count["sure_indirect"] / max(1, count["indirect"]),
    }


def _sure(predicted: Sequence[Stretch], right: Container[int]) -> Counter[str]:
    """How many predicted fragments are called sure and how many are right, of all and of those without marks."""
    count: Counter[str] = Counter()
    for stretch in predicted:
        indirect = stretch.note.kind == "indirect"
        count["indirect"] += indirect
        if how_sure(stretch.note.confidence) == WORDS[0]:
            for name in ("sure", *(("sure_indirect",) if indirect else ())):
                count[name] += 1
                count[f"{name}_right"] += id(stretch) in right
    return count


@lru_cache(maxsize=1)
def labelled() -> list[dict[str, Any]]:
    """The labelled articles."""
    with gzip.open(folder() / _FILE, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def annotate(docs: Iterator[Doc]) -> Iterator[Doc]:
    """Run on parsed articles the analyses up to the quotes."""
    nlp = load_model()
    analyses = [nlp.create_pipe(name) for name in NEEDED]
    for parse in docs:
        doc = parse
        for analysis in analyses:
            doc = analysis(doc)
        yield doc


@lru_cache(maxsize=1)
def found_quotes() -> list[list[Quote]]:
    """The quotes found in each labelled article."""
    docs = parsed((row["text"] for row in labelled()), NAME)
    return [doc._.quotes for doc in annotate(docs)]


@lru_cache(maxsize=1)
def measure() -> dict[str, float]:
    """The figures on the development articles."""
    return score(labelled(), found_quotes())


def cases() -> dict[str, int]:
    """Labelled cases behind each figure that people labelled; of what is called sure, how much is."""
    counts: Counter[str] = Counter()
    for row in labelled():
        direct, whole = labelled_in(Article(row["text"]), row)
        counts["direct"] += len(direct)
        counts["all"] += len(whole)
    sure = sum(
        (
            _sure(_predicted(Article(row["text"]), article_quotes)[1], ())
            for row, article_quotes in zip(labelled(), found_quotes(), strict=True)
        ),
        Counter(),
    )
    return {
        "direct": counts["direct"],
        "direct_with_speaker": counts["direct"],
        "all": counts["all"],
        "all_shown": counts["all"],
        "sure": sure["sure"],
        "sure_indirect": sure["sure_indirect"],
    }

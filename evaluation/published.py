"""Which measured figures the methods page shows, in what words, and their writing into ``dashboard/accuracy.json``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from dashboard import accuracy
from evaluation import administrations_once, fresh_once, identity_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from types import ModuleType

SEEDS: Final = "the five demonstration articles, labelled by us"
POLNEAR: Final = "84 articles of US political news labelled by people (PolNeAR 1.0, development part)"
NEWSMTSC: Final = "sentences of US news labelled by people (NewsMTSC, development part"
DRAWN: Final = (
    "32 articles on immigration from many outlets, drawn at random, labelled by us, looked at while rules were chosen"
)
DRAWN_ONCE: Final = f"32 other articles on immigration from many outlets, measured once, when the rules were done{identity_once.LOOK.on_which_day()}"
DRAWN_AFRESH: Final = f"24 more articles on immigration, labelled before the last mend of rules, measured once{fresh_once.LOOK.on_which_day()}"
SPOKEN_OF: Final = (
    "60 articles on immigration that speak of an administration or a president, labelled before the rules were mended, "
    f"measured once{administrations_once.LOOK.on_which_day()}"
)

_SPACY: Final = "spaCy’s own entities, equal words taken for the same one"
_VADER: Final = "VADER, a word list that knows no targets"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the methods page: ``key`` is the figure of the evaluation's module named ``module``."""

    name: str
    what: str
    figure: str
    module: str
    key: str
    case: str
    measured_by: str
    baseline: str = ""
    baseline_by: str = ""


SHOWN: Final = (
    "those that a page shows as toned of 833 passages of narration, drawn by chance from 998 articles, most of them "
    "general news, as a language model reads them that did not see the ratings"
)
_OWN: Final = (
    "833 passages of narration from 998 articles, most of them general news, read strictly: blame by others, acts of "
    "one’s own and success are no tone of the outlet’s"
)


ROUNDUPS: Final = (
    "732 excerpts of US news that editors had put together by event, by scorers that saw none of the events asked about"
)
THIN: Final = (
    "900 articles on any subject over nine years, few of them on one event, as a language model reads headlines and first "
    "sentences; it read what any scorer had joined or nearly joined"
)

ROWS: Final = (
    Row("voice", "Words given the right voice", "of all words", "seeds", "voice", "word", SEEDS,
        "voice_by_marks", "all words inside quotation marks quoted, all others narration"),
    Row("furniture", "Lines of links, credits and repeats told from text", "F1", "seeds", "furniture", "line", SEEDS),
    Row("people", "People found where they are named, under their full name", "F1", "seeds", "people", "mention", SEEDS,
        "people_spacy", _SPACY),
    Row("people", "People found where they are named, under their full name", "F1",
        "identity_once", "people", "mention", DRAWN_ONCE, "people_spacy", _SPACY),
    Row("people", "People found where they are named, under their full name", "F1",
        "fresh_once", "people", "mention", DRAWN_AFRESH, "people_spacy", _SPACY),
    Row("people", "People found where they are named, under their full name", "F1",
        "identity", "people", "mention", DRAWN, "people_spacy", _SPACY),
    Row("organisations", "Organisations found where they are named, under their full name", "F1", "seeds",
        "organisations", "mention", SEEDS, "organisations_spacy", _SPACY),
    Row("organisations", "Organisations found where they are named, under their full name", "F1",
        "identity_once", "organisations", "mention", DRAWN_ONCE, "organisations_spacy", _SPACY),
    Row("organisations", "Organisations found where they are named, under their full name", "F1",
        "fresh_once", "organisations", "mention", DRAWN_AFRESH, "organisations_spacy", _SPACY),
    Row("organisations", "Organisations found where they are named, under their full name", "F1",
        "identity", "organisations", "mention", DRAWN, "organisations_spacy", _SPACY),
    Row("places", "States, counties, cities and countries found and told apart", "F1", "seeds", "places", "mention",
        SEEDS, "places_spacy", _SPACY),
    Row("places", "States, counties, cities and countries found and told apart", "F1",
        "identity_once", "jurisdictions", "mention", DRAWN_ONCE, "jurisdictions_spacy", _SPACY),
    Row("places", "States, counties, cities and countries found and told apart", "F1",
        "fresh_once", "jurisdictions", "mention", DRAWN_AFRESH, "jurisdictions_spacy", _SPACY),
    Row("places", "States, counties, cities and countries found and told apart", "F1",
        "identity", "jurisdictions", "mention", DRAWN, "jurisdictions_spacy", _SPACY),
    Row("administrations", "Administrations named", "F1", "seeds", "administrations", "mention", SEEDS),
    Row("administrations", "Administrations named", "F1",
        "identity_once", "administrations", "mention", DRAWN_ONCE),
    Row("administrations", "Administrations named", "F1", "fresh_once", "administrations", "mention", DRAWN_AFRESH),
    Row("administrations", "Administrations named", "F1",
        "administrations_once", "administrations", "mention", SPOKEN_OF),
    Row("administrations", "Administrations named", "F1",
        "identity", "administrations", "mention", DRAWN),
    Row("dates", "Publication dates right to the stated precision", "of all articles", "", "", "article", ""),
    Row("quotes", "Quoted words found", "F1", "quotes", "direct", "quote", POLNEAR),
    Row("quotes", "Quoted words found", "F1", "seeds", "quotes", "quote", SEEDS),
    Row("quotes", "Quoted words found and given to the right speaker", "F1", "quotes", "direct_with_speaker", "quote",
        POLNEAR),
    Row("quotes", "Quoted words found and given to the right speaker", "F1", "seeds", "quotes_with_speaker", "quote",
        SEEDS),
    Row("quotes", "All that is told as somebody’s, with or without quotation marks, as pages show it", "F1", "quotes",
        "all_shown", "passage", POLNEAR),
    Row("quotes", "All that is told as somebody’s, with or without quotation marks", "F1", "seeds", "attributions",
        "passage", SEEDS),
    Row("quotes", "Called sure, and right in words and speaker", "of those called sure", "quotes", "sure", "passage",
        POLNEAR),
    Row("quotes", "Called sure without quotation marks, and right in words and speaker", "of those called sure",
        "quotes", "sure_indirect", "passage", POLNEAR),
    Row("tone", "Tone toward a name: negative, neutral or positive", "macro F1", "portrayals", "rw", "sentence",
        f"{NEWSMTSC}, sentences as the news has them)", "vader_rw", _VADER),
    Row("tone", "Tone toward a name in sentences with several", "macro F1", "portrayals", "mt", "sentence",
        f"{NEWSMTSC}, sentences with several names)", "vader_mt", _VADER),
    Row("tone", "Tone toward a name in articles on immigration, as a language model reads it", "macro F1", "portrayals",
        "articles", "passage", "passages of articles it did not learn from, drawn so that tone is common"),
    Row("tone", "Shown as negative, and is", "of those shown", "portrayals", "shown_negative", "passage", SHOWN),
    Row("tone", "Shown as positive, and is", "of those shown", "portrayals", "shown_positive", "passage", SHOWN),
    Row("tone", "Shown as negative, and is so in the outlet’s own words", "of those shown", "portrayals", "own_negative",
        "passage", _OWN),
    Row("tone", "Shown as positive, and is so in the outlet’s own words", "of those shown", "portrayals", "own_positive",
        "passage", _OWN),
    Row("tone", "How close its certainty is to how often it is right", "(1 less the calibration error)", "portrayals",
        "calibration", "sentence", f"{NEWSMTSC}, both kinds)"),
    Row("stories", "Articles put together by event, with their days", "B-cubed F1", "stories", "dated", "article",
        ROUNDUPS),
    Row("stories", "Articles put together by event, without any day", "B-cubed F1", "stories", "undated", "article",
        ROUNDUPS),
    Row("stories", "Pairs of one story that tell one event, where few events have two reports", "of pairs in one story",
        "stories", "thin_right", "pair", THIN),
    Row("stories", "Pairs that tell one event and stand in one story, where few events have two reports",
        "of such pairs", "stories", "thin_found", "pair", THIN),
)  # fmt: skip


def figures(modules: Iterable[ModuleType], before: Iterable[accuracy.Figure]) -> list[accuracy.Figure]:
    """Every row with its measurement; where the labelled set is not here, with what was written ``before``."""
    measured = {module.NAME: module for module in modules if module.available()}
    old = {(figure.what, figure.measured_by): figure for figure in before}
    rows = []
    for row in ROWS:
        module = measured.get(row.module)
        if module is not None and row.key in module.measure():
            rows.append(_figure(row, module.measure(), module.cases()))
        else:
            waiting = accuracy.Figure(row.name, row.what, row.figure, None, None, row.case, row.measured_by)
            rows.append(old.get((row.what, row.measured_by), waiting))
    return rows


def _figure(row: Row, measured: Mapping[str, float], cases: Mapping[str, int]) -> accuracy.Figure:
    return accuracy.Figure(
        row.name,
        row.what,
        row.figure,
        round(measured[row.key] / 100, 4),
        cases[row.key],
        row.case,
        row.measured_by,
        round(measured[row.baseline] / 100, 4) if row.baseline else None,
        row.baseline_by,
    )


def write(rows: list[accuracy.Figure], file: Path = accuracy.FILE, text: Path = accuracy.METHODS) -> None:
    """Write the figures, one a line, and the tables of the methods."""
    lines = (f"  {json.dumps(asdict(figure), ensure_ascii=False)}" for figure in rows)
    file.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    text.write_text(accuracy.with_tables(text.read_text(encoding="utf-8"), rows), encoding="utf-8")

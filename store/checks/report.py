"""What checks found, in words, as a table, and as a section for a paper."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from store.checks import log
from store.checks.agreement import verdict
from store.checks.answers import MEASURES, in_words, right
from store.checks.draw import others_called
from store.checks.figures import CHECKS_NEEDED, MEAN, corrected, difference, figures_of
from store.checks.frame import FRAMES
from store.checks.progress import coders, progress
from store.checks.results import agreement, by_part, cannot_tell, changes, measured, settled, used
from store.filter import Filter
from store.queries import names
from store.queries.kinds import speaker_kinds
from store.queries.texts import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.checks.estimates import Interval
    from store.checks.figures import Corrected
    from store.checks.log import Line, Log
    from store.checks.results import Agreement, Right, Used
    from store.reader import Store

CITED: Final = (
    "Angelopoulos, A. N. et al. (2023). Prediction-powered inference. Science 382, 669–674.\n"
    "Egami, N., Hinck, M., Stewart, B. & Wei, H. (2023). Using imperfect surrogates for downstream inference: "
    "design-based supervised learning. NeurIPS 36.\n"
    "Hayes, A. F. & Krippendorff, K. (2007). Answering the call for a standard reliability measure for coding data. "
    "Communication Methods and Measures 1, 77–89.\n"
    "Särndal, C.-E., Swensson, B. & Wretman, J. (1992). Model assisted survey sampling. Springer.\n"
    "Wilson, E. B. (1927). Probable inference. Journal of the American Statistical Association 22, 209–212."
)


class Result(NamedTuple):
    """All that a sample's answers come to."""

    sample: Line
    answers: dict[int, Used]
    main: Right
    measures: dict[str, Right]
    agreement: Agreement | None
    cannot_tell: int
    complete: bool


def result(found: Log, sample: Line) -> Result:
    """What a sample's answers come to; ``complete`` when somebody has answered or skipped every item."""
    answers = used(found, sample.id)
    kind = sample.said["kind"]
    measures = {name: measured(sample, answers, name) for name in MEASURES[kind]}
    done = any(progress(found, sample.id, coder).next is None for coder in coders(found, sample.id))
    return Result(sample, answers, next(iter(measures.values())), measures, agreement(found, sample),
                  cannot_tell(sample, answers), done)  # fmt: skip


def percent(found: Interval) -> str:
    """An interval as “81–97 %”."""
    return "–" if math.isnan(found.low) else f"{100 * found.low:.0f}–{100 * found.high:.0f} %"


def sentence(main: Right) -> str:
    """What a check found, as the sentence that stands beside figures."""
    if not main.of:
        return "not checked here"
    share = f"{100 * main.interval.value:.0f} %"
    weighed = "" if main.even or share == f"{100 * main.right / main.of:.0f} %" else f", weighted {share}"
    return f"checked on this corpus: {main.right} of {main.of} right{weighed}, {percent(main.interval)}"


def newest_check(found: Log, kind: str, chosen: Filter) -> Result | None:
    """The newest check of a kind that a figure under a filter can be judged by: of the same filter, else of all."""
    candidates = [one for one in found.samples().values() if one.said["kind"] == kind]
    for wanted in dict.fromkeys((chosen.to_query(), "")):
        for one in reversed(candidates):
            if one.said["filter"] == wanted and (told := result(found, one)).main.of:
                return told
    return None


def called(store: Store, sample: Line) -> str:
    """A sample in words: what was drawn, from what."""
    said = sample.said
    chosen, _ = Filter.from_query(said["filter"])
    ids = [value for field in ("people", "organisations", "jurisdictions") for value in getattr(chosen, field)]
    words = chosen.describe(names(store, [*ids, *chosen.administrations, *chosen.named_administrations]))
    where = "" if words == "Everything" else f" · {words}"
    return f"{len(said['items']):,} of {said['population']:,} {FRAMES[said['kind']].many}{where}"


def rows(store: Store, found: Log, sample: Line) -> list[dict[str, Any]]:
    """Every answer and skip of a sample as a row of a table, with the passage and the chance of its item."""
    said = sample.said
    held = texts(store, {item["article"] for item in said["items"]})
    how = settled(found, sample.id)
    written = []
    for coder in coders(found, sample.id):
        there = progress(found, sample.id, coder)
        for number, item in enumerate(said["items"]):
            line = there.answers.get(number) or there.skips.get(number)
            if line is None:
                continue
            answer = line.said.get("answer")
            note = line.said.get("note") or (there.notes[number].said["note"] if number in there.notes else "")
            written.append(_row(sample, number, item, held) | _given(said["kind"], item, answer, line, note)
                           | {"settled": in_words(how[number].said["answer"]) if number in how else ""})  # fmt: skip
    return written


def _row(sample: Line, number: int, item: Mapping[str, Any], held: Mapping[str, str]) -> dict[str, Any]:
    said = sample.said
    return {
        "sample": sample.id, "kind": said["kind"], "seed": said["seed"], "filter": said["filter"],
        "item": number + 1, "article_id": item["article"], "source": item["source"], "start": item["start"],
        "end": item["end"], "stratum": said["strata"][item["stratum"]]["name"], "chance": item["chance"],
        "voice": item["voice"], "words": item["words"],
        "passage": " ".join(held.get(item["article"], "")[item["start"] : item["end"]].split()),
        "machine": in_words({key: value for key, value in item["machine"].items() if key != "category"}),
    }  # fmt: skip


def _given(
    kind: str, item: Mapping[str, Any], answer: Mapping[str, Any] | None, line: Line, note: str
) -> dict[str, Any]:
    verdicts = {f"right_{name}": None if answer is None else right(name, item["machine"], answer)
                for name in MEASURES[kind]}  # fmt: skip
    return {
        "coder": line.said["coder"], "at": line.at,
        "answer": in_words(answer) if answer else "", "skipped": line.said.get("reason", ""), "note": note,
        "codebook": line.said.get("codebook"), **verdicts,
    }  # fmt: skip


def record(store: Store, found: Log, chosen: Filter) -> list[dict[str, Any]]:
    """What the record of a download says of checks: every sample of its filter or of all, with what it found."""
    told = []
    for sample in found.samples().values():
        if sample.said["filter"] not in {chosen.to_query(), ""}:
            continue
        one = result(found, sample)
        said = sample.said
        agreed = one.agreement
        told.append({
            "sample": sample.id, "kind": said["kind"], "filter": said["filter"], "seed": said["seed"],
            "drawn": len(said["items"]), "of": said["population"], "snapshot": said["snapshot"],
            "strata": [{key: part[key] for key in ("name", "population", "drawn")}
                       | {"chance": part["drawn"] / part["population"]} for part in said["strata"]],
            "grouped_by": group_of(sample).lower(), "items": _items(found, sample),
            "coders": list(coders(found, sample.id)), "answers": len(one.answers),
            "measures": {name: {"right": held.right, "of": held.of, "low": _number(held.interval.low),
                                "high": _number(held.interval.high)} for name, held in one.measures.items()},
            "alpha": _number(agreed.alpha.value) if agreed else None,
            "alpha_low": _number(agreed.alpha.low) if agreed else None,
            "alpha_high": _number(agreed.alpha.high) if agreed else None,
            "kappa": _number(agreed.kappa.value) if agreed and agreed.kappa else None,
            "codebook": log.codebook(found, said["kind"]).version,
            "changed_since": len([number for part in changes(store, sample) for number in part]),
        })  # fmt: skip
    return told


def _items(found: Log, sample: Line) -> list[dict[str, Any]]:
    """Every item drawn, with its chance and what each coder answered."""
    answered = {coder: progress(found, sample.id, coder).answers for coder in coders(found, sample.id)}
    return [
        {key: item[key] for key in ("article", "start", "end", "chance")}
        | {"answers": {coder: given[number].said["answer"] for coder, given in answered.items() if number in given}}
        for number, item in enumerate(sample.said["items"])
    ]


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)


def table(found: Log, sample: Line) -> list[tuple[str, str, str, str]]:
    """What a sample found as rows of text: what, right, of, 95 % interval; by voice and outlet below the measures."""
    one = result(found, sample)
    labels = MEASURES[sample.said["kind"]]
    lines = [_line(labels[name], held) for name, held in one.measures.items()]
    for part, called_ in (("voice", "Voice"), ("source", group_of(sample)), ("sure", "Machine")):
        parts = by_part(sample, one.answers, part)
        if len(parts) > 1:
            lines += [_line(f"{called_}: {name}", held) for name, held in parts.items()]
    return lines


def group_of(sample: Line) -> str:
    """What the groups of a sample are: outlets, or values of a column of the user's files, by its name."""
    return str(sample.said.get("group", "")) or "Outlet"


def _line(label: str, held: Right) -> tuple[str, str, str, str]:
    return label, str(held.right), str(held.of), percent(held.interval)


def figure_lines(store: Store, found: Log, sample: Line, by: str = "source", most: int = 3) -> list[str]:
    """The first figures a sample corrects, raw and corrected by group, then the difference of the two largest."""
    answers = used(found, sample.id)
    kinds = speaker_kinds(store) if sample.said["kind"] == "quotes" else {}
    written = []
    for figure in figures_of(sample)[:most]:
        told = corrected(sample, answers, figure, by, kinds)
        ready = [group for group in told.groups if group.checks >= CHECKS_NEEDED]
        if not ready:
            told = corrected(sample, answers, figure, "all", kinds)
            ready = [group for group in told.groups if group.checks >= CHECKS_NEEDED]
        if not ready:
            continue
        others, part = others_called(sample.said.get("group", "")), group_of(sample).lower()
        by_words = {"source": part}.get(told.by, told.by)
        written.append(f"{figure.name}, by {by_words}:" if told.by != "all" else f"{figure.name}:")
        written += [
            f"  {group.name or others}: raw {_value(told, group.raw)}, corrected "
            f"{_value(told, group.corrected)} from {group.checks} checks"
            for group in ready
        ]
        if len(ready) > 1:
            written.append("  " + difference_in_words(told, ready[0].name, ready[1].name))
    return written


def _value(told: Corrected, found: Interval) -> str:
    if told.figure.category == MEAN:
        return f"{found.value:+.2f} ({found.low:+.2f} to {found.high:+.2f})"
    return f"{100 * found.value:.0f} % ({100 * found.low:.0f}–{100 * found.high:.0f})"


def difference_in_words(told: Corrected, one: str, other: str) -> str:
    """The corrected difference of two groups as a sentence, and whether it can be claimed."""
    held = {group.name: group for group in told.groups}
    found = difference(told, held[one], held[other]).corrected
    mean = told.figure.category == MEAN
    scale, unit = (1, "") if mean else (100, " points")
    value, low, high = (f"{scale * part:.2f}" if mean else f"{scale * part:.0f}" for part in found)
    if math.isnan(found.low):
        return f"Too few checks to compare {one or 'other outlets'} and {other or 'other outlets'}."
    claim = "" if found.low > 0 or found.high < 0 else " The interval includes zero: no difference can be claimed."
    checks = held[one].checks + held[other].checks
    return (
        f"The difference between {one or 'other outlets'} and {other or 'other outlets'} ({told.figure.name}) is "
        f"{value}{unit} ({low} to {high}), corrected from {checks} checks.{claim}"
    )


def section(store: Store, found: Log) -> str:
    """A validation section ready to paste: Markdown, one paragraph a check, the checklist, and what to cite."""
    paragraphs = []
    for sample in found.samples().values():
        one = result(found, sample)
        if one.main.of:
            paragraphs.append(_paragraph(store, found, one))
    if not paragraphs:
        paragraphs = ["Nothing has been checked on this corpus yet."]
    versions = ", ".join(f"{name} {value}" for name, value in sorted(store.versions.items()))
    checklist = "\n".join(f"- [{'x' if done else ' '}] {what}" for what, done in _checklist(found))
    return (
        "## Validation\n\n" + "\n\n".join(paragraphs) + f"\n\nAnalyses: Framelens ({versions}), snapshot "
        f"{store.snapshot}, {len(store.corrections.in_effect())} corrections in effect.\n\n"
        f"### Checklist\n\n{checklist}\n\n### To cite\n\n{CITED}\n"
    )


def _paragraph(store: Store, found: Log, one: Result) -> str:
    said = one.sample.said
    kind = said["kind"]
    labels = MEASURES[kind]
    people = coders(found, one.sample.id)
    spread = " and ".join(
        {"source": group_of(one.sample).lower(), "voice": "voice", "sure": "the machine’s confidence"}[part]
        for part in said["by"]
    )
    drawn = (
        f"**{FRAMES[kind].many.capitalize()}.** We drew {called(store, one.sample)} at random "
        f"(seed {said['seed']}; stratified by {spread or 'nothing'}, {said['allocation']} allocation, "
        f"{len(said['strata'])} strata; chances of being drawn {min(item['chance'] for item in said['items']):.3f} to "
        f"{max(item['chance'] for item in said['items']):.3f}). "
        f"{'One person' if len(people) == 1 else f'{len(people)} people, independently of each other,'} answered each "
        "before the machine’s answer was shown."
    )
    words = [
        drawn,
        *(f"{labels[name]}: right in {held.right} of {held.of} ({100 * held.interval.value:.0f} %, 95 % interval "
          f"{percent(held.interval)})." for name, held in one.measures.items() if held.of),
    ]  # fmt: skip
    if one.cannot_tell:
        words.append(f"In {one.cannot_tell} passages the answer could not be told; they are left out.")
    if one.agreement and not math.isnan(one.agreement.alpha.value):
        agreed = one.agreement
        words.append(
            f"Two or more people answered {agreed.of} of the items and agreed in {agreed.same}: Krippendorff’s α = "
            f"{agreed.alpha.value:.2f} (95 % interval {agreed.alpha.low:.2f} to {agreed.alpha.high:.2f}; "
            f"{verdict(agreed.alpha.value)})"
            + (f", Cohen’s κ = {agreed.kappa.value:.2f} ({agreed.kappa.low:.2f} to {agreed.kappa.high:.2f})."
               if agreed.kappa and not math.isnan(agreed.kappa.value) else ".")
        )  # fmt: skip
    if change := changes(store, one.sample):
        words.append(f"Of the items, {sum(map(len, change))} have another answer or are not found since then; "
                     "figures hold for the machine’s answers of then.")  # fmt: skip
    return " ".join(words)


def _checklist(found: Log) -> list[tuple[str, bool]]:
    all_results = [result(found, sample) for sample in found.samples().values()]
    any_of = [one for one in all_results if one.main.of]
    return [
        ("Checked on this very corpus, not on another", bool(any_of)),
        ("Sample drawn by chance with known probabilities", bool(any_of)),
        ("Answers given before the machine’s were seen", bool(any_of)),
        ("Accuracy with its interval, by outlet", bool(any_of)),
        ("At least 50 answers a kind", bool(any_of) and all(one.main.of >= 50 for one in any_of)),
        ("What was missed checked too (passages in which nothing was found)",
         any(one.sample.said["kind"] == "missed" for one in any_of)),
        ("A second person answered, with agreement beyond chance", any(one.agreement for one in any_of)),
        ("Disagreements settled", any(one.agreement for one in any_of)
         and all(each.settled for one in any_of if one.agreement for each in one.agreement.disagreements)),
        ("Figures corrected for mistakes, with their intervals", any(one.main.of >= 50 for one in any_of)),
        ("Codebook written by the team and kept with the answers",
         any(log.codebook(found, one.sample.said["kind"]).version > 0 for one in any_of)),
    ]  # fmt: skip

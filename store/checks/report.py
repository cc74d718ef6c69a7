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


def result(checks: Log, sample: Line) -> Result:
    """What a sample's answers come to; ``complete`` when somebody has answered or skipped every item."""
    answers = used(checks, sample.id)
    kind = sample.fields["kind"]
    measures = {name: measured(sample, answers, name) for name in MEASURES[kind]}
    done = any(progress(checks, sample.id, coder).next is None for coder in coders(checks, sample.id))
    return Result(sample, answers, next(iter(measures.values())), measures, agreement(checks, sample),
                  cannot_tell(sample, answers), done)  # fmt: skip


def percent(interval: Interval) -> str:
    """An interval as “81–97 %”."""
    return "–" if math.isnan(interval.low) else f"{100 * interval.low:.0f}–{100 * interval.high:.0f} %"


def sentence(main: Right) -> str:
    """What a check found, as the sentence that stands beside figures."""
    if not main.of:
        return "not checked here"
    share = f"{100 * main.interval.value:.0f} %"
    weighed = "" if main.even or share == f"{100 * main.right / main.of:.0f} %" else f", weighted {share}"
    return f"checked on this corpus: {main.right} of {main.of} right{weighed}, {percent(main.interval)}"


def newest_check(checks: Log, kind: str, chosen: Filter) -> Result | None:
    """The newest check of a kind that a figure under a filter can be judged by: of the same filter, else of all."""
    candidates = [sample for sample in checks.samples().values() if sample.fields["kind"] == kind]
    for wanted in dict.fromkeys((chosen.to_query(), "")):
        for sample in reversed(candidates):
            if sample.fields["filter"] == wanted and (check := result(checks, sample)).main.of:
                return check
    return None


def called(store: Store, sample: Line) -> str:
    """A sample in words: what was drawn, from what."""
    fields = sample.fields
    chosen, _ = Filter.from_query(fields["filter"])
    ids = [value for field in ("people", "organisations", "jurisdictions") for value in getattr(chosen, field)]
    words = chosen.describe(names(store, [*ids, *chosen.administrations, *chosen.named_administrations]))
    where = "" if words == "Everything" else f" · {words}"
    return f"{len(fields['items']):,} of {fields['population']:,} {FRAMES[fields['kind']].many}{where}"


def rows(store: Store, checks: Log, sample: Line) -> list[dict[str, Any]]:
    """Every answer and skip of a sample as a row of a table, with the passage and the chance of its item."""
    fields = sample.fields
    article_texts = texts(store, {item["article"] for item in fields["items"]})
    how = settled(checks, sample.id)
    written = []
    for coder in coders(checks, sample.id):
        standing = progress(checks, sample.id, coder)
        for number, item in enumerate(fields["items"]):
            line = standing.answers.get(number) or standing.skips.get(number)
            if line is None:
                continue
            answer = line.fields.get("answer")
            note = line.fields.get("note") or (
                standing.notes[number].fields["note"] if number in standing.notes else ""
            )
            cells = _row(sample, number, item, article_texts)
            cells |= _answer_cells(fields["kind"], item, answer, line, note)
            written.append(cells | {"settled": in_words(how[number].fields["answer"]) if number in how else ""})
    return written


def _row(sample: Line, number: int, item: Mapping[str, Any], article_texts: Mapping[str, str]) -> dict[str, Any]:
    fields = sample.fields
    return {
        "sample": sample.id, "kind": fields["kind"], "seed": fields["seed"], "filter": fields["filter"],
        "item": number + 1, "article_id": item["article"], "source": item["source"], "start": item["start"],
        "end": item["end"], "stratum": fields["strata"][item["stratum"]]["name"], "chance": item["chance"],
        "voice": item["voice"], "words": item["words"],
        "passage": " ".join(article_texts.get(item["article"], "")[item["start"] : item["end"]].split()),
        "machine": in_words({key: value for key, value in item["machine"].items() if key != "category"}),
    }  # fmt: skip


def _answer_cells(
    kind: str, item: Mapping[str, Any], answer: Mapping[str, Any] | None, line: Line, note: str
) -> dict[str, Any]:
    verdicts = {f"right_{name}": None if answer is None else right(name, item["machine"], answer)
                for name in MEASURES[kind]}  # fmt: skip
    return {
        "coder": line.fields["coder"], "at": line.at,
        "answer": in_words(answer) if answer else "", "skipped": line.fields.get("reason", ""), "note": note,
        "codebook": line.fields.get("codebook"), **verdicts,
    }  # fmt: skip


def record(store: Store, checks: Log, chosen: Filter) -> list[dict[str, Any]]:
    """What the record of a download says of checks: every sample of its filter or of all, with what it found."""
    described = []
    for sample in checks.samples().values():
        if sample.fields["filter"] not in {chosen.to_query(), ""}:
            continue
        check = result(checks, sample)
        fields = sample.fields
        agreed = check.agreement
        described.append({
            "sample": sample.id, "kind": fields["kind"], "filter": fields["filter"], "seed": fields["seed"],
            "drawn": len(fields["items"]), "of": fields["population"], "snapshot": fields["snapshot"],
            "strata": [{key: part[key] for key in ("name", "population", "drawn")}
                       | {"chance": part["drawn"] / part["population"]} for part in fields["strata"]],
            "grouped_by": group_of(sample).lower(), "items": _items(checks, sample),
            "coders": list(coders(checks, sample.id)), "answers": len(check.answers),
            "measures": {name: {"right": rate.right, "of": rate.of, "low": _number(rate.interval.low),
                                "high": _number(rate.interval.high)} for name, rate in check.measures.items()},
            "alpha": _number(agreed.alpha.value) if agreed else None,
            "alpha_low": _number(agreed.alpha.low) if agreed else None,
            "alpha_high": _number(agreed.alpha.high) if agreed else None,
            "kappa": _number(agreed.kappa.value) if agreed and agreed.kappa else None,
            "codebook": log.codebook(checks, fields["kind"]).version,
            "changed_since": len([number for part in changes(store, sample) for number in part]),
        })  # fmt: skip
    return described


def _items(checks: Log, sample: Line) -> list[dict[str, Any]]:
    """Every item drawn, with its chance and what each coder answered."""
    answered = {coder: progress(checks, sample.id, coder).answers for coder in coders(checks, sample.id)}
    return [
        {key: item[key] for key in ("article", "start", "end", "chance")}
        | {"answers": {coder: lines[number].fields["answer"] for coder, lines in answered.items() if number in lines}}
        for number, item in enumerate(sample.fields["items"])
    ]


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)


def table(checks: Log, sample: Line) -> list[tuple[str, str, str, str]]:
    """What a sample found as rows of text: what, right, of, 95 % interval; by voice and outlet below the measures."""
    check = result(checks, sample)
    labels = MEASURES[sample.fields["kind"]]
    lines = [_line(labels[name], rate) for name, rate in check.measures.items()]
    for part, called_ in (("voice", "Voice"), ("source", group_of(sample)), ("sure", "Machine")):
        parts = by_part(sample, check.answers, part)
        if len(parts) > 1:
            lines += [_line(f"{called_}: {name}", rate) for name, rate in parts.items()]
    return lines


def group_of(sample: Line) -> str:
    """What the groups of a sample are: outlets, or values of a column of the user's files, by its name."""
    return str(sample.fields.get("group", "")) or "Outlet"


def _line(label: str, rate: Right) -> tuple[str, str, str, str]:
    return label, str(rate.right), str(rate.of), percent(rate.interval)


def figure_lines(store: Store, checks: Log, sample: Line, by: str = "source", most: int = 3) -> list[str]:
    """The first figures a sample corrects, raw and corrected by group, then the difference of the two largest."""
    answers = used(checks, sample.id)
    kinds = speaker_kinds(store) if sample.fields["kind"] == "quotes" else {}
    written = []
    for figure in figures_of(sample)[:most]:
        by_group = corrected(sample, answers, figure, by, kinds)
        ready = [group for group in by_group.groups if group.checks >= CHECKS_NEEDED]
        if not ready:
            by_group = corrected(sample, answers, figure, "all", kinds)
            ready = [group for group in by_group.groups if group.checks >= CHECKS_NEEDED]
        if not ready:
            continue
        others, part = others_called(sample.fields.get("group", "")), group_of(sample).lower()
        by_words = {"source": part}.get(by_group.by, by_group.by)
        written.append(f"{figure.name}, by {by_words}:" if by_group.by != "all" else f"{figure.name}:")
        written += [
            f"  {group.name or others}: raw {_value(by_group, group.raw)}, corrected "
            f"{_value(by_group, group.corrected)} from {group.checks} checks"
            for group in ready
        ]
        if len(ready) > 1:
            written.append("  " + difference_in_words(by_group, ready[0].name, ready[1].name))
    return written


def _value(by_group: Corrected, interval: Interval) -> str:
    if by_group.figure.category == MEAN:
        return f"{interval.value:+.2f} ({interval.low:+.2f} to {interval.high:+.2f})"
    return f"{100 * interval.value:.0f} % ({100 * interval.low:.0f}–{100 * interval.high:.0f})"


def difference_in_words(by_group: Corrected, first: str, second: str) -> str:
    """The corrected difference of two groups as a sentence, and whether it can be claimed."""
    by_name = {group.name: group for group in by_group.groups}
    apart = difference(by_group, by_name[first], by_name[second]).corrected
    mean = by_group.figure.category == MEAN
    scale, unit = (1, "") if mean else (100, " points")
    value, low, high = (f"{scale * part:.2f}" if mean else f"{scale * part:.0f}" for part in apart)
    if math.isnan(apart.low):
        return f"Too few checks to compare {first or 'other outlets'} and {second or 'other outlets'}."
    claim = "" if apart.low > 0 or apart.high < 0 else " The interval includes zero: no difference can be claimed."
    checks = by_name[first].checks + by_name[second].checks
    return (
        f"The difference between {first or 'other outlets'} and {second or 'other outlets'} ({by_group.figure.name}) "
        f"is {value}{unit} ({low} to {high}), corrected from {checks} checks.{claim}"
    )


def section(store: Store, checks: Log) -> str:
    """A validation section ready to paste: Markdown, one paragraph a check, the checklist, and what to cite."""
    paragraphs = []
    for sample in checks.samples().values():
        check = result(checks, sample)
        if check.main.of:
            paragraphs.append(_paragraph(store, checks, check))
    if not paragraphs:
        paragraphs = ["Nothing has been checked on this corpus yet."]
    versions = ", ".join(f"{name} {value}" for name, value in sorted(store.versions.items()))
    checklist = "\n".join(f"- [{'x' if done else ' '}] {what}" for what, done in _checklist(checks))
    return (
        "## Validation\n\n" + "\n\n".join(paragraphs) + f"\n\nAnalyses: Framelens ({versions}), snapshot "
        f"{store.snapshot}, {len(store.corrections.in_effect())} corrections in effect.\n\n"
        f"### Checklist\n\n{checklist}\n\n### To cite\n\n{CITED}\n"
    )


def _paragraph(store: Store, checks: Log, check: Result) -> str:
    fields = check.sample.fields
    kind = fields["kind"]
    labels = MEASURES[kind]
    people = coders(checks, check.sample.id)
    spread = " and ".join(
        {"source": group_of(check.sample).lower(), "voice": "voice", "sure": "the machine’s confidence"}[part]
        for part in fields["by"]
    )
    drawn = (
        f"**{FRAMES[kind].many.capitalize()}.** We drew {called(store, check.sample)} at random "
        f"(seed {fields['seed']}; stratified by {spread or 'nothing'}, {fields['allocation']} allocation, "
        f"{len(fields['strata'])} strata; chances of being drawn {min(item['chance'] for item in fields['items']):.3f} "
        f"to {max(item['chance'] for item in fields['items']):.3f}). "
        f"{'One person' if len(people) == 1 else f'{len(people)} people, independently of each other,'} answered each "
        "before the machine’s answer was shown."
    )
    words = [
        drawn,
        *(f"{labels[name]}: right in {rate.right} of {rate.of} ({100 * rate.interval.value:.0f} %, 95 % interval "
          f"{percent(rate.interval)})." for name, rate in check.measures.items() if rate.of),
    ]  # fmt: skip
    if check.cannot_tell:
        words.append(f"In {check.cannot_tell} passages the answer could not be told; they are left out.")
    if check.agreement and not math.isnan(check.agreement.alpha.value):
        agreed = check.agreement
        words.append(
            f"Two or more people answered {agreed.of} of the items and agreed in {agreed.same}: Krippendorff’s α = "
            f"{agreed.alpha.value:.2f} (95 % interval {agreed.alpha.low:.2f} to {agreed.alpha.high:.2f}; "
            f"{verdict(agreed.alpha.value)})"
            + (f", Cohen’s κ = {agreed.kappa.value:.2f} ({agreed.kappa.low:.2f} to {agreed.kappa.high:.2f})."
               if agreed.kappa and not math.isnan(agreed.kappa.value) else ".")
        )  # fmt: skip
    if change := changes(store, check.sample):
        words.append(f"Of the items, {sum(map(len, change))} have another answer or are not found since then; "
                     "figures hold for the machine’s answers of then.")  # fmt: skip
    return " ".join(words)


def _checklist(checks: Log) -> list[tuple[str, bool]]:
    all_results = [result(checks, sample) for sample in checks.samples().values()]
    any_of = [check for check in all_results if check.main.of]
    return [
        ("Checked on this very corpus, not on another", bool(any_of)),
        ("Sample drawn by chance with known probabilities", bool(any_of)),
        ("Answers given before the machine’s were seen", bool(any_of)),
        ("Accuracy with its interval, by outlet", bool(any_of)),
        ("At least 50 answers a kind", bool(any_of) and all(check.main.of >= 50 for check in any_of)),
        ("What was missed checked too (passages in which nothing was found)",
         any(check.sample.fields["kind"] == "missed" for check in any_of)),
        ("A second person answered, with agreement beyond chance", any(check.agreement for check in any_of)),
        ("Disagreements settled", any(check.agreement for check in any_of)
         and all(each.settled for check in any_of if check.agreement for each in check.agreement.disagreements)),
        ("Figures corrected for mistakes, with their intervals", any(check.main.of >= 50 for check in any_of)),
        ("Codebook written by the team and kept with the answers",
         any(log.codebook(checks, check.sample.fields["kind"]).version > 0 for check in any_of)),
    ]  # fmt: skip

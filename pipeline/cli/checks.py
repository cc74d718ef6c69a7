"""``python -m pipeline checks``: draw a sample, answer it, see what it found, and take it along."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pipeline.cli.console import plain_errors, say, stop, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from store import Store
    from store.checks.log import Line, Log
    from store.checks.questions import Question
    from store.log_file import Fault

app = typer.Typer(help="Check on your own corpus how right the analyses are.", no_args_is_help=True)
DataOption = Annotated[Path, typer.Option("--data", envvar="FRAMELENS_DATA", help="The data folder.", file_okay=False)]
DEFAULT_DATA: Final = Path(".framelens")
SampleArgument = Annotated[str, typer.Argument(help="Id of a sample, as list shows it; without it the newest.")]
CoderOption = Annotated[str, typer.Option("--coder", help="Who answers: kept with every answer.")]
EXIT_SOME_UNUSED: Final = 3


def _faults(faults: Iterable[Fault], file: Path) -> None:
    for fault in faults:
        say.print(f"{file}:{fault.line}: not used: {fault.reason}.", markup=False, soft_wrap=True)


def _open(data: Path) -> tuple[Store, Log]:
    from store import Store
    from store.checks import log

    store = Store.open(data)
    checks = log.read(store.path)
    _faults(checks.faults, data / log.NAME)
    return store, checks


def _sample(checks: Log, wanted: str) -> Line:
    samples = checks.samples()
    if not samples:
        stop("Nothing has been drawn yet. Draw a sample: python -m pipeline checks draw quotes")
    if not wanted:
        return list(samples.values())[-1]
    if wanted not in samples:
        stop(f"There is no sample {wanted}. There are: {', '.join(samples)}.")
    return samples[wanted]


@app.command()
def draw(
    kind: Annotated[str, typer.Argument(help="quotes, people, places, portrayals, facts or missed.")],
    size: Annotated[int, typer.Option("--size", "-n", help="How many items.")] = 50,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same items.")] = 20,
    by: Annotated[list[str] | None, typer.Option("--by", help="Strata: source, voice, sure; may be repeated.")] = None,
    allocation: Annotated[str, typer.Option(help="proportional, or equal in every stratum.")] = "proportional",
    group: Annotated[
        str, typer.Option("--group", help="A column of your files whose values stand in the place of the outlets.")
    ] = "",
    filter_: Annotated[str, typer.Option("--filter", help="The filter as the page's address shows it.")] = "",
    more: Annotated[str, typer.Option("--more", help="Id of a sample to add SIZE items to.", metavar="ID")] = "",
    plan_only: Annotated[bool, typer.Option("--plan", help="Say what would be drawn, and draw nothing.")] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Draw items by chance and keep each with its probability of being drawn."""
    from store import Filter, queries
    from store.checks import draw as drawing

    with plain_errors():
        store, checks = _open(data)
        if more:
            sample = drawing.draw_more(store, _sample(checks, more), size)
        else:
            chosen, notices = Filter.from_query(filter_)
            usable, unknown = store.without_unknown(chosen)
            for notice in (*notices, *unknown):
                say.print(notice, markup=False)
            chosen_by = tuple(by) if by else ("source", "sure")
            columns = queries.own_columns(store)
            if group and group not in columns:
                stop(
                    f"Your files have no column {group!r} with groups in it. There are: {', '.join(columns) or 'none'}."
                )
            sample = drawing.draw(store, drawing.Plan(kind, usable, size, seed, chosen_by, allocation, group))
        for line in _plan(store, sample):
            tell(line + "\n")
        if not plan_only:
            drawing.write(store.path, sample)
            tell(f"Drawn: sample {sample.id}.\n")


def _plan(store: Store, sample: Line) -> Iterator[str]:
    from store.checks.estimates import planned_width
    from store.checks.report import called, percent

    fields = sample.fields
    yield called(store, sample)
    for part in fields["strata"]:
        chance = part["drawn"] / part["population"]
        yield f"  {part['name']}: {part['drawn']:,} of {part['population']:,}, chance {chance:.3f}"
    for size in sorted({50, 100, 200, 400, len(fields["items"])}):
        width = planned_width(size, fields["population"])
        if size <= fields["population"]:
            yield f"  {size} answers, were 90 % right: {percent(width)}"


@app.command("list")
def list_(data: DataOption = DEFAULT_DATA) -> None:
    """Say which samples there are, who answered, and what was found."""
    from store.checks.progress import coders, progress
    from store.checks.report import called, result, sentence

    with plain_errors():
        store, checks = _open(data)
        for sample in checks.samples().values():
            tell(f"{sample.id}  {sample.at[:10]}  {called(store, sample)}\n")
            for coder in coders(checks, sample.id):
                standing = progress(checks, sample.id, coder)
                counts = f"{len(standing.answers)} answered, {len(standing.skips)} skipped, {standing.to_go} to go"
                tell(f"    {coder}: {counts}\n")
            tell(f"    {sentence(result(checks, sample).main)}\n")


@app.command()
def answer(
    sample: SampleArgument = "",
    coder: CoderOption = "coder 1",
    source: Annotated[
        Path | None,
        typer.Option("--from", help="JSON lines of {item, answer, name?, elsewhere?, note?, skip?}.", dir_okay=False),
    ] = None,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="Write what is to be answered, and ask nothing.", dir_okay=False)
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 if any line could not be used.")] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Answer a sample: here at the terminal, or from a file. What the machine found is not shown before."""
    from store.checks.progress import progress

    with plain_errors():
        store, checks = _open(data)
        chosen = _sample(checks, sample)
        standing = progress(checks, chosen.id, coder)
        open_ = [
            number
            for number in range(standing.items)
            if number not in standing.answers and number not in standing.skips
        ]
        if questions:
            rows = (_question_row(store, chosen, number) for number in open_)
            questions.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
            tell(f"{len(open_)} questions of sample {chosen.id} in {questions}.\n")
        elif source:
            unused = _answer_from(store, checks, chosen, coder, source)
            if strict and unused:
                raise typer.Exit(EXIT_SOME_UNUSED)
        else:
            _answer_here(store, checks, chosen, coder, open_)


def _question_row(store: Store, sample: Line, number: int) -> dict[str, Any]:
    from store.checks.questions import question

    item_question = question(store, sample.fields["kind"], sample.fields["items"][number])
    texts = [
        {
            "above": passage.above,
            "before": passage.before,
            "marked": passage.marked,
            "after": passage.after,
            "below": passage.below,
        }
        for passage in item_question.passages
    ]
    options = {option.key: option.label for option in item_question.options}
    return {"item": number + 1, "ask": item_question.ask or item_question.gone, "passages": texts, "options": options}


def _answer_from(store: Store, checks: Log, sample: Line, coder: str, source: Path) -> int:
    """Write down the answers of a file; a line that cannot be used is named and left out. How many were not used."""
    from store.checks import log
    from store.checks.questions import question

    lines, unused = [], 0
    version = log.codebook(checks, sample.fields["kind"]).version
    items = sample.fields["items"]
    for number, raw in enumerate(source.read_bytes().split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            row = json.loads(raw.decode("utf-8-sig"))
            if not isinstance(row, dict):
                _unusable("it does not hold one JSON object; write one in braces")
            item = row.get("item")
            if isinstance(item, bool) or not isinstance(item, int) or not 1 <= item <= len(items):
                _unusable(f"“item” has to be the number of an item, 1 to {len(items)}")
            about = {"sample": sample.id, "item": item - 1, "coder": coder}
            if row.get("skip"):
                lines.append(log.line("skip", **about, reason=str(row["skip"])))
                continue
            item_question = question(store, sample.fields["kind"], items[item - 1])
            new_answer = _answer_of(item_question, sample.fields["kind"], row)
            lines.append(log.line("answer", **about, answer=new_answer, codebook=version, note=row.get("note")))
        except json.JSONDecodeError as error:
            unused += 1
            say.print(f"{source}:{number}: not used: it is not JSON ({error}).", markup=False, soft_wrap=True)
        except ValueError as error:
            unused += 1
            say.print(f"{source}:{number}: not used: {error}.", markup=False, soft_wrap=True)
    if lines:
        log.append(store.path, *lines)
    tell(f"{len(lines)} answers kept, {unused} lines not used.\n")
    return unused


def _unusable(reason: str) -> None:
    raise ValueError(reason)


def _answer_of(item_question: Question, kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """The answer of a row: the key of an option, or a choice by its word; ``name`` for somebody written."""
    from store.checks.log import check_answer

    key = str(row.get("answer", ""))
    option = next((option for option in item_question.options if option.key == key), None)
    new_answer: dict[str, Any] = dict(option.answer) if option else {"choice": key}
    if name := str(row.get("name", "")).strip():
        new_answer["name"] = name
        if option is None or option.write:
            new_answer.pop("entity", None)
    if row.get("elsewhere"):
        new_answer["elsewhere"] = True
    check_answer(new_answer, kind)
    return new_answer


def _answer_here(store: Store, checks: Log, sample: Line, coder: str, open_: list[int]) -> None:
    from store.checks import log
    from store.checks.answers import in_words
    from store.checks.questions import question

    kind = sample.fields["kind"]
    book = log.codebook(checks, kind)
    tell(f"{book.text}\n\ns skips, q stops; all is kept as you go.\n")
    for number in open_:
        item = sample.fields["items"][number]
        item_question = question(store, kind, item)
        about = {"sample": sample.id, "item": number, "coder": coder}
        if item_question.gone:
            log.append(store.path, log.line("skip", **about, reason=item_question.gone))
            continue
        tell(f"\n{number + 1} of {len(sample.fields['items'])}\n")
        for passage in item_question.passages:
            tell(f"{passage.above}\n{passage.before}>>{passage.marked}<<{passage.after}\n{passage.below}\n")
        tell("".join(f"  {choice.key}  {choice.label}\n" for choice in item_question.options))
        key = _ask(item_question)
        if key == "q":
            return
        if key == "s":
            log.append(store.path, log.line("skip", **about, reason=_line("Why? ") or "no reason given"))
            continue
        option = next(choice for choice in item_question.options if choice.key == key)
        new_answer = dict(option.answer) | ({"name": _line("Who? ")} if option.write else {})
        log.append(store.path, log.line("answer", **about, answer=new_answer, codebook=book.version))
        tell(f"Framelens: {in_words({k: v for k, v in item['machine'].items() if k != 'category'})}\n")


def _ask(item_question: Question) -> str:
    keys = {option.key for option in item_question.options} | {"s", "q"}
    while True:
        key = _line(f"{item_question.ask} ").strip().lower()
        if key in keys:
            return key


def _line(prompt: str) -> str:
    tell(prompt)
    sys.stdout.flush()
    typed = sys.stdin.readline()
    return typed.strip() if typed else "q"


@app.command()
def score(
    sample: SampleArgument = "",
    by: Annotated[str, typer.Option("--by", help="Groups of the corrected figures: source, voice or all.")] = "source",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Say how often the machine was right, how far people agree, and which figures that corrects."""
    from store.checks.agreement import verdict
    from store.checks.report import called, figure_lines, result, sentence, table
    from store.checks.results import changes

    with plain_errors():
        store, checks = _open(data)
        chosen = _sample(checks, sample)
        check = result(checks, chosen)
        out = [called(store, chosen), sentence(check.main)]
        out += [f"  {what}: {right} of {of} right, {width}" for what, right, of, width in table(checks, chosen)]
        if check.cannot_tell:
            out.append(f"  In {check.cannot_tell} the answer could not be told from the text; they are left out.")
        if agreed := check.agreement:
            alpha = agreed.alpha
            out.append(
                f"Two people: {agreed.same} of {agreed.of} the same; α {alpha.value:.2f} "
                f"({alpha.low:.2f} to {alpha.high:.2f}), {verdict(alpha.value)}"
            )
            if agreed.kappa:
                out.append(f"κ {agreed.kappa.value:.2f} ({agreed.kappa.low:.2f} to {agreed.kappa.high:.2f})")
        change = changes(store, chosen)
        if change:
            out.append(
                f"Since they were drawn {len(change.changed)} items got another answer, {len(change.gone)} are not "
                f"found any more, {len(change.no_article)} are in articles that are gone."
            )
        for line in (*out, *figure_lines(store, checks, chosen, by)):
            tell(line + "\n")


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="CSV file to write.", dir_okay=False)],
    sample: SampleArgument = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Write a sample's answers as CSV, beside it its codebook and a validation section ready to paste."""
    from store.checks import log
    from store.checks.report import section
    from store.export import answers_csv

    with plain_errors():
        store, checks = _open(data)
        chosen = _sample(checks, sample)
        out.write_bytes(answers_csv(store, checks, chosen))
        book = log.codebook(checks, chosen.fields["kind"])
        about = f"Codebook of {chosen.fields['kind']}, version {book.version}\n\n{book.text}\n"
        out.with_name(out.name + ".codebook.md").write_text(about, "utf-8")
        out.with_name(out.name + ".validation.md").write_text(section(store, checks), "utf-8")


@app.command("import")
def import_(
    source: Annotated[Path, typer.Argument(help="Somebody's checks.jsonl.", exists=True, dir_okay=False)],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Add the samples and answers of a file that are not here yet."""
    from store import Store
    from store.checks import log

    with plain_errors():
        added, faults = log.import_bytes(Store.open(data).path, source.read_bytes())
    tell(f"{added} lines added.\n")
    _faults(faults, source)


@app.command()
def codebook(
    kind: Annotated[str, typer.Argument(help="quotes, people, places, portrayals, facts or missed.")],
    source: Annotated[
        Path | None, typer.Option("--from", help="A text to keep as the next version.", exists=True, dir_okay=False)
    ] = None,
    coder: CoderOption = "coder 1",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Print the codebook of a kind of item, or keep a new version of it."""
    from store.checks import log

    with plain_errors():
        store, checks = _open(data)
        if kind not in log.KINDS:
            stop(f"Checks are of {', '.join(log.KINDS)}, not of {kind}.")
        book = log.codebook(checks, kind)
        if source:
            text = source.read_text("utf-8").strip()
            version = book.version + 1
            log.append(store.path, log.line("codebook", kind=kind, version=version, text=text, coder=coder))
            tell(f"Kept as version {version}.\n")
        else:
            tell(f"{book.text}\n")

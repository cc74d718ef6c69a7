"""The command line: ``python -m pipeline COMMAND``.

Exit codes: 0 done; 1 nothing could be done, with the reason; 2 the command was called wrongly;
3 done, but some of the input could not be used, when ``--strict`` asks to be told.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from pipeline import DEFAULT_MODEL
from pipeline.build.summary import end_lines, file_counts, found_line, problem_lines
from pipeline.cli.checks import app as checks_app
from pipeline.cli.console import plain_errors, say, stop, tell
from pipeline.cli.corpora import app as corpora_app
from pipeline.cli.corrections import app as corrections_app
from pipeline.cli.corrections import lines as correction_lines
from pipeline.cli.files import json_lines, whole_file, write_json_lines
from pipeline.cli.nothing_new import EXIT_SOME_UNUSED
from pipeline.cli.printable import printable
from pipeline.cli.progress_file import ProgressFile
from pipeline.cli.progress_lines import ProgressLines
from pipeline.cli.reading import app as outlets_app
from pipeline.cli.reading import chosen_for, file_lines
from pipeline.cli.removing import remove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.build.batch import Done
    from pipeline.build.build import Plan

app = typer.Typer(
    help="Read articles, annotate them, and export what was found.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(corrections_app, name="corrections")
app.add_typer(outlets_app, name="outlets")
app.command()(remove)
app.add_typer(checks_app, name="checks")
app.add_typer(corpora_app, name="corpora")


class EngineName(StrEnum):
    """Where a build does its work."""

    local = "local"
    dask = "dask"


class Format(StrEnum):
    """File formats of an export."""

    csv = "csv"
    csv_excel = "csv-excel"
    jsonl = "jsonl"
    parquet = "parquet"
    xlsx = "xlsx"


DataOption = Annotated[Path, typer.Option("--data", envvar="FRAMELENS_DATA", help="The data folder.", file_okay=False)]
ModelOption = Annotated[str, typer.Option(envvar="FRAMELENS_MODEL", help="An installed spaCy model.")]
OutOption = Annotated[Path, typer.Option("--out", "-o", help="File to write.", dir_okay=False)]
InArgument = Annotated[Path, typer.Argument(help="JSON lines.", exists=True, dir_okay=False, metavar="IN.jsonl")]
DEFAULT_DATA: Final = Path(".framelens")


@app.command()
def build(
    sources: Annotated[list[Path], typer.Argument(help="Files, folders and ZIP archives of articles.")],
    data: DataOption = DEFAULT_DATA,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; one for each processor if not given.")] = None,
    engine: Annotated[EngineName, typer.Option(help="This machine, or a Dask cluster.")] = EngineName.local,
    scheduler: Annotated[str, typer.Option(help="Address of a Dask scheduler; none starts a cluster here.")] = "",
    model: ModelOption = DEFAULT_MODEL,
    column: Annotated[
        list[str] | None, typer.Option("--column", help="Which column of tables is what, as source=publication; kept.")
    ] = None,
    dates: Annotated[str, typer.Option("--dates", help="What 3/4/2020 means: day-first or month-first; kept.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 if any input could not be used.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what an earlier build set aside.")] = False,
    progress_file: Annotated[
        Path | None, typer.Option("--progress", help="Write how far the build is to this file, as JSON.")
    ] = None,
) -> None:
    """Make the data folder hold the articles of SOURCES, and only those.

    Only what is new or changed is parsed and annotated. What cannot be used is listed and the rest is built.
    """
    from pipeline.build.build import build as bring_up_to_date
    from pipeline.build.engines import engine as engine_named

    columns = (
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with plain_errors():
        choices = chosen_for(data, column or [], dates)
    # A bar is drawn for somebody who looks on; into a log or a pipe go lines.
    lines = None if say.is_terminal else ProgressLines(lambda line: say.print(line, markup=False, soft_wrap=True))
    with plain_errors(), Progress(*columns, console=say, transient=True, disable=lines is not None) as progress:
        bar = progress.add_task("Reading", total=None, rate="")
        progress_out = ProgressFile(progress_file)
        words = 0

        def planned(todo: Plan) -> None:
            progress.update(bar, description="Annotating", total=len(todo.stale))
            progress_out.planned(len(todo.stale))
            if lines:
                lines.begin(len(todo.stale))

        def advance(done: Done) -> None:
            nonlocal words
            words += done.words
            progress.advance(bar, done.articles + len(done.problems))
            progress_out.advance(done.articles + len(done.problems), done.words)
            if lines:
                lines.advance(done.articles + len(done.problems), done.words)
            elapsed = progress.tasks[0].elapsed or 0
            progress.update(bar, rate=f"{words / elapsed:,.0f} words/s" if elapsed else "")

        chosen = engine_named(engine.value, workers, scheduler)
        outcome = bring_up_to_date(
            sources, data, chosen, model, planned=planned, advance=advance, retry=retry, choices=choices
        )
    for notice in outcome.notices:
        say.print(notice, markup=False, soft_wrap=True)
    if outcome.articles:
        progress_out.ended(outcome)
    unused = [problem for problem in outcome.problems if not problem.used]
    lines_at_end = end_lines(file_counts(outcome.files, outcome.other_languages), outcome.problems)
    _say_lines(lines_at_end)
    if not outcome.articles:
        _say_lines(problem_lines(outcome.problems))
        named = ", ".join(map(str, sources))
        stop(f"No article could be built from {named}.")
    change = f"{outcome.added} annotated, {outcome.removed} removed" if outcome.changed else "nothing had changed"
    summary = found_line(outcome.articles, data, change, outcome.snapshot)
    say.print(summary, style="bold", markup=False, soft_wrap=True)
    _say_lines(problem_lines(outcome.problems))
    if strict and unused:
        raise typer.Exit(EXIT_SOME_UNUSED)


def _say_lines(lines: Iterable[str]) -> None:
    for line in lines:
        say.print(line, markup=False, soft_wrap=True)


@app.command()
def status(data: DataOption = DEFAULT_DATA) -> None:
    """Say what the data folder holds, what it was made with, and what could not be used."""
    from store import Filter, Store, corrections
    from store.corrections import review
    from store.queries import counts, files, not_analysed, problems

    with plain_errors():
        store = Store.open(data)
        totals = counts(store, Filter())
        table = Table(show_header=False, box=None)
        table.add_row("articles", f"{totals.of:,} from {totals.sources:,} outlets")
        if others := not_analysed(store, Filter()):
            table.add_row("not analysed", f"{others:,} of them, which are in other languages than English")
        table.add_row("words", f"{totals.words:,}, and {totals.furniture_words:,} set aside as furniture")
        table.add_row("quotes", f"{totals.quotes:,}")
        table.add_row("named", f"{totals.people:,} people, {totals.organisations:,} organisations")
        table.add_row("corrections", review.counts(store))
        table.add_row("snapshot", str(store.snapshot))
        for name, value in sorted(store.versions.items()):
            table.add_row(Text(printable(name)), Text(printable(value)))
        Console(highlight=False).print(table)
        for line in file_lines(files(store)):
            tell(f"  {line}\n")
        table_of_problems = problems(store)
        Console(highlight=False).print(
            f"{len(table_of_problems):,} problems" + (":" if len(table_of_problems) else ".")
        )
        for row in table_of_problems.to_dict("records"):
            where = f"{row['origin']}:{row['origin_row']}" if row["origin_row"] else row["origin"]
            described = f"  {where} [{row['code']}, {'used' if row['used'] else 'not used'}] {row['reason']}"
            tell(described + "\n")
        for line in correction_lines(review.review(store), data / corrections.NAME):
            tell(f"  {line}" + "\n")


@app.command()
def verify(data: DataOption = DEFAULT_DATA) -> None:
    """Compare every file of the corpus with what was written; exit with 1 when one differs."""
    from store.snapshot import manifest
    from store.snapshot.verify import damages

    with plain_errors():
        written = manifest.read(data)
        if not written.files:
            stop(f"{data} was built before checksums were kept. Build the corpus again, which keeps them.")
        broken = damages(data, written)
        for damage in broken:
            say.print(f"  {data / damage.file}: {damage.what}.", markup=False, soft_wrap=True)
        if broken:
            stop(
                f"{len(broken)} of {len(written.files)} files are damaged. Build the corpus again: it makes them anew."
            )
        whole = f"All {len(written.files)} files of snapshot {written.snapshot} in {data} are as they were written."
        say.print(whole, style="bold", markup=False, soft_wrap=True)


@app.command()
def annotate(
    source: InArgument,
    out: OutOption,
    model: ModelOption = DEFAULT_MODEL,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 if any line could not be used.")] = False,
) -> None:
    """Annotate JSON lines of {id, text, source?, date?, title?}; no store is involved."""
    from pipeline.build.row_commands import annotate_rows

    _transform(source, out, lambda rows: annotate_rows(rows, model), strict=strict)


@app.command()
def portray(
    source: InArgument,
    out: OutOption,
    model: ModelOption = DEFAULT_MODEL,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 if any line could not be used.")] = False,
) -> None:
    """Rate the sentiment toward a target: JSON lines of {id, sentence, target_start, target_end}."""
    from pipeline.build.row_commands import portray_rows

    _transform(source, out, lambda rows: portray_rows(rows, model), strict=strict)


@app.command()
def stories(
    source: InArgument,
    out: OutOption,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 if any line could not be used.")] = False,
) -> None:
    """Group articles by the event they tell: JSON lines of {id, text, title?, source?, date?} to {id, story_id}."""
    from pipeline.build.row_commands import story_rows

    _transform(source, out, story_rows, strict=strict)


@app.command()
def export(
    table: Annotated[str, typer.Argument(help="Name of a table; a wrong name lists them.")],
    out: OutOption,
    filter_: Annotated[str, typer.Option("--filter", help="The filter as the page's address shows it.")] = "",
    format_: Annotated[Format, typer.Option("--format", help="File format.")] = Format.csv,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Write a table as the page would download it, and beside it FILE.meta.json with its filter, rows and versions."""
    from store import Filter, Store
    from store.export import TABLES_FOR_EXPORT, changes, encode, record

    with plain_errors():
        if table not in TABLES_FOR_EXPORT:
            names = ", ".join(sorted(TABLES_FOR_EXPORT))
            stop(f"There is no table {table!r}. There are: {names}.")
        store = Store.open(data)
        wanted, notices = Filter.from_query(filter_)
        usable, unknown = store.without_unknown(wanted)
        for notice in (*notices, *unknown):
            say.print(notice, markup=False)
        rows = TABLES_FOR_EXPORT[table](store, usable)
        with whole_file(out) as written, whole_file(out.with_name(out.name + ".meta.json")) as about:
            written.write(encode(rows, format_.value, table))
            about.write(record(store, table, usable, rows.num_rows, changes(rows, format_.value)).encode() + b"\n")


def _transform(source: Path, out: Path, function: Callable[[Iterable[Any]], Iterable[Any]], *, strict: bool) -> None:
    """Run JSON lines through ``function``; a line that cannot be used is named and left out, the rest goes on."""
    unused = 0

    def unusable(number: int, reason: str) -> None:
        nonlocal unused
        unused += 1
        say.print(f"{source}:{number}: not used: {reason}", markup=False, soft_wrap=True)

    with plain_errors():
        write_json_lines(out, function(json_lines(source, unusable)), unusable)
    if strict and unused:
        raise typer.Exit(EXIT_SOME_UNUSED)

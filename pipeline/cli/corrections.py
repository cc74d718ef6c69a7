"""``python -m pipeline corrections``: list, undo, import and export the corrections of a data folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import plain_errors, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.corrections.review import Review
    from store.log_file import Fault

app = typer.Typer(help="List, undo, import and export corrections.", no_args_is_help=True)
DataOption = Annotated[Path, typer.Option("--data", envvar="FRAMELENS_DATA", help="The data folder.", file_okay=False)]
DEFAULT_DATA: Final = Path(".framelens")


def lines(review: Review, file: Path) -> Iterator[str]:
    """What cannot hold or be read, a line each, contradictions first."""
    from store.corrections.review import in_words

    for contradiction in review.contradictions:
        corrections = "; ".join(
            f"{correction.id}: {in_words(correction, review)}" for correction in contradiction.corrections
        )
        yield f"contradiction: {contradiction.reason} Undo all but one. {corrections}"
    for correction in review.in_effect:
        if why := review.waiting.get(correction.id):
            yield f"waiting: {correction.id}: {in_words(correction, review)}: {why}. It will hold when that is there."
    yield from _faults(review.faults, file)


def _faults(faults: tuple[Fault, ...], file: Path) -> Iterator[str]:
    for fault in faults:
        yield f"{file}:{fault.line}: not used: {fault.reason}."


@app.command("list")
def list_(data: DataOption = DEFAULT_DATA) -> None:
    """Say each correction in effect in words, then what contradicts, waits or cannot be read."""
    from store import Store, corrections
    from store.corrections.review import in_words, review

    with plain_errors():
        all_corrections = review(Store.open(data))
    for correction in all_corrections.in_effect:
        by = f" ({correction.author})" if correction.author else ""
        tell(f"{correction.id}  {correction.at[:10]}  {in_words(correction, all_corrections)}{by}\n")
    for line in lines(all_corrections, data / corrections.NAME):
        tell(line + "\n")


@app.command()
def undo(
    wanted: Annotated[str, typer.Argument(help="Id of a correction, as list shows it.", metavar="ID")],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Take a correction back; its line stays in the file."""
    from store import Store, corrections

    with plain_errors():
        corrections.undo(Store.open(data).path, wanted)


@app.command("import")
def import_(
    source: Annotated[Path, typer.Argument(help="Somebody's corrections.jsonl.", exists=True, dir_okay=False)],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Add the corrections of a file that are not here yet."""
    from store import Store, corrections

    with plain_errors():
        added, faults = corrections.import_bytes(Store.open(data).path, source.read_bytes())
    tell(f"{added} corrections added.\n")
    for line in _faults(faults, source):
        tell(line + "\n")


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write.", dir_okay=False)],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Write all corrections to a file, to keep or to give to somebody."""
    from store import Store, corrections

    with plain_errors():
        out.write_bytes(corrections.export_bytes(Store.open(data).path))

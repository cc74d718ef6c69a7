"""How files are read, from the command line: choices that are kept, a line a file, outlets' names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipeline.cli.console import plain_errors, stop, tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from pipeline.readers import Choices

app = typer.Typer(help="See and unify the names of outlets.", no_args_is_help=True)
DataOption = Annotated[Path, typer.Option("--data", envvar="FRAMELENS_DATA", help="The data folder.", file_okay=False)]
DEFAULT_DATA: Final = Path(".framelens")
# More files than this are told by their kinds.
_MOST_FILES: Final = 60
# What articles of a file can lack, by column of the table of files.
_LACKING: Final = {
    "undated": "undated",
    "without_outlet": "without an outlet",
    "untitled": "without a title",
    "left_out": "left out",
}


def chosen_for(data: Path, columns: Sequence[str], dates: str) -> Choices:
    """The choices kept in a data folder, with those that a command adds, which are kept as well.

    Raises:
        ValueError: one of them is none.
    """
    from pipeline.readers import choices

    stored = choices.load(data)
    if not columns and not dates:
        return stored
    pairs = [column.partition("=") for column in columns]
    if bad := next(
        (column for column, (_, equals, name) in zip(columns, pairs, strict=True) if not equals or not name), ""
    ):
        message = f"--column takes a role and a column's name, as source=publication, not {bad!r}."
        raise ValueError(message)
    changed = choices.Choices(
        {**stored.columns, **{role: name for role, _, name in pairs}},
        dates or stored.dates,
        stored.outlets,
        stored.removed,
    )
    choices.check(changed.columns, changed.dates)
    choices.save(data, changed)
    return changed


def file_lines(files: pd.DataFrame) -> Iterator[str]:
    """What came of each file, a line each; of many files, a line for each kind."""
    if len(files) > _MOST_FILES:
        numbers = ["rows", "articles", *_LACKING]
        files = files.assign(files=1).groupby("kind")[[*numbers, "files"]].sum().reset_index()
        files["origin"] = [f"{count:,} files" for count in files["files"]]
    for row in files.to_dict("records"):
        head = f"{row['kind'] or 'not read'}: {row['articles']:,} {'article' if row['articles'] == 1 else 'articles'}"
        lacking = [f"{row[key]:,} {what}" for key, what in _LACKING.items() if row[key]]
        columns = list(row.get("columns", ()))
        used = [f"columns: {', '.join(columns)}"] if columns else []
        yield f"{row['origin']}: {'; '.join([head, *lacking, *used])}"


@app.command("list")
def list_(data: DataOption = DEFAULT_DATA) -> None:
    """List the outlets of the corpus, and names that look like two ways to write one."""
    from pipeline.readers.outlets import suggest
    from store import Store

    with plain_errors():
        rows = Store.open(data).rows_of("SELECT source, count(*) FROM headers GROUP BY source ORDER BY 2 DESC, 1")
    for name, count in rows:
        tell(f"{count:8,}  {name}\n")
    for name, best in suggest(dict(rows)):
        tell(f"alike: {name!r} may be {best!r}: python -m pipeline outlets unify {name!r} {best!r}\n")


@app.command()
def unify(
    name: Annotated[str, typer.Argument(help="A name as the files write it.")],
    outlet: Annotated[str, typer.Argument(help="The outlet's one name; the name itself takes it out of the table.")],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Read NAME as OUTLET from the next build on; the table is outlets.csv in the data folder."""
    from pipeline.readers import outlets

    with plain_errors():
        if not name.strip() or not outlet.strip():
            stop("Both names must say something.")
        table = outlets.changed(outlets.load(data), name, outlet)
        outlets.save(data, table)
    tell(f"{len(table)} names in {data / outlets.FILE}. Build again, and they hold.\n")

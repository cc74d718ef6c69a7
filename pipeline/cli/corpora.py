"""Corpora with names, from the command line: those that the page *Add articles* knows of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from pipeline.cli.console import plain_errors, stop, tell
from store import corpora

app = typer.Typer(help="Make, open, rename and remove corpora with names.", no_args_is_help=True)
DataOption = Annotated[Path, typer.Option("--data", envvar="FRAMELENS_DATA", help="The data folder.", file_okay=False)]
NameArgument = Annotated[str, typer.Argument(help="The corpus, by its name.")]
DEFAULT_DATA: Final = Path(".framelens")


@app.command("list")
def list_(data: DataOption = DEFAULT_DATA) -> None:
    """List the corpora and their folders; a star marks the one that is open on the page."""
    opened = corpora.current(data).key
    for corpus in corpora.listed(data):
        tell(f"{'*' if corpus.key == opened else ' '} {corpus.name}  {corpus.folder}\n")


@app.command()
def make(name: NameArgument, data: DataOption = DEFAULT_DATA) -> None:
    """Make an empty corpus, and say the folder to build it in."""
    with plain_errors():
        corpus = corpora.make(name, data)
    tell(f"{corpus.name} is made. Build it: python -m pipeline build SOURCES --data '{corpus.folder}'\n")


@app.command("open")
def open_(name: NameArgument, data: DataOption = DEFAULT_DATA) -> None:
    """Open a corpus on the page."""
    with plain_errors():
        wanted = corpora.called(name, data)
        corpora.choose(wanted.key, data)
    tell(f"{wanted.name} is open.\n")


@app.command()
def rename(
    name: NameArgument,
    new: Annotated[str, typer.Argument(help="Its new name.")],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Give a corpus another name."""
    with plain_errors():
        corpora.rename(corpora.called(name, data), new, data)
    tell(f"{name} is called {new} now.\n")


@app.command()
def remove(
    name: NameArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Really: its corrections and checks go too.")] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Remove a corpus with all it holds; this cannot be undone."""
    with plain_errors():
        wanted = corpora.called(name, data)
        if not yes:
            stop(f"{wanted.name} in {wanted.folder} goes with its corrections and checks. Say --yes to remove it.")
        corpora.remove(wanted, data)
    tell(f"{wanted.name} is removed.\n")

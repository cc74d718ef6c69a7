"""Remove articles with all that is held of them, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from pipeline import DEFAULT_MODEL
from pipeline.cli.console import plain_errors, say, stop, tell

DEFAULT_DATA: Final = Path(".framelens")
_SHOWN: Final = 10


def remove(
    articles: Annotated[
        list[str] | None, typer.Argument(help="Ids of articles, as in the address of their page or the table articles.")
    ] = None,
    data: Annotated[
        Path, typer.Option("--data", envvar="FRAMELENS_DATA", help="The data folder.", file_okay=False)
    ] = DEFAULT_DATA,
    model: Annotated[str, typer.Option(envvar="FRAMELENS_MODEL", help="An installed spaCy model.")] = DEFAULT_MODEL,
    listed: Annotated[bool, typer.Option("--list", help="List the ids of what was removed.")] = False,
    take_back: Annotated[bool, typer.Option("--take-back", help="Let the next build read ARTICLES again.")] = False,
) -> None:
    """Remove ARTICLES and all that is held of them: tables, search, caches, kept uploads. No build brings them back.

    Files of your own outside of the data folder are not touched. Corrections and checks keep their lines, which hold
    ids and places in texts.
    """
    from pipeline.readers import removed

    with plain_errors():
        if listed:
            for article_id, at in removed.listed(data):
                tell(f"{article_id}  removed {at}\n")
            return
        if not articles:
            stop("Name the articles to remove by their ids.")
        if take_back:
            for article_id in articles:
                if not removed.take_back(data, article_id):
                    stop(f"{article_id} is not among the articles removed from {data}; --list shows them.")
            say.print(f"{len(articles)} taken back: the next build reads them again, if your files still hold them.")
            return
        from pipeline.build.removal import remove as remove_from

        done = remove_from(data, set(articles), model)
    summary = f"{done.removed} removed, {done.remaining:,} articles left in {data}."
    say.print(summary, style="bold", markup=False, soft_wrap=True)
    for origin in done.elsewhere[:_SHOWN]:
        say.print(f"  {origin} is a file of yours and was not touched.", markup=False, soft_wrap=True)

"""Who is quoted in the articles of a story, and what they name: a column an article. Rows in, HTML out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dashboard.markup.html import Html, join, link, tag
from dashboard.markup.phrasing import count, number, share, when
from dashboard.story.fact_matrix import FIRST, Row, address_of, group_head, matrix_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HUES: Final = 5


@dataclass(frozen=True, slots=True)
class Named:
    """Something that articles name: how it is called here, and by article what the cell says and where it opens.

    A cell that is a ``hint`` has words which could name it, and are not found to.
    """

    name: str
    cells: Mapping[str, Row]

    @property
    def tellers(self) -> int:
        """Articles that are found to name it."""
        return sum("hint" not in row for row in self.cells.values())


def named_by(rows: Sequence[Row], key: str, name: str) -> list[Named]:
    """What several articles name first; ``rows`` have article_id, start, end and ``said``, what a cell says.

    Those that only hint at it come after all others, and are marked so.
    """
    cells_by_key: dict[str, dict[str, Row]] = {}
    names: dict[str, str] = {}
    for row in rows:
        cells_by_key.setdefault(row[key], {}).setdefault(row["article_id"], row)
        names.setdefault(row[key], row[name])
    found = [Named(names[key_named], cells) for key_named, cells in cells_by_key.items()]
    return sorted(found, key=lambda entity: (-entity.tellers, -len(entity.cells)))


def named(kinds: Mapping[str, Sequence[Named]], articles: Sequence[Row], base: str) -> Html:
    """Who and what is named: by kind, what several articles name as rows, and what each names alone on one line."""
    body = []
    for kind, entities in kinds.items():
        shared = [entity for entity in entities if len(entity.cells) > 1]
        single = [entity for entity in entities if len(entity.cells) == 1]
        if entities:
            size = (
                f"{number(sum(entity.tellers > 1 for entity in entities))} of {number(len(entities))} in more than one"
            )
            body.append(group_head(kind, size, len(articles)))
        for entity in shared:
            cells = [tag("td", _naming(entity.cells.get(article["article_id"]), article, base)) for article in articles]
            body.append(tag("tr", tag("th", entity.name, scope="row", class_="f"), *cells))
        if single:
            cells = [tag("td", _alone(single, article, base)) for article in articles]
            body.append(tag("tr", tag("th", "In one of them", scope="row", class_="f fl-plain"), *cells))
    return matrix_table(
        "Names and numbers, by article", "What", articles, body, lambda article: when(article["published"])
    )


def _naming(row: Row | None, article: Row, base: str) -> Html:
    on = tag("span", article["source"], class_="on")
    if row is None:
        return tag("div", tag("div", on, "not named"), class_="fl-cell no")
    here = link("read", row["said"], address_of([row], base))
    if "hint" in row:
        return tag("div", tag("div", on, "perhaps: ", here), class_="fl-cell per")
    return tag("div", tag("div", on, here), class_="fl-cell")


def _alone(single: Sequence[Named], article: Row, base: str) -> Html | None:
    of_article = [entity for entity in single if article["article_id"] in entity.cells]
    if not of_article:
        return tag("span", "none", class_="fl-none")
    first, rest = of_article[: 2 * FIRST], of_article[2 * FIRST :]
    return tag(
        "div",
        tag("span", article["source"], class_="on"),
        join(*(_short(entity, article, base) for entity in first), by=", "),
        tag("details", tag("summary", f"{number(len(rest))} more"),
            join(*(_short(entity, article, base) for entity in rest), by=", ")) if rest else None,
        class_="fl-cell fl-inline",
    )  # fmt: skip


def _short(entity: Named, article: Row, base: str) -> Html:
    row = entity.cells[article["article_id"]]
    return link("read", row["said"] if "figure" in row else entity.name, address_of([row], base))


def speakers(quoted: Sequence[Row], articles: Sequence[Row]) -> Html:
    """Whom each article quotes, with how many of its quoted words; the same speaker has the same hue in each column."""
    whole: dict[str, int] = {}
    for row in quoted:
        whole[row["speaker"]] = whole.get(row["speaker"], 0) + row["words"]
    ranked = sorted(whole, key=lambda speaker: (-whole[speaker], speaker))[:_HUES]
    hue = {speaker: f"s{place}" for place, speaker in enumerate(ranked, 1)}
    columns = []
    for article in articles:
        article_rows = [row for row in quoted if row["article_id"] == article["article_id"]]
        columns.append(
            tag(
                "div",
                tag("p", article["source"], class_="ob"),
                *(
                    _spoken(article_rows, hue)
                    if article_rows
                    else [tag("p", "none: nobody is quoted", class_="fl-none")]
                ),
                class_="hd",
            )
        )
    return tag("div", *columns, class_="fl-heads fl-spoken", style=f"--n:{len(articles)}")


def _spoken(speaker_rows: Sequence[Row], hue: Mapping[str, str]) -> Iterator[Html]:
    total = sum(row["words"] for row in speaker_rows)
    yield tag(
        "div",
        *(
            tag("i", class_=hue.get(row["speaker"], "s0"), style=f"width:{100 * row['words'] / total:.1f}%")
            for row in speaker_rows
        ),
        class_="bar",
        aria_hidden="true",
    )
    for row in speaker_rows:
        yield tag(
            "p",
            tag("span", row["speaker"] or "nobody named", class_=f"fl-who {hue.get(row['speaker'], 's0')}",
                style="white-space:normal"),
            " ",
            tag("span", f"{count(row['words'], 'word')}, {share(row['words'], total)}", class_="fl-none"),
            class_="fl-spoke",
        )  # fmt: skip

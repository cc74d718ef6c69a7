"""Which column of a file holds what is known of an article: by its name, by the data set it is of, by its cells."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import RESOURCES
from pipeline.readers.clues import addresses, by_cells
from pipeline.readers.date_words import plain
from pipeline.readers.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TEXT_NAMES: Final = "text, body or content"
# What a user can name a column for.
ROLES: Final = ("source", "title", "text", "authors", "published", "date_precision", "date_evidence", "url")

# Of these a single column says what it says, and nothing is made of it.
_AS_IT_STANDS: Final = frozenset({"title", "text", "date_precision", "date_evidence", "url"})

# Rows looked at before columns are chosen.
SAMPLE: Final = 50
# A column with longer cells is a second text or the page's code, not a label to keep with an article.
LONGEST_KEPT: Final = 500

# What justifies a column of ours, as the demonstration's manifest says it.
_EVIDENCE: Final = frozenset(f"{role}evidence" for role in ("source", "title", "authors", "published"))

_LONGEST_NAME: Final = 40
# Headers with more names are not remembered.
_MOST_NAMES: Final = 200

_PARTS_OF_DAY: Final = (
    ("year", "pubyear", "publicationyear", "jahr"),
    ("month", "pubmonth", "publicationmonth", "monat"),
    ("day", "dayofmonth", "pubday", "publicationday", "tag"),
)

# What can be the name of an article, of its author, its outlet or its file.
_ANY_NAME: Final = frozenset({"name"})
_EMPTY: Final = frozenset({"nan", "none", "null", "n/a", "na", "<na>", "nat", "#n/a", "-", "undefined", "n.a."})
_EXCEL_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)
# The Wayback Machine's and other archives': a stamp of time, then the whole address of the page.
_ARCHIVED = re.compile(
    r"^https?://[^/\s]*archive[^/\s]*/(?:[\w-]+/)*\d{4,14}[a-z_*]{0,4}/(?P<url>https?:/.+)", re.IGNORECASE
)
_ADDRESS = re.compile(r"^(?:https?:)?//(?P<host>[^/\s:?#]+)", re.IGNORECASE)


def normal(name: str) -> str:
    """A column's name as the table of names writes it."""
    return _normal(name) if len(name) <= _LONGEST_NAME else _normal.__wrapped__(name)


# The same names stand in every line of a file. Longer ones are not remembered: they could fill the memory.
@lru_cache(maxsize=1 << 12)
def _normal(name: str) -> str:
    return re.sub(r"[\s_\-\ufeff'\"()/]+", "", plain(name)).lower()


def cell(value: str) -> str:
    """What a cell says: nothing where a program wrote its word for nothing, and no formula of Excel."""
    stripped = value.strip()
    if len(stripped) <= 9 and stripped.lower() in _EMPTY:
        return ""
    if stripped.startswith('="') and (match := _EXCEL_TEXT.match(stripped)):
        return match[1].replace('""', '"')
    return value


@dataclass(frozen=True, slots=True)
class Dataset:
    """A published data set or service: the columns it is known by and what they hold."""

    name: str
    needs: frozenset[str]
    columns: dict[str, tuple[str, ...]]
    source_is: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The table of names."""

    columns: dict[str, tuple[str, ...]]
    datasets: tuple[Dataset, ...]
    no_outlets: frozenset[str]
    other_days: frozenset[str]
    places: frozenset[str]
    groups: frozenset[str]


@cache
def names() -> Names:
    """Read the table of names once."""
    data = tomllib.loads((RESOURCES / "readers" / "article_columns.toml").read_text("utf-8"))
    datasets = tuple(
        Dataset(
            row["name"],
            frozenset(row["needs"]),
            {role: tuple(value) for role, value in row.items() if isinstance(value, list) and role != "needs"},
            row.get("source_is", ""),
        )
        for row in data["dataset"]
    )
    columns = {role: tuple(ways) for role, ways in data["columns"].items()}
    others = (frozenset(data[name]["names"]) for name in ("no_outlets", "other_days", "places", "groups"))
    return Names(columns, datasets, *others)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which of a file's columns are used for what, in order of trust, which are kept, and which are not used.

    ``day_parts`` says that the columns of dates are the year, the month and the day of one date, in this order.
    ``guessed`` are the roles whose column no name told, but its cells.
    """

    used: dict[str, tuple[str, ...]]
    own_columns: tuple[str, ...] = ()
    unused: dict[str, str] = field(default_factory=dict)
    dataset: str = ""
    source_is: str = ""
    partial: bool = False
    day_parts: bool = False
    guessed: tuple[str, ...] = ()

    def values(self, record: Mapping[str, str]) -> dict[str, str]:
        """What ``record`` says of its article, by role."""
        values_by_role = dict.fromkeys(ROLES, "")
        for role in ROLES:
            if not (columns := self.used.get(role)):
                continue
            if len(columns) == 1 and role in _AS_IT_STANDS:  # most columns of most files
                value = cell(record.get(columns[0], ""))
                values_by_role[role] = "" if value.isspace() else value
                continue
            cells = [cell(record.get(name, "")) for name in columns]
            if role == "source":
                cells = [outlet_of(value) for value in cells]
            elif role == "published":
                cells = [_joined(cells)] if self.day_parts else _best_date([value for value in cells if value.strip()])
            elif role == "authors":  # a number names nobody
                cells = [value for value in cells if not value.strip().isdecimal()]
            values_by_role[role] = next((value for value in cells if value.strip()), "")
        values_by_role["source"] = values_by_role["source"] or self.source_is
        return values_by_role

    def own_values(self, record: Mapping[str, str]) -> dict[str, str]:
        """The columns to keep with the article, without empty cells."""
        cells = ((name, " ".join(cell(record.get(name, "")).split())) for name in self.own_columns)
        return {name: value[:LONGEST_KEPT] for name, value in cells if value}

    def uses(self) -> dict[str, str]:
        """What becomes of each column, in words."""
        by_column = {name: role for role, columns in self.used.items() for name in columns}
        return (
            by_column
            | dict.fromkeys(self.own_columns, "kept")
            | {name: f"not used: {why}" for name, why in self.unused.items()}
        )


def has_article_columns(header: Iterable[str]) -> bool:
    """Whether a line of names looks like the header of a table of articles: a text, and one thing more."""
    column_names = frozenset(map(normal, header))
    return (
        _name_an_article(column_names)
        if len(column_names) <= _MOST_NAMES
        else _name_an_article.__wrapped__(column_names)
    )


@lru_cache(maxsize=1 << 8)
def _name_an_article(column_names: frozenset[str]) -> bool:
    names_by_role = names().columns
    roles = {role for role, ways in names_by_role.items() if not column_names.isdisjoint(ways)}
    return len(roles) >= 2 and (bool(roles & {"text", "html", "partial"}) or len(roles) >= 3)


def choose(
    header: Sequence[str], sample: Sequence[Mapping[str, str]], wanted: Mapping[str, str] | None = None
) -> Columns:
    """Choose from a file's columns.

    Args:
        header: names of its columns, as the file writes them.
        sample: its first rows.
        wanted: a column for a role, where the user has said so.
    """
    by_name: dict[str, str] = {}
    for name in header:
        by_name.setdefault(normal(name), name)
    dataset = max(
        (described for described in names().datasets if described.needs <= by_name.keys()),
        key=lambda described: len(described.needs),
        default=None,
    )
    used: dict[str, tuple[str, ...]] = {}
    for role in (*ROLES, "html", "partial"):
        first = dataset.columns.get(role) if dataset else None
        ways = (
            (*first, *names().columns.get(role, ()))
            if first
            else (() if first == () else names().columns.get(role, ()))
        )
        if wanted and (stated_name := wanted.get(role)) in header:
            chosen = [str(stated_name)]
        else:
            chosen = [by_name[way] for way in dict.fromkeys(ways) if way in by_name]
            chosen = chosen or _nested(by_name, ways)
        used[role] = tuple(chosen)
    if wanted:  # a column that the user gave to one role is no other's
        given_away = set(wanted.values())
        used = {r: v if wanted.get(r) in v else tuple(n for n in v if n not in given_away) for r, v in used.items()}
    stated = bool(dataset and dataset.columns.get("text")) or bool(wanted and wanted.get("text"))
    used["text"] = _longest(used["text"], sample, stated=stated) or _longest(used.pop("html"), sample, stated=False)
    used.pop("html", None)
    used["source"] = _outlet_columns(used["source"], sample)
    if not (wanted and "title" in wanted):
        vague = [name for name in used["title"] if normal(name) in _ANY_NAME]
        used["title"] = by_cells.titles(used["title"], _filled(used["title"], sample), len(sample), vague)
    used["published"] = _date_columns(used["published"], sample)
    parts = () if wanted and "published" in wanted else _day_parts(by_name, used["published"], sample)
    used["published"] = parts or used["published"]
    partial = used.pop("partial")
    is_partial = False
    if not used["text"] and partial and any(cell(row.get(name, "")).strip() for row in sample for name in partial):
        # A whole text under a name of its own goes before a summary.
        whole = by_cells.text(header, _filled(header, sample))
        used["text"], is_partial = (partial, True) if whole in {"", *partial, *_all(used)} else ((), False)
    guessed = _guess(used, header, sample, dataset)
    used = {role: columns for role, columns in used.items() if columns}
    taken = {name for columns in used.values() for name in columns}
    unused = {}
    for name in header:
        if normal(name) in _EVIDENCE:
            used[normal(name)] = (name,)
        elif name not in taken and (why := _why_not_kept(name, sample)):
            unused[name] = why
    taken |= {name for columns in used.values() for name in columns}
    own_columns = tuple(dict.fromkeys(name for name in header if name not in taken and name not in unused))
    name, source_is = (dataset.name, dataset.source_is) if dataset else ("", "")
    return Columns(used, own_columns, unused, name, source_is, is_partial, bool(parts), guessed)


def outlet_of(value: str) -> str:
    """The outlet that a cell names: an address stands for its site, the name of a database for none."""
    value = " ".join(value.split())
    if site := addresses.site(value):
        return "" if addresses.is_picture(value) else site
    return "" if value.lower() in names().no_outlets or value.isdecimal() else value.removeprefix("www.")


def says_nothing(name: str) -> bool:
    """Whether the name of a file or folder tells what lies in it, or when, and not who printed it."""
    spaced = re.sub(r"[\W_]+", " ", name.lower()).strip()
    words = [word for word in spaced.split() if not word.isdecimal()]
    if not words:
        return True
    return (
        all(
            word in names().places
            or len(word) == 1
            or re.fullmatch(r"[0-9a-f]{8,}|(?:tmp|part|v)\w*\d+|\d+\w{0,2}", word)
            for word in words
        )
        or spaced in names().places
    )


def _longest(candidates: Sequence[str], sample: Sequence[Mapping[str, str]], *, stated: bool) -> tuple[str, ...]:
    """The column with the longest cells; one that a data set or the user names goes first wherever it says anything."""
    if not candidates:
        return ()
    sizes = {name: sum(len(cell(row.get(name, ""))) for row in sample) for name in candidates}
    best = candidates[0] if stated and sizes[candidates[0]] else max(candidates, key=lambda name: sizes[name])
    return (best, *(name for name in candidates if name != best and sizes[name] > 0.5 * sizes[best]))


def _all(used: Mapping[str, Sequence[str]]) -> set[str]:
    return {name for columns in used.values() for name in columns}


def _guess(
    used: dict[str, tuple[str, ...]],
    header: Sequence[str],
    sample: Sequence[Mapping[str, str]],
    dataset: Dataset | None,
) -> tuple[str, ...]:
    """Fill in the text, the title and the day where no column is named for them; the names must look like names."""
    if any(len(name) > _LONGEST_NAME or parse_date(name).edtf for name in header):
        return ()
    guessed = [
        role for role in ("text", "title", "published") if not used[role] and (dataset is None or role == "text")
    ]
    if not guessed:
        return ()
    cells = _filled([name for name in header if name not in _all(used)], sample)
    other_days = {name for name in cells if any(part in normal(name) for part in names().other_days)}
    found = by_cells.guess(guessed, cells, len(sample), other_days)
    if not used["text"] and "text" not in found:
        return ()
    used |= {role: (name,) for role, name in found.items()}
    return tuple(found)


def _filled(header: Iterable[str], sample: Sequence[Mapping[str, str]]) -> dict[str, dict[int, str]]:
    """The filled cells of columns, by the row."""
    return {
        name: {number: said for number, row in enumerate(sample) if (said := cell(row.get(name, "")).strip())}
        for name in header
    }


def _outlet_columns(candidates: Sequence[str], sample: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Columns with outlets' names; one whose cells are numbers, names of databases or whole sentences is none."""

    def is_one(name: str) -> bool:
        cells = [cell(row.get(name, "")).strip() for row in sample]
        filled = [value for value in cells if value]
        return not filled or sum(bool(outlet_of(value)) and len(value) <= 150 for value in filled) * 2 >= len(filled)

    def is_address(name: str) -> bool:
        filled = [value for row in sample if (value := cell(row.get(name, "")).strip())]
        return sum(bool(addresses.site(value)) for value in filled) * 2 > len(filled)

    # A name says more than the address of a page.
    return tuple(sorted(filter(is_one, candidates), key=is_address))


def _date_columns(candidates: Sequence[str], sample: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """Columns with dates, those first that can be read most often; of equals the order of the names stands."""
    readable: Counter[str] = Counter()
    filled: Counter[str] = Counter()
    for row in sample:
        for name in candidates:
            if value := cell(row.get(name, "")).strip():
                filled[name] += 1
                readable[name] += bool(parse_date(value).edtf)
    ranked = sorted(candidates, key=lambda name: -(readable[name] > 0.5 * len(sample)))
    return tuple(name for name in ranked if readable[name] or not filled[name] or name == ranked[0])


def _day_parts(
    by_name: Mapping[str, str], date_columns: Sequence[str], sample: Sequence[Mapping[str, str]]
) -> tuple[str, ...]:
    """The columns of the year, the month and the day, where no column holds whole dates."""
    parts = [next((by_name[name] for name in ways if name in by_name), "") for ways in _PARTS_OF_DAY]
    if not parts[0] or any(parse_date(cell(row.get(name, ""))).edtf for row in sample for name in date_columns):
        return ()
    return tuple(parts[: parts.index("")] if "" in parts else parts)


def _joined(parts: Sequence[str]) -> str:
    """A date of its year, month and day: as ISO 8601 where all are numbers, else as written out."""
    year, *rest = [part.strip().removesuffix(".0") for part in parts]
    rest = rest[: rest.index("")] if "" in rest else rest
    if all(map(str.isdecimal, rest)):
        return "-".join([year, *(part.zfill(2) for part in rest)])
    return " ".join([*reversed(rest), year])


def _nested(by_name: Mapping[str, str], ways: Sequence[str]) -> list[str]:
    """Columns in a group such as ``dates``, by their names in it: ``dates.published``."""
    leaves = {name.rpartition(".")[2]: name for name in by_name if name.rpartition(".")[0] in names().groups}
    return [by_name[leaves[way]] for way in dict.fromkeys(ways) if way in leaves]


def _best_date(values: list[str]) -> list[str]:
    """Values with one that can be read first."""
    return values if len(values) < 2 else sorted(values, key=lambda value: not parse_date(value).edtf)


def _why_not_kept(name: str, sample: Sequence[Mapping[str, str]]) -> str:
    cells = [row.get(name, "") for row in sample]
    if normal(name) in {*names().columns["text"], *names().columns["html"]}:
        return "another column holds the text"
    if not name.strip():
        return "it has no name"
    if re.fullmatch(r"Unnamed: ?\d+|\.\.\.\d+|[Xx]\.?\d*", name.strip()):
        return "its name is one that programs give where there is none"
    if any(len(value) > LONGEST_KEPT for value in cells):
        return f"its cells are longer than {LONGEST_KEPT} characters"
    return ""


def columns_of_role(role: str, name: str) -> bool:
    """Whether a column so named can hold ``role``."""
    return normal(name) in names().columns[role]

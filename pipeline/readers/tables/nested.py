"""Nested JSON to records: where a document keeps its articles, and each of them as one flat row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.readers.columns import has_article_columns, names, normal

if TYPE_CHECKING:
    from collections.abc import Iterator

# Deeper values hold no column of an article.
DEEPEST: Final = 6
# A list of articles lies no deeper in its document.
_LIST_DEPTH: Final = 4
_ENVELOPES: Final = ("_source", "fields", "article", "doc", "document", "node", "attributes")
_PARTS: Final = ("text", "content", "body", "value", "name", "title", "paragraph", "original", "rendered")
# A name in parts, and a day in parts as lists of references write it.
_NAMES: Final = (("firstname", "first_name", "given"), ("lastname", "last_name", "family"))
_DAY_PARTS: Final = "date-parts"
_DATES: Final = ("$date", "$numberLong", "$numberDouble", "$numberInt", "$oid", "iso", "datetime", "date")
# An object of fewer values can stand for a single one, such as a date.
_SEVERAL: Final = 3
# Lists under these hold paragraphs; under others, names and words.
_LONG: Final = frozenset({"text", "html", "partial"})


class TooDeepError(ValueError):
    """JSON nested deeper than any article."""


def articles_in(value: Any) -> list[dict[str, Any]] | None:  # noqa: ANN401, PLR0911  JSON holds anything, in many shapes
    """The objects of a document that are its articles: itself, its list, or the list it holds; ``None`` for none."""
    if isinstance(value, list):
        objects = [item for item in value if isinstance(item, dict)]
        if objects or not value:
            return [_opened(item) for item in objects]
        return _rows(value)
    if not isinstance(value, dict):
        return None
    if table := _columnar(value):
        return table
    if _is_article(value):
        return [_opened(value)]
    lists = sorted(_lists(value, 0), key=lambda objects: (-_score(objects), -len(objects)))
    if lists and lists[0]:
        return [_opened(item) for item in lists[0]]
    if value and all(isinstance(item, dict) for item in value.values()):
        return [_opened(item) for item in value.values()]  # articles by their ids
    if any(isinstance(item, list) and not item for item in value.values()):
        return []
    return [_opened(value)]


def flat(record: dict[str, Any]) -> dict[str, str]:
    """An object as one row: nested values under names with dots, lists joined."""
    row: dict[str, str] = {}
    _flatten(record, "", row, 0)
    return row


def plain_row(record: dict[str, Any]) -> dict[str, str] | None:
    """What :func:`flat` makes of an object without lists and objects in it, which is one article; None of another."""
    if len(record) < _SEVERAL:
        return None
    row: dict[str, str] = {}
    for name, value in record.items():
        if isinstance(value, list | dict):
            return None
        row[name] = value if isinstance(value, str) else _scalar(value)
    return row


def _flatten(value: Any, name: str, row: dict[str, str], depth: int) -> None:  # noqa: ANN401, C901  one kind of value after another
    if isinstance(value, dict):
        if plain := next((_scalar(value[key]) for key in _DATES if key in value and len(value) <= 2), ""):
            row[name] = plain
            return
        if isinstance(inner := value.get("$date"), dict):
            _flatten(inner, name, row, depth + 1)
            return
        if depth >= DEEPEST:
            return
        if (
            name
            and _is_role(name)
            and (part := next((key for key in _PARTS if isinstance(value.get(key), str | list)), ""))
        ):
            # {"rendered": …}, {"name": …} under a column's own name stand for it.
            _flatten(value[part], name, row, depth + 1)
            if not _is_role(f"{name}.{part}"):
                value = {key: inner for key, inner in value.items() if key != part}
        for key, inner in value.items():
            _flatten(inner, f"{name}.{key}" if name else str(key), row, depth + 1)
    elif isinstance(value, list):
        joined = _join(value, name, depth)
        if joined:
            row[name] = joined
    else:
        plain = _scalar(value)
        if name not in row or plain:
            row[name] = plain


def _join(items: list[Any], name: str, depth: int) -> str:
    parts = []
    for item in items:
        if isinstance(item, dict):
            part = next((_scalar(item[key]) for key in _PARTS if isinstance(item.get(key), str)), "")
            if not part:
                part = " ".join(
                    filter(None, (next((_scalar(item[key]) for key in way if key in item), "") for way in _NAMES))
                )
            parts.append(part)
        elif isinstance(item, list):
            parts.append(_join(item, name, depth + 1) if depth < DEEPEST else "")
        else:
            parts.append(_scalar(item))
    if name.endswith(_DAY_PARTS):  # [[2021, 3, 18]]
        return "-".join(part.zfill(2) for part in parts if part)
    long = any(
        normal(name) in names().columns[role] or normal(name.rpartition(".")[2]) in names().columns[role]
        for role in _LONG
    )
    if long and {type(item) for item in items} == {str, dict}:
        return "".join(parts)  # the runs of one text, some of them bold or linked
    return ("\n" if long else "; ").join(part for part in parts if part.strip())


def _scalar(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    return ""


def _is_role(name: str) -> bool:
    return any(normal(name) in ways for ways in names().columns.values())


def _is_article(value: dict[str, Any]) -> bool:
    """Whether an object is one article: it says so by its columns, and holds no list of objects that are."""
    plain_keys = [key for key, inner in value.items() if not isinstance(inner, list | dict) or _is_role(str(key))]
    filled_keys = [key for key in plain_keys if isinstance(value[key], str | list) and value[key]]
    texts = any(normal(str(key)) in names().columns[role] for key in filled_keys for role in ("text", "html"))
    lists = [objects for objects in _lists(value, 0) if _score(objects) >= 2]
    return (
        texts and not any(len(objects) > 1 for objects in lists)
        if lists
        else texts or has_article_columns(map(str, plain_keys))
    )


def _opened(item: dict[str, Any]) -> dict[str, Any]:
    """An object out of the envelope of a search engine, beside whose contents only ids stand."""
    for key in _ENVELOPES:
        inner = item.get(key)
        if isinstance(inner, dict) and has_article_columns(map(str, inner)) and not has_article_columns(map(str, item)):
            rest = {name: value for name, value in item.items() if name != key}
            return rest | inner
    return item


def _lists(value: Any, depth: int) -> Iterator[list[dict[str, Any]]]:  # noqa: ANN401
    if depth > _LIST_DEPTH:
        return
    inner = value.values() if isinstance(value, dict) else ()
    for part in inner:
        if isinstance(part, list):
            objects = [item for item in part if isinstance(item, dict)]
            if objects:
                yield objects
        elif isinstance(part, dict):
            yield from _lists(part, depth + 1)


def _score(items: list[dict[str, Any]]) -> int:
    """How many things an article has the first of ``items`` have."""
    names_by_role = names().columns
    keys = {normal(str(key)) for item in items[:5] for key in (*item, *flat(_opened(item)))}
    return sum(bool(keys & set(ways)) for ways in names_by_role.values())


def _columnar(value: dict[str, Any]) -> list[dict[str, Any]] | None:
    """Tables as pandas writes them: columns with their rows by number, or names and rows apart."""
    if isinstance(value.get("columns"), list) and isinstance(value.get("data"), list):
        return [
            dict(zip(map(str, value["columns"]), row, strict=False)) for row in value["data"] if isinstance(row, list)
        ]
    inner = list(value.values())
    if len(inner) < 2 or not has_article_columns(map(str, value)):
        return None
    if all(isinstance(column, dict) for column in inner) and len({tuple(column) for column in inner}) == 1:
        return [{name: column[row] for name, column in value.items()} for row in inner[0]]
    if all(isinstance(column, list) for column in inner) and len({len(column) for column in inner}) == 1:
        return [{name: column[row] for name, column in value.items()} for row in range(len(inner[0]))]
    return None


def _rows(value: list[Any]) -> list[dict[str, Any]] | None:
    """A list of lists whose first is the header."""
    if len(value) > 1 and all(isinstance(row, list) for row in value) and has_article_columns(map(str, value[0])):
        return [dict(zip(map(str, value[0]), row, strict=False)) for row in value[1:]]
    return None

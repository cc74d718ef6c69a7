"""The names under which files keep what is known of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Column of an article: names that files give it, the first found wins. Letters' case does not matter.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "source": ("source", "outlet", "publisher"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content"),
    "authors": ("authors", "author", "byline"),
    "published": ("published", "date", "published_at", "publish_date", "date_published"),
    "date_precision": ("date_precision",),
    "date_evidence": ("date_evidence",),
    "url": ("url", "link"),
}
TEXT_NAMES: Final = "text, body or content"


def columns_of(names: Iterable[str]) -> dict[str, str]:
    """Which of a file's ``names`` holds each column of an article."""
    given = {name.strip().lower(): name for name in reversed(list(names))}
    return {
        column: next(given[name] for name in known if name in given)
        for column, known in NAMES.items()
        if any(name in given for name in known)
    }


def values_of(record: Mapping[str, Any]) -> dict[str, str]:
    """The columns of an article in a record; missing ones are empty, and lists are joined by semicolons."""
    columns = columns_of(record)
    return {column: _as_text(record[columns[column]]) if column in columns else "" for column in NAMES}


def _as_text(value: Any) -> str:  # noqa: ANN401 - JSON holds anything
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(part for item in value if (part := _as_text(item)))
    if isinstance(value, dict):
        return _as_text(value.get("name"))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return ""

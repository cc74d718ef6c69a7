"""``docs/data.md``: the tables of a corpus in words, from the schema. ``python -m store.describe`` prints it."""

from __future__ import annotations

import sys
from typing import Final

import pyarrow as pa

from store.corrections.log import FIELDS
from store.schema import SORT_KEYS, TABLES
from store.schema_version import SCHEMA_VERSION

_TYPES: Final = {
    pa.string(): "text",
    pa.int32(): "whole number",
    pa.float32(): "number",
    pa.date32(): "date",
    pa.bool_(): "yes or no",
    pa.list_(pa.string()): "list of texts",
}

_HEAD: Final = f"""# The tables

<!-- Written by `python -m store.describe > docs/data.md`; edit `store/schema.py` instead. -->

A corpus is a folder of [Delta Lake](https://delta.io) tables under `tables/`, and `manifest.json`, which names the
version of each table that belongs to the current snapshot. Any tool that reads Delta tables can read them, and so does
this:

```python
from store import Filter, Store, queries

store = Store.open("data")
store.query("SELECT source, count(*) AS articles FROM articles GROUP BY source ORDER BY source")
queries.quotes(store, Filter(sources=("Fox News",)), limit=10)
```

Every `start` and `end` counts characters (Unicode code points, as Python does) of the article's original text from 0,
and `end` is the first character after the span: `text[start:end]` is the span. Tables whose names are not below serve
the program alone and may change. The tables hold what was found; `Store` also honours `corrections.jsonl`, where what
readers put right is kept. These are the tables of version {SCHEMA_VERSION}.
"""


_CORRECTIONS: Final = """
## corrections.jsonl

One JSON object a line, only ever added to. Each has `id` (its own), `at` (UTC, such as 2024-05-01T12:00:00Z), `what`,
and may have `note` and `author`. Entities are given by `entity_id`, articles by `article_id`, places in a text by
`start` and `end`; fields with ? can be left out.

| what | fields | meaning |
| --- | --- | --- |
"""

_MEANING: Final = {
    "merge": "`entity` is `into`: all its mentions and quotes are that one's.",
    "split": "Mentions of `entity` in these articles, or of these surfaces, are of `to`, called `name` if new.",
    "rename": "`entity` is called `name`.",
    "reject": "`entity` is nothing that is named.",
    "mention": "The mention at this place names `entity`; empty for nobody.",
    "speaker": "Who says the quote at this place; empty for nobody known.",
    "reject-quote": "The words at this place are no quote.",
    "cell": "`says` whether `article` tells what a passage of `other` does: `same`, at its `start`, or `not told`.",
    "article": "The outlet, or the date (ISO 8601-2: a day, a month, a year, or two with a slash), of `article`.",
    "undo": "The correction with this `id` is taken back; an undo can itself be undone.",
}


def data_dictionary() -> str:
    """Markdown that explains every table and column."""
    parts = [_HEAD]
    for name, schema in TABLES.items():
        about = schema.metadata[b"about"].decode()
        order = ", ".join(f"`{key}`" for key in SORT_KEYS[name])
        parts.append(
            f"\n## {name}\n\n{about} In the order of {order}.\n\n| column | type | meaning |\n| --- | --- | --- |\n"
        )
        for field in schema:
            meaning = field.metadata[b"about"].decode().replace("|", "\\|")
            parts.append(f"| `{field.name}` | {_TYPES[field.type]} | {meaning} |\n")
    parts.append(_CORRECTIONS)
    for what, fields in FIELDS.items():
        parts.append(f"| `{what}` | {', '.join(f'`{field}`' for field in fields)} | {_MEANING[what]} |\n")
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())

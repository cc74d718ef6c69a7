"""``docs/data.md``: the tables of a corpus in words, from the schema. ``python -m store.describe`` prints it."""

from __future__ import annotations

import sys
from typing import Final

import pyarrow as pa

from store.schema import SCHEMA_VERSION, SORT_KEYS, TABLES

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
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())

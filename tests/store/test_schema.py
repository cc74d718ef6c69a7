"""A store of other columns is of another version, so that it is refused with words and not with a query that fails."""

import hashlib

from store.schema import SORT_KEYS
from store.schema_version import SCHEMA_VERSION
from store.snapshot.delta_tables import ALL, ORDER

# Columns of every table, those of the builder's own too, and the version that stands for them.
PINNED = (8, "ebc87af66f0a")


def test_changed_columns_are_another_version():
    columns = "\n".join(
        f"{name}.{field.name}: {field.type}" for name, schema in sorted(ALL.items()) for field in schema
    )
    digest = hashlib.sha256(columns.encode()).hexdigest()[:12]
    mend = f"raise SCHEMA_VERSION if it is still {PINNED[0]}, then pin the new version with {digest}"
    assert (SCHEMA_VERSION, digest) == PINNED, mend


def test_every_table_has_a_total_order_by_columns_of_its_own():
    for name, keys in {**SORT_KEYS, **ORDER}.items():
        assert set(keys) <= set(ALL[name].names), name

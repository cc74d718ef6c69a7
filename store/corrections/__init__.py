"""What readers put right: kept in ``corrections.jsonl``, laid over the tables of a snapshot when it is opened."""

from store.corrections.log import (
    FIELDS,
    NAME,
    Correction,
    Log,
    about,
    add,
    append,
    correction,
    days,
    digest,
    entity_id,
    export_bytes,
    import_bytes,
    loads,
    parse,
    read,
    undo,
)
from store.log_file import UNDO, Fault

__all__ = [
    "FIELDS",
    "NAME",
    "UNDO",
    "Correction",
    "Fault",
    "Log",
    "about",
    "add",
    "append",
    "correction",
    "days",
    "digest",
    "entity_id",
    "export_bytes",
    "import_bytes",
    "loads",
    "parse",
    "read",
    "undo",
]

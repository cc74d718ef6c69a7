"""Running what is asynchronous to its end, from any test."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine


def finish(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end, in a thread of its own: tests with a browser leave a running loop in theirs."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()

"""Expecting what is not there yet, without describing the page until it is.

Each time that an ``expect`` finds no such element, Playwright describes the whole page for the message of an error: a
quarter of a second, once or more for what comes after a click, and again and again for what a build ends with. To wait
for an element describes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright import sync_api
from playwright.sync_api import TimeoutError as TooLateError

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

PATIENCE = 60
sync_api.expect.set_options(timeout=PATIENCE * 1000)


class _Expected:
    """What can be said of a locator. What asks for something waits for it first; what may be gone does not."""

    def __init__(self, locator: Locator) -> None:
        self._locator = locator
        self._said = sync_api.expect(locator)

    def to_have_count(self, count: int) -> None:
        """There are ``count`` of it."""
        here = not count or self._comes()
        self._said.to_have_count(count, timeout=None if here else 1)

    def __getattr__(self, name: str) -> Callable[..., None]:
        def said(*given: Any, **how: Any) -> None:
            if not name.startswith("not_") and not self._comes(how.get("timeout")):
                how["timeout"] = 1
            getattr(self._said, name)(*given, **how)

        return said

    def _comes(self, most: float | None = None) -> bool:
        """Whether the first of it is there within ``most`` milliseconds; where not, Playwright says so in its own words."""
        try:
            self._locator.first.wait_for(state="attached", timeout=most or PATIENCE * 1000)
        except TooLateError:
            return False
        return True


def expect(locator: Locator) -> _Expected:
    """Playwright's ``expect``, of an element, for the same promises."""
    return _Expected(locator)

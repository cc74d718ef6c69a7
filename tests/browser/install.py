"""Make sure there is a Chromium for the browser tests: `python -m tests.browser.install`. Instant when there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The first is Chromium without a window of its own, which no test looks at: its visits cost an eighth less.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VARIABLE = "FRAMELENS_CHROMIUM"
PATIENCE = 600


class NoBrowserError(Exception):
    """No Chromium can be had; the message says what was tried and what to do."""


def chosen() -> Path | None:
    """The Chromium named by the environment; an error when it is not there."""
    if not (named := os.environ.get(VARIABLE)):
        return None
    if not (path := Path(named)).is_file():
        message = f"{VARIABLE} is {named}, and there is no such file. Set it to a Chromium, or unset it."
        raise NoBrowserError(message)
    return path


def on_path() -> Path | None:
    """A Chromium of this machine."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return Path(found) if found else None


def of_playwright() -> Path | None:
    """The Chromium that Playwright keeps for itself, if it has one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def find() -> Path | None:
    """The Chromium to use; None when there is none yet."""
    return chosen() or on_path() or of_playwright()


def _succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, timeout=PATIENCE).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> Path:
    """Fetch a Chromium: Playwright's own, else as root on Debian the system's, without a window where there is one."""
    _succeeds(sys.executable, "-m", "playwright", "install", "chromium")
    if found := find():
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        _ = _succeeds("apt-get", "update") and any(
            _succeeds("apt-get", "install", "-y", name) for name in (SHELL, "chromium")
        )
        if found := find():
            return found
    message = (
        "The browser tests need Chromium, and none was found or could be fetched. Install it (on Debian and Ubuntu: "
        f"sudo apt-get install chromium) or set {VARIABLE} to where it is. Without it: pytest -m 'not browser'."
    )
    raise NoBrowserError(message)


def main() -> int:
    """Find or fetch; say what went wrong."""
    try:
        _ = find() or install()
    except NoBrowserError as error:
        print(error, file=sys.stderr)  # noqa: T201  this is a command
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

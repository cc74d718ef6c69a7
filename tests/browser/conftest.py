"""The app as a reader meets it: built from the demonstration articles, served on this machine, seen in a browser."""

from __future__ import annotations

import socket
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import install, servers
from tests.browser.waiting import PATIENCE, expect
from tests.dashboard.conftest import HOSTILE
from tests.store.small_corpus import begin_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # One process draws all pages of this machine: a page with one of its own compiles all scripts anew.
    "--renderer-process-limit=1",
]
DESK = {"width": 1280, "height": 900}
# Streamlit looks for its server first below the page's path; these answers of its own are no error.
LOOKED_FOR = ("/_stcore/health", "/_stcore/host-config")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@contextmanager
def serve(store: Path, begin: Callable[..., AbstractContextManager[servers.Running]] | None = None) -> Iterator[str]:
    """The app on a free port of this machine, from when it answers until the end; ``begin`` says how it is begun."""
    port = _LEFT.pop() if _LEFT else _free_port()
    begin = begin or (servers.fork if servers.FORKS else servers.start)
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with begin(port, store, log) as server:
            _wait_until_it_answers(f"http://127.0.0.1:{port}/_stcore/health", server, log)
            yield f"http://127.0.0.1:{port}/"
    _LEFT.append(port)


# Ports of apps that have ended: the next takes one, as the browser has compiled the scripts of that address.
_LEFT: list[int] = []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(address: str, server: servers.Running, log: Path) -> None:
    pause = Event()
    for _ in range(PATIENCE * 10):
        try:
            with urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            if server.ended():
                break
        pause.wait(0.1)
    pytest.fail(f"the app did not start: {log.read_text('utf-8', 'replace') if log.exists() else ''}")


@pytest.fixture(scope="session")
def seeds(seeds_store: Path) -> Path:
    """A store of the demonstration articles."""
    return seeds_store


@pytest.fixture(scope="session")
def app(seeds: Path) -> Iterator[str]:
    """Address of the app on the demonstration articles."""
    with serve(seeds) as address:
        yield address


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose one article is made of scripts and markup."""
    path = tmp_path_factory.mktemp("hostile")
    begin_with(path, HOSTILE)
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    path = install.find()
    assert path, "no Chromium: run python -m tests.browser.install"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def own_app() -> Iterator[Callable[..., str]]:
    """Starts apps of a test's own and gives their addresses. They run until the test's visitors have left."""
    with ExitStack() as running:
        yield lambda store, begin=None: running.enter_context(serve(store, begin))


@pytest.fixture(scope="session")
def wrong() -> list[str]:
    """What went wrong in the browser, or left the machine, since the test began."""
    return []


@pytest.fixture
def open_context(chromium: Browser, own_app: object, wrong: list[str]) -> Iterator[Callable[[], BrowserContext]]:
    """Browsers with nothing in their caches. At the end nothing may have gone wrong.

    They leave before the test's own app ends: a page cut off while it loads would be told as an error.
    """
    contexts: list[BrowserContext] = []
    wrong.clear()

    def open_() -> BrowserContext:
        contexts.append(_context(chromium, wrong))
        return contexts[-1]

    yield open_
    for context in contexts:
        context.close()
    assert not wrong


@pytest.fixture(scope="session")
def shared_context(chromium: Browser, wrong: list[str]) -> Iterator[BrowserContext]:
    """One context for all visits: its cache spares every page but the first loading and compiling Streamlit's scripts."""
    context = _context(chromium, wrong)
    yield context
    context.close()


class _Nothing(BaseHTTPRequestHandler):
    """Answers with an empty page that asks for nothing, not even for its icon."""

    def do_GET(self) -> None:
        page = b'<!doctype html><link rel="icon" href="data:,">'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def nowhere() -> Iterator[str]:
    """Address of an empty page of this machine, where pages wait between visits.

    A page that leaves this machine, if only for about:blank, gets a new process, which compiles Streamlit's scripts anew.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), _Nothing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def new_page(
    shared_context: BrowserContext, own_app: object, wrong: list[str], nowhere: str
) -> Iterator[Callable[..., Page]]:
    """Pages of fresh visitors: but for the cache nothing is left of earlier ones. At the end nothing may have gone wrong."""
    free, used = [page for page in shared_context.pages if page.url == nowhere], []
    wrong.clear()

    def open_(width: int = 1280, theme: str = "light") -> Page:
        _forget(shared_context)
        page = free.pop() if free else shared_context.new_page()
        used.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        return page

    yield open_
    went_wrong = list(wrong)
    _forget(shared_context)
    for page in used:
        page.goto(nowhere)
    assert not went_wrong


def _context(chromium: Browser, wrong: list[str]) -> BrowserContext:
    context = chromium.new_context(viewport=DESK, accept_downloads=True, reduced_motion="reduce")

    def watch(page: Page) -> None:
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "console", lambda message: wrong.extend(_complaint(message.type, message.text, message.location["url"]))
        )
        page.on("request", lambda request: wrong.extend(_elsewhere(request.url)))
        page.on("websocket", lambda opened: wrong.extend(_elsewhere(opened.url)))

    context.on("page", watch)
    return context


def _forget(context: BrowserContext) -> None:
    """Clear what the pages of ``context`` keep for a later visit, except the cache."""
    for page in context.pages:
        place = urlsplit(page.url)
        if place.netloc:
            session = context.new_cdp_session(page)
            kept = "cookies,local_storage,indexeddb,service_workers"
            origin = f"{place.scheme}://{place.netloc}"
            session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kept})
            session.detach()


def _complaint(kind: str, said: str, where: str) -> list[str]:
    looked_for = said.startswith("Failed to load resource") and urlsplit(where).path.endswith(LOOKED_FOR)
    return [f"console: {said} ({where})"] if kind == "error" and not looked_for else []


def _elsewhere(url: str) -> list[str]:
    parts = urlsplit(url)
    ours = parts.hostname == "127.0.0.1" or parts.scheme in {"data", "blob", "about"}
    return [] if ours else [f"request: {url}"]


@pytest.fixture
def visit(app: str, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open an address of the app as a fresh visitor, and wait until the page stands."""

    def open_page(address: str = "", *, base: str = "", width: int = 1280, theme: str = "light") -> Page:
        page = new_page(width, theme)
        page.goto((base or app) + address)
        settled(page)
        return page

    return open_page


@contextmanager
def kept_page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A visitor who stays on the app at ``address``, and goes from page to page of it (:func:`go`)."""
    _forget(context)
    page = context.new_page()
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(address)
    settled(page)
    yield page
    page.close()


@pytest.fixture(scope="session")
def kept(shared_context: BrowserContext, app: str) -> Iterator[Page]:
    """A visitor who goes through the demonstration articles for all tests that are not about the first load of a page."""
    with kept_page(shared_context, app) as page:
        yield page


@pytest.fixture
def goes(kept: Page, wrong: list[str]) -> Iterator[Callable[[str], Page]]:
    """Take that visitor to an address, at a desk in the light. At the end nothing may have gone wrong."""
    wrong.clear()

    def to(address: str) -> Page:
        go(kept, address)
        return kept

    if kept.viewport_size != DESK:
        look(kept, theme="light", width=DESK["width"])
    yield to
    kept.keyboard.press("Escape")  # nothing stays open over the page
    assert not wrong


def go(page: Page, address: str) -> None:
    """Take a page that stands to another address of the app, as going back and forth does, and wait until it is drawn.

    Nothing is loaded anew: a third of what a visit costs. What is about the first load of a page needs a visit. A run
    that begins and ends before the page is drawn again is never seen to run: it is then asked for once more.
    """
    page.evaluate(
        """address => new Promise(begun => {
            const app = document.querySelector('[data-testid=stApp]')
            const ask = () => dispatchEvent(new PopStateEvent('popstate', {state: {}}))
            const again = setInterval(ask, 10_000)
            new MutationObserver((_, seen) => {
                if (app.dataset.testScriptState === 'notRunning') return
                seen.disconnect()
                clearInterval(again)
                begun()
            }).observe(app, {attributes: true, attributeFilter: ['data-test-script-state']})
            history.pushState({}, '', address)
            ask()
        })""",
        f"/{address}",
    )
    settled(page)


def look(page: Page, *, theme: str, width: int) -> None:
    """Turn a page that stands to another theme and width, and wait until it is drawn for them."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    # The run of the page that the turn asks for begins with the scheme of the whole document.
    page.wait_for_function("theme => getComputedStyle(document.documentElement).colorScheme === theme", arg=theme)
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page is drawn, in its own typeface, and nothing runs any more.

    It is asked of the page itself: an answer of yes or no costs less than what Playwright would make of elements.
    """
    page.wait_for_function(_NOTHING_RUNS, polling=50)
    expect(page.locator(".fl h1, h1").first).to_be_attached()
    page.wait_for_function(_NOTHING_RUNS, polling=50)
    # A line breaks elsewhere once its typeface has come. `fonts.ready` says yes before any was asked for: ask, and look.
    page.evaluate("""['18px "Source Serif"', '16px "Source Sans"'].forEach(face => document.fonts.load(face))""")
    page.wait_for_function("""['Source Serif', 'Source Sans'].every(family => [...document.fonts].some(
        face => face.family.includes(family) && face.style === 'normal' && face.status === 'loaded'))""")


_NOTHING_RUNS = """document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid=stSkeleton]')"""

"""Opening a page that draws blocks, and what it says, for the tests of these pages."""

import json
import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]


def open_page(monkeypatch, store: Path, page: str, /, **query: object) -> AppTest:
    """Run a page alone, with keys in the URL."""
    monkeypatch.setenv("FRAMELENS_DATA", str(store))
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=30)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def markup(app: AppTest) -> str:
    """All HTML of ours on the page: what is drawn as it is, and the blocks that can be chosen from."""
    assert not app.exception, [error.value for error in app.exception]
    plain = [element.proto.body for element in app.get("html") if "<style>" not in element.proto.body]
    return "".join(
        plain + [json.loads(element.proto.json or "{}").get("html", "") for element in app.get("bidi_component")]
    )


def said(app: AppTest) -> str:
    """The words of the page, tags taken away."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup(app)))

"""Everybody can use it: axe finds nothing serious, on a dark phone or a wide light page, and nothing scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import go, look

PAGES = (
    "",
    "articles",
    "read?at=0-20",
    "quotes",
    "people?entity=person:matthew-albence",
    "compare?show=narration%7CFox+News&section=portrayal",
    "corrections",
    "compare?speaker=person%3Amatthew-albence%7CFox+News&alone=person%3Aandrew-cuomo%7COne+America+News",
    "compare?word=border%7CABC+News&section=words",
    "compare?kind=official%7CFox+News&cue=neutral%7CFox+News",
    "compare?role=agent%7CFox+News&of_whom=group%3Amigrants&section=labels",
    "compare?term=Places+that+limit+cooperation%3A+sanctuary+city%7CFox+News&section=names",
    "compare?frame=Threat%3A+public+order%7CFox+News&section=frames",
    "compare?group=year&step=month&scale=count&section=series",
    "story",
    "check",
    "add",
    "methods",
    "problems",
)
PHONE = {"theme": "dark", "width": 390}
DESK = {"theme": "light", "width": 1280}
# Rules that Streamlit's own elements break, and where; nothing of ours stands in these places.
OF_STREAMLIT: dict[str, tuple[str, ...]] = {}


AXE = Axe().axe_script


# What lies outside of all landmarks is never more than moderate, and is looked for at a tenth of all that axe costs.
ASKED = "{resultTypes: ['violations'], rules: {region: {enabled: false}}}"


def violations(page) -> list[dict]:
    """What axe finds. Its script is read once a document, and only what is wrong is brought over: a third less work."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(f"axe.run({ASKED}).then(results => results.violations)")


def serious(page) -> list[str]:
    found = []
    for violation in violations(page):
        for node in violation["nodes"]:
            where = " ".join(map(str, node["target"]))
            excused = any(place in where for place in OF_STREAMLIT.get(violation["id"], ()))
            if violation["impact"] in {"serious", "critical"} and not excused:
                found.append(
                    f"{violation['id']} at {where}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
                )
    return found


def sideways(page) -> bool:
    return page.evaluate(
        "[document.documentElement, ...document.querySelectorAll('[data-testid=stMain], [role=radiogroup]')]"
        ".some(element => element.scrollWidth > element.clientWidth + 1)"
    )


@pytest.fixture
def page(kept, wrong):
    wrong.clear()
    yield kept
    assert not wrong


@pytest.mark.parametrize("address", PAGES)
def test_nothing_serious_is_found_and_nothing_scrolls_sideways(page, address):
    go(page, address)
    # Each page is met as the last was left, on a phone in the dark or at a desk in the light, then turned to the other:
    # to load a page, or to draw it once more, costs more than to look through it.
    for turned in (False, True):
        if turned:
            look(page, **(DESK if on_phone(page) else PHONE))
        assert serious(page) == []
        assert not sideways(page)


def on_phone(page) -> bool:
    return page.viewport_size["width"] == PHONE["width"]

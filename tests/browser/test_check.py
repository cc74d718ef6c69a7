"""A whole check by keyboard alone: drawn, answered, undone, skipped, resumed, and told; nothing is seen before."""

import re
import shutil

import pytest

from store.checks import log
from store.checks.progress import progress
from tests.browser.conftest import settled
from tests.browser.test_access import serious, sideways
from tests.browser.waiting import expect


@pytest.fixture
def own(seeds, tmp_path):
    """A copy of the demonstration articles that may be checked."""
    return shutil.copytree(seeds, tmp_path / "own")


def at_item(page, number):
    expect(page.locator(".fl-progress b")).to_have_text(f"Item {number}")
    settled(page)


def write(page, key, words):
    """Press the key that opens a field, which then has the cursor, and write into it."""
    page.keyboard.press(key)
    field = page.locator("[class*=st-key-check_write_] input, [class*=st-key-check_skip_] input")
    expect(field).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def as_answered(path, sample, numbers):
    """Answer items as the machine does, and as the last was: each that is answered by keyboard costs a run of the page."""
    there = log.read(path)
    items, given = there.samples()[sample].fields["items"], there.lines[-1].fields
    for number in numbers:
        answer = {key: value for key, value in items[number - 1]["machine"].items() if key != "category"}
        log.append(path, log.line("answer", **given | {"item": number - 1, "answer": answer}))


def key_of(page, label):
    return page.get_by_role("button", name=re.compile(label)).locator("kbd").first.inner_text()


def test_a_whole_check_by_keyboard(visit, own, own_app):
    address = own_app(own)
    page = visit("check?new=places", base=address)
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowLeft")
    draw = page.get_by_role("button", name="Draw 25 and begin")
    expect(draw).to_be_visible()
    settled(page)
    assert serious(page) == []
    draw.focus()
    page.keyboard.press("Enter")
    at_item(page, 1)
    assert serious(page) == []
    expect(page.locator("body")).not_to_contain_text("Framelens:")
    page.keyboard.press("1")
    at_item(page, 2)
    expect(page.locator(".fl-last")).to_contain_text("Framelens:")
    page.keyboard.press("u")
    at_item(page, 1)
    page.keyboard.press("0")
    at_item(page, 2)
    write(page, key_of(page, "write which"), "Springfield, 1")
    at_item(page, 3)
    write(page, "s", "two of them")
    at_item(page, 4)
    (sample,) = log.read(own).samples()
    there = progress(log.read(own), sample, "coder 1")
    assert there.answers[0].fields["answer"] == {"choice": "unclear"}
    assert there.answers[1].fields["answer"] == {"choice": "named", "name": "Springfield, 1"}
    assert there.skips[2].fields["reason"] == "two of them"
    # Another visitor, at another time: the work stands where it stood, also on a phone.
    again = visit(f"check?check={sample}", base=address, width=390, theme="dark")
    at_item(again, 4)
    assert serious(again) == []
    assert not sideways(again)
    again.keyboard.press("1")
    at_item(again, 5)
    as_answered(own, sample, range(5, 23))
    again.keyboard.press("1")  # answered meanwhile: the next that is not is shown
    for number in range(23, 25):
        at_item(again, number)
        again.keyboard.press("1")
    at_item(again, 25)
    again.keyboard.press("1")
    expect(again.locator("h1", has_text="hecked on this corpus")).to_be_visible()
    settled(again)
    assert serious(again) == []
    assert not sideways(again)
    told = visit("people", base=address)
    expect(told.locator(".fl-checked").filter(has_text="Which place is meant")).to_contain_text("of 23 right")

"""Pages of other sites get nothing from the server, whatever they call themselves."""

import pytest

from dashboard.gate import HEADERS, Gate, known_host, same_origin
from tests.finish import finish

HERE = "127.0.0.1:8501"


def answer(kind="http", **headers):
    """What comes back for a request with these headers: the messages, and whether the app was asked."""
    sent, asked = [], []

    async def app(scope, receive, send):
        asked.append(scope)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})

    async def send(message):
        sent.append(message)

    given = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    finish(Gate(app)({"type": kind, "headers": given}, None, send))
    return sent, bool(asked)


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501", "127.0.0.1"])
def test_this_machines_own_names_are_known(host):
    assert known_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8501",
        "127.0.0.1.evil.example",
        "evil@127.0.0.1",
        "127.0.0.1@evil.example",
        "localhost.evil.example",
        "0.0.0.0:8501",
        "169.254.169.254",
        "[::1",
        "127.0.0.1:99999999@x",
        "é",
    ],
)
def test_no_other_name_is(host):
    assert not known_host(host)
    sent, asked = answer(host=host)
    assert sent[0]["status"] == 403
    assert not asked


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "", "http://127.0.0.1:9999", "http://localhost:8501", "file://", "https://[::1]"],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_pages_of_another_origin_are_refused(kind, origin):
    sent, asked = answer(kind, host=HERE, origin=origin)
    assert not asked
    assert sent[0]["type"] == "websocket.close" if kind == "websocket" else sent[0]["status"] == 403


@pytest.mark.parametrize(
    "fetched",
    [
        {"site": "cross-site", "mode": "no-cors", "dest": "script"},
        {"site": "same-site", "mode": "no-cors", "dest": "image"},
        {"site": "cross-site", "mode": "navigate", "dest": "iframe"},
        {"site": "cross-site", "mode": "navigate", "dest": "object"},
    ],
)
def test_scripts_pictures_and_frames_of_other_pages_are_refused(fetched):
    assert not same_origin({"host": HERE} | {f"sec-fetch-{key}": value for key, value in fetched.items()})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": f"http://{HERE}"},
        {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
        {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
    ],
)
def test_the_address_bar_links_and_pages_of_its_own_are_let_in(headers):
    assert same_origin({"host": HERE} | headers)


def test_every_answer_forbids_frames_and_loading_from_elsewhere():
    (start,), asked = answer(host=HERE)
    assert asked
    assert start["status"] == 200
    assert start["headers"] == [(b"a", b"b"), *HEADERS]
    policy = dict(HEADERS)[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "http" not in policy

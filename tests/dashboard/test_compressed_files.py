"""Scripts and styles go out compressed, and nothing else does: held on the server's own kinds of answers."""

import asyncio
import gzip

import pyarrow as pa
import pytest
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse

from dashboard.compressed_files import CompressedFiles, taken
from tests.finish import finish

TEXT = "const words = ['narration', 'quote', 'reported'];\n" * 400
LASTING = {"cache-control": "public, immutable, max-age=31536000"}


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "words.js"
    path.write_text(TEXT)
    return path


def asked(app, method="GET", **headers):
    """Status, headers and body of what comes back."""
    sent = []

    async def receive():
        await asyncio.Event().wait()  # whoever asks goes on waiting

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": "/static/words.js",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "extensions": {"http.response.pathsend": {}},
    }
    finish(app(scope, receive, send))
    start, *bodies = sent
    return start["status"], dict(start["headers"]), b"".join(one.get("body", b"") for one in bodies)


def test_a_script_comes_whole_in_every_coding(script):
    app = CompressedFiles(FileResponse(script, headers=LASTING))
    unpack = {
        b"br": lambda body: pa.Codec("brotli").decompress(body, len(TEXT), asbytes=True),
        b"gzip": gzip.decompress,
    }
    for accepted, coding in (("gzip, deflate, br, zstd", b"br"), ("gzip, deflate", b"gzip"), ("br;q=0, gzip", b"gzip")):
        status, headers, body = asked(app, accept_encoding=accepted)
        assert (status, headers[b"content-encoding"], headers[b"vary"]) == (200, coding, b"Accept-Encoding")
        assert len(body) == int(headers[b"content-length"]) < len(TEXT) / 10
        assert unpack[coding](body) == TEXT.encode()


def test_whoever_takes_no_coding_gets_the_file_and_caches_are_told(script):
    app = CompressedFiles(FileResponse(script, headers=LASTING))
    for accepted in ("identity", "gzip;q=0, br;q=0.000", ""):
        _, headers, body = asked(app, accept_encoding=accepted)
        assert body == TEXT.encode()
        assert b"content-encoding" not in headers
        assert headers[b"vary"] == b"Accept-Encoding"


def test_a_part_of_a_file_is_a_part_of_the_file_itself(script):
    app = CompressedFiles(FileResponse(script, headers=LASTING))
    status, headers, body = asked(app, accept_encoding="br, gzip", range="bytes=6-10")
    assert (status, body) == (206, b"words")
    assert b"content-encoding" not in headers


def test_what_is_compressed_has_another_tag_and_offers_no_parts(script):
    app = CompressedFiles(FileResponse(script, headers=LASTING))
    plain = asked(app, accept_encoding="identity")[1]
    packed = asked(app, accept_encoding="gzip")[1]
    assert packed[b"etag"] == b"W/" + plain[b"etag"]
    assert b"accept-ranges" in plain
    assert b"accept-ranges" not in packed


def test_a_head_asks_for_headers_alone(script):
    _, headers, body = asked(
        CompressedFiles(FileResponse(script, headers=LASTING)), method="HEAD", accept_encoding="br"
    )
    assert body == b""
    assert b"content-encoding" not in headers


@pytest.mark.parametrize(
    "answer",
    [
        PlainTextResponse(TEXT),
        PlainTextResponse(TEXT, headers={"cache-control": "no-cache"}),
        PlainTextResponse(TEXT, headers={"cache-control": "private, immutable"}),
        PlainTextResponse(TEXT, headers=LASTING | {"set-cookie": "a=b"}),
        PlainTextResponse(TEXT, headers=LASTING | {"content-encoding": "zstd"}),
        PlainTextResponse(TEXT, headers=LASTING, status_code=404),
        Response(TEXT, headers=LASTING, media_type="font/woff2"),
    ],
)
def test_only_what_is_public_and_never_changes_is_compressed(answer):
    _, headers, body = asked(CompressedFiles(answer), accept_encoding="br, gzip")
    assert headers.get(b"content-encoding") in {None, b"zstd"}
    assert body == TEXT.encode()


def test_a_stream_goes_on_piece_by_piece():
    async def events():
        for number in range(3):
            yield f"data: {number}\n\n"

    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "headers": [(b"accept-encoding", b"br")], "asgi": {"spec_version": "2.4"}}
    finish(CompressedFiles(StreamingResponse(events(), media_type="text/event-stream"))(scope, None, send))
    assert [one["body"] for one in sent[1:]] == [b"data: 0\n\n", b"data: 1\n\n", b"data: 2\n\n", b""]


def test_a_short_file_that_would_grow_goes_as_it_is(tmp_path):
    (tmp_path / "short.js").write_text("1")
    _, headers, body = asked(
        CompressedFiles(FileResponse(tmp_path / "short.js", headers=LASTING)), accept_encoding="br"
    )
    assert body == b"1"
    assert b"content-encoding" not in headers


def test_each_file_is_compressed_once(script, monkeypatch):
    app = CompressedFiles(FileResponse(script, headers=LASTING))
    first = asked(app, accept_encoding="br")
    monkeypatch.setattr(pa, "Codec", None)
    assert asked(app, accept_encoding="br") == first


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (b"br", b"br"),
        (b"GZIP ; q=0.5", b"gzip"),
        (b"br;q=0.0,gzip;q=1.0", b"gzip"),
        (b"deflate, x-brotli, zstd", None),
        (b"gzip;q=0", None),
        (b"", None),
    ],
)
def test_what_a_browser_takes_is_read_from_its_header(accepted, coding):
    assert taken(accepted) == coding

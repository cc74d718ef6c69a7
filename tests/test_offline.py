"""Nothing leaves the machine: build, export, every page and the server run where no route leads anywhere.

In a network namespace of its own, with nothing but the loopback, every address that Python is asked to look up or to
connect to is written down; none may be another machine's. What native code asks for finds no route, and all must work.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Put where Python reads it before any program: every process of the test notes whom it asks for.
NOTES = """
import os, socket
def note(what, address):
    host = address[0] if isinstance(address, tuple) else address
    if host not in ("127.0.0.1", "localhost", "::1", "", None, b"127.0.0.1", b"localhost", "0.0.0.0") \\
            and not str(host).startswith("/"):
        with open(os.environ["ASKED_FOR"], "a") as out:
            out.write(f"{what} {host!r}\\\\n")
def connect(real):
    def noted(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            note("connect", address)
        return real(self, address)
    return noted
class Noted(socket.socket):
    connect = connect(socket.socket.connect)
    connect_ex = connect(socket.socket.connect_ex)
real_lookup = socket.getaddrinfo
def getaddrinfo(host, *args, **kwargs):
    note("look-up", host)
    return real_lookup(host, *args, **kwargs)
socket.getaddrinfo = getaddrinfo
socket.socket = Noted
"""

INSIDE = '''
import base64, fcntl, http.client, json, os, socket, struct, subprocess, sys, time
with socket.socket() as control:  # the loopback of a new namespace is down
    fcntl.ioctl(control, 0x8914, struct.pack("16sH14s", b"lo", 1, b""))
def run(*words):
    subprocess.run([sys.executable, "-m", *words], check=True, stdout=sys.stderr)
data = os.environ["FRAMELENS_DATA"]
run("pipeline", "build", os.environ["ARTICLES"], "--data", data, "--workers", "1")
run("pipeline", "export", "quotes", "--data", data, "-o", data + "/quotes.csv")
pages = """
import sys
from streamlit.testing.v1 import AppTest
from pathlib import Path
for page in sorted(Path("pages").glob("*.py")):
    if page.stem != "__init__":
        app = AppTest.from_file("dashboard/shell.py", default_timeout=600)
        app.switch_page(str(page.resolve())).run()
        assert not app.exception, (page, app.exception)
"""
subprocess.run([sys.executable, "-c", pages], check=True, stdout=sys.stderr)
port = 8511
server = subprocess.Popen([sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
                          stdout=sys.stderr)
def ask(path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    connection.close()
    return answer.status, dict(answer.getheaders())
while True:
    try:
        status, _ = ask("/_stcore/health")
        if status == 200:
            break
    except OSError:
        assert server.poll() is None
        time.sleep(0.2)
socket_headers = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13",
                  "Sec_WebSocket_Key": base64.b64encode(b"0" * 16).decode()}
own = f"127.0.0.1:{port}"
found = {
    "page": ask("/"),
    "foreign host": ask("/", Host="evil.example"),
    "foreign origin": ask("/", Origin="http://evil.example"),
    "framed": ask("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe"),
    "own socket": ask("/_stcore/stream", Origin=f"http://{own}", **socket_headers),
    "foreign socket": ask("/_stcore/stream", Origin="http://evil.example", **socket_headers),
    "rebound socket": ask("/_stcore/stream", Host="evil.example", Origin="http://evil.example", **socket_headers),
}
server.kill()
print(json.dumps({name: [status, {k.lower(): v for k, v in headers.items()}]
                  for name, (status, headers) in found.items()}))
'''


def unshared() -> bool:
    try:
        return subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not unshared(), reason="NOT TESTED: this system allows no network namespace (unshare -rn)")
def test_build_export_pages_and_server_work_without_a_route_and_ask_for_nobody(tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text(NOTES)
    (tmp_path / "inside.py").write_text(INSIDE)
    asked = tmp_path / "asked"
    article = {"source": "The Daily", "date": "2020-02-14", "text": "“We will appeal,” Mayor Jane Roe said in Denver."}
    (tmp_path / "in.jsonl").write_text(json.dumps(article))
    environment = os.environ | {
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}",
        "ASKED_FOR": str(asked),
        "ARTICLES": str(tmp_path / "in.jsonl"),
        "FRAMELENS_DATA": str(tmp_path / "data"),
    }
    command = ["unshare", "-rn", sys.executable, str(tmp_path / "inside.py")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["page"][0] == 200
    assert "frame-ancestors 'self'" in found["page"][1]["content-security-policy"]
    assert found["own socket"][0] == 101
    refused = {name for name, (status, _) in found.items() if status == 403}
    assert refused == {"foreign host", "foreign origin", "framed", "foreign socket", "rebound socket"}
    assert not asked.exists(), asked.read_text()

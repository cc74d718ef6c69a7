"""Serves Framelens on this machine: `python app.py`, or `streamlit run app.py` with Streamlit's own options."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.compressed_files import CompressedFiles
from dashboard.gate import Gate

app = st.App(
    Path(__file__).parent / "dashboard" / "shell.py", middleware=[Middleware(Gate), Middleware(CompressedFiles)]
)


def main() -> None:
    """Serve the dashboard until it is stopped."""
    options = argparse.ArgumentParser(prog="app.py", description="Serve the dashboard in a local web page.")
    options.add_argument("--data", metavar="DIR", help="data folder to show (default: $FRAMELENS_DATA or .framelens)")
    options.add_argument("--port", type=int, help="port to listen on (default: 8501, or the next that is free)")
    given = options.parse_args()
    if given.data:
        os.environ["FRAMELENS_DATA"] = given.data
    app.run(config={"server.port": given.port} if given.port else None)


if __name__ == "__main__":
    main()

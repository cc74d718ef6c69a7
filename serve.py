"""What `make app` serves: the dashboard of app.py behind a gate that lets in this machine's own pages alone."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboard.gate import Gate

app = st.App(Path(__file__).with_name("app.py"), middleware=[Middleware(Gate)])

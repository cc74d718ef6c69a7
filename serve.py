"""What `make app` serves: the dashboard of app.py behind a gate that lets in this machine's own pages alone."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from dashboard.gate import Gate

# This process imports the dashboard before Streamlit has looked for a folder named pages, so the guard in dashboard/
# has nothing to see yet: a first visit to a page by its address would run that page alone, without filter and look.
PagesManager.uses_pages_directory = False

app = st.App(Path(__file__).with_name("app.py"), middleware=[Middleware(Gate)])

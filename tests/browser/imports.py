"""Imports what every visit of the app needs. It begins no thread, which would be missing in a process forked then."""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import importlib
import pkgutil

# Draws when it is imported.
DRAWS = "dashboard.shell"

importlib.import_module("streamlit.web.cli")
for room in ("dashboard", "store"):
    package = importlib.import_module(room)
    for module in pkgutil.walk_packages(package.__path__, f"{room}."):
        if module.name != DRAWS:
            importlib.import_module(module.name)

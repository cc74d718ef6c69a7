"""What the pages share, and only what knows Streamlit: filter bar, charts, tables, downloads, the reading view."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

# Streamlit takes a folder named pages for an app of its old kind until it meets `st.navigation`. If the first visit
# after a start is to a page and not to the front, it would run that page alone, without the shell: say that this is an
# app of the new kind and run again. Importing this package is the first thing any of our scripts does.
if PagesManager.uses_pages_directory:
    PagesManager.uses_pages_directory = False
    st.rerun()

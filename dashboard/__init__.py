"""What the pages share, and only what knows Streamlit: filter bar, charts, tables, downloads, the reading view."""

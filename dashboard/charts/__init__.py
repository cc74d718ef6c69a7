"""Rows in, Plotly figures and the numbers they draw out."""

"""A command line in, files and messages out: ``python -m pipeline COMMAND``."""

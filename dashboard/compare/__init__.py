"""The parts of the page *Compare*: who is compared, then one module a section, each drawn by its ``show``."""

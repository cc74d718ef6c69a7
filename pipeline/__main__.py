"""``python -m pipeline``."""

import sys

from pipeline.build.without_pandas import arrow_without_pandas
from pipeline.cli.nothing_new import report_nothing_new

if __name__ == "__main__":  # workers import this module anew; they must not start another build
    code = report_nothing_new(sys.argv[1:])
    if code is not None:
        sys.exit(code)
    if sys.argv[1:2] in (["build"], ["remove"]):
        arrow_without_pandas()
    from pipeline.cli.main import app

    app(prog_name="python -m pipeline")

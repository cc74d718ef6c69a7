"""``python -m pipeline``."""

from pipeline.cli.main import app

if __name__ == "__main__":  # workers import this module anew; they must not start another build
    app(prog_name="python -m pipeline")

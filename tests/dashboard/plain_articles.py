"""The demonstration articles as their files have them, for tests that count again what a page says."""

import random
import re
from pathlib import Path

from store import Filter, Store, queries
from store.queries.texts import texts

SEEDS = Path(__file__).parents[2] / "seeds"
DRAWN = 10
# Words as they are counted: letters or figures with what joins them.
WORD = re.compile(r"\w+(?:[.,'’@&/-]\w+)*[%]?|\$\w+(?:[.,]\w+)*")
MARKED = re.compile(r"\"([^\"\n]+)\"|“([^”\n]+)”|(?<!\w)'([^'\n]+)'(?!\w)")


class Plain:
    """The articles as their files have them, each furniture line blanked, by outlet."""

    def __init__(self, store: Path) -> None:
        opened = Store.open(store)
        self.ids = {row["article_id"]: row["source"] for _, row in queries.articles(opened, Filter()).iterrows()}
        written = {path.read_text("utf-8") for path in SEEDS.glob("*.txt")}
        self.texts = {}
        for article_id, text in texts(opened, self.ids).items():
            assert text in written
            self.texts[article_id] = text
            for start, end in opened.rows_of(
                "SELECT start, \"end\" FROM passages WHERE article_id = $id AND voice = 'furniture'", {"id": article_id}
            ):
                blank = re.sub(r"\S", " ", text[start:end])
                self.texts[article_id] = self.texts[article_id][:start] + blank + self.texts[article_id][end:]

    def of(self, outlet: str) -> list[str]:
        """The texts of an outlet."""
        return [text for article_id, text in self.texts.items() if self.ids[article_id] == outlet]

    def outside_marks(self, outlet: str) -> str:
        """The texts of an outlet in lower case, all that stands in quotation marks blanked."""
        return "\n".join(MARKED.sub(" ", text) for text in self.of(outlet)).lower()


def drawn(figures: list) -> list:
    """Ten of the figures, drawn by chance, the same each time."""
    assert len(figures) >= DRAWN, figures
    return random.Random(len(figures)).sample(figures, DRAWN)


def words_in_marks(text: str) -> int:
    """How many words of a text stand between marks that open and close in one line."""
    return sum(len(WORD.findall(next(filter(None, found)))) for found in MARKED.findall(text))

"""What the measurement of memory builds: short articles that differ."""

from bench.memory import short

LONG = [{"text": ". ".join(f"The clerk of town {town} said line {line}" for line in range(30))} for town in range(9)]


def test_articles_are_short_and_differ():
    made = short(LONG, 40)
    assert len({row["text"] for row in made}) == len(made) == 40
    assert all(1 <= row["text"].count(". ") + 1 <= 4 for row in made)

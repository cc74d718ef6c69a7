"""Where there is no terminal, a build says in lines how far it has come."""

from pipeline.cli.progress_lines import PAUSE, ProgressLines


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def lines_of(total, steps):
    clock, said = Clock(), []
    lines = ProgressLines(said.append, clock)
    lines.begin(total)
    for seconds, articles, words in steps:
        clock.now += seconds
        lines.advance(articles, words)
    return said


def test_a_line_says_how_far_how_fast_and_how_long():
    said = lines_of(1000, [(PAUSE, 100, 50_000), (PAUSE, 100, 50_000)])
    assert said == [
        "Annotating 1,000 articles.",
        "100 of 1,000 articles annotated (10%), 2,500 words a second, about 3 minutes left.",
        "200 of 1,000 articles annotated (20%), 2,500 words a second, about 3 minutes left.",
    ]


def test_lines_do_not_come_thick_and_fast_but_the_last_always_comes():
    said = lines_of(300, [(0.01, 1, 100)] * 300)
    assert said[0] == "Annotating 300 articles."
    assert said[1].startswith("300 of 300 articles annotated (100%)")
    assert len(said) == 3


def test_nothing_to_do_says_nothing():
    assert lines_of(0, []) == []

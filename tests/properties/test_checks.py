"""Whatever is drawn, answered, skipped and undone: chances hold, nothing is lost, and work is resumed where it stood."""

from hypothesis import given
from hypothesis import strategies as st

from store.checks import log
from store.checks.draw import allocate
from store.checks.estimates import joined, planned_width, wilson
from store.checks.progress import last_of, progress

SIZES = st.lists(st.integers(1, 400), min_size=1, max_size=12)


@given(SIZES, st.integers(1, 500), st.sampled_from(["proportional", "equal"]))
def test_a_sample_has_its_size_and_no_stratum_gives_more_than_it_has(sizes, size, allocation):
    taken = allocate(sizes, size, allocation)
    assert sum(taken) == min(size, sum(sizes))
    assert all(0 <= take <= have for take, have in zip(taken, sizes, strict=True))
    if size >= 2 * len(sizes):
        assert all(take >= min(2, have) for take, have in zip(taken, sizes, strict=True))


@given(SIZES, st.integers(1, 300), st.integers(0, 300))
def test_drawing_more_never_drops_what_was_drawn_of_a_stratum_by_much(sizes, size, more):
    before, after = allocate(sizes, size), allocate(sizes, size + more)
    # Rounding can give one stratum an item less; drawing more keeps the larger of the two.
    assert all(then >= now - 2 for now, then in zip(before, after, strict=True))


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), min_size=1, max_size=10))
def test_every_stratum_belongs_to_one_that_can_be_judged(pairs):
    population = [of for of, _ in pairs]
    drawn = [min(of, n) for of, n in pairs]
    place = joined(population, drawn)
    assert place == sorted(place)
    groups = {one: [i for i, held in enumerate(place) if held == one] for one in place}
    if len(groups) > 1:
        for group in groups.values():
            assert sum(drawn[i] for i in group) >= min(2, sum(population[i] for i in group))


@given(st.integers(0, 300), st.integers(1, 300))
def test_an_interval_holds_its_share_and_lies_between_none_and_all(right, of):
    found = wilson(min(right, of), of)
    assert 0 <= found.low <= found.value <= found.high <= 1
    planned = planned_width(min(right, of) + 1, of + right)
    assert 0 <= planned.low <= planned.high <= 1


def a_sample(items):
    item = {"article": "a", "start": 0, "end": 4, "stratum": 0, "chance": 0.5, "source": "S", "voice": "quote",
            "words": 1, "machine": {"choice": "unclear", "category": "unknown"}}  # fmt: skip
    stratum = {"name": "all", "population": 2 * items, "drawn": items, "holds": []}
    return log.line(
        "sample", kind="quotes", filter="", seed=1, by=[], allocation="proportional", population=2 * items,
        strata=[stratum], cells=[], items=[item] * items, snapshot=1, corrections="", versions={},
    )  # fmt: skip


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["answer", "skip", "undo", "note"]), st.sampled_from(["Eve", "Joe"])), max_size=25
)


@given(st.integers(1, 8), ACTIONS)
def test_work_is_resumed_where_it_stood_and_undone_step_by_step(items, actions):
    sample = a_sample(items)
    lines = [sample]
    # What every coder did and did not take back, kept by hand.
    done: dict[str, list[tuple[str, int]]] = {"Eve": [], "Joe": []}
    for what, coder in actions:
        found = log.Log(tuple(lines))
        there = progress(found, sample.id, coder)
        number = there.next
        assert number == next((n for n in range(items) if n not in {n for _, n in done[coder]}), None)
        about = {"sample": sample.id, "coder": coder}
        if what == "undo":
            last = last_of(found, sample.id, coder)
            assert (last is None) == (not done[coder])
            if last is not None:
                lines.append(log.line("undo", undoes=last.id, coder=coder))
                done[coder].pop()
        elif what == "note":
            lines.append(log.line("note", item=0, note="Hm", **about))
        elif number is not None:
            more = {"answer": {"choice": "nobody"}, "codebook": 0} if what == "answer" else {"reason": "Torn"}
            lines.append(log.line(what, item=number, **about, **more))
            done[coder].append((what, number))
    # The file gives back the very same.
    written = "".join(line.text() + "\n" for line in lines).encode()
    found = log.loads(written)
    assert not found.faults
    assert list(found.lines) == lines
    for coder, kept in done.items():
        there = progress(found, sample.id, coder)
        assert {*there.answers} == {number for what, number in kept if what == "answer"}
        assert {*there.skips} == {number for what, number in kept if what == "skip"}
        assert there.to_go == items - len(kept)


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_reading(held):
    found = log.loads(held)
    assert all(fault.line > 0 for fault in found.faults)

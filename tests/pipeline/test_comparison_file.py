"""What finding stories found of each article is kept for the next build, and thrown away when it cannot be used."""

import numpy as np
import pytest

from pipeline.build.comparison_file import FILE, ComparisonFile

ARRAYS = {"keys": np.array([3, 5], np.uint64), "places": np.array([[1], [0]], np.int32)}


@pytest.fixture
def kept(tmp_path):
    ComparisonFile(tmp_path, "1").put(ARRAYS)
    return tmp_path


def test_what_was_put_is_given_back(kept):
    found = ComparisonFile(kept, "1").get()
    assert found.keys() == ARRAYS.keys()
    assert all(
        np.array_equal(found[name], array) and found[name].dtype == array.dtype for name, array in ARRAYS.items()
    )
    ComparisonFile(kept, "1").put({"keys": ARRAYS["keys"]})
    assert ComparisonFile(kept, "1").get().keys() == {"keys"}
    assert [file.name for file in kept.iterdir()] == [FILE]


def test_nothing_is_taken_of_another_version_or_where_there_is_none(kept, tmp_path):
    assert ComparisonFile(kept, "2").get() is None
    (tmp_path / FILE).unlink()
    assert ComparisonFile(tmp_path, "1").get() is None


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_as_none(kept, share):
    content = (kept / FILE).read_bytes()
    (kept / FILE).write_bytes(content[: int(share * len(content))])
    assert ComparisonFile(kept, "1").get() is None


def test_a_byte_that_changed_is_noticed_or_changes_nothing(kept):
    whole = (kept / FILE).read_bytes()
    noticed = 0
    for place in range(len(whole)):
        content = bytearray(whole)
        content[place] ^= 0x41
        (kept / FILE).write_bytes(content)
        found = ComparisonFile(kept, "1").get()
        noticed += found is None
        assert found is None or (
            found.keys() == ARRAYS.keys() and all(np.array_equal(found[name], ARRAYS[name]) for name in ARRAYS)
        )
    assert noticed > len(whole) / 4

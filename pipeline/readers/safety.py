"""What no file may make us do: leave its folder, fill the disk, open what is no file."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from pipeline.readers.decoding import MAX_RATIO

MOST_MEMBERS: Final = 200_000
MOST_UNPACKED: Final = 20 << 30
MOST_MEMBER: Final = 2 << 30
# Archives within archives.
DEEPEST: Final = 3
# Folders within folders of an archive: what is unpacked has to be removed again.
_DEEPEST_FOLDER: Final = 100
_RATIO_FROM: Final = 16 << 20


def regular_fault(path: Path, top: Path | None) -> str:
    """Why a path is not opened: no regular file, or a link that leaves ``top``; empty when it may be."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            real = os.path.realpath(path)
            mode = path.stat().st_mode
            if top is not None and not _is_below(real, os.path.realpath(top)):
                return "It is a link that leads out of the folder and was not followed; copy the file into the folder."
    except OSError as error:
        return f"It could not be looked at ({error.strerror}); check that it is there and that you may read it."
    if not stat.S_ISREG(mode):
        kinds = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}
        kind = kinds.get(stat.S_IFMT(mode), "no file")
        return f"It is {kind} and no file, and was not opened; remove it."
    return ""


def _is_below(path: str, top: str) -> bool:
    return path == top or path.startswith(top.rstrip(os.sep) + os.sep)


def path_fault(name: str) -> str:
    """Why a member of an archive with this path is not unpacked; empty when it may be."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts:
        return "It has no name and was not unpacked; pack the archive again."
    if name.startswith(("/", "\\")) or PureWindowsPath(name).drive or ".." in parts or "\0" in name:
        return "Its path leads out of the archive and it was not unpacked; pack the archive again without it."
    if len(parts) > _DEEPEST_FOLDER:
        return f"It lies more than {_DEEPEST_FOLDER} folders deep and was not unpacked; pack it further up."
    return ""


def member_fault(info: zipfile.ZipInfo) -> str:
    """Why a member of a ZIP archive is not unpacked; empty when it may be."""
    if fault := path_fault(info.filename):
        return fault
    if stat.S_ISLNK(info.external_attr >> 16):
        return "It is a link and was not unpacked; pack the file that it leads to."
    if info.flag_bits & 1:
        return "It is encrypted and was not unpacked; pack it again without a password."
    if info.file_size > MOST_MEMBER:
        return f"It is larger than {MOST_MEMBER >> 30} GB unpacked and was not; split it."
    if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size):
        return f"It grows to more than {MAX_RATIO} times its size, as archives made to fill a disk do; not unpacked."
    return ""


def archive_fault(path: Path) -> str:
    """Why a packed document (a workbook, a Word file) is not opened; empty when it may be, or is not packed."""
    if not zipfile.is_zipfile(path):
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        return f"It is damaged ({error}); save it again."
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if len(infos) > MOST_MEMBERS or total > MOST_MEMBER:
        return f"It holds more than {MOST_MEMBERS:,} parts or {MOST_MEMBER >> 30} GB; split it."
    if total > _RATIO_FROM and total > MAX_RATIO * max(1, packed):
        return f"It grows to more than {MAX_RATIO} times its size, as files made to fill a disk do; it was not opened."
    return ""

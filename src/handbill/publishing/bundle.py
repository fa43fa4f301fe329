"""Bring new folders into the archive, all or none of them.  Knows no letter."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from handbill.publishing.files import write
from handbill.publishing.flush import flush, flush_folder
from handbill.publishing.standing import write_whole


def bring(
    archive: Path, scratch: Path, bundles: Mapping[str, Mapping[str, bytes]], beside: Mapping[str, str], book: tuple[str, str]
) -> None:
    """Put *bundles*, files by the name of their folder, into *archive*, and then write the *book* in it that names them.

    *beside* are texts that lie in the archive and are written where they are
    missing.  The book comes last: a folder that it does not name does not
    count, so whoever is interrupted may simply begin again.

    Raises:
        FileExistsError: a folder is there already; nothing was changed.
    """
    for name in bundles:
        if os.path.lexists(archive / name):
            raise FileExistsError(f"{archive / name} is there already")
    shutil.rmtree(scratch, ignore_errors=True)
    moved: list[Path] = []
    try:
        for name, files in bundles.items():
            for path, content in files.items():
                target = scratch / name / path
                target.parent.mkdir(parents=True, exist_ok=True)
                write(str(target), content)
            flush(scratch / name, files, {path.rpartition("/")[0] for path in files})
        archive.mkdir(parents=True, exist_ok=True)
        for name, text in beside.items():
            if not (archive / name).is_file():
                write_whole(archive / name, text)
        try:
            for name in bundles:
                (scratch / name).rename(archive / name)
                moved.append(archive / name)
            flush_folder(archive)
            # From here on they are named, and stay whatever fails.
            write_whole(archive / book[0], book[1], flushed=True)
        except OSError:
            for folder in moved:
                shutil.rmtree(folder, ignore_errors=True)
            raise
        flush_folder(archive)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)

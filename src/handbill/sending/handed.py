"""What was handed to services, as this machine remembers it: so that nothing is handed over anew because it was deleted there.

One line of JSON for each step, on the disk before anybody goes on.  Nothing of a member stands in it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from handbill.errors import MachineLacks, said
from handbill.publishing.flush import flush_folder

FILE = "handed.jsonl"

#: The two steps: about to tell the service to send, and seen that it will, does or did.
LEAVING = "leaving"
LEFT = "left"


@dataclass(frozen=True, slots=True)
class Note:
    """One step of one version: ``name`` as in the archive, ``id`` as the service calls it, ``at`` the moment asked for, "" for at once."""

    name: str
    campaign: str
    service: str
    step: str
    id: str
    at: str = ""


class Notes:
    """The file in *folder*, which is made when something is first kept there."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE

    def of(self, name: str) -> tuple[Note, ...]:
        """Return the notes on the version called *name*, the oldest first.

        Raises:
            MachineLacks: the file cannot be read, or somebody changed it.
        """
        try:
            raw = self.file.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._lacks(error) from error
        # What has no end was never finished: nobody went on after it.
        lines = raw.split(b"\n")[:-1]
        try:
            notes = [Note(**json.loads(line)) for line in lines if line]
        except (ValueError, TypeError) as error:
            raise MachineLacks(
                said("{name}: somebody changed it, so that nobody can tell what has left; put back a copy from before", name=FILE)
            ) from error
        return tuple(one for one in notes if one.name == name)

    def add(self, note: Note) -> None:
        """Write a note, and return when it is on the disk.

        Raises:
            MachineLacks: the disk does not take it.
        """
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            is_new = not self.file.exists()
            descriptor = os.open(self.file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                size = os.fstat(descriptor).st_size
                # A line that a power cut left without its end is cut off, so that it takes none of ours with it.
                torn = size > 0 and _last(descriptor, size) != b"\n"
                if torn:
                    os.ftruncate(descriptor, _end(descriptor, size))
                line = json.dumps(asdict(note), ensure_ascii=False, sort_keys=True).encode("utf-8") + b"\n"
                if os.write(descriptor, line) != len(line):
                    raise OSError(0, "no room")
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            if is_new:
                flush_folder(self.file.parent)
        except OSError as error:
            raise self._lacks(error) from error

    def _lacks(self, error: OSError) -> MachineLacks:
        return MachineLacks(
            said(
                "{name}: cannot be read or written ({reason}); mend that, then call the same command again",
                name=FILE,
                reason=error.strerror or str(error),
            )
        )


def _last(descriptor: int, size: int) -> bytes:
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1)


def _end(descriptor: int, size: int) -> int:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, size).rfind(b"\n") + 1

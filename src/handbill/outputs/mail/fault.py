"""What is wrong with the theme of letters, at the file and line that somebody can change."""

from __future__ import annotations

from handbill.errors import HandbillError, Said, said


class ThemeFault(HandbillError):
    """The theme's own files cannot make a letter: which file and line, what was found, what was wanted."""

    exit_code = 2

    def __init__(self, file: str, line: int, found: Said, wanted: Said) -> None:
        self.file, self.line, self.found, self.wanted = f"theme/mail/{file}", line, found, wanted
        where = f"{self.file}:{line}" if line else self.file
        super().__init__(said("{file}: found {found}, wanted {wanted}", file=where, found=found, wanted=wanted))

    def __reduce__(self) -> tuple[type[ThemeFault], tuple[str, int, Said, Said]]:
        """Let the fault cross from a worker process."""
        return type(self), (self.file.removeprefix("theme/mail/"), self.line, self.found, self.wanted)

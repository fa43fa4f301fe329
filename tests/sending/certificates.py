"""Certificates for servers on this machine, made by OpenSSL when a test asks for them: no key lies in the repository."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Certificates:
    """``authority`` is to be trusted; ``good`` is for localhost, ``other`` for another name, ``old`` has expired."""

    authority: Path
    good: ssl.SSLContext
    other: ssl.SSLContext
    old: ssl.SSLContext
    good_files: tuple[Path, Path]


def certificates(folder: Path) -> Certificates:
    """Return certificates that were just made in *folder*; the test is skipped where OpenSSL is not installed."""
    if not shutil.which("openssl"):
        pytest.skip("needs the program openssl, which makes a certificate")

    def run(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    def made(name: str, host: str, *how_long: str) -> tuple[Path, Path]:
        run(
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-keyout",
            f"{name}.key",
            "-subj",
            f"/CN={host}",
            "-out",
            f"{name}.csr",
        )
        # From 3.13 on Python wants what the standard wants (RFC 5280): who signed it, and below what an authority may do.
        says = f"subjectAltName=DNS:{host}\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
        (folder / f"{name}.ext").write_text(says, encoding="ascii")
        run(
            "x509",
            "-req",
            "-in",
            f"{name}.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-extfile",
            f"{name}.ext",
            "-out",
            f"{name}.pem",
            *how_long,
        )
        return folder / f"{name}.pem", folder / f"{name}.key"

    run(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        "ca.key",
        "-subj",
        "/CN=Essai",
        "-addext",
        "keyUsage=critical,keyCertSign",
        "-days",
        "3650",
        "-out",
        "ca.pem",
    )
    good = made("good", "localhost", "-days", "3650")
    return Certificates(
        authority=folder / "ca.pem",
        good=_context(good),
        other=_context(made("other", "ailleurs.example", "-days", "3650")),
        # A certificate that is good for no time at all has expired by the time anybody looks.
        old=_context(made("old", "localhost", "-days", "0")),
        good_files=good,
    )


def _context(files: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    return context

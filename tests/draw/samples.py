"""Contests for the tests of draws: what the beacon really said, and whole archives made from it."""

from __future__ import annotations

from handbill.draw.drawing import Round

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"

#: A round of 2023, of drand's quicknet.
ROUND_1000 = Round(
    CHAIN,
    1000,
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
    "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
)

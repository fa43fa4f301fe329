"""Doctor and test, as people type them."""

from tests.hubs import run


def test_doctor_tells_what_it_looked_at(hub, capsys):
    """It is what people are asked to run first when they ask for help."""
    code, out, _ = run(capsys, "--root", hub, "doctor")

    assert code in (0, 3)
    assert "Python" in out

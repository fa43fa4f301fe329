"""CSV files, read and written."""

import pytest

from handbill.sending.sheets import written


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a"])
def test_no_spreadsheet_runs_a_cell(cell):
    """An address may begin with what a spreadsheet takes for a formula."""
    assert f"'{cell}" == written(cell)

"""How lots are drawn and ballots counted, and how anybody proves both: from values and bytes alone (decision 0050)."""

"""Hand a frozen letter to those who deliver it: never twice, never lost, never unapproved."""

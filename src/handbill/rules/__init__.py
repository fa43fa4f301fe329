"""The rules of a contest: what they must say, and their text, article by article (decision 0051)."""

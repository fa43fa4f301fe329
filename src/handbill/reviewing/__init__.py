"""Two states of a repository → what members will get that they would not have got, before anybody approves it."""

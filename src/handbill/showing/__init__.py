"""Problems → what is shown of them: the words, the lines to look at, and nothing that is private."""

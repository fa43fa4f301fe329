"""One text alone → what an attentive proof-reader would mark, one file per subject."""

"""What a command sees of the machine: a few variables, and behind walls where it only reads what strangers wrote.

``few`` knows which variables, ``walls`` which files, ``entrance`` starts the
program with these and no others, ``inside`` looks from within whether it is so.
"""

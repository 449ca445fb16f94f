"""One presenter per widget: readings of the session become drawn values, gestures become edits.

A presenter does no mathematics and knows no other presenter; what it shows comes from the session's
snapshot, and it works only while its widget can be seen.
"""

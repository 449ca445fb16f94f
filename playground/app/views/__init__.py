"""One folder a subject: its presenter joins a widget to the session, its reading makes drawn values.

A presenter does no mathematics and knows no other presenter; a reading is pure.
"""

"""Points to learn from: frozen data sets and a table of seeded generators; NumPy only.

Inside the program one file imports this package: ``playground/document/catalogue.py``.
"""

#: Marks the package as ours: another, well-known one has the same name.
APPLICATION = "backprop-playground"

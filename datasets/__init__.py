"""Points to learn from: frozen data sets and a registry of seeded generators; NumPy only."""

"""The guide: the card of the first start, and the tour."""

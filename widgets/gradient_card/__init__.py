"""The gradient card: upstream × local = downstream of one node, and every number behind it."""

from __future__ import annotations

from widgets.gradient_card.gradient_card import GradientCard

__all__ = ["GradientCard"]

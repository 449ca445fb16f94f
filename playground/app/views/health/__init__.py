"""Dead, saturated, vanishing, exploding."""

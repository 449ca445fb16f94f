"""``python -m playground``: the same as the command ``backprop-playground``."""

from __future__ import annotations

import sys

from playground.cli.main import main

if __name__ == "__main__":
    sys.exit(main())

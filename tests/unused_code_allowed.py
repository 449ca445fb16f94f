"""Names that vulture takes for unused, and who uses them: ``run.py test``, stage "unused code".

What Qt calls by its own names (events, models, accessibility) stands in pyproject.toml, as patterns.
"""

from playground.cli import circuit, progress
from playground.engine import messages
from playground.engine.state import RunState
from playground.files.file_claim import Stamp

messages.use  # a translation installs itself with it
RunState.same_as  # what tests say of runs: equal to the bit
Stamp.changed_ns  # compared as a part of the whole
circuit._negative_number_matcher  # argparse reads it
progress.monitor_interval  # tqdm reads it

"""Names that vulture takes for unused, and who uses them: ``run.py test``, stage "unused code".

What Qt calls by its own names (events, models, accessibility) stands in pyproject.toml, as patterns.
"""

from playground.app.files.own_points import OwnPoints
from playground.app.views.curves.presenter import CurvesPresenter
from playground.app.views.lessons.player import LessonPlayer
from playground.cli import circuit, progress
from playground.document import catalogue
from playground.engine import messages
from playground.engine.state import RunState
from playground.files.file_claim import Stamp
from playground.session.undo_stack import UndoStack
from playground.training.timeline import Timeline
from widgets.circuit_graph.canvas import CircuitCanvas
from widgets.controls.described import PressAction
from widgets.values.data import DataForm

messages.use  # a translation installs itself with it
catalogue.__getattr__  # Python asks it for what is not loaded yet
circuit._negative_number_matcher  # argparse reads it
progress.monitor_interval  # tqdm reads it
DataForm.train_share  # the gallery reads its form by key
PressAction.doAction  # Qt calls it for a screen reader
PressAction.keyBindingsForAction
Stamp.changed_ns  # compared as a part of the whole

# Kept so that it lives, or as long as it works.
CurvesPresenter.travel
OwnPoints.writing

# What tests look at, and nothing else tells: equality to the bit, memory held, what was drawn, the end of what runs.
LessonPlayer.finish_running
RunState.same_as
Timeline.size_bytes
UndoStack.size_bytes
CircuitCanvas.geometry_shown

"""Frozen things to draw; presenters make them, widgets show them.

Images are indices into colour tables, never colours, so that a theme change needs no new value.
Index 0…255 into the diverging tables: 128 is zero. Index class·256 + sureness into the class table.
Image rows run from the top of the plane (largest x₂) to the bottom.
"""

from widgets.values.card import (
    EdgeRow,
    InputReading,
    LossReading,
    LossRow,
    MeanReading,
    MeanTerm,
    NeuronReading,
    UpdateStep,
    UpstreamTerm,
)
from widgets.values.curves import CurveGoal, CurveMark, Series
from widgets.values.data import DataForm, GalleryItem
from widgets.values.flow import FlowRow, FlowWarning
from widgets.values.gates import Gate, GateDiagram, GateFactor, GateReading, GateValues
from widgets.values.keys import BIAS, LOSS, Choice, EdgeKey, Floats, MapKind, NodeKey
from widgets.values.network import (
    ActivationCurve,
    Badge,
    LayerSettings,
    NetworkColumn,
    NetworkDiagram,
    NetworkFrame,
    NetworkNumbers,
)
from widgets.values.plane import Extent, PlaneImage, PlaneLine, Points
from widgets.values.training import ChoiceField, NumberField, StopForm, TrainingForm
from widgets.values.transport import Phase, PhaseCaption, PhaseKind, TransportReadouts

__all__ = [
    "BIAS",
    "LOSS",
    "ActivationCurve",
    "Badge",
    "Choice",
    "ChoiceField",
    "CurveGoal",
    "CurveMark",
    "DataForm",
    "EdgeKey",
    "EdgeRow",
    "Extent",
    "Floats",
    "FlowRow",
    "FlowWarning",
    "GalleryItem",
    "Gate",
    "GateDiagram",
    "GateFactor",
    "GateReading",
    "GateValues",
    "InputReading",
    "LayerSettings",
    "LossReading",
    "LossRow",
    "MapKind",
    "MeanReading",
    "MeanTerm",
    "NetworkColumn",
    "NetworkDiagram",
    "NetworkFrame",
    "NetworkNumbers",
    "NeuronReading",
    "NodeKey",
    "NumberField",
    "Phase",
    "PhaseCaption",
    "PhaseKind",
    "PlaneImage",
    "PlaneLine",
    "Points",
    "Series",
    "StopForm",
    "TrainingForm",
    "TransportReadouts",
    "UpdateStep",
    "UpstreamTerm",
]

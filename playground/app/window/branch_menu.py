"""BranchMenu: the branches of the run, to switch to one; filled when it opens."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from playground.session.branches import label, switch_to
from playground.session.session import Session


class BranchMenu(QMenu):
    """Switches to the chosen branch; Undo switches back."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        """Begin empty."""
        super().__init__("Switch to a bran&ch", parent)
        self._session = session
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for number, branch in enumerate(reversed(self._session.run.history.branches), 1):
            action = self.addAction(f"&{number}  {label(branch).capitalize()}")
            action.setToolTip("Continue from its last iteration. What you leave becomes a branch; Undo switches back.")
            action.setEnabled(branch.end is not None)
            action.triggered.connect(lambda _checked=False, branch=branch: switch_to(self._session, branch))
        if self.isEmpty():
            self.addAction("None yet: go back in time and train with other settings").setEnabled(False)

"""FuturesMenu: the futures that were left, to go on with one; filled when it is looked at."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from playground.session import branches
from playground.session.session import Session


class BranchMenu(QMenu):
    """Goes to the far end of the chosen future; Undo comes back."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        """Be empty until somebody looks."""
        super().__init__("Go to a &future that was left", parent)
        self._session = session
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for number, branch in enumerate(reversed(self._session.run.history.branches), 1):
            action = self.addAction(f"&{number}  {branches.told(branch).capitalize()}")
            action.setToolTip("Go on from its far end, exactly; what you leave becomes a branch, and Undo comes back.")
            action.setEnabled(branch.end is not None)
            action.triggered.connect(lambda _checked=False, branch=branch: branches.go_to(self._session, branch))
        if self.isEmpty():
            self.addAction("None yet: go back in time and train another way").setEnabled(False)

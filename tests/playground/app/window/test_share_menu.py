"""The menu of the Share button holds what the tooltip of the button promises."""

from __future__ import annotations

from playground.app.window.main_window import MainWindow


def test_the_share_menu_holds_the_exports_and_the_pictures(window: MainWindow) -> None:
    texts = [action.text().replace("&", "") for action in window.parts.sharing.menu.actions() if action.text()]
    assert texts == ["Copy link", "Open link…", "Save as…", "Export points as CSV…", "Save picture of", "Export"]
    assert "export code, pictures and tables" in window.parts.panels.transport.share.toolTip()


def test_quit_is_the_last_of_its_menu(window: MainWindow) -> None:
    file_menu = window.menuBar().actions()[0].menu()
    assert file_menu.actions()[-1].text() == "&Quit"

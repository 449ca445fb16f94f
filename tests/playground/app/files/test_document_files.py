"""The *File* menu in the real window: saved work is restored, and the user is asked before any is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from playground.app.files.examples_menu import ExamplesMenu
from playground.app.files.file_dialogs import CANCEL, DISCARD, SAVE, FileDialogs
from playground.app.files.recent_menu import RecentMenu
from playground.app.window.main_window import MainWindow
from playground.document.changes import with_training, with_width
from playground.document.document import Document, Edge, Node
from playground.document.ready import READY, one_one_one
from playground.files import document_file
from playground.files.links import document_link as links
from playground.files.saved import Saved
from playground.session.saving import to_saved
from playground.session.session import Session
from tests.drops import drop_file
from widgets.dialogs.notes_dialog import NotesDialog
from widgets.dialogs.question import Question

ADDRESS = (
    "https://playground.tensorflow.org/#activation=relu&batchSize=10&dataset=circle&regDataset=reg-plane"
    "&learningRate=0.03&regularizationRate=0&noise=0&networkShape=3,2&seed=0.5&showTestData=true&discretize=true"
    "&percTrainData=50&x=true&y=true&problem=classification&hideText=false"
)


class Answers(FileDialogs):
    """Answers in the place of dialogs; ``asked`` says what was asked."""

    def __init__(self, answer: str = CANCEL, path: Path | None = None, text: str = "") -> None:
        self.answer, self.path, self.text = answer, path, text
        self.asked: list[str] = []

    def open_file(self, folder: Path, done: Callable[[Path], object]) -> None:
        self.asked.append("open")
        if self.path:
            done(self.path)

    def save_file(self, suggestion: Path, done: Callable[[Path], object]) -> None:
        self.asked.append(f"save {suggestion.name}")
        if self.path:
            done(self.path)

    def ask_to_keep(self, name: str, otherwise: str, done: Callable[[str], object]) -> None:
        self.asked.append(f"keep {name}")
        done(self.answer)

    def ask_to_revert(self, name: str, otherwise: str, done: Callable[[str], object]) -> None:
        self.asked.append(f"revert {name}")
        done(self.answer)

    def ask_for_link(self, first: str, done: Callable[[str], object]) -> None:
        self.asked.append(f"link {first}")
        if self.text:
            done(self.text)


@pytest.fixture
def answers(window: MainWindow) -> Answers:
    window.parts.files.dialogs = Answers()
    return window.parts.files.dialogs


def trigger(window: MainWindow, key: str) -> None:
    window.parts.actions[key].trigger()


def saved_xor(path: Path, steps: int = 30) -> Path:
    session = Session()
    session.step(steps)
    document_file.save(path, to_saved(session))
    return path


def broken(path: Path) -> Path:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"width":4', '"width":"four"').replace('"width": 4', '"width": "four"'), "utf-8")
    return path


# ---- saving and opening ------------------------------------------------------------------------


def test_open_and_train_on_equals_never_having_saved(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    answers.path = tmp_path / "xor.playground"
    window.session.change(with_training(learning_rate=0.3), "Learning rate")
    window.session.step(37)
    trigger(window, "save")
    window.session.step(50)
    expected = window.session.run.trainer.state()
    curve = window.session.run.history.column("train")
    answers.answer = DISCARD
    trigger(window, "new")
    assert window.session.run.iteration == 0
    trigger(window, "open")
    assert window.session.run.iteration == 37
    window.session.step(50)
    np.testing.assert_array_equal(window.session.run.trainer.state().parameters, expected.parameters)
    np.testing.assert_array_equal(window.session.run.history.column("train"), curve)


def test_a_first_save_asks_for_a_file_and_the_next_does_not(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.path = tmp_path / "mine.playground"
    window.session.step(3)
    trigger(window, "save")
    window.session.step(4)
    trigger(window, "save")
    assert answers.asked == ["save xor.playground"]
    state = document_file.load(answers.path).state
    assert state is not None
    assert state.iteration == 7


def test_title_and_status_line_name_the_file_and_its_state(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.path = tmp_path / "xor.playground"
    assert window.windowTitle() == "Untitled[*] — Backprop Playground"
    assert not window.isWindowModified()
    window.session.step()
    assert window.isWindowModified()
    trigger(window, "save")
    assert window.windowTitle() == "xor.playground[*] — Backprop Playground"
    assert window.parts.panels.status.document.text() == "Saved · xor.playground"
    assert not window.isWindowModified()
    window.session.change(with_width(1, 5), "Change a width")
    assert window.isWindowModified()
    assert window.parts.panels.status.document.text() == "Edited · xor.playground · Change a width · Ctrl+Z undoes it"


def test_undo_and_going_back_leave_nothing_to_save(window: MainWindow) -> None:
    window.session.step(5)
    window.session.step_back(5)
    assert not window.parts.files.is_modified
    window.session.change(with_width(1, 5), "Change a width")
    window.session.undo_stack.undo()
    assert not window.parts.files.is_modified


def test_a_weight_set_by_hand_is_something_to_save(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    answers.path = tmp_path / "xor.playground"
    window.session.step(5)
    trigger(window, "save")
    assert window.session.set_weight(Edge(1, 0, 0), float(window.session.run.trainer.parameters[0]) + 1e-12)
    assert window.isWindowModified()


def test_views_are_saved_and_come_back(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    answers.path = tmp_path / "xor.playground"
    window.parts.panels.output.discretize_switch.click()
    window.parts.panels.output.test_switch.click()
    window.parts.docks["flow"].hide()
    window.parts.panels.inspector.show_page("tensors")
    window.session.select(node=Node(1, 2))
    before = window.parts.files.view.settings()
    plot = window.parts.files.view._curves
    assert plot is not None
    plot.tools.log_switch.click()
    log = plot.tools.log_switch.isChecked()
    trigger(window, "save")
    plot.tools.log_switch.click()
    window.parts.panels.output.discretize_switch.click()
    window.parts.panels.output.test_switch.click()
    window.parts.docks["flow"].show()
    window.parts.panels.inspector.show_page("gradients")
    trigger(window, "new")
    assert window.session.selection.node is None
    trigger(window, "open")
    assert window.session.selection.node == Node(1, 2)
    assert window.parts.files.view.settings() == before | {"log": log}
    assert window.parts.docks["flow"].isHidden()


def test_views_of_another_kind_change_nothing(window: MainWindow) -> None:
    view = window.parts.files.view
    before = view.settings()
    view.show({"discretize": 3, "docks": [1], "overlays": "x", "inspector": "no such page", "log": None})
    view.show({"docks": {"flow": "no", "nowhere": True}, "inspector": 7})
    assert view.settings() == before


# ---- what would be lost ------------------------------------------------------------------------


def test_nothing_is_asked_when_nothing_would_be_lost(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    window.parts.files.open_path(saved_xor(tmp_path / "a.playground"))
    trigger(window, "new")
    assert window.close()
    assert answers.asked == []


@pytest.mark.parametrize(("answer", "iteration"), [(CANCEL, 5), (DISCARD, 0), (SAVE, 0)])
def test_each_answer_about_unsaved_work_does_what_it_says(
    window: MainWindow, answers: Answers, tmp_path: Path, answer: str, iteration: int
) -> None:
    answers.answer, answers.path = answer, tmp_path / "kept.playground"
    window.session.step(5)
    trigger(window, "new")
    assert answers.asked[0] == "keep Untitled"
    assert window.session.run.iteration == iteration
    assert answers.path.exists() == (answer == SAVE)


def test_a_save_that_was_called_off_takes_nothing_away(window: MainWindow, answers: Answers) -> None:
    answers.answer = SAVE
    window.session.step(5)
    trigger(window, "new")
    assert answers.asked == ["keep Untitled", "save xor.playground"]
    assert window.session.run.iteration == 5


def test_the_window_stays_until_the_question_is_answered(window: MainWindow, qapp: QApplication) -> None:
    window.session.step(5)
    assert not window.close()
    box = window.findChild(Question)
    assert box is not None
    assert box.text.text() == "Save the changes to Untitled?"
    assert "5 iterations" in box.more.text()
    box.buttons["cancel"].click()
    assert window.isVisible()
    assert not window.close()
    box = window.findChildren(Question)[-1]
    box.buttons["discard"].click()
    assert not window.isVisible()


def test_revert_goes_back_to_the_file(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    window.parts.files.open_path(saved_xor(tmp_path / "a.playground"))
    assert not window.parts.actions["revert"].isEnabled()
    window.session.step(10)
    trigger(window, "revert")
    assert window.session.run.iteration == 40
    answers.answer = DISCARD
    trigger(window, "revert")
    assert window.session.run.iteration == 30
    assert not window.isWindowModified()


# ---- what cannot be opened or saved ------------------------------------------------------------


def test_a_broken_file_names_the_place_and_leaves_the_document(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    window.session.step(5)
    before = to_saved(window.session)
    answers.answer = DISCARD
    window.parts.files.open_path(broken(saved_xor(tmp_path / "broken.playground")))
    assert not window.parts.notices.bar.isHidden()
    assert "$.network.hidden[0].width" in window.parts.notices.bar.text.text()
    after = to_saved(window.session)
    assert after.document == before.document
    assert after.state is not None
    assert before.state is not None
    np.testing.assert_array_equal(after.state.parameters, before.state.parameters)
    assert window.parts.files.name == "Untitled"


def test_a_folder_that_cannot_be_written_loses_nothing(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    answers.path = tmp_path / "nowhere" / "xor.playground"
    window.session.step(5)
    trigger(window, "save")
    assert "could not be saved" in window.parts.notices.bar.text.text()
    assert window.isWindowModified()
    answers.path = tmp_path / "xor.playground"
    window.parts.notices.bar.buttons["save_as"].click()
    assert answers.path.is_file()
    assert window.parts.notices.bar.isHidden()
    assert not window.isWindowModified()


def test_a_second_window_on_one_file_cannot_overwrite_it(
    window: MainWindow, answers: Answers, tmp_path: Path, second_window: MainWindow
) -> None:
    path = saved_xor(tmp_path / "a.playground")
    window.parts.files.open_path(path)
    second_window.parts.files.open_path(path)
    assert "open in another window" in second_window.parts.notices.bar.text.text()
    before = path.read_bytes()
    second_window.session.step(9)
    trigger(second_window, "save")
    assert path.read_bytes() == before
    assert "open in another window" in second_window.parts.notices.bar.text.text()
    trigger(window, "new")
    trigger(second_window, "save")
    assert path.read_bytes() != before


def test_a_file_that_another_program_changed_is_not_overwritten(window: MainWindow, tmp_path: Path) -> None:
    path = saved_xor(tmp_path / "a.playground")
    window.parts.files.open_path(path)
    path.write_text("theirs", "utf-8")
    window.session.step()
    trigger(window, "save")
    assert path.read_text("utf-8") == "theirs"
    assert "changed by another program" in window.parts.notices.bar.text.text()


def test_a_file_that_went_or_broke_while_it_was_open_takes_nothing_from_the_window(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    path = saved_xor(tmp_path / "a.playground")
    window.parts.files.open_path(path)
    window.session.step(10)
    path.write_text("{", "utf-8")
    answers.answer = DISCARD
    trigger(window, "revert")
    assert "a.playground: $" in window.parts.notices.bar.text.text()
    assert window.session.run.iteration == 40
    trigger(window, "save")
    assert "changed by another program" in window.parts.notices.bar.text.text()
    path.unlink()
    path.mkdir()
    trigger(window, "save")
    assert not window.parts.notices.bar.isHidden()
    path.rmdir()
    trigger(window, "save")
    assert document_file.load(path).state.iteration == 40  # type: ignore[union-attr]
    assert not window.isWindowModified()


# ---- recent, drops, links ----------------------------------------------------------------------


def test_recent_files_open_again_and_missing_ones_are_forgotten(window: MainWindow, tmp_path: Path) -> None:
    path = saved_xor(tmp_path / "a.playground")
    window.parts.files.open_path(path)
    trigger(window, "new")
    menu = window.findChild(RecentMenu)
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert window.session.run.iteration == 30
    trigger(window, "new")
    path.unlink()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert "a.playground" in window.parts.notices.bar.text.text()
    assert window.parts.files.recent.paths() == ()


def test_the_file_menu_has_open_recent_after_open(window: MainWindow) -> None:
    menu = window.findChild(QMenu, "menu_file")
    assert menu is not None
    texts = [action.text() for action in menu.actions()]
    assert texts[texts.index("&Open…") + 1] == "Open re&cent"


def test_a_dropped_document_opens(window: MainWindow, tmp_path: Path) -> None:
    assert drop_file(window, saved_xor(tmp_path / "a.playground"))
    assert window.session.run.iteration == 30
    assert window.parts.files.name == "a.playground"


def test_a_dropped_table_goes_to_the_import(window: MainWindow, tmp_path: Path) -> None:
    imported: list[Path] = []
    window.parts.files.table_chosen.disconnect()
    window.parts.files.table_chosen.connect(imported.append)
    drop_file(window, tmp_path / "a.csv")
    assert imported == [tmp_path / "a.csv"]


def test_other_drops_are_not_taken(window: MainWindow, tmp_path: Path) -> None:
    assert not drop_file(window, tmp_path / "a.exe")


def test_a_copied_link_opens_as_the_same_document(window: MainWindow, answers: Answers) -> None:
    window.session.change(with_width(1, 3), "Change a width")
    window.session.step(12)
    expected = to_saved(window.session)
    trigger(window, "copy_link")
    answers.text = QGuiApplication.clipboard().text()
    assert "Link copied" in window.parts.panels.status.message.text()
    answers.answer = DISCARD
    trigger(window, "new")
    trigger(window, "open_link")
    assert answers.asked[-1] == f"link {answers.text}"
    assert window.session.document == expected.document
    assert window.session.run.iteration == 12
    assert window.parts.files.name == "Untitled"


HIDES = (
    "https://playground.tensorflow.org/#dataset=xor&networkShape=3&playButton_hide=true&stepButton_hide=true"
    "&resetButton_hide=true&learningRate_hide=true&activation_hide=true&regularization_hide=true"
    "&regularizationRate_hide=true&dataset_hide=true&percTrainData_hide=true&noise_hide=true&batchSize_hide=true"
    "&numHiddenLayers_hide=true&showTestData_hide=true&discretize_hide=true&xSquared_hide=true"
)


def hidden_controls(window: MainWindow) -> dict[str, QWidget]:
    panels = window.parts.panels
    transport, gallery, training, network = panels.transport, panels.gallery, panels.training, panels.network
    return {
        "play": transport.play,
        "step": transport.step,
        "reset": transport.reset,
        "rate": training.sliders["learning_rate"],
        "regularizer": training.boxes["regularizer"],
        "gallery": gallery.first_tiles,
        "more": gallery.more,
        "share": gallery.sliders["train_share"],
        "noise": gallery.sliders["noise"],
        "batch": gallery.sliders["batch_size"],
        "activation": network.hidden_headers[0].combo,
        "depth": network.depth_header,
        "test data": panels.output.test_switch,
        "discretize": panels.output.discretize_switch,
        "x₁²": network.input_header.popup.boxes["x1_squared"],
    }


def test_an_address_hides_the_controls_that_it_names_until_they_are_shown_again(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.text = HIDES
    trigger(window, "open_link")
    assert [name for name, control in hidden_controls(window).items() if not control.isHidden()] == []
    assert not window.parts.panels.gallery.sliders["n_points"].isHidden()
    assert "It keeps some controls out of sight." in window.parts.notices.bar.text.text()
    window.session.change(with_width(1, 5), "Change a width")
    window.session.change(lambda document: replace(document, hidden=document.hidden * 2), "Add a layer")
    assert window.parts.panels.network.hidden_headers[1].combo.isHidden()
    path = tmp_path / "hides.playground"
    window.parts.files.write(path)
    trigger(window, "show_hidden")
    assert [name for name, control in hidden_controls(window).items() if control.isHidden()] == []
    assert not window.parts.actions["show_hidden"].isEnabled()
    window.parts.files.settle()
    window.parts.files.open_path(path)
    assert [name for name, control in hidden_controls(window).items() if not control.isHidden()] == []
    window.parts.files.new()
    assert [name for name, control in hidden_controls(window).items() if control.isHidden()] == []


def test_an_address_of_tensorflow_playground_opens_with_the_list_of_what_became_of_it(
    window: MainWindow, answers: Answers
) -> None:
    answers.text = ADDRESS
    trigger(window, "open_link")
    assert [layer.width for layer in window.session.document.hidden] == [3, 2]
    assert window.parts.panels.output.discretize_switch.isChecked()
    assert " read · " in window.parts.notices.bar.text.text()
    assert "approximated" in window.parts.notices.bar.text.text()
    window.parts.notices.bar.buttons["notes"].click()
    dialog = window.findChild(NotesDialog)
    assert dialog is not None
    cells = [dialog.table.item(row, 0) for row in range(dialog.table.rowCount())]
    names = [cell.text() for cell in cells if cell is not None]
    assert {"activation", "networkShape", "seed", "hideText"} <= set(names)
    dialog.close()
    before = window.session.snapshot().losses
    window.session.step(2000)
    after = window.session.snapshot().losses
    assert after.train < 0.6 * before.train
    assert after.test < 0.6 * before.test


@pytest.mark.parametrize("text", ["playground:1.broken", "playground:2.AAAA", "hello", "", "#curve=cubic"])
def test_a_bad_link_is_refused_with_the_reason(window: MainWindow, answers: Answers, text: str) -> None:
    before = window.session.document
    window.parts.sharing.open_text(text)
    assert not window.parts.notices.bar.isHidden()
    assert window.session.document is before


def test_a_refused_link_stands_in_the_dialog_again_to_be_corrected(window: MainWindow, answers: Answers) -> None:
    answers.text = "playground:1.broken"
    trigger(window, "open_link")
    assert "link playground:1.broken" not in answers.asked
    answers.text = ADDRESS
    trigger(window, "open_link")
    assert "link playground:1.broken" in answers.asked
    assert window.session.document.hidden[0].width == 3


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_share_opens_a_menu_with_the_links(window: MainWindow, qapp: QApplication) -> None:
    window.parts.panels.transport.share.click()
    assert window.parts.sharing.menu.isVisible()
    assert window.parts.actions["copy_link"] in window.parts.sharing.menu.actions()
    window.parts.sharing.menu.close()


def test_a_document_that_cannot_be_trained_is_refused(window: MainWindow) -> None:
    before = window.session.document
    assert not window.parts.files.adopt(Saved(replace(Document(), features=("x7",))))
    assert window.session.document is before
    assert "x7" in window.parts.notices.bar.text.text()


def test_a_link_of_too_much_is_refused_in_words(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MAX_TEXT", 10)
    monkeypatch.setattr(links, "MAX_WITH_STATE", 10)
    trigger(window, "copy_link")
    assert "too long to share" in window.parts.notices.bar.text.text()


def test_news_is_no_warning_and_a_refusal_is_one(window: MainWindow) -> None:
    window.parts.sharing.open_text(ADDRESS)
    assert window.parts.notices.bar.property("quiet") is True
    window.parts.sharing.open_text("playground:1.x")
    assert window.parts.notices.bar.property("quiet") is False
    assert window.parts.notices.bar.word.property("role") == "error"


def test_a_ready_document_opens_from_the_menu(window: MainWindow) -> None:
    menu = window.findChild(ExamplesMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [ready.label for ready in READY.values()]
    menu.actions()[0].trigger()
    assert window.session.document == one_one_one()
    assert window.session.snapshot().losses.train == 2.0
    assert not window.parts.files.is_modified

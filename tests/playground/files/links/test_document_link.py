from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.document.document import DataSettings, Document
from playground.document.own_data import Table
from playground.engine.spec import LayerSpec, OptimizerSpec, TrainingSpec
from playground.files.error_messages import DocumentError
from playground.files.links import document_link as links
from playground.files.links.tfplayground import translate
from playground.files.saved import Saved
from playground.training.run import Run


def trained(document: Document, steps: int = 20) -> Saved:
    run = Run(document)
    run.train(steps)
    return Saved(run.document, run.trainer.state())


def text_of(content: bytes) -> str:
    """Return a link with the right checksum around any deflated content."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=links._DICTIONARY)
    packed = squeezer.compress(content) + squeezer.flush()
    return wrapped(packed)


def wrapped(packed: bytes) -> str:
    body = zlib.crc32(packed).to_bytes(4, "big") + packed
    return "playground:1." + urlsafe_b64encode(body).decode().rstrip("=")


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        links.decode(text)
    assert str(caught.value).isprintable()
    return str(caught.value)


@settings(max_examples=40, deadline=None)
@given(
    st.builds(
        Document,
        data=st.builds(
            DataSettings, st.sampled_from(["xor", "spiral", "plane"]), st.integers(4, 900), seed=st.integers(0, 99)
        ),
        features=st.sampled_from([("x1",), ("x1", "x2", "sin_x1")]),
        hidden=st.lists(st.builds(LayerSpec, st.integers(1, 9)), max_size=4).map(tuple),
        seed=st.integers(0, 2**31 - 1),
    )
)
def test_a_link_brings_the_settings_back(document: Document) -> None:
    link = links.encode(Saved(document))
    assert links.decode(link.text).document == document
    assert link.holds == "settings"


def test_the_link_of_the_first_document_is_short() -> None:
    assert len(links.encode(Saved(Document())).text) < 80


def test_a_link_of_a_small_network_has_its_whole_run() -> None:
    content = trained(Document(training=TrainingSpec("squared", OptimizerSpec("adam"))))
    link = links.encode(content)
    back = links.decode(link.text)
    assert link.holds == "state"
    assert back.state is not None
    assert content.state is not None
    assert back.state.same_as(content.state)


def test_a_link_of_a_middling_network_has_its_weights_and_a_fresh_optimizer() -> None:
    content = trained(
        Document(hidden=(LayerSpec(16), LayerSpec(16)), training=TrainingSpec("squared", OptimizerSpec("adam")))
    )
    link = links.encode(content)
    back = links.decode(link.text)
    assert link.holds == "weights"
    assert back.state is not None
    assert content.state is not None
    assert np.array_equal(back.state.parameters, content.state.parameters)
    assert back.state.updates == 0
    assert not any(slot.any() for slot in back.state.slots)
    run = Run(Document())
    run.resume(back.document, back.state)
    assert run.train(3) == 3


def test_a_link_of_a_large_network_has_the_settings_alone() -> None:
    content = trained(Document(hidden=(LayerSpec(64), LayerSpec(64))), 1)
    link = links.encode(content)
    assert link.holds == "settings"
    assert links.decode(link.text).document == content.document


def test_a_tensorflow_playground_document_fits_into_a_link_with_its_points() -> None:
    document = translate("#dataset=spiral&noise=10").saved.document
    assert links.decode(links.encode(Saved(document)).text).document == document


def test_too_many_own_points_for_a_link_are_told() -> None:
    points = np.random.default_rng(1).standard_normal((9000, 2))
    data = DataSettings("own", table=Table(points, np.arange(9000.0) % 2))
    with pytest.raises(DocumentError, match="too long to share: save the document as a file"):
        links.encode(Saved(Document(data=data)))


def test_line_breaks_and_blanks_in_a_link_do_not_matter() -> None:
    text = links.encode(trained(Document())).text
    folded = "  " + "\r\n ".join(text[i : i + 60] for i in range(0, len(text), 60)) + "\n"
    assert links.decode(folded).document == Document()


LINK = "playground:1.SrSIgRtN26Npe7imbQA"


@pytest.mark.parametrize(
    "text",
    [
        f"<{LINK}>",
        f"Here it is: {LINK}. Best regards",
        f"Here it is:\n\n> {LINK[:20]}\n> {LINK[20:]}\n\nBest regards",
        f"{LINK[:25]}=\r\n{LINK[25:]}",
        f"{LINK}\n-- \nA. Student",
        f'<a href="{LINK}">my network</a>',
        LINK.replace(":", "%3A"),
        f"https://mail.example/away?to=playground%3A{LINK[11:]}&token=1",
        f"{LINK[:15]}\u200b{LINK[15:]}",
        LINK.replace("playground", "Playground"),
    ],
)
def test_what_a_mail_program_put_round_a_link_does_not_matter(text: str) -> None:
    assert links.is_link(text)
    assert links.decode(text).document == Document()


def test_a_sentence_about_a_playground_is_no_link() -> None:
    assert not links.is_link("See my playground: https://playground.tensorflow.org/#batchSize=5")


def test_links_of_version_1_stay_readable() -> None:
    # Copied from a program of format 1: the dictionary of links must never change.
    assert links.decode("playground:1.SrSIgRtN26Npe7imbQA").document == Document()


@given(st.integers(0, 300), st.integers(0, 63))
def test_a_changed_character_is_noticed(place: int, letter: int) -> None:
    text = links.encode(trained(Document())).text
    at = len("playground:1.") + place % (len(text) - len("playground:1.") - 1)
    other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[letter]
    if other == text[at]:
        return
    assert refusal(text[:at] + other + text[at + 1 :]).startswith("link: ")


@given(st.data())
def test_a_cut_off_link_is_noticed(data: st.DataObject) -> None:
    text = links.encode(trained(Document())).text
    assert refusal(text[: data.draw(st.integers(0, len(text) - 1))]).startswith("link: ")


def test_a_bomb_is_not_inflated() -> None:
    bomb = text_of(b" " * 50_000_000)
    assert len(bomb) < links.MAX_TEXT * 2
    small = text_of(b" " * 10_000_000)
    assert len(small) < links.MAX_TEXT
    assert refusal(small) == "link: more than 1 048 576 bytes in it"


def test_what_follows_the_end_is_refused() -> None:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=links._DICTIONARY)
    packed = squeezer.compress(b"{}") + squeezer.flush()
    assert refusal(wrapped(packed + b"more")) == "link: there is text after its end; copy the link again"
    assert refusal(wrapped(packed[:-1])).startswith("link: ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'link: expected a text that starts with "playground:"'),
        ("http://a/b", 'link: expected a text that starts with "playground:"'),
        ("playground:", 'link: expected "playground:1." at the start'),
        ("playground:2.AAAA", "link: this program reads version 1, not 2"),
        ("playground:1.", "link: it has characters that no link has"),
        ("playground:1.é", "link: it has characters that no link has"),
        ("playground:1.A", "link: it was cut off or changed"),
        ("playground:1.AAAAAAAA", "link: it was cut off or changed"),
        ("playground:1." + "A" * 70_000, "link: longer than 64 000 characters"),
        ("p" * 1_000_000, "link: longer than 64 000 characters"),
    ],
)
def test_a_malformed_link_is_refused_with_the_reason(text: str, message: str) -> None:
    assert refusal(text).startswith(message)


def test_a_wrong_value_in_a_link_is_named_by_its_place() -> None:
    text = text_of(b'{"format":"backprop-playground","version":1,"network":{"hidden":[{"width":0}]}}')
    assert refusal(text) == "link: $.network.hidden[0].width: expected an integer from 1 to 256, got 0"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_content_is_taken_or_refused_in_one_line(content: bytes) -> None:
    for text in (
        text_of(content),
        wrapped(content),
        content.decode("latin-1"),
        "playground:1." + content.decode("latin-1"),
    ):
        message = ""
        try:
            links.decode(text)
        except ValueError as error:
            message = str(error)
        assert message.isprintable()

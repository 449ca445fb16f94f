"""Links: a whole document in one line of text, ``playground:1.…``, to paste into a message.

The text after the version is base64url of a CRC-32 (4 bytes, big-endian) and the deflated JSON of a
file without curves and view. A fixed dictionary keeps links of ordinary documents short.
"""

from __future__ import annotations

import binascii
import html
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import unquote

import msgspec

from playground.engine.messages import grouped
from playground.files.error_messages import DocumentError
from playground.files.format import codec as file_format
from playground.files.format import json_text
from playground.files.saved import Saved
from playground.training.setup import fresh_slots, network_of

PREFIX = "playground:"
VERSION = "1"
MAX_WITH_STATE = 8_000
MAX_TEXT = 64_000
MAX_CONTENT = 2**20
_START = re.compile(r"(?<![\w.-])playground:", re.IGNORECASE)
_FAR = 2_000
_MOST_WORDS = 1_000

# This belongs to link version 1: with another dictionary, old links could not be read.
_DICTIONARY = (
    b'"float64":"shape":[{"edge":[1,-1,0,0],"value":"frozen":[],"pruned":[]"spiral""circle""moons""blobs""checkerboard"'
    b'"three_arms""plane""rings""k_blobs""sine""cubic""curve""multi_gauss""relu""leaky_relu""elu""sigmoid""softplus"'
    b'"gelu""silu""maxout""x1_squared","x2_squared","x1_x2","sin_x1","sin_x2","cos_x1","cos_x2""softmax""hinge"'
    b'"logistic""momentum""nesterov""adagrad""rmsprop""adam""adamw""l2""l1""elastic_net""he""normal""uniform""zeros"'
    b'"run":{"iteration":0,"epoch":0,"position":0,"updates":0,"parameters":[0.],"slots":[]}'
    b'{"format":"backprop-playground","version":1,"data":{"name":"xor","points":400,"noise":0.05,"train_fraction":0.5,'
    b'"seed":1},"training":{"loss":"squared","optimizer":{"name":"sgd","momentum":0.9,"beta1":0.9,"beta2":0.999,'
    b'"rho":0.99,"epsilon":1e-8,"weight_decay":0.01},"learning_rate":0.1,"schedule":{"name":"constant",'
    b'"interval":1000,"gamma":0.5,"floor":0.0},"batch_size":16,"regularizer":"none","penalty":0.001,"l1_ratio":0.5,'
    b'"clip_norm":null,"clip_value":null,"initializer":"xavier","initial_scale":0.1},"seed":1,"network":'
    b'{"features":["x1","x2"],"hidden":[{"width":4,"activation":"tanh","slope":0.01,"alpha":1.0,"pieces":2,'
    b'"dropout":0.0}],"output_activation":"linear","keep_weights":true,"start_weights":[],"frozen":[],"pruned":[]}}'
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link and what went into it: ``"state"`` (all of the run), ``"weights"``, or ``"settings"`` alone."""

    text: str
    holds: str


def encode(saved: Saved) -> Link:
    """Return the link of `saved`: with its run when that keeps it short, else its weights, else its settings.

    Raises
    ------
    DocumentError
        When the document itself is too large for a link (own points).
    """
    bare = Saved(saved.document)
    if saved.state is not None:
        state = saved.state
        for holds, kept in (("state", state), ("weights", replace(state, slots=(), updates=0))):
            text = _text(replace(bare, state=kept))
            if len(text) <= MAX_WITH_STATE:
                return Link(text, holds)
    text = _text(bare)
    if len(text) > MAX_TEXT:
        raise DocumentError(
            "a link of {count:,} characters is too long to share: save the document as a file", count=len(text)
        )
    return Link(text, "settings")


def decode(text: str) -> Saved:
    """Return what a link holds; what a mail program put into it or round it does not matter.

    Raises
    ------
    DocumentError
        One line that says what is wrong with it.
    """
    if not isinstance(text, str) or len(text) > 2 * MAX_TEXT:
        raise DocumentError(
            "link: longer than {max_text:,} characters: this is not a link of this program", max_text=MAX_TEXT
        )
    start = _START.search(unquote(text) if _is_encoded(text) else text)
    if start is None:
        raise DocumentError('link: expected a text that starts with "{prefix}"', prefix=PREFIX)
    words = _words(start.string[start.end() :])
    version, dot, first = words[0].partition(".") if words else ("", "", "")
    if not dot or not version.isascii() or not version.isdigit():
        raise DocumentError(
            'link: expected "{prefix}{version}." at the start; it may have been cut off', prefix=PREFIX, version=VERSION
        )
    if version != VERSION:
        raise DocumentError(
            "link: this program reads version {version}, not {found}; use a newer program",
            version=VERSION,
            found=version[:8],
        )
    return _completed(_inflated(_body([first, *words[1:]])))


def _is_encoded(text: str) -> bool:
    return _START.search(text) is None and "%3a" in text[:200].lower()


def _words(text: str) -> list[str]:
    """Return the words behind the start of a link: its own parts, if it was folded, and what follows it."""
    plain = html.unescape(re.sub(r"=[ \t]*\r?\n", "", text))  # quoted-printable
    plain = re.sub(r"[\u00ad\u200b-\u200d\u2060\ufeff]", "", plain)
    return re.sub(r"(?m)^[ \t]*>[> \t]*", "", plain).split()


def _body(words: list[str]) -> bytes:
    """Return the deflated part: the whole text if its checksum is right, else the longest beginning that has it so."""
    whole = "".join(words)
    if len(whole) > MAX_TEXT:
        raise DocumentError("link: longer than {max_text:,} characters", max_text=MAX_TEXT)
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        with suppress(DocumentError):
            return _checked(re.split(r"[^A-Za-z0-9_-]", "".join(words[:count]), maxsplit=1)[0])
    return _checked(whole)


def is_link(text: str) -> bool:
    """Return whether `text` looks like a link of ours, right or damaged."""
    start = unquote(text[:_FAR]) if _is_encoded(text) else text[:_FAR]
    return start.lstrip().startswith(PREFIX) or re.search(_START.pattern + r"\s*\d+\s*\.", start, re.I) is not None


def _text(saved: Saved) -> str:
    plain = file_format.plain(saved)
    for name in ("program", "view"):
        del plain[name]
    for name in [name for name, part in plain.items() if part is None]:
        del plain[name]
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=_DICTIONARY)
    packed = squeezer.compress(msgspec.json.encode(plain)) + squeezer.flush()
    body = zlib.crc32(packed).to_bytes(4, "big") + packed
    return f"{PREFIX}{VERSION}." + urlsafe_b64encode(body).decode().rstrip("=")


def _checked(body: str) -> bytes:
    """Return the deflated part of `body` if its checksum is right."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+", body):
        raise DocumentError("link: it has characters that no link has; copy the whole link again")
    try:
        data = urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except (binascii.Error, ValueError):
        raise DocumentError("link: it was cut off or changed; copy the whole link again") from None
    if len(data) < 5 or zlib.crc32(data[4:]) != int.from_bytes(data[:4], "big"):
        raise DocumentError("link: it was cut off or changed (its checksum is wrong); copy the whole link again")
    return data[4:]


def _inflated(packed: bytes) -> bytes:
    """Return the JSON; never more than 1 MiB of it is made, however small the text."""
    inflater = zlib.decompressobj(-15, zdict=_DICTIONARY)
    try:
        content = inflater.decompress(packed, MAX_CONTENT)
    except zlib.error:
        raise DocumentError("link: its content is damaged; copy the whole link again") from None
    if not inflater.eof:
        large = len(content) >= MAX_CONTENT
        raise DocumentError(
            "link: " + (f"more than {grouped(MAX_CONTENT)} bytes in it" if large else "it ends too early")
        )
    if inflater.unused_data:
        raise DocumentError("link: there is text after its end; copy the link again")
    return content


def _completed(content: bytes) -> Saved:
    """Return the document of the JSON `content`; weights without optimizer slots get fresh ones."""
    try:
        raw = json_text.read(content)
        if isinstance(raw, dict) and isinstance(raw.get("run"), dict) and raw["run"].get("slots") == []:
            document = file_format.from_plain({name: part for name, part in raw.items() if name != "run"}).document
            slots = fresh_slots(document, network_of(document))
            raw = {**raw, "run": {**raw["run"], "slots": [slot.tolist() for slot in slots]}}
        return file_format.from_plain(raw)
    except DocumentError as error:
        raise DocumentError("link: {error}", error=error) from None

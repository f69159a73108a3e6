"""Reads XML that strangers send: one flat element in plain UTF-8, no entities of its own, no name twice."""

from __future__ import annotations

from xml.parsers import expat

from bot.channels.channel import Unusable
from bot.channels.strict_text import read_text

DEEPEST = 8


def read_flat(body: bytes) -> dict[str, str]:
    """The texts of the elements within the only `<xml>`, by name; what is nested deeper is left out.

    Raises Unusable, naming the kind of fault and nothing of the content.
    """
    read_text(body)
    reading = _Reading()
    try:
        # Named here, the encoding cannot be another one that the document claims for itself.
        reading.parser("utf-8").Parse(body, True)
    except expat.ExpatError:
        raise Unusable("body must be XML") from None
    return reading.found


class _Reading:
    """What was found so far, and how deep the parser is."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._path: list[str] = []
        self._text: list[str] = []

    def parser(self, encoding: str) -> expat.XMLParserType:
        parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._read
        # Without a document type there are no entities, neither such that grow nor such that fetch.
        parser.StartDoctypeDeclHandler = _refuse
        parser.ProcessingInstructionHandler = _refuse
        return parser

    def _begin(self, name: str, _: object) -> None:
        self._path.append(name)
        if len(self._path) > DEEPEST:
            raise Unusable("body is nested too deeply")
        if self._path[0] != "xml":
            raise Unusable("body must be an <xml> element")
        if len(self._path) == 2:
            if name in self.found:
                raise Unusable("an element stands twice")
            self._text.clear()

    def _end(self, name: str) -> None:
        if len(self._path) == 2:
            self.found[name] = "".join(self._text)
        self._path.pop()

    def _read(self, text: str) -> None:
        if len(self._path) == 2:
            self._text.append(text)


def _refuse(*_: object) -> None:
    raise Unusable("document types and processing instructions are not taken")

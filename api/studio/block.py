"""Changes single values in the text of an entry and leaves every other character as it is, comments among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from api.studio.house_yaml import after_key, element, in_braces, mapping
from knowledge.yaml_lines import read_block


class Edit(NamedTuple):
    """A stretch of the text and what comes in its place."""

    begin: int
    end: int
    text: str


def changed(text: str, value: Mapping[str, Any], order: Sequence[str] = ()) -> str:
    """The entry's text with this content. order: where new keys go among the others."""
    if not text.strip():
        return mapping(value, 0)
    node, before = read_block(text)
    return _Writer(text, order).apply(0, len(text), node, before, value)


class _Writer:
    def __init__(self, text: str, order: Sequence[str]) -> None:
        self._text = text
        self._order = list(order)
        self._lines = [0]
        for line in text.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def apply(self, begin: int, end: int, node: yaml.Node, before: Any, after: Any) -> str:
        """A stretch of the text with all changes within it."""
        text = self._text[begin:end]
        for edit in sorted(self._edits(node, before, after), reverse=True):
            text = text[: edit.begin - begin] + edit.text + text[edit.end - begin :]
        return text

    def _edits(self, node: yaml.Node, before: Any, after: Any) -> list[Edit]:
        if before == after and type(before) is type(after):
            return []
        if isinstance(node, yaml.MappingNode) and isinstance(after, Mapping) and not node.flow_style:
            return self._of_mapping(node, before, after)
        if isinstance(node, yaml.SequenceNode) and isinstance(after, list) and not node.flow_style and after:
            return self._of_sequence(node, before, after)
        return [self._replaced(node, after)]

    def _replaced(self, node: yaml.Node, after: Any) -> Edit:
        begin, end = self._begin(node), self._end(node)
        if isinstance(node, yaml.MappingNode) and node.flow_style and isinstance(after, Mapping) and after:
            return Edit(begin, end, in_braces(after))
        line = self._line_begin(begin)
        indent = len(self._text[line:begin]) - len(self._text[line:begin].lstrip(" -"))
        written = after_key(after, indent)
        is_in_line = not isinstance(node, yaml.CollectionNode) or bool(node.flow_style)
        if is_in_line:
            written = written if written.startswith("\n") else written[1:]
            before = self._text[begin - 1 : begin]
            written = f" {written}" if before == ":" and not written.startswith("\n") else written
            while written.startswith("\n") and self._text[begin - 1] == " ":
                begin -= 1
            return Edit(begin, end, written)
        # A block becomes something else: it begins in the line of its key.
        key_end = len(self._text[:begin].rstrip())
        return Edit(key_end, end, after_key(after, self._indent_of_line(key_end)))

    def _of_mapping(self, node: yaml.MappingNode, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Edit]:
        pairs = {key.value: (key, value) for key, value in node.value}
        edits: list[Edit] = []
        for number, (name, (key, value)) in enumerate(pairs.items()):
            if name in after:
                edits += self._of_value(key, value, before[name], after[name])
            else:
                following = node.value[number + 1][0] if number + 1 < len(node.value) else None
                edits.append(self._without(key, value, following))
        return [*edits, *self._added(node, list(pairs), after)]

    def _of_value(self, key: yaml.Node, value: yaml.Node, before: Any, after: Any) -> list[Edit]:
        if before == after and type(before) is type(after):
            return []
        inner = isinstance(value, yaml.CollectionNode) and not value.flow_style and after
        if inner and isinstance(value, yaml.MappingNode) == isinstance(after, Mapping) and not isinstance(after, str):
            return self._edits(value, before, after)
        begin, end = self._offset(key.end_mark) + 1, self._end(value)
        begin = self._text.index(":", self._offset(key.end_mark)) + 1
        return [Edit(begin, max(begin, end), after_key(after, key.start_mark.column))]

    def _without(self, key: yaml.Node, value: yaml.Node, following: yaml.Node | None) -> Edit:
        begin = self._offset(key.start_mark)
        if self._text[self._line_begin(begin) : begin].strip():
            # It stands behind a dash: the next key takes its place.
            end = self._offset(following.start_mark) if following else self._end(value)
            return Edit(begin, end, "")
        return Edit(self._line_begin(begin), self._line_end(self._end(value)), "")

    def _added(self, node: yaml.MappingNode, there: list[str], after: Mapping[str, Any]) -> list[Edit]:
        column = node.value[0][0].start_mark.column
        keys = list(after)
        edits: dict[int, str] = {}
        for name in keys:
            if name in there:
                continue
            behind = self._behind(name, there, keys)
            last = there.index(behind) if behind is not None else -1
            at = self._line_end(self._end(node.value[last][1])) if last >= 0 else self._offset(node.start_mark)
            written = mapping({name: after[name]}, column)
            if last < 0:
                written = written[column:] + " " * column
            elif at and self._text[at - 1] != "\n":
                written = "\n" + written.rstrip("\n")
            edits[at] = edits.get(at, "") + written
        return [Edit(at, at, written) for at, written in edits.items()]

    def _behind(self, name: str, there: list[str], keys: list[str]) -> str | None:
        """The key behind which a new one goes: the nearest before it in the schema's order, else in the content's."""
        order = self._order if name in self._order else keys
        if name not in order:
            return there[-1]
        earlier = [one for one in order[: order.index(name)] if one in there]
        return max(earlier, key=order.index) if earlier else (None if order is self._order else there[-1])

    def _of_sequence(self, node: yaml.SequenceNode, before: list[Any], after: list[Any]) -> list[Edit]:
        """The elements that go on are found again by their ids, else by their content, else by their place."""
        origins = origins_of(before, after)
        if origins == list(range(len(before))):
            parts = zip(node.value, before, after, strict=True)
            return [edit for child, old, new in parts for edit in self._edits(child, old, new)]
        begins = [self._line_begin(self._begin(child)) for child in node.value]
        end = self._line_end(self._end(node))
        indent = self._indent_of_dash(node)
        written = ""
        for origin, new in zip(origins, after, strict=True):
            if origin is None:
                written += element(new, indent)
                continue
            stop = begins[origin + 1] if origin + 1 < len(begins) else end
            part = self.apply(begins[origin], stop, node.value[origin], before[origin], new)
            written += part if part.endswith("\n") else part + "\n"
        has_break = self._text[begins[0] : end].endswith("\n")
        return [Edit(begins[0], end, written if has_break else written.rstrip("\n"))]

    def _indent_of_dash(self, node: yaml.SequenceNode) -> int:
        line = self._text[self._line_begin(self._begin(node.value[0])) :]
        return len(line) - len(line.lstrip(" "))

    def _indent_of_line(self, offset: int) -> int:
        line = self._text[self._line_begin(offset) : offset]
        return len(line) - len(line.lstrip(" -"))

    def _begin(self, node: yaml.Node) -> int:
        return self._offset(node.start_mark)

    def _end(self, node: yaml.Node) -> int:
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        end = self._offset(node.end_mark)
        while end > self._begin(node) and self._text[end - 1] == "\n":
            end -= 1
        return end

    def _offset(self, mark: yaml.Mark) -> int:
        known = self._lines[mark.line] if mark.line < len(self._lines) else len(self._text)
        return min(known + mark.column, len(self._text))

    def _line_begin(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        found = self._text.find("\n", offset)
        return len(self._text) if found < 0 else found + 1


def origins_of(before: Sequence[Any], after: Sequence[Any]) -> list[int | None]:
    """For each element the one of before that it was; none for a new one."""
    free = set(range(len(before)))
    origins: list[int | None] = []
    for place, one in enumerate(after):
        same = [n for n in sorted(free) if before[n] == one]
        named = [n for n in sorted(free) if _id(one) is not None and _id(before[n]) == _id(one)]
        here = [place] if place in free and len(before) == len(after) and _id(one) == _id(before[place]) else []
        found = next(iter((*named, *same, *here)), None)
        origins.append(found)
        free.discard(found if found is not None else -1)
    return origins


def _id(one: Any) -> Any:
    return one.get("id") if isinstance(one, Mapping) else None

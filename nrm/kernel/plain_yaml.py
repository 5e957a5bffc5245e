"""YAML as people mean it: every scalar is text, so NO stays "NO" and 2026-03-02 stays text.

Country packs and rehearsal stories are read with this. Python's own reading would turn NO into false and lose
the line on which a mistake stands; here every mapping knows the line of each of its keys. Refused: the same
key twice, a reference to another place in the file, a file that is not one mapping.
"""

from pathlib import Path
from typing import TypeAlias, cast

import yaml

Value: TypeAlias = "str | list[Value] | Entries"


class Entries(dict[str, Value]):
    """A mapping that remembers the line of the file it starts on and the line of every key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Unreadable(Exception):
    """The file is no plain YAML. `faults`: sentences, each with the line and what to write."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read(path: Path) -> Entries:
    """The mapping in a file. Raises Unreadable with every fault of form at once."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except OSError:
        raise Unreadable("the file is not there or cannot be opened. Put it there.") from None
    except UnicodeDecodeError:
        raise Unreadable("the file is not in UTF-8. Save it as UTF-8.") from None


def parse(text: str) -> Entries:
    """The mapping in a text. Raises Unreadable with every fault of form at once."""
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unreadable(
            f"line {line}: this is no YAML ({error.problem}). Compare with a file that loads."
        ) from None
    except yaml.YAMLError:
        raise Unreadable("line 1: this is no YAML. Compare with a file that loads.") from None
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable("line 1: the file must be a list of `key: value`. Compare with a file that loads.")
    return _Reading().whole(node)


class _Reading:
    """One walk over one file. A value that is referred to again is read once, so no short file becomes a long
    one.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.read: dict[yaml.Node, Value | None] = {}  # None while its inside is being read

    def whole(self, node: yaml.MappingNode) -> Entries:
        entries = cast(Entries, self.value(node))
        if self.faults:
            raise Unreadable(*self.faults)
        return entries

    def value(self, node: yaml.Node) -> Value:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        if node not in self.read:
            self.read[node] = None
            self.read[node] = self.inside(node)
        known = self.read[node]
        if known is None:
            self.fault(node, "the value named here holds itself. Write it out")
            return ""
        return known

    def inside(self, node: yaml.Node) -> Value:
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each) for each in node.value]
        entries = Entries(node.start_mark.line + 1)
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self.fault(key, "a key must be one word. Write it as `key: value`")
            elif key.value in entries:
                first = entries.lines[key.value]
                self.fault(
                    key,
                    f"`{key.value}` stands here a second time, first on line {first}. Keep one of the two",
                )
            else:
                entries.lines[key.value] = line
                entries[key.value] = self.value(value)
        return entries

    def fault(self, node: yaml.Node, sentence: str) -> None:
        self.faults.append(f"line {node.start_mark.line + 1}: {sentence}.")

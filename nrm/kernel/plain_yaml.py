"""YAML as people mean it: every scalar is text, so NO stays "NO" and 2026-03-02 stays text.

Country packs and rehearsal stories are read with this. Python's own reading would turn NO into false and lose
the line on which a mistake stands; here every mapping knows the line of each of its keys. Refused: the same
key twice, a reference to another place in the file, a file that is not one mapping.
"""

from collections.abc import Iterator
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
    faults: list[str] = []
    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            if isinstance(event, yaml.AliasEvent):
                line = (event.start_mark.line if event.start_mark else 0) + 1
                faults.append(f"line {line}: *{event.anchor} points to another place. Write the value out.")
        if faults:
            raise Unreadable(*faults)
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
    read = cast(Entries, _value(node, faults))
    if faults:
        raise Unreadable(*faults)
    return read


def _value(node: yaml.Node, faults: list[str]) -> Value:
    if isinstance(node, yaml.MappingNode):
        entries = Entries(node.start_mark.line + 1)
        for key, value in _pairs(node, faults):
            entries[key.value] = _value(value, faults)
            entries.lines[key.value] = key.start_mark.line + 1
        return entries
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, faults) for each in node.value]
    return str(node.value)


def _pairs(node: yaml.MappingNode, faults: list[str]) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    first: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            faults.append(f"line {line}: a key must be one word. Write it as `key: value`.")
        elif key.value in first:
            faults.append(
                f"line {line}: `{key.value}` stands here a second time, first on line {first[key.value]}."
                " Keep one of the two."
            )
        else:
            first[key.value] = line
            yield key, value

"""Adds up the JUnit files of all suites and prints the one line that counts: `N passed, N failed`.

With `--again` it prints the spec files that are worth a second look instead: those with a failed test, when they are few.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

# Tests are named after hostile texts, too; XML 1.0 allows none of these characters.
FORBIDDEN = re.compile("[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
# More than so many files that fail are no chance.
FEW = 3


@dataclass(frozen=True)
class Case:
    """A test: its spec file (empty for suites that name none), and how it ended: passed, failed or skipped."""

    file: str
    name: str
    ended: str


def ending(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def cases(path: Path) -> list[Case]:
    """The tests of one JUnit file."""
    text = path.read_text(encoding="utf-8", errors="replace")
    root = ElementTree.fromstring(FORBIDDEN.sub("?", text))
    return [Case(c.get("file", ""), c.get("name", ""), ending(c)) for c in root.iter("testcase")]


def read(folder: Path) -> tuple[list[Case], list[Case]]:
    """What ran first, and what ran again (`again-*.xml`)."""
    first: list[Case] = []
    again: list[Case] = []
    for path in sorted(folder.glob("*.xml")):
        (again if path.name.startswith("again-") else first).extend(cases(path))
    return first, again


def files_to_run_again(first: list[Case]) -> list[str]:
    """Nothing where failures are many, or where a suite that cannot be run by file has one."""
    files = sorted({case.file for case in first if case.ended == "failed"})
    return [] if "" in files or len(files) > FEW else files


def final(first: list[Case], again: list[Case]) -> list[Case]:
    """A file that ran again counts as it ended then."""
    looked_at = {case.file for case in again}
    return [case for case in first if case.file not in looked_at] + again


def summary(all_cases: list[Case]) -> str:
    passed, failed, skipped = (sum(c.ended == e for c in all_cases) for e in ("passed", "failed", "skipped"))
    return f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else "")


def main(folder: str) -> int:
    first, again = read(Path(folder))
    for case in first:
        if case.ended == "failed" and case.file in {c.file for c in again}:
            print(f"failed at first, run again: {case.file}: {case.name}")
    counted = final(first, again)
    print(summary(counted))
    good = any(c.ended == "passed" for c in counted) and all(c.ended != "failed" for c in counted)
    return 0 if good else 1


def again_main(folder: str) -> int:
    files = files_to_run_again(read(Path(folder))[0])
    print("\n".join(files))
    return 0 if files else 1


if __name__ == "__main__":
    sys.exit(again_main(sys.argv[2]) if sys.argv[1] == "--again" else main(sys.argv[1]))

"""Fails if any test was left out, other than those that need the folder beside the project."""

import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

EXCUSE = "needs ../shared"


def main(results: str) -> int:
    cases = list(ElementTree.parse(results).iter("testcase"))
    without_excuse = list(_left_out_without_excuse(cases))
    for case, why in without_excuse:
        print(f"Left out: {case}: {why}")
    if not cases:
        print("No test was found.")
    return 1 if without_excuse or not cases else 0


def _left_out_without_excuse(cases: list[ElementTree.Element]) -> Iterator[tuple[str, str]]:
    for case in cases:
        for skipped in case.iter("skipped"):
            # pytest words a module that skips itself otherwise than a test that does.
            why = f"{skipped.get('message', '')} {skipped.text or ''}"
            if not skipped.get("message", "").startswith(EXCUSE) and f"Skipped: {EXCUSE}" not in why:
                yield f"{case.get('classname')}.{case.get('name')}", why


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

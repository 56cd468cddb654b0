"""A press of a test’s own."""

import pytest

from reports import pdf, shelf


@pytest.fixture
def own_press(monkeypatch):
    """A press that no other test has used, and a shelf with nothing printed on it."""
    press = pdf.Press()
    monkeypatch.setattr(pdf, "press", press)
    for printed in shelf.folder().glob("*.pdf"):
        printed.unlink()
    yield press
    press.stop()

"""Versions of Senegal that several tests compare."""

import pytest
from stories import pack_of
from versions import senegal


@pytest.fixture
def pack():
    """Senegal."""
    return pack_of("SEN")


@pytest.fixture
def versions():
    """The baseline of Senegal and two scenarios, compared."""
    return senegal()

"""The nurse, her hospital and the way of her application, as the tests of nurses have them."""

from tests.systems.nurses.conftest import draft, hospital, nurse, nurse_is_registered, registered, walker

__all__ = ["draft", "hospital", "nurse", "nurse_is_registered", "registered", "walker"]

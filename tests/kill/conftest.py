"""Kill tests run on the same installation as the stories."""

from tests.story.conftest import install

__all__ = ["install"]

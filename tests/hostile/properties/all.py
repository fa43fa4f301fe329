"""Every property: each module here adds its own when it is imported."""

from tests.hostile.properties import kept, moments, published, tables, texts
from tests.hostile.properties.holding import PROPERTIES

__all__ = ["PROPERTIES", "kept", "moments", "published", "tables", "texts"]

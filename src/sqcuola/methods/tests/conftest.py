"""A busy machine is no reason to fail: properties are judged by what they find, never by how long it took."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")

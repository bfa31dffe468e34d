"""The one world: a named cast, plainly invented, that tests, stories and the demo share."""

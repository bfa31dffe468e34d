"""A whole edition lived by drawn people through the real HTTP interface, with the clock in hand.

`switch` is what the server opens for it, `browser` is a person's browser, `cast` draws the people, `story` is what they
live, `report` says how it went.
"""

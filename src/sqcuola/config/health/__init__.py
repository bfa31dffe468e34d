"""How the house is: what failed and waits for a person, what runs by itself, what is kept safe."""

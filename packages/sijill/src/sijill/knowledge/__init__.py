"""What the library knows of the world: places, and armed actors."""

"""What the program knows of the world: names of states, firms, equipment, units, offices and places."""

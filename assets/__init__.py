"""Files that ship with the program: weights, a demonstration clip, icons, palettes."""

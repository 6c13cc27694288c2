"""Gold + found → scores; scores + pinned scores → pass, or which fell."""

from monitor.quality.pins import Fallen, Pins, checksum, fallen, load_pins
from monitor.quality.score import Measured, Score, measure

__all__ = ["Fallen", "Measured", "Pins", "Score", "checksum", "fallen", "load_pins", "measure"]

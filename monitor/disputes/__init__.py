"""A question's relations → its dispute, and what people make of it."""

"""Are all papers there, and do they say what they must (family C)."""

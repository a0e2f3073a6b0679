"""From the words of a recognised paper to its values."""

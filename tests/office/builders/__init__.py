"""What the golden dossiers and the edge cases are made of, and how they are played."""

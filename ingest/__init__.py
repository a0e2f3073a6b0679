"""How a mail becomes a dossier."""

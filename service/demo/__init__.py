"""Sample dossiers: invented units that send real mails with real office files, and the answers."""

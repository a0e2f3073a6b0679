"""Draft a call from the letter that announces it; a person confirms every guess."""

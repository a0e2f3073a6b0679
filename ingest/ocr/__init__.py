"""From the picture of a page to its words: clean-up, Tesseract, ruled lines."""

"""Tests of what is done to pictures of pages."""

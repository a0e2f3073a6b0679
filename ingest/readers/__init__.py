"""Readers: one module a format, one function a reader."""

"""Mail and papers out: compose, render, send, bundle."""

"""The desk's pages, one module a subject: what is there, what waits for a person, the verbs."""

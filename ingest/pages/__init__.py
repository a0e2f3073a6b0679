"""Page images: any paper as pictures of its pages, and where on them some words stand.

`album` is what the service asks; `drawing`, `copying` and `writing` run in the cage; `places` finds
words on pages; `shelf` keeps what was made in a folder that may be deleted at any time.
"""

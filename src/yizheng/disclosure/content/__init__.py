"""Content of the public sites: articles that one person writes and another agrees to, their versions, files and what visitors read."""

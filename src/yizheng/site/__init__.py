"""The site: settings, root addresses, the WSGI door and the two health questions."""

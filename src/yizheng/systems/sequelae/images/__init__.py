"""医学影像资料: DICOM objects taken in with a check of identity, scans of films, reading them in the page, and export without identity."""

"""The security register: every item of the third protection level and of the cryptography review, with what proves it."""

"""The whole record of an institution: what forms state of it, how it is read, written and printed."""

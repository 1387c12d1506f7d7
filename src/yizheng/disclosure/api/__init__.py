"""The open interface, version 1: what the public pages answer, as JSON for programs (``/api/docs`` describes it)."""

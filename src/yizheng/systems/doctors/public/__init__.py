"""How what the public may know of doctors is put together; what may be known is said in `disclosures`."""

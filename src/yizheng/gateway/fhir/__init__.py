"""FHIR R4: the public registers as a care services directory (IHE mCSD), to be read by systems that are registered partners."""

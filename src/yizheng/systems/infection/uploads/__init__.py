"""定点医院上传: packages with a manifest, hashes and a sequence; receipts by line; code maps; the same package again is no effect."""

"""行政处罚: decisions against institutions are entered, published for their term, and taken down (行政处罚法 第四十八条)."""

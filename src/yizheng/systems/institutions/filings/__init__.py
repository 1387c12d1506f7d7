"""备案: clinics and institutions inside old-age homes file; the authority visits afterwards and may cancel (条例 第十四条)."""

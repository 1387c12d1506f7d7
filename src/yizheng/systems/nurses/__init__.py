"""护士电子化注册: the register of nurses (护士条例)."""

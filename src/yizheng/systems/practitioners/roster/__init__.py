"""An institution's doctors: who practises there, who came and went, a list checked against the register, and a watch list."""

"""变更订阅: institutions hear of changes among their staff at an address of their own (webhook)."""

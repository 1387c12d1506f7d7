"""业务数据回退: changes undone and states restored by further changes."""

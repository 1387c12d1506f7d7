"""心理测试: questionnaires taken down, scored as published, and what an answer about self-harm sets off."""

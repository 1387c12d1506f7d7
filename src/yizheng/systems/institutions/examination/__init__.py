"""健康体检: an institution is registered for health examinations, which its duplicate remarks (健康体检管理暂行规定 第四条至第六条)."""

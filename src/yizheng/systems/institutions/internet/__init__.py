"""互联网诊疗: a mode of service, an internet hospital as second name, and one of its own (互联网诊疗管理办法、互联网医院管理办法)."""

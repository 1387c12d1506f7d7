"""documents: what leaves the authority on paper or screen: numbers, files, instruments, certificates, signatures.

`numbers` allocates, `attachments` keeps what is handed in, `typesetting` sets pages, `signing` signs them, `qr` makes
them checkable on a phone, `instruments` and `certificates` issue them (行政许可法第三十八条、第三十九条；电子签名法第十三条).
"""

"""Signing: the platform's own root, the seal that signs instruments, the witness, and the proof that they hold.

A signature is reliable when its making is under the signer's sole control and any later change shows
(电子签名法第十三条). Keys are made at first start beside the data with owner-only rights; whoever runs the platform
for real replaces them by the seal service of the government (国务院关于在线政务服务的若干规定第八条、第九条).
"""

"""The papers that items about people of every register ask for, each defined once."""

from yizheng.documents.attachments.pictures import photo_problem
from yizheng.licensing.item import Material

PHOTO = Material(
    "photo",
    "证件照片",
    "354×472 像素，白底，6 个月内",
    media_types=("image/jpeg", "image/png"),
    max_bytes=2 * 1024 * 1024,
    inspect=photo_problem,
)
IDENTITY = Material("identity", "身份证明", "居民身份证或者其他有效身份证件")
EMPLOYMENT_PROOF = Material("employment_proof", "聘用证明", "由拟执业机构盖章")
TRAINING_PROOF = Material("training_proof", "培训考核合格证明", "PDF 或图片，10 MB 以内")

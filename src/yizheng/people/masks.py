"""How each kind of identifier is shown masked."""

from yizheng.kernel.masking import mask_mobile, mask_permit, mask_qualification_number, mask_resident_id
from yizheng.people.canonical import IdentifierKind

MASKS = {
    IdentifierKind.RESIDENT_ID: mask_resident_id,
    IdentifierKind.QUALIFICATION_NUMBER: mask_qualification_number,
    IdentifierKind.MOBILE: mask_mobile,
    IdentifierKind.HMT_PERMIT: mask_permit,
    IdentifierKind.PASSPORT: mask_permit,
}

"""离线核验: one page that checks a certificate's QR code by signature and, with the signed list, its state, without a network."""

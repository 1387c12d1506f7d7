"""Downloads of certificates, instruments and attachments: HTTP only."""

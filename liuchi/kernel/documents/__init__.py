"""Paper: QR codes for pages, PDF to print, Word that an office goes on editing."""

"""Inquiries (口径咨询): what nobody foresaw is asked on the record, and answered on the record."""

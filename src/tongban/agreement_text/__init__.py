"""Agreements as officials read and sign them: one text, as a web page, as PDF and for Word."""

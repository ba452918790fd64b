"""Forms from JSON Schema: asked in HTML, read back as typed values, errors bound to fields."""

"""People, organisations and roles of this node: permanent tables of its own."""

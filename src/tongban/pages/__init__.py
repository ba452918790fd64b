"""What every page shares: frame, components, forms from schemas, dates, the node's door."""

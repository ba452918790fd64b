"""What every page shares: frame, components, forms from schemas, dates and masks, the node's door."""

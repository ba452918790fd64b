"""Roads to a peer that carry opaque envelopes: https, gateway drop-box, in memory."""

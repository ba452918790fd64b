"""What a keeper signed for a guest, and what the guest says of it afterwards (追认)."""

"""Finding service items in plain words: which fit, where they are decided, what works from here.

One port (`index.py`) with two engines behind it (`engines/`). An engine only proposes candidates;
what fits best is computed here, so that both engines answer alike.
"""

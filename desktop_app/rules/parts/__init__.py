"""What each part of a bundle says, from the case as its reader may see it; `documents/parts` draws it."""

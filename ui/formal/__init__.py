"""Formal steps of a child: notices, Notice to Improve, contract, order and court."""

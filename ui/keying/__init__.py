"""Typing in a register that was taken on paper."""

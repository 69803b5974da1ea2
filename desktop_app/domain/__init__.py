"""The facts of school attendance: frozen, slotted dataclasses and enums; the standard library only."""

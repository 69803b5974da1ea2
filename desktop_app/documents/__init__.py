"""Facts into PDF; reportlab lives here and nowhere else."""

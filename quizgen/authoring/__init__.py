"""What helps an instructor to write templates and plans: starts to edit, checks, previews."""

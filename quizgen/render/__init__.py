"""From questions to files: skins arrange a document, writers write it, one output a file."""

"""What each kind of layer is called, and how its settings are put into words."""

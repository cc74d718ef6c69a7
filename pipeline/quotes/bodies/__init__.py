"""As what an article describes the bodies that speak in it."""

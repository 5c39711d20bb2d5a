"""The engine behind the notebooks: knows catalogs, manifests and Delta, and no shop."""

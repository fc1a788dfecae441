"""The fictional training country Zephyria, subject by subject; tools/make_training_country.py writes its pack."""

"""The window: it puts widgets and presenters together and knows neither training nor drawing."""

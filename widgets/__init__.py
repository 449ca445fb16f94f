"""Widgets that draw values and report gestures: values in, signals out.

Nothing here knows the engine or the session. What a widget draws is a frozen value of
``widgets.values``; what the user did leaves as a signal named in the past tense.
A ``set_…`` method never emits.
"""

from widgets import override_guard, plain_imports

override_guard.install()
plain_imports.install()

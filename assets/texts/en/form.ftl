# The form of an object.

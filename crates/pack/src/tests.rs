//! Laws of the loader that need its insides.

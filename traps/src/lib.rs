//! Nothing: this package exists for its tests, which show what DataFusion does with fourteen expressions.

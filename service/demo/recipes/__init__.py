"""Recipes of cases, one function each; its docstring says why the case is worth having."""

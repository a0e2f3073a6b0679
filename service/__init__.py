"""The wiring: reads settings once, builds everything, runs the stages on a schedule."""

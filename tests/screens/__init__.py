"""Every screen and state of the dashboard, drawn from a made-up shop full of life: pictures and layout checks."""

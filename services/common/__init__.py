"""What every service shares: settings, logs, metrics, connections, migrations, keys of persons."""

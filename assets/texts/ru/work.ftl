# Workplaces: import, binding, shortages.

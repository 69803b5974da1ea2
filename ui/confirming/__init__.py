"""Who arrived elsewhere: trips, providers, the other school of a child registered twice."""

"""What training makes of a document: run, timeline, history, branches, snapshots. No Qt."""

"""What is on the screen of this computer, as a source."""

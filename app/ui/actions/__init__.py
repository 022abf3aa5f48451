"""What can be done, by which keys, and the menus and toolbars that offer it."""

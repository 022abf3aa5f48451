"""The actions: what they are called, their keys, and the menus and toolbars that offer them."""

"""Small controls used all over the window, and the theme and icons that they are drawn with."""

"""``swem-live soak``, ``bench --soak``: does a long run stay as fast and small as it began?"""

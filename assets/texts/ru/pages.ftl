# Lists, the start page, the bases, the sections.

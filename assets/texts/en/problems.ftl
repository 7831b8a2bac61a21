# problems

## The base
store-busy = The base has been busy with another operation for more than ten seconds. Try again; if it does not help, close other windows of the program
store-full = The disk is full, nothing was written. Free some space and try again
store-read-only = The file of the base may only be read. Check the rights to the file and its folder
store-damaged = The file of the base is damaged. Close the program, keep the file and restore a copy
store-not-a-base = This is not a base of Kontora
store-constraint = The record contradicts the rules of the base, nothing was written
store-io = The file of the base could not be read or written. Check the disk and the access to the folder
store-other = An error of the database, nothing was written. Tell the developers

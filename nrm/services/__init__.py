"""Help: asked for, agreed to by the child, given, gone through with her; never tied to testimony; ECAT art. 12."""

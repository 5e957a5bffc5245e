"""Files that people hand in: taken apart in a process of their own, written anew, scanned, kept encrypted.

    kinds.py       what a file says it is, and what it is
    images.py pdfs.py office.py   a fresh file of the same content, or Unsafe; they run only in the child
    child.py       the child process: one file in, one file out, with limits of memory and time
    cleaning.py    asks the child, and the virus scanner if there is one
    scanner.py     clamd
    vault.py       encrypted, under random names, outside everything that is served
    uploading.py   what arrives is held in memory and never laid down unencrypted

Source: OWASP ASVS V5; RFC 9110 for what a browser does with what it is sent.
"""

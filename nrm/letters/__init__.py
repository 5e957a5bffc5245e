"""What leaves on paper: letters, certificates, a plan she can keep; each with a code that can be checked."""

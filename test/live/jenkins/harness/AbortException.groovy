/** hudson.AbortException: a step failed; no stack trace is shown. */
class AbortException extends IOException {
    AbortException(String message) { super(message) }
}

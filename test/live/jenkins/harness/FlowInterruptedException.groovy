/** org.jenkinsci.plugins.workflow.steps.FlowInterruptedException: the build was aborted. */
class FlowInterruptedException extends InterruptedException {
    FlowInterruptedException(String message) { super(message) }
}

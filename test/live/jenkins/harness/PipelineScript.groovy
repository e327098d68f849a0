/** What Jenkinsfiles and vars are instances of here: an unknown method is a var of the library or a step. */
abstract class PipelineScript extends Script {
    Object methodMissing(String name, Object args) {
        Object build = binding.getVariable('theBuild')
        Object var = binding.getVariable('theLibrary').var(name, binding)
        if (var != null) return var.call(*args)
        if (!Build.STEPS.contains(name)) throw new MissingMethodException(name, this.class, args as Object[])
        return build.step(name, args as List)
    }
}

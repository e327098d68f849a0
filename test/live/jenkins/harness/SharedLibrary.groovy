import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.customizers.ImportCustomizer

/** A shared library as Jenkins loads it, under plain Groovy: vars/ on demand, src/ on the class path. */
class SharedLibrary {
    private static final Map<String, SharedLibrary> LOADED = [:]
    private final File root
    private final GroovyClassLoader loader
    private final Map<String, Class> vars = [:]

    static synchronized SharedLibrary at(File root) {
        if (!LOADED.containsKey(root.path)) LOADED[root.path] = new SharedLibrary(root)
        return LOADED[root.path]
    }

    private SharedLibrary(File root) {
        this.root = root
        CompilerConfiguration configuration = new CompilerConfiguration(scriptBaseClass: 'PipelineScript')
        configuration.addCompilationCustomizers(new ImportCustomizer().addImports('com.cloudbees.groovy.cps.NonCPS', 'com.lesfurets.jenkins.unit.global.lib.Library'))
        loader = new GroovyClassLoader(SharedLibrary.classLoader, configuration)
        loader.addClasspath(new File(root, 'src').path)
    }

    synchronized Object var(String name, Binding binding) {
        File file = new File(root, "vars/${name}.groovy")
        if (!vars.containsKey(name)) vars[name] = file.exists() ? loader.parseClass(file) : null
        return vars[name] == null ? null : start(vars[name], binding)
    }

    Object run(String text, Binding binding) {
        Class type
        synchronized (this) { type = loader.parseClass(text, "Jenkinsfile${UUID.randomUUID().toString().replace('-', '')}.groovy") }
        return start(type, binding).run()
    }

    private static Script start(Class type, Binding binding) {
        Script script = (Script) type.newInstance()
        script.binding = binding
        return script
    }
}

import com.cloudbees.groovy.cps.CpsTransformer
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.MultipleCompilationErrorsException
import org.codehaus.groovy.control.customizers.ImportCustomizer

/** Does Jenkins' own transformation accept a source? */
class CpsLint {
    /** @return why not, or null */
    static String complaint(String text, String name, List<String> classPath) {
        CompilerConfiguration configuration = new CompilerConfiguration()
        configuration.addCompilationCustomizers(new ImportCustomizer().addImports('com.cloudbees.groovy.cps.NonCPS', 'com.lesfurets.jenkins.unit.global.lib.Library'))
        configuration.addCompilationCustomizers(new CpsTransformer())
        configuration.classpathList = classPath
        try {
            new GroovyClassLoader(CpsLint.classLoader, configuration).parseClass(text, name)
            return null
        } catch (MultipleCompilationErrorsException | UnsupportedOperationException e) {
            return e.message
        }
    }
}

import com.cloudbees.groovy.cps.Continuation
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation
import com.lesfurets.jenkins.unit.cps.BasePipelineTestCPS
import com.lesfurets.jenkins.unit.cps.PipelineTestHelperCPS
import java.nio.file.Files
import org.codehaus.groovy.runtime.GroovyCategorySupport

import static com.lesfurets.jenkins.unit.global.lib.LibraryConfiguration.library
import static com.lesfurets.jenkins.unit.global.lib.LocalSource.localSource

/** The same run through JenkinsPipelineUnit: Jenkinsfile, vars and classes are transformed as Jenkins transforms them. */
class CpsPipeline {
    private static final Map<String, CpsPipeline> LOADED = [:]
    private final File place = Files.createTempDirectory('ferry-jpu').toFile()
    private final BasePipelineTestCPS base = new CpsBase()
    /** The run of the moment: JenkinsPipelineUnit changes meta classes, so there is one at a time. */
    private Build build
    private int count

    static synchronized Object run(Build build, String text, File root, Map variables, boolean savesVars) {
        if (!LOADED.containsKey(root.path)) LOADED[root.path] = new CpsPipeline(root)
        return LOADED[root.path].execute(build, text, variables, savesVars)
    }

    private CpsPipeline(File root) {
        Runtime.runtime.addShutdownHook(new Thread({ Trees.delete(place) } as Runnable))
        Trees.copy(root, new File(place, 'libs/kubeferry@main'))
        base.scriptRoots += place.path
        base.scriptExtension = ''
        base.setUp()
        CpsHelper helper = (CpsHelper) base.helper
        helper.registerSharedLibrary(library().name('kubeferry').defaultVersion('main').allowOverride(true).implicit(false)
            .targetPath(place.path).retriever(localSource(new File(place, 'libs').path)).build())
        Build.STEPS.each { name ->
            [[], [Map], [String], [Object], [List], [Closure], [Map, Closure], [String, Closure], [List, Closure]].each { List<Class> signature ->
                Closure step = signature.size() == 0 ? { -> build.step(name, []) }
                    : signature.size() == 1 ? { Object one -> build.step(name, [one]) }
                    : { Object one, Object two -> build.step(name, [one, two]) }
                helper.registerAllowedMethod(name, signature, step)
            }
        }
        // Branches one after the other: there is one thread.
        helper.registerAllowedMethod('parallel', [Map], { Map branches -> branches.collectEntries { k, v -> [(k): helper.callClosure(v)] } })
    }

    private Object execute(Build build, String text, Map variables, boolean savesVars) {
        this.build = build
        CpsHelper helper = (CpsHelper) base.helper
        helper.savesVars = savesVars
        build.callBody = { Closure body -> helper.callClosure(body) }
        variables.each { k, v -> base.binding.setVariable(k, v) }
        count += 1
        new File(place, "Jenkinsfile$count").setText(text, 'UTF-8')
        return base.runScript("Jenkinsfile$count".toString())
    }
}

/** JenkinsPipelineUnit 1.1 predates the CPS versions of each, collect and so on: without them only the first element of `list.each {}` runs. */
class CpsHelper extends PipelineTestHelperCPS {
    private static final List CATEGORIES = ['CpsDefaultGroovyMethods', 'CpsBooleanClosure'].collect { name ->
        try { Class.forName('com.cloudbees.groovy.cps.' + name) } catch (ClassNotFoundException e) { null }
    }.findAll()

    /** Slow, and JenkinsPipelineUnit loses its interceptors in a Jenkinsfile that goes on after that: for Jenkinsfiles of one call. */
    boolean savesVars = false

    /** A call is a few thousand steps of the machine and each saving some milliseconds; a local lives for many steps, so it meets one. */
    private static final int EVERY = 7

    /** With `saved` the machine is written and read back again and again, as when Jenkins restarts: every local has to survive. */
    private Object drive(CpsCallableInvocation invocation, boolean saved) {
        def next = invocation.invoke(null, null, Continuation.HALT)
        int steps = 0
        while (next.yield == null) {
            def current = next
            next = GroovyCategorySupport.use(CATEGORIES, { current.step() } as Closure)
            steps += 1
            if (saved && steps % EVERY == 0) next = roundtripSerialization(next)
        }
        return next.yield.replay()
    }

    protected Object callMethod(MetaMethod method, Object target, Object[] args) {
        try { return method.doMethodInvoke(target, args) } catch (CpsCallableInvocation e) { return drive(e, savesVars) }
    }

    protected Object runScriptInternal(Script script) {
        try { return script.run() } catch (CpsCallableInvocation e) { return drive(e, savesVars) }
    }

    /** Not saved: what the body assigns outside itself would be assigned in a copy. */
    Object callClosure(Closure closure, Object[] args = null) {
        try { return args ? closure.call(*args) : closure.call() } catch (CpsCallableInvocation e) { return drive(e, false) }
    }
}

class CpsBase extends BasePipelineTestCPS {
    CpsBase() {
        super()
        helper = new CpsHelper()
    }
}

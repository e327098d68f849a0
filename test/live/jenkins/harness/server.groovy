// One JVM for many runs: a JSON request a line on stdin, a JSON answer a line on stdout, until stdin ends. The argument is a
// directory to remove then.
import groovy.json.JsonOutput
import groovy.json.JsonSlurper

PrintStream answers = System.out
System.out = System.err
File agent = new File(args[0])
Runtime.runtime.addShutdownHook(new Thread({ Trees.delete(agent) } as Runnable))

/** Groovy literals are plain maps and lists; JsonSlurper's are not. */
Object literal(Object value) {
    if (value instanceof Map) return value.collectEntries(new LinkedHashMap()) { k, v -> [(k.toString()): literal(v)] }
    if (value instanceof List) return new ArrayList(value.collect { literal(it) })
    return value
}

Map run(Map request) {
    Build build = new Build(new File(request.workspace), request.variables, request.credentials ?: [:], request.source ? new File(request.source) : null, request.interrupt)
    Map variables = [env: new LinkedHashMap(request.variables), scm: 'the repository', currentBuild: new LinkedHashMap(), theArgs: request.args ?: [:]]
    File root = new File(request.library)
    Object value = null
    String error = null
    try {
        if (request.mode != 'plain') value = CpsPipeline.run(build, request.text, root, variables, request.mode == 'cps-saved')
        else {
            SharedLibrary library = SharedLibrary.at(root)
            value = library.run(request.text, new Binding(variables + [theBuild: build, theLibrary: library]))
        }
    } catch (Throwable e) {
        Throwable cause = e
        while (cause.cause != null && !(cause instanceof AbortException)) cause = cause.cause
        error = cause instanceof AbortException || cause instanceof FlowInterruptedException ? cause.message : cause.toString() + '\n' + cause.stackTrace.take(12).join('\n')
        build.result = cause instanceof FlowInterruptedException ? 'ABORTED' : 'FAILURE'
        build.print('ERROR: ' + error)
    }
    return [value: value instanceof Map || value instanceof List || value instanceof String ? value : null, error: error, result: build.result, exitCode: build.exitCode,
        log: build.log.toString(), raw: build.raw.toString(), trace: new ArrayList(build.trace), problems: new ArrayList(build.problems)]
}

Object answer(Map request) {
    if (request.kind == 'lint') return CpsLint.complaint(request.text, request.name, request.classPath)
    return run(request)
}

System.in.withReader('UTF-8') { reader ->
    String line
    while ((line = reader.readLine()) != null) {
        Map request = (Map) literal(new JsonSlurper().parseText(line))
        Thread.start {
            Map reply = [id: request.id]
            try { reply.answer = answer(request) } catch (Throwable e) { reply.broken = e.toString() + '\n' + e.stackTrace.take(20).join('\n') }
            String text = JsonOutput.toJson(reply)
            synchronized (answers) { answers.println(text); answers.flush() }
        }
    }
}
System.exit(0)

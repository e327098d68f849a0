/**
 * One run of a Jenkinsfile: the steps that a pipeline may use, done for real. `sh` starts `sh -xe` as durable-task does,
 * credentials are bound and masked as credentials-binding does. A step that is not here does not exist.
 */
class Build {
    final File workspace
    /** Where checkout gets its files from; null when there is nothing to check out. */
    final File source
    final Map credentials
    /** [after: milliseconds, signal: 'TERM', abort: true when Jenkins itself ends the step], or null. */
    final Map interrupt
    /** Everything printed, as the console shows it, and without masks. */
    final StringBuffer log = new StringBuffer()
    final StringBuffer raw = new StringBuffer()
    final List trace = Collections.synchronizedList([])
    /** What would break on a real controller although it worked here. */
    final List problems = Collections.synchronizedList([])
    volatile Integer exitCode
    volatile String result = 'SUCCESS'
    /** How a body is called; CPS needs its own way. */
    Closure callBody = { Closure body -> body.call() }

    private final ThreadLocal<Map> environment = new InheritableThreadLocal<Map>()
    private final ThreadLocal<File> directory = new InheritableThreadLocal<File>()
    private final ThreadLocal<List> masks = new InheritableThreadLocal<List>()

    static final List<String> STEPS = ['sh', 'echo', 'error', 'unstable', 'writeFile', 'readFile', 'fileExists', 'pwd', 'deleteDir', 'dir', 'withEnv', 'withCredentials',
        'usernamePassword', 'string', 'file', 'stage', 'node', 'container', 'timeout', 'parallel', 'checkout', 'git', 'archiveArtifacts']

    Build(File workspace, Map variables, Map credentials, File source, Map interrupt) {
        this.workspace = workspace
        this.credentials = credentials
        this.source = source
        this.interrupt = interrupt
        environment.set(new LinkedHashMap(variables))
        directory.set(workspace)
        masks.set([])
    }

    Map variables() { environment.get() }

    Object step(String name, List given) {
        List args = new ArrayList(given)
        Closure body = args && args.last() instanceof Closure ? (Closure) args.pop() : null
        args.each { checkSerializable("an argument of $name", it) }
        trace.add(name)
        Object value = "$name"(args ? args[0] : [:], body)
        checkSerializable("what $name returned", value)
        return value
    }

    void checkSerializable(String what, Object value) {
        Object checked = value instanceof Map ? value.findAll { k, v -> !(v instanceof Closure) } as LinkedHashMap : value
        try {
            new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(checked)
        } catch (NotSerializableException e) {
            problems.add("$what is not serializable: ${e.message}".toString())
        }
    }

    void print(String text) {
        raw.append(text).append('\n')
        String shown = text
        masks.get().each { shown = shown.replace(it, '****') }
        log.append(shown).append('\n')
    }

    // --- workflow-durable-task-step

    Object sh(Object given, Closure none) {
        Map a = given instanceof Map ? given : [script: given]
        if (!(a.script instanceof String)) problems.add("sh was given a ${a.script.getClass().name}".toString())
        File script = new File(temporary(), "durable-${UUID.randomUUID()}/script.sh")
        script.parentFile.mkdirs()
        script.setText(a.script.toString(), 'UTF-8')
        print("[Pipeline] ${a.label ?: 'sh'}")
        ProcessBuilder builder = new ProcessBuilder('sh', '-xe', script.path).directory(directory.get())
        builder.environment().clear()
        environment.get().each { k, v -> builder.environment().put(k.toString(), v.toString()) }
        builder.redirectErrorStream(!a.returnStdout)
        Process process = builder.start()
        process.outputStream.close()
        if (interrupt != null) kill(process)
        StringBuilder out = new StringBuilder()
        Thread errors = Thread.start { process.errorStream.eachLine('UTF-8') { print(it) } }
        process.inputStream.withReader('UTF-8') { reader ->
            String line
            while ((line = reader.readLine()) != null) { a.returnStdout ? out.append(line).append('\n') : print(line) }
        }
        int status = process.waitFor()
        errors.join()
        exitCode = status
        Trees.delete(script.parentFile)
        if (interrupt?.abort) throw new FlowInterruptedException('Aborted by a user')
        if (a.returnStatus) return status
        if (status != 0) throw new AbortException("script returned exit code $status")
        return a.returnStdout ? out.toString() : null
    }

    private void kill(Process process) {
        long pid = (long) Process.getMethod('pid').invoke(process)
        Thread.startDaemon { sleep((long) interrupt.after); new ProcessBuilder('kill', '-' + interrupt.signal, pid.toString()).start().waitFor() }
    }

    Object node(Object label, Closure body) { callBody(body) }

    // --- workflow-basic-steps

    Object echo(Object given, Closure none) { print(given instanceof Map ? given.message.toString() : given.toString()); null }
    Object error(Object given, Closure none) { throw new AbortException(given instanceof Map ? given.message.toString() : given.toString()) }
    Object unstable(Object given, Closure none) { result = 'UNSTABLE'; print("WARNING: $given"); null }
    Object pwd(Object given, Closure none) { given instanceof Map && given.tmp ? temporary().path : directory.get().path }
    Object fileExists(Object given, Closure none) { at(given instanceof Map ? given.file : given).exists() }
    Object readFile(Object given, Closure none) { given instanceof Map ? at(given.file).getText(given.encoding ?: 'UTF-8') : at(given).getText('UTF-8') }
    Object deleteDir(Object given, Closure none) { Trees.delete(directory.get()); null }
    Object timeout(Object given, Closure body) { callBody(body) }
    Object archiveArtifacts(Object given, Closure none) {
        // Only names, no patterns: enough for what our examples archive.
        String name = given instanceof Map ? given.artifacts : given
        if (!at(name).exists()) throw new AbortException("No artifacts found that match the file pattern \"$name\"")
        null
    }

    Object writeFile(Object given, Closure none) {
        File file = at(given.file)
        file.parentFile.mkdirs()
        file.setText(given.text.toString(), given.encoding ?: 'UTF-8')
        null
    }

    Object dir(Object given, Closure body) { within(directory, at(given instanceof Map ? given.path : given), body) }

    Object withEnv(Object given, Closure body) {
        Map changed = new LinkedHashMap(environment.get())
        given.each { String pair -> changed[pair.substring(0, pair.indexOf('='))] = pair.substring(pair.indexOf('=') + 1) }
        within(environment, changed, body)
    }

    // --- pipeline-stage-step, kubernetes, workflow-scm-step, workflow-cps

    Object stage(Object name, Closure body) { print("[Pipeline] { ($name)"); callBody(body) }
    Object container(Object name, Closure body) { callBody(body) }
    Object git(Object given, Closure none) { print("Cloning ${given.url}"); checkout(given, none) }

    Object checkout(Object scm, Closure none) {
        if (source == null) throw new AbortException('there is nothing to check out')
        Trees.copy(source, directory.get())
        null
    }

    Object parallel(Object branches, Closure none) {
        Map results = Collections.synchronizedMap([:])
        List failures = Collections.synchronizedList([])
        branches.findAll { k, v -> v instanceof Closure }.collect { name, body ->
            Thread.start { try { results[name] = body.call() } catch (Throwable e) { failures.add(e) } }
        }.each { it.join() }
        if (failures) throw failures[0]
        return new LinkedHashMap(results)
    }

    // --- credentials-binding

    Object usernamePassword(Object given, Closure none) { [binding: 'usernamePassword'] + given }
    Object string(Object given, Closure none) { [binding: 'string'] + given }
    Object file(Object given, Closure none) { [binding: 'file'] + given }

    Object withCredentials(Object bindings, Closure body) {
        Map changed = new LinkedHashMap(environment.get())
        List hidden = new ArrayList(masks.get())
        List files = []
        bindings.each { b ->
            Map stored = credentials[b.credentialsId]
            if (stored == null || stored.kind != b.binding) throw new AbortException("Could not find credentials entry with ID '${b.credentialsId}'")
            if (b.binding == 'usernamePassword') {
                changed[b.usernameVariable] = stored.username
                changed[b.passwordVariable] = stored.password
                hidden.add(stored.password)
            } else if (b.binding == 'string') {
                changed[b.variable] = stored.secret
                hidden.add(stored.secret)
            } else {
                File secret = new File(temporary(), "secretFiles/${UUID.randomUUID()}/${stored.name ?: 'secret'}")
                secret.parentFile.mkdirs()
                secret.setText(stored.content, 'UTF-8')
                files.add(secret)
                changed[b.variable] = secret.path
                hidden.add(secret.path)
            }
        }
        try {
            within(masks, hidden) { within(environment, changed, body) }
        } finally {
            files.each { Trees.delete(it.parentFile) }
        }
    }

    private Object within(ThreadLocal place, Object value, Closure body) {
        Object before = place.get()
        place.set(value)
        try { return body.owner.is(this) ? body.call() : callBody(body) } finally { place.set(before) }
    }

    private File at(Object path) { new File(path.toString()).absolute ? new File(path.toString()) : new File(directory.get(), path.toString()) }

    private File temporary() { File t = new File(directory.get().path + '@tmp'); t.mkdirs(); t }
}

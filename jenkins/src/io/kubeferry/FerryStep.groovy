package io.kubeferry

import groovy.json.JsonOutput

/**
 * Starts one step of ferry from a var: inputs through a file, credentials through withCredentials, outputs through files.
 * No value ever becomes part of Groovy or shell text. The steps it uses are those of workflow-basic-steps, durable-task and
 * credentials-binding, and its methods those of the sandbox's list, so it runs untrusted and in KubeSphere DevOps.
 */
class FerryStep implements Serializable {
    private static final long serialVersionUID = 1L

    /** The only shell text there is. The trace of `sh -x` ends before a variable with a secret is touched. */
    static final String COMMAND = '{ set +x; } 2>/dev/null; exec "$FERRY_COMMAND" "$FERRY_STEP"'
    static final String SUFFIX = 'CredentialsId'

    private final Object script
    private final String name
    private final Map secrets
    private final Map outputs

    /**
     * @param script the var, which has the steps of the pipeline
     * @param secrets secret input -> how its credential is kept, 'file' or 'text'
     * @param outputs output -> its word ('list', 'switch', 'number', ...)
     */
    FerryStep(Object script, String name, Map secrets, Map outputs) {
        this.script = script
        this.name = name
        this.secrets = secrets
        this.outputs = outputs
    }

    /** @return the outputs by name; a step that fails ends the build with its exit code */
    Map run(Map args) {
        Map inputs = [:]
        List bindings = []
        List refused = []
        String command = 'ferry'
        List keys = new ArrayList(args.keySet())
        for (int i = 0; i < keys.size(); i++) {
            Object value = args[keys[i]]
            String key = String.valueOf(keys[i])
            if (key == 'registryPassword') {
                refused.add('registryPassword is a secret: store user and password as a credential and give its id as credentialsId')
            } else if (secrets.containsKey(key)) {
                refused.add(key + ' is a secret: store it as a credential (secret ' + secrets[key] + ') and give its id as ' + key + SUFFIX)
            } else if (key == 'command') {
                command = String.valueOf(value)
            } else if (key == 'credentialsId' || secrets.containsKey(inputOf(key))) {
                if (value) {
                    bindings.add(binding(key, String.valueOf(value)))
                }
            } else {
                inputs[key] = plain(value)
            }
        }
        if (!refused.isEmpty()) {
            script.error('ferry ' + name + ' was not started: ' + refused.join('; '))
        }
        return start(inputs, bindings, command)
    }

    /** One exchange directory per call, outside the workspace: parallel calls share nothing, and no build picks it up. */
    Map start(Map inputs, List bindings, String command) {
        String exchange = script.pwd(tmp: true) + '/ferry-' + name + '-' + UUID.randomUUID().toString()
        String text = JsonOutput.toJson(inputs)
        int status = 1
        if (bindings.isEmpty()) {
            status = launch(exchange, text, command)
        } else {
            // A credential that is missing ends the build here, before anything is written.
            script.withCredentials(bindings) { status = launch(exchange, text, command) }
        }
        Map found = status == 0 ? results(exchange) : [:]
        script.dir(exchange) { script.deleteDir() }
        if (status != 0) {
            script.error('ferry ' + name + ' failed with exit code ' + status + (status == 126 || status == 127 ? ': this agent cannot start ' + command : ''))
        }
        return found
    }

    int launch(String exchange, String text, String command) {
        int status = 1
        script.writeFile(file: exchange + '/in.json', text: text, encoding: 'UTF-8')
        script.withEnv(['FERRY_HOST=jenkins', 'FERRY_EXCHANGE=' + exchange, 'FERRY_COMMAND=' + command, 'FERRY_STEP=' + name]) {
            status = script.sh(label: 'ferry ' + name, script: COMMAND, returnStatus: true)
        }
        return status
    }

    /** `keyPasswordCredentialsId` -> `keyPassword`; anything else as it is. */
    static String inputOf(String key) {
        return key.endsWith(SUFFIX) ? key.substring(0, key.length() - SUFFIX.length()) : key
    }

    /** The variables are those that ferry reads on every host: FERRY_ and the input in capitals. */
    Object binding(String key, String id) {
        if (key == 'credentialsId') {
            return script.usernamePassword(credentialsId: id, usernameVariable: 'FERRY_REGISTRY_USERNAME', passwordVariable: 'FERRY_REGISTRY_PASSWORD')
        }
        String input = inputOf(key)
        String variable = 'FERRY_' + input.replaceAll('([A-Z])', '_$1').toUpperCase()
        if (secrets[input] == 'file') {
            return script.file(credentialsId: id, variable: variable)
        }
        return script.string(credentialsId: id, variable: variable)
    }

    Map results(String exchange) {
        Map found = [:]
        List names = new ArrayList(outputs.keySet())
        for (int i = 0; i < names.size(); i++) {
            String output = names[i]
            String text = script.readFile(file: exchange + '/out/' + output.replaceAll('([A-Z])', '-$1').toLowerCase(), encoding: 'UTF-8')
            found[output] = typed(String.valueOf(outputs[output]), text)
        }
        return found
    }

    static Object typed(String word, String text) {
        if (word == 'list') {
            return text == '' ? [] : new ArrayList(Arrays.asList(text.split('\n')))
        }
        if (word == 'switch') {
            return text == 'true'
        }
        if (word == 'number') {
            return text == '' ? null : Long.valueOf(text)
        }
        return text
    }

    /** GStrings and other values as what JSON knows; null as not given. */
    static Object plain(Object value) {
        if (value instanceof List) {
            List items = []
            for (int i = 0; i < value.size(); i++) {
                items.add(String.valueOf(value[i]))
            }
            return items
        }
        if (value instanceof Map) {
            Map items = [:]
            List keys = new ArrayList(value.keySet())
            for (int i = 0; i < keys.size(); i++) {
                items[String.valueOf(keys[i])] = String.valueOf(value[keys[i]])
            }
            return items
        }
        return value == null ? '' : String.valueOf(value)
    }
}

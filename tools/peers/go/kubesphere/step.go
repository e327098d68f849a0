package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"text/template"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// The fields of the CRD; one that is not here would be pruned by the cluster, so decoding is strict.
type clusterStepTemplate struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              stepSpec       `json:"spec"`
	Status            map[string]any `json:"status"`
}

type stepSpec struct {
	Secret     stepSecret      `json:"secret"`
	Container  string          `json:"container"`
	Agent      string          `json:"agent"`
	Runtime    string          `json:"runtime"`
	Template   string          `json:"template"`
	Parameters []stepParameter `json:"parameters"`
}

type stepSecret struct {
	Type    string            `json:"type"`
	Wrap    bool              `json:"wrap"`
	Mapping map[string]string `json:"mapping"`
}

type stepParameter struct {
	Name         string `json:"name"`
	Type         string `json:"type"`
	Required     bool   `json:"required"`
	Display      string `json:"display"`
	DefaultValue string `json:"defaultValue"`
	Options      string `json:"options"`
	Condition    string `json:"condition"`
}

// How a script is put between the quotes of a JSON string. Neither way knows tabs, carriage returns or other control
// characters, and releases before 6a0248f knew only the newline: a quote or a backslash broke the step.
var escapes = map[string]func(string) string{
	"full":    strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`).Replace,
	"newline": strings.NewReplacer("\n", `\n`).Replace,
}

// Jenkins' binding for each type of credential, with the variable names that the script sees.
func binding(secretType, id string) string {
	const prefix = "credential.devops.kubesphere.io/"
	switch secretType {
	case string(corev1.SecretTypeBasicAuth), prefix + "basic-auth":
		return "usernamePassword(credentialsId: '" + id + "', passwordVariable: 'PASSWORDVARIABLE' ,usernameVariable : 'USERNAMEVARIABLE')"
	case string(corev1.SecretTypeBootstrapToken), prefix + "secret-text":
		return "string(credentialsId: '" + id + "', variable: 'VARIABLE')"
	case prefix + "kubeconfig":
		return "kubeconfigContent(credentialsId: '" + id + "', variable: 'VARIABLE')"
	case prefix + "ssh-auth":
		return "sshUserPrivateKey(credentialsId: '" + id + "', keyFileVariable : 'KEYFILEVARIABLE' ,passphraseVariable : 'PASSPHRASEVARIABLE' ,usernameVariable : 'SSHUSERPRIVATEKEY')"
	}
	return ""
}

// wrap puts a step into another one. Texts are pasted, not encoded, as upstream does.
func wrap(name, value string, literal bool, child string) string {
	return fmt.Sprintf(`{"arguments": {"isLiteral": %t, "value": "%s"}, "children": [%s], "name": "%s"}`, literal, value, child, name)
}

func (s stepSpec) render(params map[string]any, credential string, escape func(string) string) (string, error) {
	for _, p := range s.Parameters {
		if _, given := params[p.Name]; !given && p.DefaultValue != "" {
			params[p.Name] = p.DefaultValue // always a string, whatever the parameter's type
		}
	}
	var secret *corev1.Secret // stays nil without a credential: a template that reads .secret.Name then fails
	if credential != "" {
		secret = &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: credential}, Type: corev1.SecretType(s.Secret.Type)}
	}
	parsed, err := template.New("step").Parse(s.Template)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, map[string]any{"param": params, "secret": secret}); err != nil {
		return "", err
	}
	text := strings.TrimSpace(out.String())
	// "dsl" is a step already; "shell" and everything else is a script for the sh step.
	if s.Runtime != "dsl" {
		text = fmt.Sprintf(`{"arguments": [{"key": "script", "value": {"isLiteral": true, "value": "%s"}}], "name": "sh"}`, escape(text))
	}
	if s.Secret.Wrap && secret != nil {
		// An unknown type of credential is not an error upstream: the step just runs without it.
		if b := binding(s.Secret.Type, secret.Name); b != "" {
			text = wrap("withCredentials", "${["+b+"]}", false, text)
		}
	}
	if s.Container != "" {
		text = wrap("container", s.Container, true, text)
	}
	var pretty bytes.Buffer
	if json.Indent(&pretty, []byte(text), "", "  ") == nil {
		text = pretty.String()
	}
	return strings.TrimSpace(text), nil
}

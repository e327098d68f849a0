package main

import (
	"bytes"
	"encoding/json"
	"text/template"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

type pipelineTemplate struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata"`
	Spec              struct {
		Parameters []struct {
			Name        string          `json:"name"`
			Description string          `json:"description"`
			Required    bool            `json:"required"`
			Default     json.RawMessage `json:"default"`
			Type        string          `json:"type"`
			Validation  *struct {
				Expression string `json:"expression"`
				Message    string `json:"message"`
			} `json:"validation"`
		} `json:"parameters"`
		Template string `json:"template"`
	} `json:"spec"`
	Status map[string]any `json:"status"`
}

// render makes a Jenkinsfile. Unlike in a step template the delimiters are $( and ), which are also the shell's, the
// values are under .params, and defaults are the console's business: here a value that is not given is "<no value>".
func (t pipelineTemplate) render(params map[string]any) (string, error) {
	parsed, err := template.New(t.Namespace+"/"+t.Name).Delims("$(", ")").Parse(t.Spec.Template)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = parsed.Execute(&out, map[string]any{"params": params})
	return out.String(), err
}

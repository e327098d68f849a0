// Renders a KubeSphere step or pipeline template the way ks-devops does when a user picks it in the console.
//
//	kstemplate [-credential NAME] [-escape full|newline] TEMPLATE.yaml [PARAMS.json|-]
//
// TEMPLATE.yaml holds one ClusterStepTemplate, ClusterTemplate or Template; PARAMS.json an object of parameter values.
// The result goes to stdout. Exit 1: the template is refused or cannot be rendered. Exit 3: it rendered, but to something
// that is not JSON, which ks-devops hands on as it is and the console then chokes on.
//
// Behaviour read off kubesphere/ks-devops: pkg/api/devops/v1alpha3/steptemplate_render.go at 6a0248f (and at 01f845c for
// -escape newline), steptemplate_types.go, pkg/kapis/devops/v1alpha3/steptemplate/handler.go and
// pkg/kapis/devops/v1alpha3/template/render.go. Written anew, not copied; step.go and pipeline.go say what each does.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

func readParams(file string) (map[string]any, error) {
	params := map[string]any{}
	if file == "" {
		return params, nil
	}
	input := io.Reader(os.Stdin)
	if file != "-" {
		opened, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer opened.Close()
		input = opened
	}
	// go-restful's JSON reader keeps numbers as they were typed, so 10000000 does not turn into 1e+07.
	decoder := json.NewDecoder(input)
	decoder.UseNumber()
	return params, decoder.Decode(&params)
}

var errNotJSON = errors.New("the rendered step is not JSON")

func render(content []byte, params map[string]any, credential string, escape func(string) string) (string, error) {
	var head metav1.TypeMeta
	if err := yaml.Unmarshal(content, &head); err != nil {
		return "", err
	}
	if group := "devops.kubesphere.io/v1alpha3"; head.APIVersion != group {
		return "", fmt.Errorf("apiVersion is %q, not %s", head.APIVersion, group)
	}
	switch head.Kind {
	case "ClusterStepTemplate":
		var t clusterStepTemplate
		if err := yaml.UnmarshalStrict(content, &t); err != nil {
			return "", err
		}
		step, err := t.Spec.render(params, credential, escape)
		if err == nil && !json.Valid([]byte(step)) {
			err = errNotJSON
		}
		return step, err
	case "ClusterTemplate", "Template":
		var t pipelineTemplate
		if err := yaml.UnmarshalStrict(content, &t); err != nil {
			return "", err
		}
		return t.render(params)
	}
	return "", fmt.Errorf("kind is %q, which is no template", head.Kind)
}

func run() (int, error) {
	credential := flag.String("credential", "", "name of the credential that the user picked for the step")
	escaping := flag.String("escape", "full", "how a shell script gets into JSON: full, or newline as older releases do")
	flag.Parse()
	escape, known := escapes[*escaping]
	if !known || flag.NArg() < 1 || flag.NArg() > 2 {
		flag.Usage()
		return 2, nil
	}
	content, err := os.ReadFile(flag.Arg(0))
	if err != nil {
		return 1, err
	}
	params, err := readParams(flag.Arg(1))
	if err != nil {
		return 1, fmt.Errorf("parameters: %w", err)
	}
	output, err := render(content, params, *credential, escape)
	if err != nil && !errors.Is(err, errNotJSON) {
		return 1, err
	}
	fmt.Println(output)
	if err != nil {
		return 3, err
	}
	return 0, nil
}

func main() {
	code, err := run()
	if err != nil {
		fmt.Fprintln(os.Stderr, "kstemplate:", err)
	}
	os.Exit(code)
}

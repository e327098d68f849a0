// Says whether YAML documents are what Tekton's admission webhook would take: decoded strictly into Tekton's own API
// types, defaulted, then validated as at creation.
//
//	tekton-validate [-enable-api-fields stable|beta|alpha] FILE…
//
// One line per document on stdout: `ok FILE KIND NAME`, `bad FILE KIND NAME: why` or, for kinds that are not Tekton's,
// `skip FILE KIND NAME`. Warnings go to stderr. Exit 1 when a document is bad, 2 when a file cannot be read.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/tektoncd/pipeline/pkg/apis/config"
	v1 "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1"
	"github.com/tektoncd/pipeline/pkg/apis/pipeline/v1beta1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"knative.dev/pkg/apis"
	"sigs.k8s.io/yaml"
)

type resource interface {
	apis.Defaultable
	apis.Validatable
}

// The kinds that kubeferry writes, at the version it writes them.
func newResource(apiVersion, kind string) resource {
	switch apiVersion + " " + kind {
	case "tekton.dev/v1 Task":
		return &v1.Task{}
	case "tekton.dev/v1 Pipeline":
		return &v1.Pipeline{}
	case "tekton.dev/v1 TaskRun":
		return &v1.TaskRun{}
	case "tekton.dev/v1 PipelineRun":
		return &v1.PipelineRun{}
	case "tekton.dev/v1beta1 StepAction":
		return &v1beta1.StepAction{}
	}
	return nil
}

type head struct {
	metav1.TypeMeta `json:",inline"`
	Metadata        struct {
		Name         string `json:"name"`
		GenerateName string `json:"generateName"`
	} `json:"metadata"`
}

func (h head) name() string {
	if h.Metadata.Name == "" && h.Metadata.GenerateName != "" {
		return h.Metadata.GenerateName + "*"
	}
	return h.Metadata.Name
}

// check returns what the webhook would refuse the document for, and what it would only warn of.
func check(ctx context.Context, document []byte, r resource) (refusal error, warning error) {
	if err := yaml.UnmarshalStrict(document, r); err != nil {
		return err, nil
	}
	ctx = apis.WithinCreate(ctx)
	r.SetDefaults(ctx)
	found := r.Validate(ctx)
	if found == nil {
		return nil, nil
	}
	// A nil *FieldError in an error interface would not be nil, hence the two ifs.
	if e := found.Filter(apis.ErrorLevel); e != nil {
		refusal = e
	}
	if w := found.Filter(apis.WarningLevel); w != nil {
		warning = w
	}
	return refusal, warning
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

func checkFile(ctx context.Context, file string) (allGood bool, err error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return false, err
	}
	allGood = true
	documents := utilyaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(content)))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return allGood, nil
		}
		if err != nil {
			return false, err
		}
		var h head
		if err := yaml.Unmarshal(document, &h); err != nil {
			fmt.Printf("bad %s ? ?: %s\n", file, oneLine(err))
			allGood = false
			continue
		}
		if h.Kind == "" && h.APIVersion == "" {
			continue // only comments, or nothing between two separators
		}
		label := fmt.Sprintf("%s %s %s", file, h.Kind, h.name())
		r := newResource(h.APIVersion, h.Kind)
		if r == nil {
			if strings.HasPrefix(h.APIVersion, "tekton.dev/") {
				fmt.Printf("bad %s: no such kind in %s\n", label, h.APIVersion)
				allGood = false
			} else {
				fmt.Printf("skip %s\n", label)
			}
			continue
		}
		refusal, warning := check(ctx, document, r)
		if warning != nil {
			fmt.Fprintf(os.Stderr, "warn %s: %s\n", label, oneLine(warning))
		}
		if refusal != nil {
			fmt.Printf("bad %s: %s\n", label, oneLine(refusal))
			allGood = false
			continue
		}
		fmt.Printf("ok %s\n", label)
	}
}

func run() int {
	fields := flag.String("enable-api-fields", "stable", "which of Tekton's fields the cluster allows: stable, beta or alpha")
	flag.Parse()
	flags, err := config.NewFeatureFlagsFromMap(map[string]string{"enable-api-fields": *fields})
	if err != nil {
		fmt.Fprintln(os.Stderr, "tekton-validate:", err)
		return 2
	}
	ctx := config.ToContext(context.Background(), &config.Config{
		FeatureFlags: flags,
		Defaults:     config.DefaultConfig.DeepCopy(),
	})
	code := 0
	for _, file := range flag.Args() {
		allGood, err := checkFile(ctx, file)
		if err != nil {
			fmt.Fprintln(os.Stderr, "tekton-validate:", err)
			return 2
		}
		if !allGood {
			code = 1
		}
	}
	return code
}

func main() { os.Exit(run()) }

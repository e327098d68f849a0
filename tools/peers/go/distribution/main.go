// The distribution project's own registry, release 3, as `distribution-3 serve config.yml`.
//
// Its stock main links every cloud storage driver (twice the build time, over a gigabyte of modules). Tests only ever
// store on disk or in memory, so this main links those two, and the ways to log in that a test can drive.
package main

import (
	"fmt"
	"os"

	"github.com/distribution/distribution/v3/registry"

	_ "github.com/distribution/distribution/v3/registry/auth/htpasswd"
	_ "github.com/distribution/distribution/v3/registry/auth/token"
	_ "github.com/distribution/distribution/v3/registry/proxy"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/filesystem"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/inmemory"
)

func main() {
	if err := registry.RootCmd.Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "distribution-3:", err)
		os.Exit(1)
	}
}
